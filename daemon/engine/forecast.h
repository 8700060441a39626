#pragma once
// A plan lived on in virtual time from whatever is recorded of it: the same steps as the daemon's,
// with every delivery a success. `rehearse` and `diff` are users of it.

#include <string>
#include <vector>

#include "engine/behaviour.h"
#include "engine/life_book.h"
#include "engine/plan_run.h"

namespace duban::engine {

struct ForecastOptions {
  /// Lived from the first look, at `from`, to the last before `to`.
  Instant from, to;
  Behaviour behaviour;
  /// Makes the notice ids: with the ledger's they are those that will then really be sent.
  std::string salt;
  /// Where it is written down; null: nowhere. Its ledger's salt is `salt`.
  LifeBook* book = nullptr;
};

struct Forecast {
  /// In the order of time, as the ledger would hold them; drafts are there as drafts.
  std::vector<ledger::Notice> notices;
  /// Of the notices that were open before: those that the first look ended (withdrawn, superseded).
  std::vector<std::string> ended_at_once;
};

/// Lives `run` on; it is then at the end of what was lived.
Forecast forecast(PlanRun& run, const ForecastOptions& options);

}  // namespace duban::engine
