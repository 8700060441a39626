// What English says of an assignment.

#include "control/english.h"

#include <fmt/format.h>

namespace duban::control {
namespace {

using schedule::Standing;

std::string standing_words(Standing standing) {
  switch (standing) {
    case Standing::open: return "open";
    case Standing::answered: return "handed in";
    case Standing::excused: return "excused";
    case Standing::unchased: return "recorded when it happens, never chased";
    case Standing::before_the_beginning: return "due before it was in force, not chased";
    case Standing::dated_too_late: return "its date was past when it became known";
    case Standing::reassigned: return "another unit owes it now";
  }
  return {};
}

}  // namespace

std::string English::standing(const engine::AssignmentPart& part) const {
  if (part.removed) {
    return part.removed_by ? "not in the plan any more since " + fact(*part.removed_by)
                           : "not in the plan any more";
  }
  auto text = standing_words(part.standing);
  if (part.settled_by) return text + ", " + fact(*part.settled_by) + acceptance(part);
  return part.excuse.empty() ? text : text + ": " + part.excuse;
}

std::string English::acceptance(const engine::AssignmentPart& part) const {
  if (part.accepted_by) return "; " + fact(*part.accepted_by);
  if (part.accepted_at) {
    return "; accepted: not given back by the cut-off, " + when(*part.accepted_at);
  }
  if (!part.accepted_from) return {};
  return "; accepted unless given back by the cut-off, " + when(*part.accepted_from);
}

std::string English::title(const engine::Page& page) const {
  const auto& part = *page.assignment;
  const auto& duty = page.duties.front();
  return fmt::format("{} {} {}: {}\nnow {}", part.unit_name, duty.name,
                     duty.periods.front().period, standing(part), when(page.now));
}

std::string English::why_not(const engine::StageRow& row) const {
  auto known = row.fact ? ", " + brief(*row.fact) : std::string{};
  switch (row.reason) {
    case Reason::not_yet: return row.until ? "not yet" : "no date yet";
    case Reason::answered: return "not sent: handed in" + known;
    case Reason::excused: return "not sent: excused" + known;
    case Reason::silenced: return "silenced until " + when_or(row.until, "later");
    case Reason::no_contact: return "not sent: no contact; on the list to deliver by hand";
    case Reason::group_only: return "not sent: only a group, which this does not go to; by hand";
    case Reason::waits_for_hours:
      return "outside the hours, waits until " + when_or(row.until, "they begin");
    case Reason::waits_for_check: return "not sent: waits for the check (dubanctl checked)";
    case Reason::waits_for_release:
      return row.until ? "draft put off until " + when(*row.until)
                       : "draft waits for release (dubanctl release)";
    case Reason::storm: return "draft: too many at once, the office is asked (release storm)";
    case Reason::newer_stage:
      return "not sent: the newer stage \"" + row.newer + "\" stands for it";
    case Reason::sense_ended: return "not sent: the due time had passed before it could be told";
    case Reason::due_moved:
      return row.dated_too_late ? "not sent: the date was past when it became known; set another"
                                : "not sent: the change of date told it";
    case Reason::before_the_beginning: return "not sent: due before it was in force" + known;
    case Reason::plan_over: return "not sent: the plan is over";
    case Reason::removed: return "not sent: removed";
    case Reason::asked: return "not sent: more time was asked for, and not decided" + known;
    case Reason::disputed: return "not sent: the unit says it is not its own; not decided" + known;
    case Reason::reassigned: return "not sent: another unit owes it now" + known;
    default: return "about to go";
  }
}

std::string English::stage(const engine::StageRow& row) const {
  auto text = fmt::format("{}, {}", row.stage.key, to_word(row.audience));
  if (!row.slice.empty()) text += ", clause " + row.slice;
  if (row.at) text += ", " + when(*row.at);
  if (row.notice.empty()) return text + ": " + why_not(row);
  text += fmt::format(": {} {}", to_word(row.state), row.notice);
  return row.reason == Reason::none ? text : text + ", " + why_not(row);
}

std::string English::pending(const engine::PendingRow& row) const {
  engine::StageRow same{.audience = row.audience, .stage = {}, .reason = row.reason,
                        .until = row.until};
  return fmt::format("{}: {}", to_word(row.audience), why_not(same));
}

std::string English::told(const engine::ToldRow& row) const {
  auto what = row.stage.empty() ? std::string{to_word(row.kind)} : row.stage;
  auto text = fmt::format("{}, {}, {}", what, to_word(row.audience), when(row.at));
  if (row.kind == ItemKind::change) {
    text += fmt::format(", was {}, is {}", when_or(row.was_due, "undecided"),
                        when_or(row.due, "undecided"));
  } else {
    text += ", due " + when_or(row.due, "undecided");
  }
  text += fmt::format(": {} {}", to_word(row.state), row.notice);
  return row.withdrawn ? text + ", taken back" : text;
}

std::string English::period(const engine::OtherPeriod& period) const {
  return fmt::format("{}: {}, {}", period.id, when_or(period.due, "undecided"),
                     standing_words(period.standing));
}

}  // namespace duban::control
