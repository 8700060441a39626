// What English says of a notice.

#include "control/english.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "schedule/missing_calendar.h"

namespace duban::control {
namespace {

std::string_view when_words(StageKind kind) {
  switch (kind) {
    case StageKind::remind: return "its time to remind had come";
    case StageKind::due: return "it was due that day";
    case StageKind::overdue: return "the due time had passed";
    case StageKind::escalate: return "its time to tell the leader had come, if the office releases";
  }
  return {};
}

std::string why_stage(StageKind kind, plan::Ends ends) {
  auto open = ends == plan::Ends::held ? "nothing was recorded as held"
                                       : "nothing was recorded as in";
  return fmt::format("{}, and {}", when_words(kind), open);
}

std::string with_reason(std::string_view state, Reason reason) {
  bool plain = reason == Reason::none || reason == Reason::on_time;
  if (plain) return std::string{state};
  return fmt::format("{} ({})", state, words_of(to_word(reason)));
}

}  // namespace

std::string English::title(const engine::NoticePart& notice) const {
  return fmt::format("Notice {}: {}", notice.id, to_word(notice.state));
}

std::string English::why(const engine::ItemPart& item) const {
  switch (item.kind) {
    case ItemKind::start: return "the first word of it, with the dates of the year";
    case ItemKind::change: return "the due time is not the one told last";
    case ItemKind::gone: return "what was told is not owed any more";
    case ItemKind::handover: return "another liaison speaks for the unit, and hears what is open";
    case ItemKind::correction: return "it was chased, and in truth had been handed in before";
    case ItemKind::list: return "the hour of the office's list had come, with something on it";
    case ItemKind::trouble:
      if (item.subject == schedule::calendar_code) {
        return "1 November had come, and the work calendar had no published next year";
      }
      return "something is not well, and the office has to know";
    case ItemKind::document: return "the draft's time had come; it is the office's to rewrite";
    case ItemKind::answer: return "the office gave a paper back, or said no to what was asked";
    case ItemKind::stage: break;
  }
  auto text = why_stage(item.stage ? item.stage->kind : StageKind::remind, item.ends);
  if (item.late) return text + "; told late, as nobody was looking at that time";
  if (item.reason == Reason::silenced) return text + "; told when the silence had ended";
  if (item.reason != Reason::newly_known) return text;
  return text + "; told at once, as its time was past when it became known";
}

std::string English::item(const engine::ItemPart& item) const {
  auto what = item.stage ? item.stage->key : words_of(to_word(item.kind));
  auto text = fmt::format("{}, {}, {}", what, fmt::join(item.units, "、"), when(item.planned_at));
  if (item.told_at) text += ", told " + when(*item.told_at);
  if (item.audience == Audience::leader) text += ", to the leader";
  if (item.kind == ItemKind::change) {
    text += fmt::format(", was {}, is {}", when_or(item.was_due, "undecided"),
                        when_or(item.due, "undecided"));
  }
  if (!item.subject.empty()) text += ", " + item.subject;
  if (item.subject_fails != Reason::none) text += ": " + words_of(to_word(item.subject_fails));
  return item.again ? text + fmt::format(", telling {}", item.telling) : text;
}

std::string English::waited(Reason reason, const engine::NoticePart& notice) const {
  auto why = reason == Reason::silenced ? "silenced" : "outside the hours";
  return fmt::format("{}, until {}", why, when(notice.queued_at));
}

std::string English::route(const engine::RoutePart& route) const {
  using enum engine::RoutePart::Choice;
  auto who = route.contacts.empty() ? "a contact that the plan has no more"
                                    : fmt::format("{}", fmt::join(route.contacts, "、"));
  auto text = fmt::format("{}, endpoint {}, channel {}", who, route.endpoint, route.channel);
  if (route.group) text += " (group)";
  switch (route.choice) {
    case first: return text + "; the first of the contact's channels";
    case past_groups:
      return text + fmt::format("; {} before it is a group, where no unit's own matter goes",
                                fmt::join(route.groups_passed, ", "));
    case around: return text + "; around the channel that is in trouble";
    case fallback: return text + "; the channel before it could not deliver";
    case unknown: break;
  }
  return text + "; the plan would not go this way now";
}

std::string English::together(const engine::NoticePart& notice) const {
  if (notice.items == 1) return "this alone";
  return fmt::format("{} items: same endpoint, same moment, one message", notice.items);
}

std::string English::attempt(std::size_t number, const ledger::AttemptView& attempt) const {
  auto text = fmt::format("{}. {}: {}", number, when(attempt.at), to_word(attempt.outcome));
  if (attempt.outcome != AttemptOutcome::delivered) {
    text += ", " + words_of(to_word(attempt.reason));
  }
  return attempt.detail.empty() ? text : text + "; they said: " + attempt.detail;
}

std::string English::ending(const engine::NoticePart& notice) const {
  auto text = with_reason(to_word(notice.state), notice.reason);
  if (notice.ended_at) return fmt::format("{}, {}", text, when(*notice.ended_at));
  if (notice.state == NoticeState::drafted) {
    return text + "; to let it go: dubanctl release " +
           (notice.reason == Reason::storm ? std::string{schedule::storm_code} : notice.id);
  }
  if (notice.expires_at) text += "; not sent any more after " + when(*notice.expires_at);
  return text;
}

std::string English::other(const engine::OtherNotice& other) const {
  return fmt::format("{}: {}", other.id, with_reason(to_word(other.state), other.reason));
}

}  // namespace duban::control
