// The earliest moment at which `decide` would say something new.

#include "schedule/wake.h"

#include <algorithm>

#include "schedule/document_draft.h"
#include "schedule/list_hour.h"
#include "schedule/step.h"

namespace duban::schedule {
namespace {

class Earliest {
 public:
  explicit Earliest(Instant after) : after_(after) {}
  void consider(std::optional<Instant> at) {
    if (at && *at > after_) first_ = std::min(first_.value_or(*at), *at);
  }
  std::optional<Instant> first() const { return first_; }

 private:
  Instant after_;
  std::optional<Instant> first_;
};

void consider_stages(const Step& step, const Assignment& assignment, const plan::Ladder& ladder,
                     const Knowledge& liaison, Earliest& earliest) {
  const auto* told = step.record.told_about(assignment.key);
  auto leader = knowledge_of(told, Audience::leader);
  if (leader.told && leader.due != assignment.due) leader.stages.clear();
  bool leader_reached =
      step.timetable.route_to(assignment.key.unit, Audience::leader, true).has_value();
  for (const auto& point : assignment.points) {
    if (!point.at) continue;
    const auto& stage = ladder.stages[point.stage];
    if (stage.audience == Audience::leader) {
      if (!leader_reached || !is_news(ladder, point, leader)) continue;
      earliest.consider(point.drafted_at);
      continue;
    }
    bool before_due = stage.kind == StageKind::remind || stage.kind == StageKind::due;
    if (before_due && std::max(*point.at, step.now) >= *assignment.due) continue;
    auto audience = audience_of(assignment.key.unit);
    bool in_person = stage.kind == StageKind::overdue;
    if (!is_news(ladder, point, liaison)) continue;
    if (!step.timetable.route_to(assignment.key.unit, audience, in_person)) continue;
    earliest.consider(point.at);
    // Told too long after its hour to go at once: it waits for the plan's hours.
    if (*point.at <= step.now) {
      const auto& route = step.timetable.route_to(assignment.key.unit, audience, in_person);
      earliest.consider(
          step.quiet().at_once(assignment.key, route, step.now, assignment.due).at);
    }
  }
}

void consider_corrections(const Step& step, const Assignment& assignment, Earliest& earliest) {
  for (auto audience : {Audience::liaison, Audience::leader}) {
    const auto& route = step.timetable.route_to(assignment.key.unit, audience, true);
    if (!route || !is_wronged(step.record, assignment, audience)) continue;
    earliest.consider(step.quiet().at_once(assignment.key, route, step.now, assignment.due).at);
  }
}

void consider_assignment(const Step& step, const Assignment& assignment, Earliest& earliest) {
  const auto& unit = assignment.key.unit;
  auto audience = audience_of(unit);
  if (assignment.standing == Standing::answered) {
    return consider_corrections(step, assignment, earliest);
  }
  if (assignment.standing != Standing::open) return;
  auto known = knowledge_of(step.record.told_about(assignment.key), audience);
  const auto* told = step.record.told_about(assignment.key);
  bool answer = known.told && is_unanswered(step.timetable, told, assignment);
  bool at_once = !known.told || known.due != assignment.due || answer;
  const auto& route = step.timetable.route_to(unit, audience, answer);
  if (at_once && route) {
    earliest.consider(step.quiet().at_once(assignment.key, route, step.now, assignment.due).at);
  }
  const auto* ladder = step.plan().ladder_of(step.plan().duties[assignment.duty]);
  if (ladder != nullptr && !at_once) {
    consider_stages(step, assignment, *ladder, known, earliest);
  }
}

void consider_list(const Step& step, const std::vector<Assignment>& all, Earliest& earliest) {
  auto begins = list_begins(step, all);
  const std::string office{plan::office_id};
  if (!begins || !step.timetable.route_to(office, Audience::office, false)) return;
  // Up to the cursor the lists have come at their hours.
  auto before = std::max({*begins - Seconds{1}, step.now, *step.cursor});
  auto at = list_after(step.plan(), step.zone(), before);
  if (is_listed(step, at)) at = list_after(step.plan(), step.zone(), at);
  earliest.consider(at);
}

}  // namespace

std::optional<Instant> next_wake(const Timetable& timetable, const Record& record, Instant cursor,
                                 Instant looked) {
  Board board{timetable, record};
  return next_wake(board, cursor, looked);
}

std::optional<Instant> next_wake(Board& board, Instant cursor, Instant looked) {
  const auto& timetable = board.timetable();
  const auto& record = board.record();
  if (looked >= timetable.ends()) return std::nullopt;
  auto now = std::max(looked, timetable.begins());
  board.bring_to(now);
  Step step{timetable, record, cursor, now, std::nullopt, board};
  Earliest earliest{looked};
  if (now > looked) {
    earliest.consider(step.quiet().at_once({}, std::nullopt, now, std::nullopt).at);
  }
  const auto& all = *board.assignments();
  for (std::size_t slot = 0; slot < all.size(); ++slot) {
    auto quiet = board.quiet_until(slot);
    if (quiet == Instant::max()) continue;
    if (quiet > now) {
      earliest.consider(quiet);
    } else {
      consider_assignment(step, all[slot], earliest);
    }
  }
  for (const auto& one : fallen(step, all)) {
    const auto& route = step.timetable.route_to(one.key.unit, audience_of(one.key.unit), false);
    if (route) earliest.consider(step.quiet().at_once(one.key, route, now, one.known.due).at);
  }
  for (const auto& newcomer : newcomers(step)) earliest.consider(newcomer.heard.at);
  bool drafts = false;
  for (const auto& [id, notice] : record.open_notices()) {
    if (notice.state != NoticeState::drafted) continue;
    drafts = true;
    if (record.is_released(id)) earliest.consider(released_at(step, notice));
  }
  for (const auto& draft : drafts_to_come(step, all)) earliest.consider(draft.at);
  Decision as_it_stands;
  as_it_stands.assignments = Assignments{board.assignments()};
  for (const auto& one : fallbacks(step, as_it_stands)) earliest.consider(one.at);
  consider_list(step, all, earliest);
  if (auto question = calendar_question(step)) earliest.consider(question->at);
  auto first = earliest.first();
  if (first && *first < timetable.ends()) return first;
  return drafts ? std::optional{timetable.ends()} : std::nullopt;
}

}  // namespace duban::schedule
