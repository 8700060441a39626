#include "engine/agenda.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "calendar/occurrence.h"
#include "schedule/draft_time.h"
#include "schedule/route.h"

namespace duban::engine {
namespace {

using schedule::Assignment;
using schedule::Standing;
using schedule::Told;

constexpr std::string_view planned = "planned", answered = "answered", silent = "silent";

// In the order of the rows: time first, then the plan's order of duties.
struct RowKey {
  Instant at{};
  std::size_t duty = 0;
  std::string duty_id, period;
  std::size_t stage = 0;
  std::string stage_key;
  Audience audience = Audience::liaison;
  std::optional<Instant> due;
  std::string_view state;
  bool provisional = false;
  auto operator<=>(const RowKey&) const = default;
};

class Collector {
 public:
  Collector(const schedule::Timetable& timetable, const schedule::Record& record, Instant now,
            const AgendaFilter& filter)
      : timetable_(timetable), plan_(timetable.plan()), record_(record), now_(now),
        filter_(filter) {}

  void add_assignment(const Assignment& assignment, const schedule::Timetable::Slot& slot);
  void add_draft(const Assignment& assignment, const schedule::Timetable::Slot& slot);
  void add_told();
  std::vector<AgendaRow> rows() const;

 private:
  bool wanted(const schedule::AssignmentKey& key) const;
  bool in_span(Instant at) const;
  std::size_t place_of(std::string_view unit) const;
  calendar::Occurrence occurrence_of(const Assignment& assignment, std::size_t index) const;
  std::string_view state_of(const Assignment& assignment, const plan::Stage& stage,
                            Instant at) const;
  bool told_now(const Assignment& assignment, const plan::Stage& stage, Audience audience) const;
  void add(RowKey key, const std::string& unit);

  const schedule::Timetable& timetable_;
  const plan::Plan& plan_;
  const schedule::Record& record_;
  Instant now_;
  const AgendaFilter& filter_;
  std::map<RowKey, std::vector<std::string>> found_;
};

bool Collector::wanted(const schedule::AssignmentKey& key) const {
  return (filter_.unit.empty() || filter_.unit == key.unit) &&
         (filter_.duty.empty() || filter_.duty == key.duty);
}

bool Collector::in_span(Instant at) const {
  auto day = timetable_.zone().day_of(at);
  return (!filter_.from || day >= *filter_.from) && (!filter_.to || day <= *filter_.to);
}

std::size_t Collector::place_of(std::string_view unit) const {
  auto found = std::ranges::find(plan_.units, unit, &plan::Unit::id);
  return static_cast<std::size_t>(found - plan_.units.begin());
}

void Collector::add(RowKey key, const std::string& unit) {
  if (!in_span(key.at)) return;
  auto& units = found_[std::move(key)];
  if (std::ranges::find(units, unit) == units.end()) units.push_back(unit);
}

// The occurrence as it is for one assignment: an extension moves its due time.
calendar::Occurrence Collector::occurrence_of(const Assignment& assignment,
                                              std::size_t index) const {
  auto occurrence = timetable_.occurrences()[index];
  occurrence.dating = calendar::Dating::dated;
  occurrence.due = assignment.due;
  occurrence.ask_by = assignment.ask_by;
  occurrence.due_has_hour = assignment.due_has_hour;
  occurrence.ask_by_has_hour = assignment.ask_by_has_hour;
  return occurrence;
}

bool above_liaison(Audience audience) { return audience == Audience::leader; }

Audience audience_of(const plan::Stage& stage, std::string_view unit) {
  return stage.audience == Audience::liaison ? schedule::audience_of(unit) : stage.audience;
}

std::string_view Collector::state_of(const Assignment& assignment, const plan::Stage& stage,
                                     Instant at) const {
  if (assignment.standing == Standing::answered) return answered;
  if (assignment.standing != Standing::open) return silent;
  const auto* told = record_.told_about(assignment.key);
  if (at > now_ || told == nullptr) return planned;
  bool newer = std::ranges::any_of(*told, [&](const Told& one) {
    return !one.withdrawn && one.item.planned_at >= at &&
           above_liaison(one.item.key.audience) == above_liaison(stage.audience);
  });
  return newer ? to_word(NoticeState::superseded) : planned;
}

// The stage has been told for the present due time: its row comes from the ledger.
bool Collector::told_now(const Assignment& assignment, const plan::Stage& stage,
                         Audience audience) const {
  const auto* told = record_.told_about(assignment.key);
  if (told == nullptr) return false;
  return std::ranges::any_of(*told, [&](const Told& one) {
    const auto& key = one.item.key;
    bool same = key.kind == ItemKind::stage && key.stage == stage.key &&
                key.audience == audience && one.item.due == assignment.due;
    return same && (!one.withdrawn || assignment.standing != Standing::open);
  });
}

void Collector::add_assignment(const Assignment& assignment,
                               const schedule::Timetable::Slot& slot) {
  const auto* ladder = plan_.ladder_of(plan_.duties[assignment.duty]);
  if (ladder == nullptr || !assignment.due || !wanted(assignment.key)) return;
  auto occurrence = occurrence_of(assignment, slot.occurrence);
  if (timetable_.occurrences()[slot.occurrence].dating == calendar::Dating::excused) return;
  const auto& zone = timetable_.zone();
  for (std::size_t index = 0; index < ladder->stages.size(); ++index) {
    const auto& stage = ladder->stages[index];
    auto audience = audience_of(stage, assignment.key.unit);
    if (told_now(assignment, stage, audience)) continue;
    auto at = assignment.extended
                  ? calendar::stage_at(*ladder, stage, occurrence, plan_, zone)
                  : timetable_.stages_of(slot.occurrence)[index];
    auto point = std::ranges::find(assignment.points, index, &schedule::Point::stage);
    if (point != assignment.points.end() && point->at) at = *point->at;
    bool provisional = assignment.provisional ||
                       calendar::stage_is_provisional(*ladder, stage, occurrence, plan_, zone);
    add({at, assignment.duty, assignment.key.duty, assignment.key.period, index, stage.key,
         audience, assignment.due, state_of(assignment, stage, at), provisional},
        assignment.key.unit);
  }
}

// The draft of a document, until it was told.
void Collector::add_draft(const Assignment& assignment, const schedule::Timetable::Slot& slot) {
  const auto& document = plan_.duties[assignment.duty].document;
  auto at = schedule::draft_at(timetable_, slot.occurrence);
  if (!document || !at || !wanted(assignment.key)) return;
  const auto* told = record_.told_about(assignment.key);
  bool told_now = told != nullptr && std::ranges::any_of(*told, [](const Told& one) {
    return one.item.key.kind == ItemKind::document && !one.withdrawn;
  });
  if (told_now) return;
  auto state = assignment.standing == Standing::answered ? answered
               : assignment.standing == Standing::open   ? planned
                                                         : silent;
  add({*at, assignment.duty, assignment.key.duty, assignment.key.period, 0, document->key,
       Audience::office, assignment.due, state, assignment.provisional},
      assignment.key.unit);
}

// What was told stands as it was told, also of stages and duties that are no more.
void Collector::add_told() {
  for (const auto& [about, all] : record_.told()) {
    if (!wanted(about)) continue;
    auto duty = std::ranges::find(plan_.duties, about.duty, &plan::Duty::id);
    const auto* ladder = duty == plan_.duties.end() ? nullptr : plan_.ladder_of(*duty);
    for (const auto& one : all) {
      const auto& item = one.item;
      bool stands_here = item.key.kind == ItemKind::stage || item.key.kind == ItemKind::document;
      if (!stands_here || one.notices.empty()) continue;
      std::size_t place = 0;
      if (ladder != nullptr) {
        auto stage = std::ranges::find(ladder->stages, item.key.stage, &plan::Stage::key);
        place = static_cast<std::size_t>(stage - ladder->stages.begin());
      }
      add({item.planned_at, static_cast<std::size_t>(duty - plan_.duties.begin()), about.duty,
           about.period, place, item.key.stage, item.key.audience, item.due,
           to_word(record_.state_of(one.notices.back())), false},
          about.unit);
    }
  }
}

std::vector<AgendaRow> Collector::rows() const {
  std::vector<AgendaRow> rows;
  rows.reserve(found_.size());
  for (const auto& [key, units] : found_) {
    rows.push_back({.at = key.at,
                    .plan = plan_.id,
                    .duty = key.duty_id,
                    .period = key.period,
                    .stage = key.stage_key,
                    .audience = key.audience,
                    .due = key.due,
                    .units = units,
                    .state = key.state,
                    .provisional = key.provisional});
    std::ranges::stable_sort(rows.back().units, {},
                             [this](const std::string& unit) { return place_of(unit); });
  }
  return rows;
}

// A plan that nobody has looked at is shown as if it were looked at from before its beginning, so
// that all of it is still to come.
Instant moment(const schedule::Timetable& timetable, const schedule::Record& record, Instant now) {
  if (record.in_force_since("", "")) return now;
  return std::min(now, timetable.begins() - std::chrono::days{366});
}

}  // namespace

std::vector<AgendaRow> agenda(const schedule::Timetable& timetable, const schedule::Record& record,
                              Instant now, const AgendaFilter& filter) {
  auto at = moment(timetable, record, now);
  Collector collector{timetable, record, at, filter};
  auto all = schedule::assignments(timetable, record, at);
  for (std::size_t index = 0; index < all.size(); ++index) {
    collector.add_assignment(all[index], timetable.slots()[index]);
    collector.add_draft(all[index], timetable.slots()[index]);
  }
  collector.add_told();
  return collector.rows();
}

}  // namespace duban::engine
