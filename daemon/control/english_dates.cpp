// What English says of dates, facts and texts.

#include "control/english.h"

#include <algorithm>
#include <fmt/format.h>

namespace duban::control {
namespace {

std::string basis_words(plan::Basis basis) {
  switch (basis) {
    case plan::Basis::source: return "the document gives the date";
    case plan::Basis::office: return "the office set the date";
    case plan::Basis::unit: return "the unit's own plan gives the date";
  }
  return {};
}

}  // namespace

std::string words_of(std::string_view word) {
  std::string text{word};
  std::ranges::replace(text, '-', ' ');
  return text;
}

std::string English::when(Instant at) const {
  auto civil = page().zone->to_civil(at);
  auto text = day(day_of(civil));
  if (time_of(civil) == end_of_day) return text;
  return text + " " + format_time_of_day(time_of(civil));
}

std::string English::label(Label label) const {
  switch (label) {
    case Label::why: return "why";
    case Label::duty: return "duty";
    case Label::due: return "due";
    case Label::what: return "told";
    case Label::cause: return "because";
    case Label::waited: return "waited";
    case Label::route: return "sent to";
    case Label::together: return "together";
    case Label::tries: return "tries";
    case Label::ending: return "ending";
    case Label::before: return "replaces";
    case Label::after: return "then";
    case Label::text: return "text";
    case Label::stages: return "Stages";
    case Label::pending: return "Not told yet";
    case Label::told: return "Told besides";
    case Label::others: return "Other periods";
  }
  return {};
}

std::string English::duty(const engine::DutyPart& duty) const {
  auto text = fmt::format("{} ({})", duty.name, duty.id);
  if (duty.clause.empty()) return text;
  return fmt::format("{}, clause {}, {}", text, duty.clause, basis_words(duty.basis));
}

std::string English::due(const engine::PeriodPart& period) const {
  auto name = period.slice.empty() ? period.period : period.period + " clause " + period.slice;
  if (!period.due) {
    if (period.steps.empty()) return {};
    auto text = name + ": no due time";
    return period.decide_by ? text + "; to be set by " + day(*period.decide_by) : text;
  }
  auto text = name + ": " + when(*period.due);
  if (period.provisional) text += " (provisional)";
  return period.ask_by ? text + ", asked for by " + when(*period.ask_by) : text;
}

std::string English::named(const calendar::NamedDay& named) const {
  auto text = day(named.day);
  if (!named.holiday.empty()) text += ", " + named.holiday + " holiday";
  return named.made_up ? text + ", made-up day" : text;
}

std::string English::own_step(const calendar::Step& step) const {
  using enum calendar::Step::Kind;
  auto to = named(step.to);
  if (step.time) to += " " + format_time_of_day(*step.time);
  switch (step.kind) {
    case by_rule: return fmt::format("{} by \"{}\" is {}", step.period, step.rule, to);
    case counted: return fmt::format("\"{}\" from {} is {}", step.rule, named(step.from), to);
    case extended: return fmt::format("{} days of holiday inside move it to {}", step.count, to);
    case off_day: return fmt::format("{} is not worked: moved to {}", named(step.from), to);
    case unpublished: return "provisional: the holidays of that year are not published";
    case excused: return "excused by the plan: " + step.excuse;
    case never: return "no date: recorded when it happens";
    case undecided: return "the office will set the date";
    case waiting: return "what it counts from has no date yet";
  }
  return {};
}

std::string English::step(const calendar::Step& step) const {
  std::string text;
  if (step.softer) text += "asked for: ";
  for (const auto& name : step.of) text += name + ": ";
  return text + own_step(step);
}

std::string English::counted(const calendar::StageCount& count) const {
  using enum calendar::StageCount::Base;
  auto base = count.base == due     ? "the due day "
              : count.base == asked ? "the day asked for, "
                                    : "the day it was seen, ";
  auto from = base + day(day_of(count.from));
  if (day_of(count.at) == day_of(count.from)) return "on " + from;
  if (count.walked.empty()) return fmt::format("from {} to {}", from, day(day_of(count.at)));
  return fmt::format("from {}: {}", from, walked(count.walked));
}

std::string English::moved(const engine::StagePart& stage) const {
  auto to = when(*stage.moved_to);
  switch (stage.moved_because) {
    case Reason::waits_for_check: return "waited for the check: " + to;
    case Reason::waits_for_hours: return "outside the hours: " + to;
    case Reason::silenced: return "silenced: " + to;
    default: return "moved to " + to;
  }
}

std::string English::happened(const schedule::Fact& fact) const {
  auto at = when(fact.at);
  auto until = when_or(fact.time, "");
  switch (fact.kind) {
    case FactKind::received: return "received " + at;
    case FactKind::checked: return "checked " + at;
    case FactKind::held: return fmt::format("{} held {}", duty_name(fact.about.duty), at);
    case FactKind::extended: return fmt::format("extended {} until {}", at, until);
    case FactKind::excused: return fmt::format("excused {} ({})", at, fact.note);
    case FactKind::released: return "released " + at;
    case FactKind::deferred: return fmt::format("put off {} until {}", at, until);
    case FactKind::voided: return fmt::format("record {} voided {}", fact.refers, at);
    case FactKind::called: return "called " + at;
    case FactKind::submitted:
      return fact.rows.empty() ? "handed in " + at
                               : fmt::format("handed in {} with {} rows", at, fact.rows.size());
    case FactKind::accepted: return "accepted " + at;
    case FactKind::returned:
      return fmt::format("given back {} ({}), due again {}", at, fact.note, until);
    case FactKind::asked: return fmt::format("more time asked for {} ({})", at, fact.note);
    case FactKind::declined: return fmt::format("declined {} ({})", at, fact.note);
    case FactKind::not_ours: return fmt::format("called not its own {} ({})", at, fact.note);
    case FactKind::reassigned: return fmt::format("given to {} {}", fact.subject, at);
    case FactKind::issued: return fmt::format("issued {} as number {}", at, fact.note);
    case FactKind::in_force: {
      auto what = !fact.about.duty.empty()   ? "this duty"
                  : !fact.about.unit.empty() ? "this unit"
                                             : "this plan";
      return fmt::format("{} in force since {}", what, at);
    }
    case FactKind::outage: return fmt::format("nobody looked from {} to {}", until, at);
    case FactKind::plan_text:
      return fmt::format("text {} in force since {}", short_digest(fact.subject), at);
    case FactKind::silenced: return fmt::format("silenced {} until {} ({})", at, until, fact.note);
    case FactKind::trouble: return fmt::format("{} met {}", fact.subject, at);
    default: return fmt::format("{} {}", words_of(to_word(fact.kind)), at);
  }
}

std::string English::brief(const schedule::Fact& fact) const {
  return fmt::format("{} (record {})", happened(fact), fact.seq);
}

std::string English::entered(const schedule::Fact& fact) const {
  auto when_entered =
      fact.recorded_at == fact.at ? std::string{} : "entered " + when(fact.recorded_at) + " ";
  return fmt::format("(record {}, {}by {})", fact.seq, when_entered, fact.by);
}

std::string English::fact(const schedule::Fact& fact) const {
  return happened(fact) + " " + entered(fact);
}

std::string English::text(const engine::TextInForce& text) const {
  auto words = short_digest(text.digest);
  if (text.since) {
    words += fmt::format(", in force since {} {}", when(text.since->at), entered(*text.since));
  }
  return text.missing
             ? words + "; it was not kept: the lines cited are those of the present text"
             : words;
}

std::unique_ptr<Language> english(const engine::Page& page) {
  return std::make_unique<English>(page);
}

}  // namespace duban::control
