#pragma once
// Where a life in virtual time is written down: `forecast` says what happens, a book keeps it and
// brings the run up to it.

#include <string>
#include <vector>

#include "engine/plan_run.h"

namespace duban::engine {

class LifeBook {
 public:
  virtual ~LifeBook() = default;
  // False: it was not written, and the life ends there.

  /// What the run has just prepared.
  virtual bool step(PlanRun& run, const Step& step) = 0;
  virtual bool record(PlanRun& run, std::vector<schedule::Fact> facts) = 0;
  /// Every delivery is a success: of these, at that moment.
  virtual bool delivered(PlanRun& run, const std::vector<std::string>& notices, Instant at) = 0;
};

/// In the run alone: nothing stays.
class UnkeptBook final : public LifeBook {
 public:
  bool step(PlanRun& run, const Step& step) override;
  bool record(PlanRun& run, std::vector<schedule::Fact> facts) override;
  bool delivered(PlanRun& run, const std::vector<std::string>& notices, Instant at) override;
};

}  // namespace duban::engine
