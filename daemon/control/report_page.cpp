#include "control/report_page.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/limits.h"
#include "control/page_parts.h"
#include "document/writing.h"
#include "message/plan_facts.h"
#include "message/words.h"
#include "schedule/draft_time.h"

namespace duban::control {
namespace {

using schedule::Standing;

// A paper that the office writes; what is held, or recorded only when it happens, is none.
bool is_document(const plan::Duty& duty) {
  return duty.ends == plan::Ends::received &&
         std::ranges::find(duty.who, plan::office_id) != duty.who.end();
}

void tell_standing(const schedule::Assignment& assignment, const schedule::Timetable& timetable,
                   Instant now, message::WebPaper& view) {
  switch (assignment.standing) {
    case Standing::answered: {
      auto at = moment_of(assignment.answered_at, timetable.zone(), timetable.plan().year);
      view.standing = "已办,";
      view.standing += at.words;
      view.standing_time = at.machine;
      return;
    }
    case Standing::excused:
      view.standing = "免报:" + assignment.excuse;
      return;
    case Standing::unchased:
      view.standing = "有事即报";
      return;
    case Standing::before_the_beginning:
      view.standing = "启用前已到期";
      return;
    case Standing::dated_too_late:
      view.standing = "日子已过,待另定";
      return;
    case Standing::reassigned:
      view.standing = "已改由别的单位办";
      return;
    case Standing::open:
      break;
  }
  view.overdue = assignment.due && *assignment.due < now;
  view.open = !view.overdue;
  view.standing = view.overdue ? "已到期,未记已办" : "待办";
}

// Ids are of letters that stand in a query as they are.
void link_draft(const schedule::Assignment& assignment, const schedule::Timetable& timetable,
                Instant now, message::WebPaper& view) {
  const auto& plan = timetable.plan();
  const auto& duty = plan.duties[assignment.duty];
  auto slot = timetable.slot_of(assignment.key);
  if (!duty.document || !slot) return;
  auto at = schedule::draft_at(timetable, timetable.slots()[*slot].occurrence);
  if (!at || *at > now) return;
  view.draft = fmt::format("form={}&plan={}&duty={}&period={}",
                           message::form_word(duty.document->form), plan.id, duty.id,
                           assignment.key.period);
  view.draft_type = document::ending_of(document::types_of(duty.document->form).front());
}

message::WebPaper paper_view(const schedule::Assignment& assignment,
                             const schedule::Timetable& timetable, Instant now) {
  const auto& plan = timetable.plan();
  const auto& duty = plan.duties[assignment.duty];
  message::WebPaper view;
  view.paper = message::full_name(plan, duty, assignment.key.period, assignment.key.slice);
  view.paper_clause = duty.clause;
  view.paper_provisional = assignment.provisional;
  if (assignment.due) {
    auto due = moment_of(*assignment.due, timetable.zone(), plan.year);
    view.paper_due = due.words;
    view.paper_due_time = due.machine;
  } else {
    view.paper_due = "待定";
    if (assignment.dating == calendar::Dating::undecided && duty.decide_by) {
      view.paper_due += "(请于" + message::day_words(*duty.decide_by, plan.year) + "前定)";
    }
  }
  tell_standing(assignment, timetable, now, view);
  link_draft(assignment, timetable, now, view);
  return view;
}

message::WebShelf shelf_of(const engine::PlanRun& run, Instant now) {
  const auto& timetable = run.timetable();
  message::WebShelf shelf{.shelf = run.plan().title, .papers = {}};
  schedule::Quiet quiet{timetable, run.record()};
  std::vector<schedule::Assignment> papers;
  for (std::size_t slot = 0; slot < timetable.slots().size(); ++slot) {
    const auto& key = timetable.slots()[slot].key;
    if (key.unit != plan::office_id || papers.size() >= limits::page_rows) continue;
    const auto* duty = run.plan().find_duty(key.duty);
    if (duty == nullptr || !is_document(*duty)) continue;
    papers.push_back(schedule::assignment_of(timetable, run.record(), quiet, slot, now, {}));
  }
  std::ranges::stable_sort(papers, {}, [](const auto& one) {
    return std::pair{!one.due.has_value(), one.due.value_or(Instant{})};
  });
  for (const auto& one : papers) shelf.papers.push_back(paper_view(one, timetable, now));
  return shelf;
}

}  // namespace

message::WebReport report_page(std::span<const engine::PlanRun* const> plans, Instant now) {
  message::WebReport page;
  for (const auto* run : plans) page.shelves.push_back(shelf_of(*run, now));
  return page;
}

}  // namespace duban::control
