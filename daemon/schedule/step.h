#pragma once
// What one call of `decide` looks at; each part of the decision takes it and adds to the decision.

#include <optional>
#include <string>
#include <vector>

#include "schedule/decide.h"
#include "schedule/knowledge.h"
#include "schedule/route.h"

namespace duban::schedule {

struct Step {
  const Timetable& timetable;
  const Record& record;
  std::optional<Instant> cursor;
  Instant now;
  /// The outage that ends at this step, where there is one.
  std::optional<Record::Outage> outage;
  const Board& board;

  const plan::Plan& plan() const { return timetable.plan(); }
  const calendar::Zone& zone() const { return timetable.zone(); }
  const Quiet& quiet() const { return board.quiet(); }
  /// The moment was missed: it lies in an outage, recorded or ending now, and is not fresh.
  bool missed(Instant at) const;
};

/// Something to tell, routed.
struct Wanted {
  Telling telling;
  Route route;
  NoticeState state = NoticeState::queued;
  std::optional<Instant> expires_at;
  /// The same was told before and withdrawn.
  bool again = false;
  /// Held with others of its kind.
  bool storm = false;
};

/// The newest stage due to an audience by a moment, for an open assignment: the look forward of the
/// level-triggered rule. Reminders have lost their sense once the due time has passed.
const Point* newest_stage(const plan::Ladder& ladder, const Assignment& assignment,
                          Audience audience, Instant now);

/// Whether an audience that knows `known` has not been told this stage, nor one after it.
bool is_news(const plan::Ladder& ladder, const Point& point, const Knowledge& known);
/// It was told overdue (or a leader of it) although it had in truth handed in before, and that was
/// not yet put right.
/// The office's answer is to be told to the unit: it was not yet, and somebody can be told in
/// person (it goes to no group).
bool is_unanswered(const Timetable& timetable, const std::vector<Told>* told,
                   const Assignment& assignment);
/// The key under which it is told: `returned 17`, by the fact's number.
std::string answer_stage(const Answer& answer);
bool is_wronged(const Record& record, const Assignment& assignment, Audience audience);
/// Fills in what a message to a leader or after the due time needs: when the liaison was reminded,
/// and when 收件已核 was recorded.
void add_history(const Step& step, const Assignment& assignment, Telling& telling);

/// What each assignment's audiences should know and do not.
void want_tellings(const Step& step, Decision& decision, std::vector<Wanted>& wanted);
/// Assignments that were told and are no more.
void want_gone(const Step& step, Decision& decision, std::vector<Wanted>& wanted);
/// What a new liaison hears of what is open, and when.
struct Newcomer {
  AssignmentKey about;
  Route route;
  Heard heard;
};
std::vector<Newcomer> newcomers(const Step& step);
void want_handovers(const Step& step, Decision& decision, std::vector<Wanted>& wanted);
/// Makes drafts of what is late, changed, gone or told again when it is more than the plan's storm.
void brake_storm(const Step& step, std::vector<Wanted>& wanted);
/// The office's daily list, and trouble.
void want_office_list(const Step& step, Decision& decision, std::vector<Wanted>& wanted);
void want_trouble(const Step& step, std::vector<Wanted>& wanted);
/// That the office is to be told of a missing work calendar, and when; nothing once it was told.
struct CalendarQuestion {
  AssignmentKey about;
  Route route;
  Instant at{};
  int telling = 1;
};
std::optional<CalendarQuestion> calendar_question(const Step& step);
void want_calendar(const Step& step, std::vector<Wanted>& wanted);
/// Open notices whose cause has gone, whose route has changed, or that are released.
void tend_open_notices(const Step& step, Decision& decision);
/// A told item on its way into another notice.
Telling told_again(const Step& step, const Decision& decision, const ItemKey& key);
/// Why an item's cause has gone, as of a notice that carries it; none while it stands.
Reason cause_gone(const Step& step, Decision& decision, const NoticeHead& notice,
                  const ItemKey& key);
/// What one channel of a contact did not deliver, on its way to the next, and when it goes: at once
/// after a failure, or when that channel's share of the contact's time is spent; within the hours.
struct Fallback {
  Instant at{};
  NoticePlan planned;
};
std::vector<Fallback> fallbacks(const Step& step, Decision& decision);
void want_fallbacks(const Step& step, Decision& decision);
/// When the share of a notice under way is spent; nothing where its contact has no bound, or where
/// it serves several.
std::optional<Instant> time_spent_at(const plan::Plan& plan, const NoticeHead& notice);
/// Of every stage that is not told, and that nothing before has explained, the first reason.
void explain_untold(const Step& step, Decision& decision);
/// One notice per endpoint and state.
void group_into_notices(std::vector<Wanted> wanted, Decision& decision);
/// The list as it stands at the step.
OfficeList make_list(const Step& step, const std::vector<Assignment>& all);
/// The list of the day of `at` has been sent.
bool is_listed(const Step& step, Instant at);
/// The first moment from `step.now` on at which the list has something to say.
std::optional<Instant> list_begins(const Step& step, const std::vector<Assignment>& all);
/// Assignments that were told, are not answered, and are no more or are excused.
struct Fallen {
  AssignmentKey key;
  std::optional<std::size_t> slot;
  Reason reason = Reason::removed;
  Knowledge known;
};
std::vector<Fallen> fallen(const Step& step, const std::vector<Assignment>& all);
/// When a drafted notice is to be sent once released: the latest planned time of its items.
Instant planned_of(const Record& record, const NoticeHead& notice);
/// When a released draft goes: at its planned time; of a storm, within the hours.
Instant released_at(const Step& step, const NoticeHead& notice);

}  // namespace duban::schedule
