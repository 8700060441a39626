// The page of an assignment: each stage of its ladder, told or not, and why not.

#include <algorithm>

#include "engine/explain_parts.h"
#include "schedule/acceptance.h"

namespace duban::engine {
namespace {

using schedule::Assignment;
using schedule::AssignmentKey;
using schedule::Explanation;
using schedule::Standing;
using schedule::Told;

class AssignmentPage {
 public:
  AssignmentPage(const Past& past, const AssignmentKey& about)
      : past_(past),
        about_(about),
        scene_(past, past.record, past.now),
        explanations_(schedule::decide(scene_.timetable(), past.record, past.cursor, past.now)
                          .explanations) {}

  std::optional<Page> make();

 private:
  std::vector<AssignmentKey> keys() const;
  std::vector<AssignmentKey> told_keys() const;
  std::string chosen_period() const;
  void add_stages(const Assignment& assignment, AssignmentPart& part) const;
  StageRow stage_row(const Assignment& assignment, const plan::Stage& stage,
                     std::size_t index) const;
  void add_told(const AssignmentKey& key, AssignmentPart& part) const;
  void add_pending(const AssignmentKey& key, AssignmentPart& part) const;
  void add_standing(const AssignmentKey& key, AssignmentPart& part) const;
  void add_acceptance(const Assignment& assignment, AssignmentPart& part) const;
  void add_other_periods(AssignmentPart& part) const;

  const Past& past_;
  AssignmentKey about_;
  Scene scene_;
  std::vector<Explanation> explanations_;
};

bool matches(const AssignmentKey& key, const AssignmentKey& about) {
  return key.duty == about.duty && key.unit == about.unit &&
         (about.period.empty() || key.period == about.period) &&
         (about.slice.empty() || key.slice == about.slice);
}

std::vector<AssignmentKey> AssignmentPage::keys() const {
  std::vector<AssignmentKey> found;
  for (const auto& slot : scene_.timetable().slots()) {
    if (matches(slot.key, about_)) found.push_back(slot.key);
  }
  return found;
}

std::vector<AssignmentKey> AssignmentPage::told_keys() const {
  std::vector<AssignmentKey> found;
  for (const auto& [key, told] : past_.record.told()) {
    if (matches(key, about_)) found.push_back(key);
  }
  std::ranges::sort(found);
  return found;
}

// The first that is open, else the last.
std::string AssignmentPage::chosen_period() const {
  if (!about_.period.empty()) return about_.period;
  auto all = keys();
  for (const auto& key : all) {
    const auto* assignment = scene_.assignment(key);
    if (assignment->standing == Standing::open && assignment->due) return key.period;
  }
  if (!all.empty()) return all.back().period;
  auto told = told_keys();
  return told.empty() ? std::string{} : told.back().period;
}

const Told* told_now(const schedule::Record& record, const Assignment& assignment,
                     const plan::Stage& stage, Audience audience) {
  const auto* all = record.told_about(assignment.key);
  const Told* newest = nullptr;
  if (all == nullptr) return newest;
  for (const auto& one : *all) {
    const auto& key = one.item.key;
    bool same = key.kind == ItemKind::stage && key.stage == stage.key &&
                key.audience == audience && one.item.due == assignment.due;
    if (same && !one.notices.empty() && !one.withdrawn) newest = &one;
  }
  return newest;
}

StageRow AssignmentPage::stage_row(const Assignment& assignment, const plan::Stage& stage,
                                   std::size_t index) const {
  bool above = stage.audience == Audience::leader;
  StageRow row{.slice = assignment.key.slice,
               .audience = above ? Audience::leader : schedule::audience_of(assignment.key.unit)};
  auto point = std::ranges::find(assignment.points, index, &schedule::Point::stage);
  if (point != assignment.points.end()) row.at = point->at;
  const auto* told = told_now(past_.record, assignment, stage, row.audience);
  if (told != nullptr) {
    row.at = told->item.planned_at;
    row.notice = told->notices.back();
    row.state = past_.record.state_of(row.notice);
  }
  row.stage = scene_.stage(assignment.key, stage.key, row.at);
  bool waits = point != assignment.points.end() && !row.at;
  if (!row.at && !waits && row.stage.count) {
    row.at = scene_.timetable().zone().to_instant(row.stage.count->at);
  }
  for (const auto& one : explanations_) {
    bool own = one.about == assignment.key && one.audience == row.audience &&
               one.stage == stage.key;
    if (!own || row.reason != Reason::none) continue;
    row.reason = one.reason;
    row.until = one.until;
    row.fact = scene_.causes().fact(one.fact);
    if (one.reason == Reason::newer_stage) row.newer = one.by;
  }
  if (waits && row.reason == Reason::not_yet) row.at = row.until;
  row.dated_too_late = assignment.standing == Standing::dated_too_late;
  return row;
}

void AssignmentPage::add_stages(const Assignment& assignment, AssignmentPart& part) const {
  const auto* ladder = scene_.plan().ladder_of(scene_.plan().duties[assignment.duty]);
  if (ladder == nullptr) return;
  for (std::size_t index = 0; index < ladder->stages.size(); ++index) {
    part.stages.push_back(stage_row(assignment, ladder->stages[index], index));
  }
}

// Stages that stand in the ladder's rows are not listed again.
void AssignmentPage::add_told(const AssignmentKey& key, AssignmentPart& part) const {
  const auto* all = past_.record.told_about(key);
  if (all == nullptr) return;
  for (const auto& one : *all) {
    if (one.notices.empty()) continue;
    const auto& item = one.item;
    bool shown = std::ranges::any_of(part.stages, [&](const StageRow& row) {
      return !one.withdrawn && row.notice == one.notices.back() && row.slice == key.slice &&
             row.stage.key == item.key.stage && row.audience == item.key.audience;
    });
    if (shown) continue;
    part.told.push_back({.slice = key.slice,
                         .kind = item.key.kind,
                         .audience = item.key.audience,
                         .stage = item.key.stage,
                         .at = item.planned_at,
                         .due = item.due,
                         .was_due = item.was_due,
                         .notice = one.notices.back(),
                         .state = past_.record.state_of(one.notices.back()),
                         .withdrawn = one.withdrawn});
  }
}

void AssignmentPage::add_pending(const AssignmentKey& key, AssignmentPart& part) const {
  for (const auto& one : explanations_) {
    bool whole = one.about == key && one.stage.empty() && one.reason != Reason::not_yet;
    if (whole) part.pending.push_back({key.slice, one.audience, one.reason, one.until});
  }
}

void AssignmentPage::add_standing(const AssignmentKey& key, AssignmentPart& part) const {
  const auto* assignment = scene_.assignment(key);
  if (assignment == nullptr) {
    part.removed = true;
    part.removed_by = scene_.causes().edit([&](const plan::Plan& plan) {
      auto shared = std::make_shared<const plan::Plan>(plan);
      schedule::Timetable timetable{shared, schedule::bearings_of(plan, past_.record)};
      return !timetable.slot_of(key).has_value();
    });
    return;
  }
  part.standing = assignment->standing;
  part.excuse = assignment->excuse;
  auto seq = assignment->standing == Standing::answered  ? assignment->answered_by
             : assignment->standing == Standing::excused ? assignment->excused_by
             : assignment->standing == Standing::reassigned ? assignment->reassigned_by
             : assignment->pending                          ? assignment->pending->fact
                                                            : 0;
  part.settled_by = scene_.causes().fact(seq);
  if (assignment->standing == Standing::before_the_beginning) {
    part.settled_by = scene_.causes().in_force(key);
  }
  add_acceptance(*assignment, part);
}

void AssignmentPage::add_acceptance(const Assignment& assignment, AssignmentPart& part) const {
  const auto& timetable = scene_.timetable();
  auto accepted = schedule::acceptance_of(timetable, past_.record, assignment, past_.now);
  if (accepted) {
    part.accepted_at = accepted->at;
    part.accepted_by = scene_.causes().fact(accepted->fact);
  } else {
    part.accepted_from = schedule::silence_accepts_at(timetable, past_.record, assignment);
  }
}

void AssignmentPage::add_other_periods(AssignmentPart& part) const {
  auto about = about_;
  about.period.clear();
  for (const auto& slot : scene_.timetable().slots()) {
    if (!matches(slot.key, about) || slot.key.period == about_.period) continue;
    auto known = std::ranges::find(part.other_periods, slot.key.period, &OtherPeriod::id);
    if (known != part.other_periods.end()) continue;
    const auto* one = scene_.assignment(slot.key);
    part.other_periods.push_back({slot.key.period, one->due, one->due_has_hour, one->standing});
  }
}

std::optional<Page> AssignmentPage::make() {
  about_.period = chosen_period();
  auto owed = keys();
  auto all = owed.empty() ? told_keys() : owed;
  if (all.empty()) return std::nullopt;
  auto page = scene_.page(past_);
  page.duties.push_back(scene_.duty(all.front()));
  AssignmentPart part{.unit = about_.unit, .unit_name = scene_.name_of(about_.unit)};
  add_standing(all.front(), part);
  for (const auto& key : all) {
    page.duties.front().periods.push_back(scene_.period(key));
    if (const auto* assignment = scene_.assignment(key)) add_stages(*assignment, part);
    add_told(key, part);
    add_pending(key, part);
  }
  add_other_periods(part);
  page.assignment = std::move(part);
  return page;
}

}  // namespace

std::optional<Page> explain_assignment(const Past& past, const AssignmentKey& about) {
  return AssignmentPage{past, about}.make();
}

}  // namespace duban::engine
