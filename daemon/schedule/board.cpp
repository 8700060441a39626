#include "schedule/board.h"

#include <algorithm>

#include "schedule/knowledge.h"
#include "schedule/step.h"

namespace duban::schedule {
namespace {

constexpr Instant always = Instant::min();
constexpr Instant never = Instant::max();

bool wrongly_chased(const std::vector<Told>& told, Instant answered_at) {
  return std::ranges::any_of(told, [&](const Told& one) {
    auto kind = one.item.key.kind;
    bool chases = kind == ItemKind::stage || kind == ItemKind::answer;
    return chases && one.item.planned_at > answered_at;
  });
}

}  // namespace

Board::Board(const Timetable& timetable, const Record& record)
    : timetable_(timetable),
      record_(record),
      quiet_(timetable, record),
      all_(std::make_shared<std::vector<Assignment>>()) {}

Instant Board::stage_interest(const Assignment& assignment) const {
  const auto& plan = timetable_.plan();
  const auto* ladder = plan.ladder_of(plan.duties[assignment.duty]);
  if (ladder == nullptr) return never;
  const auto* told = record_.told_about(assignment.key);
  auto liaison = knowledge_of(told, audience_of(assignment.key.unit));
  auto leader = knowledge_of(told, Audience::leader);
  if (leader.told && leader.due != assignment.due) leader.stages.clear();
  Instant first = never;
  for (const auto& point : assignment.points) {
    if (!point.at) continue;
    const auto& stage = ladder->stages[point.stage];
    bool above = stage.audience == Audience::leader;
    bool before_due = stage.kind == StageKind::remind || stage.kind == StageKind::due;
    if (before_due && std::max(*point.at, *at_) >= *assignment.due) continue;
    auto audience = above ? Audience::leader : audience_of(assignment.key.unit);
    bool in_person = stage.kind == StageKind::overdue;
    if (!timetable_.route_to(assignment.key.unit, audience, in_person)) continue;
    if (!is_news(*ladder, point, above ? leader : liaison)) continue;
    first = std::min(first, above ? *point.drafted_at : *point.at);
  }
  return first;
}

Instant Board::first_interest(const Assignment& assignment) const {
  const auto* told = record_.told_about(assignment.key);
  if (assignment.standing == Standing::answered) {
    bool look = told != nullptr && wrongly_chased(*told, *assignment.answered_at);
    return look ? always : never;
  }
  if (assignment.standing != Standing::open) return never;
  auto known = knowledge_of(told, audience_of(assignment.key.unit));
  if (!known.told || known.due != assignment.due || is_unanswered(timetable_, told, assignment)) {
    bool reached = timetable_.route_to(assignment.key.unit, audience_of(assignment.key.unit), false)
                       .has_value();
    return reached ? always : never;
  }
  return stage_interest(assignment);
}

void Board::rebuild(std::size_t slot, std::optional<Record::Outage> outage) {
  auto assignment = assignment_of(timetable_, record_, quiet_, slot, *at_, outage);
  quiet_until_[slot] = first_interest(assignment);
  (*all_)[slot] = std::move(assignment);
}

void Board::judge_fallen(const AssignmentKey& key) {
  if (key.duty.empty() || record_.told_about(key) == nullptr) return;
  auto slot = timetable_.slot_of(key);
  auto standing = slot ? (*all_)[*slot].standing : Standing::unchased;
  bool fell = standing == Standing::excused || standing == Standing::unchased ||
              standing == Standing::reassigned;
  if (fell) {
    fallen_.insert(key);
  } else {
    fallen_.erase(key);
  }
}

void Board::rebuild_all(std::optional<Record::Outage> outage) {
  auto count = timetable_.slots().size();
  all_->resize(count);
  quiet_until_.assign(count, always);
  for (std::size_t slot = 0; slot < count; ++slot) rebuild(slot, outage);
  fallen_.clear();
  for (const auto& [key, told] : record_.told()) judge_fallen(key);
}

// A fact about a period or a unit stands for every slot that it covers.
void Board::rebuild_touched(const AssignmentKey& key) {
  if (auto slot = timetable_.slot_of(key)) {
    rebuild(*slot, std::nullopt);
  } else {
    for (auto covered : timetable_.slots_of(key)) {
      rebuild(covered, std::nullopt);
      judge_fallen(timetable_.slots()[covered].key);
    }
  }
  judge_fallen(key);
}

void Board::bring_to(Instant now, std::optional<Record::Outage> outage) {
  if (all_.use_count() > 1) all_ = std::make_shared<std::vector<Assignment>>(*all_);
  bool afresh = !at_ || now < *at_ || outage || had_outage_ ||
                general_seen_ != record_.general_changes();
  auto before = at_.value_or(now);
  at_ = now;
  had_outage_ = outage.has_value();
  general_seen_ = record_.general_changes();
  const auto& touched = record_.touched();
  if (afresh) {
    quiet_ = Quiet{timetable_, record_};
    touched_seen_ = touched.size();
    return rebuild_all(outage);
  }
  for (; touched_seen_ < touched.size(); ++touched_seen_) rebuild_touched(touched[touched_seen_]);
  for (std::size_t slot = 0; slot < all_->size(); ++slot) {
    const auto& due = (*all_)[slot].due;
    if (due && before < *due && *due <= now) rebuild(slot, std::nullopt);
  }
}

}  // namespace duban::schedule
