#include "engine/forecast.h"

#include <algorithm>
#include <span>

#include "base/limits.h"

namespace duban::engine {
namespace {

class Life {
 public:
  Life(PlanRun& run, const ForecastOptions& options)
      : run_(run), options_(options), book_(options.book == nullptr ? unkept_ : *options.book) {}

  Forecast live();

 private:
  // False: the book cannot be written any more.
  bool first_look();
  bool step(Instant now);
  bool deliver_what_was_open(Instant now);
  bool record(std::span<const schedule::Fact> facts);

  PlanRun& run_;
  const ForecastOptions& options_;
  UnkeptBook unkept_;
  LifeBook& book_;
  Forecast out_;
};

bool Life::step(Instant now) {
  for (int round = 0; round < limits::step_rounds; ++round) {
    auto step = run_.prepare(now, now, options_.salt);
    bool looked = run_.cursor() && *run_.cursor() >= step.advance.cursor;
    if (looked && step.decision.nothing()) return true;
    if (!book_.step(run_, step)) return false;
    std::vector<std::string> sent;
    for (auto& notice : step.advance.notices) {
      if (notice.head.state != NoticeState::drafted) sent.push_back(notice.head.id);
      out_.notices.push_back(std::move(notice));
    }
    if (!book_.delivered(run_, sent, now)) return false;
  }
  return true;
}

bool Life::deliver_what_was_open(Instant now) {
  std::vector<std::string> sent;
  for (const auto& [id, notice] : run_.record().open_notices()) {
    if (notice.state != NoticeState::drafted) sent.push_back(id);
  }
  return sent.empty() || (book_.delivered(run_, sent, now) && step(now));
}

bool Life::first_look() {
  std::vector<std::string> open;
  for (const auto& [id, notice] : run_.record().open_notices()) open.push_back(id);
  if (!step(options_.from)) return false;
  for (const auto& id : open) {
    if (!run_.record().open_notices().contains(id)) out_.ended_at_once.push_back(id);
  }
  return deliver_what_was_open(options_.from);
}

bool Life::record(std::span<const schedule::Fact> facts) {
  return facts.empty() || book_.record(run_, {facts.begin(), facts.end()});
}

Forecast Life::live() {
  if (options_.from >= options_.to) return {};
  auto done = deeds(run_.timetable(), run_.record(), options_.from, options_.behaviour);
  std::span<const schedule::Fact> coming{done};
  bool kept = first_look();
  while (kept) {
    auto now = run_.next_wake();
    if (!coming.empty() && (!now || coming.front().recorded_at <= *now)) {
      now = coming.front().recorded_at;
    }
    if (!now || *now >= options_.to) break;
    // What was handed in or checked at a stage's own instant counts for it.
    auto later = std::ranges::find_if(
        coming, [&](const schedule::Fact& deed) { return deed.recorded_at != *now; });
    auto count = static_cast<std::size_t>(later - coming.begin());
    kept = record(coming.first(count)) && step(*now);
    coming = coming.subspan(count);
  }
  return std::move(out_);
}

}  // namespace

Forecast forecast(PlanRun& run, const ForecastOptions& options) {
  return Life{run, options}.live();
}

}  // namespace duban::engine
