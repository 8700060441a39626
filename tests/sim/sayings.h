#pragma once
// What people say to the daemon in a story, as the calls that control makes of it.

#include <string>

#include "engine/engine.h"
#include "sim/story.h"

namespace duban::sim {

struct Answered {
  /// The code of the refusal; empty: taken.
  std::string refused;
  /// Nobody knows whether it was written.
  bool unknown = false;
  /// The fact's number in the ledger, where there is one.
  std::int64_t seq = 0;
};

boost::asio::awaitable<Answered> say_to(engine::Engine& engine, Said said, Instant now);

}  // namespace duban::sim
