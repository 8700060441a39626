#include "calendar/dating.h"

#include <algorithm>

#include "base/limits.h"
#include "calendar/rrule.h"

namespace duban::calendar {
namespace {

using plan::About;
using plan::Every;
using plan::OnDayOff;

bool once_a_year(Every every) { return every == Every::once || every == Every::year; }

bool recur_alike(const plan::Duty& one, const plan::Duty& other) {
  if (one.rrule || other.rrule) return one.rrule == other.rrule;
  return one.every == other.every || (once_a_year(one.every) && once_a_year(other.every));
}

Dated mistaken(DueMistake mistake) { return {Dating::waiting, std::nullopt, std::move(mistake)}; }

Dated finished(DueDay due, const plan::Duty& duty, const Workdays& workdays) {
  move_off_days(due, duty.on_day_off, workdays);
  return {Dating::dated, std::move(due), std::nullopt};
}

// How far a due date may lie from the period it is about, in periods: its own and a move over a
// feast at New Year, or for an offset from another duty whatever fits into a year.
std::size_t reach(const plan::Duty& duty) {
  if (duty.due.relative() != nullptr) return duty.every == Every::week ? 53 : 12;
  return duty.about == About::period_before ? 2 : 1;
}

std::vector<Candidate> periods_before(const plan::Duty& duty, Period first) {
  std::vector<Candidate> found(reach(duty));
  for (auto at = found.rbegin(); at != found.rend(); ++at) {
    first = period_before(duty.every, first);
    *at = {first, false};
  }
  return found;
}

std::vector<Candidate> periods_after(const plan::Duty& duty, Period last) {
  std::vector<Candidate> found(reach(duty));
  for (auto& at : found) at = {last = period_after(duty.every, last), false};
  return found;
}

// Days of the year before and after, as far as a feast at New Year can move a due date; all of them
// where it counts from another's.
bool may_be_moved_into(int year, Day day, const plan::Duty& duty) {
  if (duty.due.relative() != nullptr) return true;
  const std::chrono::days far{limits::holiday_days};
  return make_day(year, 1, 1) - far <= day && day <= make_day(year, 12, 31) + far;
}

std::vector<Candidate> candidates_by_rule(const plan::Duty& duty, int year) {
  const auto& rule = *duty.rrule;
  bool open = !rule.from && !rule.to;
  std::vector<Candidate> found;
  for (int in = open ? year - 1 : year; in <= (open ? year + 1 : year); ++in) {
    for (auto day : days_of(rule, in)) {
      if (!may_be_moved_into(year, day, duty)) continue;
      found.push_back({period_of(duty.every, day), in == year});
    }
  }
  return found;
}

DueMistake unlike(const plan::Duty& duty, const plan::Duty& base, const plan::DueRule& rule) {
  return {"due-unlike",
          both("“{0}”:{1} 与 {2} 的 every 不同,说不出是 {2} 的哪一期",
               "“{0}”: {1} and {2} differ in every, so which period of {2} is meant is not clear",
               rule.text, duty.id, base.id),
          {"两件事写同样的 every", "write the same every for both"}};
}

}  // namespace

std::vector<Candidate> candidates(const plan::Duty& duty, int year) {
  if (duty.rrule) return candidates_by_rule(duty, year);
  std::vector<Candidate> found;
  auto own = periods_in(duty.every, year);
  bool open = !duty.within && duty.every != Every::once;
  if (open) found = periods_before(duty, own.front());
  for (auto& period : own) {
    const auto& within = duty.within;
    bool named = !within || (within->first <= period.number && period.number <= within->last);
    if (named || duty.every == Every::once) found.push_back({std::move(period), true});
  }
  if (open) std::ranges::move(periods_after(duty, found.back().period), std::back_inserter(found));
  return found;
}

DueDates::DueDates(const plan::Plan& plan, const HeldOn& held)
    : plan_(plan), held_(held), workdays_(plan.calendar) {
  for (std::size_t i = 0; i < plan.duties.size(); ++i) duty_by_id_.emplace(plan.duties[i].id, i);
}

Dated DueDates::due(std::size_t duty, const Period& about) const {
  Path path;
  return follow(duty, about, path);
}

std::optional<Dated> DueDates::ask_by(std::size_t index, const Period& about) const {
  const auto& duty = plan_.duties[index];
  auto change = duty.changes.find(about.id);
  bool changed = change != duty.changes.end() && change->second.ask_by;
  const auto& rule = changed ? change->second.ask_by : duty.ask_by;
  if (!rule) return std::nullopt;
  Path path;
  return date(duty, {*rule, changed}, about, path);
}

DueDates::Written DueDates::written_due(const plan::Duty& duty, const Period& about) const {
  auto change = duty.changes.find(about.id);
  bool changed = change != duty.changes.end() && change->second.due;
  return {changed ? *change->second.due : duty.due, changed};
}

Dated DueDates::follow(std::size_t index, const Period& about, Path& path) const {
  const auto& duty = plan_.duties[index];
  path.push_back(index);
  auto dated = date(duty, written_due(duty, about), about, path);
  path.pop_back();
  return dated;
}

Dated DueDates::date(const plan::Duty& duty, Written written, const Period& about,
                     Path& path) const {
  const auto& rule = written.rule;
  if (rule.is_none()) return {Dating::never, std::nullopt, std::nullopt};
  if (rule.is_undecided()) return {Dating::undecided, std::nullopt, std::nullopt};
  if (rule.relative() != nullptr) return from_other(duty, written, about, path);
  bool later = duty.about == About::period_before && duty.every != Every::once;
  auto counted_in = later ? period_after(duty.every, about) : about;
  auto due = date_in(rule, counted_in, plan_.year, workdays_);
  if (!due) return mistaken(std::move(due.error()));
  return finished(std::move(*due), duty, workdays_);
}

Dated DueDates::from_other(const plan::Duty& duty, Written written, const Period& about,
                           Path& path) const {
  const auto& relative = *written.rule.relative();
  auto found = duty_by_id_.find(relative.duty);
  if (found == duty_by_id_.end()) {
    return mistaken(
        {"unknown-duty", both("没有事项“{}”", "there is no duty “{}”", relative.duty), {}});
  }
  const auto& base = plan_.duties[found->second];
  bool alike = recur_alike(duty, base);
  // One period moved to count from a thing of the year is no unlike recurrence: it is one date.
  if (!alike && !(written.changed && once_a_year(base.every))) {
    return mistaken(unlike(duty, base, written.rule));
  }
  auto period = alike ? about : periods_in(base.every, plan_.year).front();
  if (relative.event == plan::DueRelative::Event::held) {
    return from_held(duty, written.rule, base, period);
  }
  return from_due(duty, written.rule, found->second, period, path);
}

Dated DueDates::from_held(const plan::Duty& duty, const plan::DueRule& rule, const plan::Duty& base,
                          const Period& period) const {
  auto held = held_.find({base.id, period.id});
  if (held == held_.end()) return {Dating::waiting, std::nullopt, std::nullopt};
  bool extend = duty.on_day_off == OnDayOff::extend;
  return finished(count_from(held->second, rule, extend, workdays_), duty, workdays_);
}

Dated DueDates::from_due(const plan::Duty& duty, const plan::DueRule& rule, std::size_t base_index,
                         const Period& period, Path& path) const {
  const auto& base = plan_.duties[base_index];
  if (auto mistake = mistake_of_path(base_index, path)) return mistaken(std::move(*mistake));
  if (std::ranges::find(path, base_index) != path.end()) {
    return {Dating::waiting, std::nullopt, std::nullopt};
  }
  auto counted = follow(base_index, period, path);
  if (counted.dating == Dating::never) {
    return mistaken({"due-never",
                     both("“{}”:{} 没有截止日(due = \"none\")",
                          "“{}”: {} has no due date (due = \"none\")", rule.text, base.id),
                     both("写 \"{0}.held …\",或给 {0} 定日子",
                          "write \"{0}.held …\", or give {0} a date", base.id)});
  }
  if (!counted.due) {
    // A mistake of another duty is told there, but only the path's start sees that it never ends.
    bool of_path = counted.mistake && (counted.mistake->code == "due-cycle" ||
                                       counted.mistake->code == "due-chain");
    return {Dating::waiting, std::nullopt,
            of_path ? std::move(counted.mistake) : std::optional<DueMistake>{}};
  }
  bool extend = duty.on_day_off == OnDayOff::extend;
  auto due = count_from(counted.due->at(), rule, extend, workdays_);
  due.provisional |= counted.due->provisional;
  auto why = std::move(counted.due->why);
  for (auto& step : why) step.of.insert(step.of.begin(), base.name);
  std::ranges::move(due.why, std::back_inserter(why));
  due.why = std::move(why);
  return finished(std::move(due), duty, workdays_);
}

// A cycle is told once, at the first of its duties in the file.
std::optional<DueMistake> DueDates::mistake_of_path(std::size_t base, const Path& path) const {
  bool starts_here = !path.empty() && path.front() == base;
  if (starts_here && *std::ranges::min_element(path) == base) {
    std::string round;
    for (auto duty : path) round += plan_.duties[duty].id + " -> ";
    return DueMistake{"due-cycle",
                      both("截止日互相推算,绕成了圈:{}{}",
                           "due dates count from each other in a circle: {}{}", round,
                           plan_.duties[base].id),
                      {"给其中一件写一个自己的日子", "give one of them a date of its own"}};
  }
  if (path.size() < limits::due_chain) return std::nullopt;
  return DueMistake{"due-chain",
                    both("截止日一个推一个,超过{}层",
                         "due dates count from one another in more than {} steps",
                         limits::due_chain),
                    {"给其中一件写一个自己的日子", "give one of them a date of its own"}};
}

}  // namespace duban::calendar
