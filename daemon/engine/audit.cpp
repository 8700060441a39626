#include "engine/audit.h"

#include <algorithm>

#include "base/limits.h"
#include "schedule/plain_rule.h"
#include "schedule/wake.h"

namespace duban::engine {
namespace {

using Findings = std::vector<Finding>;

void compare_sayings(const Saying& live, const Saying& fresh, Findings& found) {
  for (const auto& [item, planned_at] : fresh.told) {
    if (!live.told.contains(item)) found.push_back({FindingKind::untold, item});
  }
  for (const auto& [item, planned_at] : live.told) {
    if (!fresh.told.contains(item)) found.push_back({FindingKind::unasked, item});
  }
  for (const auto& notice : fresh.ended) {
    if (!live.ended.contains(notice)) found.push_back({FindingKind::goes_on, {}, notice});
  }
  for (const auto& notice : live.ended) {
    if (!fresh.ended.contains(notice)) found.push_back({FindingKind::taken_back, {}, notice});
  }
}

void note_overslept(const Lived& lived, Findings& found) {
  for (const auto& [item, planned_at] : lived.overslept.told) {
    bool long_past = planned_at <= lived.now - limits::late_after;
    if (long_past) found.push_back({FindingKind::overslept, item});
  }
}

void note_plainly_untold(const Lived& lived, const schedule::Record& record, Findings& found) {
  for (const auto& one : schedule::plainly_unheard(*lived.timetable, record,
                                                   lived.undisturbed_since, lived.now)) {
    auto kind = one.stage.empty() ? ItemKind::start : ItemKind::stage;
    found.push_back({FindingKind::plainly_untold, {one.about, kind, one.stage, one.audience, 1}});
  }
}

}  // namespace

Saying saying_of(const schedule::Decision& decision) {
  Saying saying;
  for (const auto& notice : decision.notices) {
    if (!notice.replaces.empty()) {
      saying.ended.insert(notice.replaces);
      continue;
    }
    for (const auto& telling : notice.tellings) {
      saying.told.emplace(telling.item.key, telling.item.planned_at);
    }
  }
  for (const auto& end : decision.ended_notices) saying.ended.insert(end.id);
  return saying;
}

std::vector<Finding> compare(const Lived& lived, const LedgerFold& fold) {
  Findings found;
  const auto& record = fold.record();
  if (lived.tally != fold.tally()) found.push_back({FindingKind::rows_differ});
  for (const auto& one : fold.doubled()) {
    found.push_back({FindingKind::doubled, one.item, one.notice});
  }
  if (!lived.cursor) return found;
  if (*lived.cursor > lived.now + limits::cursor_ahead) {
    found.push_back({FindingKind::cursor_ahead});
  }
  auto recorded = schedule::bearings_of(lived.timetable->plan(), record);
  auto timetable = recorded == lived.timetable->recorded()
                       ? lived.timetable
                       : std::make_shared<const schedule::Timetable>(lived.timetable->plan_ptr(),
                                                                     std::move(recorded));
  schedule::Board board{*timetable, record};
  compare_sayings(lived.saying, saying_of(decide(board, lived.cursor, lived.now)), found);
  auto wake = schedule::next_wake(*timetable, record, *lived.cursor, *lived.looked);
  if (wake != lived.next_wake) found.push_back({FindingKind::wake_differs});
  // While a clock that was put back has not caught up, what is past was told at its time already.
  if (*lived.cursor > lived.now) return found;
  note_overslept(lived, found);
  note_plainly_untold(lived, record, found);
  return found;
}

}  // namespace duban::engine
