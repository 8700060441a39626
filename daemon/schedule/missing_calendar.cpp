#include "schedule/missing_calendar.h"

#include <algorithm>

#include "schedule/step.h"

namespace duban::schedule {

std::optional<int> unpublished_next_year(const plan::Plan& plan) {
  auto next = plan.year + 1;
  bool published = calendar::Workdays{plan.calendar}.is_published(make_day(next, 1, 1));
  return published ? std::nullopt : std::optional{next};
}

Instant calendar_missed_from(const Timetable& timetable) {
  return timetable.zone().to_instant(Civil{make_day(timetable.plan().year, 11, 1)});
}

std::optional<int> missing_calendar(const Timetable& timetable, Instant now) {
  if (now < calendar_missed_from(timetable)) return std::nullopt;
  return unpublished_next_year(timetable.plan());
}

std::optional<CalendarQuestion> calendar_question(const Step& step) {
  auto year = unpublished_next_year(step.plan());
  if (!year) return std::nullopt;
  const std::string office{plan::office_id};
  const auto& route = step.timetable.route_to(office, Audience::office, false);
  if (!route) return std::nullopt;
  CalendarQuestion question{
      .about = {"", std::to_string(*year), office, std::string{calendar_code}}, .route = *route};
  if (const auto* told = step.record.told_about(question.about)) {
    if (!std::ranges::all_of(*told, &Told::withdrawn)) return std::nullopt;
    question.telling = static_cast<int>(told->size()) + 1;
  }
  auto from = std::max(step.now, calendar_missed_from(step.timetable));
  question.at = step.quiet().at_once(question.about, route, from, std::nullopt).at;
  return question;
}

void want_calendar(const Step& step, std::vector<Wanted>& wanted) {
  auto question = calendar_question(step);
  if (!question || question->at > step.now) return;
  Telling telling;
  telling.item = {.key = {question->about, ItemKind::trouble, "", Audience::office,
                          question->telling},
                  .planned_at = step.now};
  wanted.push_back({std::move(telling), question->route, NoticeState::queued, std::nullopt});
}

}  // namespace duban::schedule
