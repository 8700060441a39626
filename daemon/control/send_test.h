#pragma once
// A test message outside of any plan's calendar: what control asks of whoever owns the channels (app).

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "base/states.h"
#include "engine/engine.h"

namespace duban::control {

/// One endpoint tried.
struct SendTestResult {
  std::string endpoint, channel;
  AttemptOutcome outcome = AttemptOutcome::unknown;
  Reason reason = Reason::none;
  /// What the other side said: bounded, without secrets.
  std::string detail;
};

class SendTest {
 public:
  virtual ~SendTest() = default;
  /// Tries every endpoint of a unit's contacts once, at once, and writes nothing in the ledger; `unit`
  /// is an id of the plan or `office`. Empty when nobody can be reached.
  virtual boost::asio::awaitable<engine::Answer<std::vector<SendTestResult>>> send_test(
      std::string plan, std::string unit) = 0;
};

/// {"sent":[{"endpoint","channel","outcome","reason","detail"}]}
std::string sent_document(const std::vector<SendTestResult>& sent);

}  // namespace duban::control
