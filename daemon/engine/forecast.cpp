#include "engine/forecast.h"

#include "base/limits.h"

namespace duban::engine {
namespace {

class Life {
 public:
  Life(PlanRun& run, const ForecastOptions& options) : run_(run), options_(options) {}

  Forecast live();

 private:
  void first_look();
  void step(Instant now);
  void deliver_what_was_open(Instant now);

  PlanRun& run_;
  const ForecastOptions& options_;
  Forecast out_;
};

void Life::step(Instant now) {
  for (int round = 0; round < limits::step_rounds; ++round) {
    auto step = run_.prepare(now, now, options_.salt);
    bool nothing = step.decision.nothing();
    run_.commit(step);
    for (auto& notice : step.advance.notices) {
      if (notice.head.state != NoticeState::drafted) run_.delivered(notice.head.id, now);
      out_.notices.push_back(std::move(notice));
    }
    if (nothing) return;
  }
}

void Life::deliver_what_was_open(Instant now) {
  std::vector<std::string> sent;
  for (const auto& [id, notice] : run_.record().open_notices()) {
    if (notice.state != NoticeState::drafted) sent.push_back(id);
  }
  for (const auto& id : sent) run_.delivered(id, now);
  if (!sent.empty()) step(now);
}

void Life::first_look() {
  std::vector<std::string> open;
  for (const auto& [id, notice] : run_.record().open_notices()) open.push_back(id);
  step(options_.from);
  for (const auto& id : open) {
    if (!run_.record().open_notices().contains(id)) out_.ended_at_once.push_back(id);
  }
  deliver_what_was_open(options_.from);
}

Forecast Life::live() {
  if (options_.from >= options_.to) return {};
  auto done = deeds(run_.timetable(), run_.record(), options_.from, options_.behaviour);
  auto deed = done.begin();
  first_look();
  for (;;) {
    auto now = run_.next_wake();
    if (deed != done.end() && (!now || deed->recorded_at <= *now)) now = deed->recorded_at;
    if (!now || *now >= options_.to) return std::move(out_);
    // What was handed in or checked at a stage's own instant counts for it.
    while (deed != done.end() && deed->recorded_at == *now) run_.record(*deed++);
    step(*now);
  }
}

}  // namespace

Forecast forecast(PlanRun& run, const ForecastOptions& options) {
  return Life{run, options}.live();
}

}  // namespace duban::engine
