#include "calendar/occurrence.h"

#include "calendar/dating.h"

namespace duban::calendar {
namespace {

Step::Kind undated_kind(Dating dating) {
  if (dating == Dating::never) return Step::Kind::never;
  return dating == Dating::undecided ? Step::Kind::undecided : Step::Kind::waiting;
}

const std::string* excuse_of(const plan::Duty& duty, const Period& about) {
  auto change = duty.changes.find(about.id);
  if (change == duty.changes.end() || !change->second.excused) return nullptr;
  return &*change->second.excused;
}

bool belongs(const Candidate& candidate, const Dated& dated, int year) {
  return dated.due ? year_of(dated.due->day) == year : candidate.of_plan_year;
}

void put_ask_by(Occurrence& occurrence, DueDay&& ask_by, const Zone& zone) {
  occurrence.ask_by = zone.to_instant(ask_by.at());
  occurrence.ask_by_has_hour = ask_by.time.has_value();
  occurrence.ask_by_provisional = ask_by.provisional;
  for (auto& step : ask_by.why) {
    step.softer = true;
    occurrence.why.push_back(std::move(step));
  }
}

void put_due(Occurrence& occurrence, DueDay&& due, const Zone& zone) {
  occurrence.due = zone.to_instant(due.at());
  occurrence.due_has_hour = due.time.has_value();
  occurrence.provisional = due.provisional;
  occurrence.why = std::move(due.why);
  if (due.provisional) occurrence.why.push_back({.kind = Step::Kind::unpublished});
}

Occurrence make_occurrence(std::size_t index, const plan::Duty& duty, const Period& about,
                           Dated&& dated, const DueDates& dates, const Zone& zone) {
  Occurrence occurrence;
  occurrence.duty = index;
  occurrence.period = about.id;
  occurrence.dating = dated.dating;
  if (const auto* excuse = excuse_of(duty, about)) {
    occurrence.dating = Dating::excused;
    occurrence.excused = *excuse;
    occurrence.why.push_back({.kind = Step::Kind::excused, .excuse = *excuse});
    return occurrence;
  }
  if (!dated.due) {
    occurrence.why.push_back({.kind = undated_kind(dated.dating)});
    return occurrence;
  }
  put_due(occurrence, std::move(*dated.due), zone);
  auto ask_by = dates.ask_by(index, about);
  if (ask_by && ask_by->due) put_ask_by(occurrence, std::move(*ask_by->due), zone);
  return occurrence;
}

}  // namespace

std::vector<Occurrence> occurrences(const plan::Plan& plan, const Zone& zone, const HeldOn& held) {
  DueDates dates{plan, held};
  std::vector<Occurrence> found;
  for (std::size_t index = 0; index < plan.duties.size(); ++index) {
    const auto& duty = plan.duties[index];
    for (const auto& candidate : candidates(duty, plan.year)) {
      auto dated = dates.due(index, candidate.period);
      if (!belongs(candidate, dated, plan.year)) continue;
      found.push_back(
          make_occurrence(index, duty, candidate.period, std::move(dated), dates, zone));
    }
  }
  return found;
}

}  // namespace duban::calendar
