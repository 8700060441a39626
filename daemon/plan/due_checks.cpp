// Whether each due time suits how its duty recurs, exists, and counts from something that recurs
// alike.

#include <algorithm>

#include "base/english_names.h"
#include "base/limits.h"
#include "plan/draft.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

using settings::error;
using settings::in_quotes;

std::string_view every_words(Every every) {
  switch (every) {
    case Every::once: return "once";
    case Every::week: return "week";
    case Every::month: return "month";
    case Every::quarter: return "quarter";
    case Every::half_year: return "half-year";
    case Every::year: return "year";
    case Every::rule: return "rrule";
  }
  return {};
}

BilingualView forms_of(Every every) {
  switch (every) {
    case Every::once:
      return {"写成 03-31、tbd、none 或 事项id.due +10wd",
              "write 03-31, tbd, none or DUTY.due +10wd"};
    case Every::week:
      return {"写成 tue、2nd-wd 或 事项id.due +2wd", "write tue, 2nd-wd or DUTY.due +2wd"};
    case Every::month:
      return {"写成 25 17:00、last、last-wd、2nd-wd", "write 25 17:00, last, last-wd or 2nd-wd"};
    case Every::quarter:
    case Every::half_year:
      return {"写成 month-3 25、last、last-wd、7th-wd",
              "write month-3 25, last, last-wd or 7th-wd"};
    case Every::year:
      return {"写成 12-09、month-12 09、last-wd", "write 12-09, month-12 09 or last-wd"};
    case Every::rule:
      return {"rrule 已说了日子,due 只写钟点,如 17:00;不写 due 就是当天24:00前",
              "rrule says the day: write only the time of day in due, such as 17:00; without due "
              "it is by 24:00 of that day"};
  }
  return {};
}

unsigned most_working_days(Every every) {
  switch (every) {
    case Every::week: return 7;
    case Every::month: return 25;
    case Every::quarter: return 70;
    case Every::half_year: return 135;
    default: return 265;
  }
}

// Which `every` each form can stand in.
struct Suits {
  Every every;
  bool month_written;
  // In a period's change: that day of an rrule may be moved to another.
  bool changed;
  bool operator()(const DueNone&) const { return true; }
  bool operator()(const DueUndecided&) const { return every != Every::rule; }
  bool operator()(const DueRelative&) const { return true; }
  bool operator()(const DueThatDay&) const { return every == Every::rule; }
  bool operator()(const DueDate&) const {
    return every == Every::once || every == Every::year || (every == Every::rule && changed);
  }
  bool operator()(const DueDayOfMonth& at) const {
    bool longer = every == Every::quarter || every == Every::half_year || every == Every::year;
    return month_written ? longer && at.month <= months_in(every) : every == Every::month;
  }
  bool operator()(const DueLast&) const {
    return every != Every::once && every != Every::week && every != Every::rule;
  }
  bool operator()(const DueNthWorkingDay& nth) const {
    return every != Every::once && every != Every::rule && nth.n <= most_working_days(every);
  }
  bool operator()(const DueWeekday&) const { return every == Every::week; }
};

struct Written {
  const DueRule& rule;
  const Place& place;
};

class DueChecks {
 public:
  explicit DueChecks(Draft& draft) : draft_(draft) {}

  void run() {
    for (auto& read : draft_.duties) check(read);
    for (auto& read : draft_.duties) check_chain(read);
  }

 private:
  Diagnostics& out() { return draft_.diagnostics; }

  void check(DutyDraft& read) {
    auto& duty = read.duty;
    if (read.due) {
      duty.due = read.due->value;
      duty.due_place = read.due->place;
      check_rule(read, {read.due->value, read.due->place}, {});
    }
    if (read.ask_by) {
      duty.ask_by = read.ask_by->value;
      check_rule(read, {read.ask_by->value, read.ask_by->place}, {});
      check_ask_by(read);
    }
    for (auto& period : read.periods) {
      const auto& change = period.change;
      if (change.due) check_rule(read, {*change.due, period.due_place}, period.key.value);
      if (change.ask_by) check_rule(read, {*change.ask_by, period.ask_by_place}, period.key.value);
      duty.changes[period.key.value] = change;
    }
  }

  void check_rule(const DutyDraft& read, Written written, std::string_view period) {
    if (read.every_refused) return;
    auto every = read.duty.every;
    bool month_written = written.rule.text.starts_with("month-");
    if (!std::visit(Suits{every, month_written, !period.empty()}, written.rule.rule)) {
      error(out(), written.place, "due-form",
            every == Every::rule
                ? both("{} 不能和 rrule 一起用", "{} cannot be used with rrule",
                       in_quotes(written.rule.text))
                : both("{} 不合 every = \"{}\"", "{} does not suit every = \"{}\"",
                       in_quotes(written.rule.text), every_words(every)),
            forms_of(every));
      return;
    }
    if (const auto* at = std::get_if<DueDate>(&written.rule.rule)) {
      auto day = in_year({at->month, at->day}, draft_.plan.year);
      if (!day) report(out(), written.place, day.error());
    }
    if (const auto* at = std::get_if<DueDayOfMonth>(&written.rule.rule)) {
      check_day_of_month(read, *at, written.place, period);
    }
    if (const auto* relative = written.rule.relative()) check_relative(read, *relative, written);
  }

  // A month too short for the day, in any period that is due so.
  void check_day_of_month(const DutyDraft& read, DueDayOfMonth at, const Place& place,
                          std::string_view only) {
    const auto& duty = read.duty;
    auto year = draft_.plan.year;
    auto last = period_count(duty.every, year);
    auto within = duty.within.value_or(Within{1, last});
    for (auto period = within.first; period <= within.last; ++period) {
      auto id = period_id(period, duty.every, year);
      if (!only.empty() ? id != only : is_changed(read, id)) continue;
      unsigned ahead = duty.about == About::period_before ? 1 : 0;
      auto month = (period - 1 + ahead) * months_in(duty.every) + at.month;
      auto of_year = year + static_cast<int>((month - 1) / 12);
      month = (month - 1) % 12 + 1;
      auto days = days_in_month(of_year, month);
      if (at.day <= days) continue;
      error(out(), place, "impossible-date",
            both("{}年{}月只有{}天,没有{}日", "{4} {0} has only {2} days, no day {3}", of_year,
                 month, days, at.day, english_months.at(month - 1)),
            {"每期最后一天写 last", "for the last day of each period write last"});
      return;
    }
  }

  static bool is_changed(const DutyDraft& read, std::string_view period) {
    return std::ranges::any_of(read.periods, [&](const PeriodDraft& change) {
      return change.key.value == period && (change.change.due || change.change.excused);
    });
  }

  const DutyDraft* find(std::string_view id) const {
    auto found = std::ranges::find(draft_.duties, id, [](const auto& d) { return d.duty.id; });
    return found == draft_.duties.end() ? nullptr : &*found;
  }

  void check_relative(const DutyDraft& read, const DueRelative& relative, Written written) {
    const auto* target = find(relative.duty);
    if (!target) {
      if (!draft_.plan_read || (!draft_.tasks_read && relative.duty.empty())) return;
      std::vector<std::string> known;
      for (const auto& duty : draft_.duties) known.push_back(duty.duty.id);
      error(out(), written.place, "unknown-duty",
            both("没有{}这个事项", "there is no duty {}", in_quotes(relative.duty)),
            settings::suggest(relative.duty, known));
      return;
    }
    if (target->every_refused) return;
    if (relative.event == DueRelative::Event::held && target->duty.ends != Ends::held) {
      error(out(), written.place, "due-form",
            both("{} 不是会议或活动,不会登记举行日期",
                 "{} is no meeting or event: the day it is held is not recorded",
                 in_quotes(relative.duty)),
            both("给 {0} 写 ends = \"held\",或改为 {0}.due",
                 "give {0} ends = \"held\", or write {0}.due", relative.duty));
      return;
    }
    bool never = target->due && target->due->value.is_none();
    if (relative.event == DueRelative::Event::due && never) {
      error(out(), written.place, "due-form",
            both("{} 的 due 是 none,没有日期可数",
                 "the due of {} is none: there is no date to count from", in_quotes(relative.duty)),
            {"从它的 .held 数起,或另写日期", "count from its .held, or write a date"});
      return;
    }
    check_alike(read, *target, written.place);
  }

  void check_alike(const DutyDraft& read, const DutyDraft& target, const Place& place) {
    const auto& duty = read.duty;
    const auto& other = target.duty;
    if (duty.every == Every::rule && other.every == Every::rule && duty.rrule != other.rrule) {
      error(out(), place, "due-unlike",
            both("{} 的 rrule 或 within 与这里不同,数不到同一期",
                 "{} has another rrule or within: their periods are not the same",
                 in_quotes(other.id)),
            {"把 rrule 和 within 写成一样", "write the same rrule and within for both"});
      return;
    }
    if (duty.every != other.every) {
      error(out(), place, "due-unlike",
            both("{} 是 every = \"{}\",这里是 \"{}\",数不到同一期",
                 "{} has every = \"{}\", this duty \"{}\": their periods are not the same",
                 in_quotes(other.id), every_words(other.every), every_words(duty.every)),
            {"两个事项的 every 要相同", "give both duties the same every"});
      return;
    }
    auto count = period_count(duty.every, draft_.plan.year);
    auto mine = duty.within.value_or(Within{1, count});
    auto its = other.within.value_or(Within{1, count});
    if (mine.first >= its.first && mine.last <= its.last) return;
    error(out(), place, "due-unlike",
          both("{} 的 within 较短,有的期没有日期可数",
               "{} has a shorter within: some periods have no date to count from",
               in_quotes(other.id)),
          {"把 within 写成一样", "write the same within for both"});
  }

  // Only where both are plain days of the same kind can the order be told without a calendar.
  void check_ask_by(const DutyDraft& read) {
    if (!read.due) return;
    const auto& due = read.due->value.rule;
    const auto& ask_by = read.ask_by->value.rule;
    bool late = false;
    if (const auto* a = std::get_if<DueDate>(&ask_by)) {
      const auto* d = std::get_if<DueDate>(&due);
      late = d && std::pair{a->month, a->day} > std::pair{d->month, d->day};
    } else if (const auto* b = std::get_if<DueDayOfMonth>(&ask_by)) {
      const auto* d = std::get_if<DueDayOfMonth>(&due);
      late = d && std::pair{b->month, b->day} > std::pair{d->month, d->day};
    }
    if (!late) return;
    error(out(), read.ask_by->place, "bad-value", {"ask_by 在 due 之后", "ask_by is after due"},
          {"ask_by 只能提前", "write an ask_by before due"});
  }

  // The duty that a due time counts from by its due time.
  const DutyDraft* next_of(const DutyDraft& read) const {
    const auto* relative = read.due ? read.due->value.relative() : nullptr;
    if (!relative || relative->event != DueRelative::Event::due) return nullptr;
    return find(relative->duty);
  }

  void check_chain(const DutyDraft& read) {
    std::vector<const DutyDraft*> chain{&read};
    for (const auto* next = next_of(read); next; next = next_of(*next)) {
      if (next == &read) {
        report_cycle(chain);
        return;
      }
      // A circle that this duty only leads into is reported at its own members.
      if (std::ranges::find(chain, next) != chain.end()) return;
      chain.push_back(next);
    }
    if (chain.size() <= limits::due_chain) return;
    error(out(), read.due->place, "due-cycle",
          both("到期日一个接一个数了{}层,最多{}层",
               "{} due times are each counted from the next, at most {} are allowed", chain.size(),
               limits::due_chain));
  }

  // Once for each circle: at the member that stands first.
  void report_cycle(const std::vector<const DutyDraft*>& chain) {
    if (std::ranges::min(chain) != chain.front()) return;
    std::string names;
    for (const auto* member : chain) names += member->duty.id + " → ";
    error(out(), chain.front()->due->place, "due-cycle",
          both("到期日互相数,谁也定不下来:{}{}",
               "these due times are counted from each other and none can be fixed: {}{}", names,
               chain.front()->duty.id),
          {"其中一个改写成日期", "write a date for one of them"});
  }

  Draft& draft_;
};

}  // namespace

void check_dues(Draft& draft) { DueChecks{draft}.run(); }

}  // namespace duban::plan
