#include "plan/due_grammar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <vector>

#include "base/english_names.h"
#include "base/limits.h"
#include "plan/load.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

using settings::in_quotes;
using Tokens = std::vector<std::string>;

constexpr std::array<std::string_view, 7> weekdays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

Tokens split(std::string_view text) {
  Tokens tokens;
  std::string token;
  for (char c : text) {
    if (c != ' ' && c != '\t') {
      token += c;
    } else if (!token.empty()) {
      tokens.push_back(std::move(token));
      token.clear();
    }
  }
  if (!token.empty()) tokens.push_back(std::move(token));
  return tokens;
}

// A number of `least` to `most` digits, nothing else.
std::optional<unsigned> digits(std::string_view text, std::size_t least, std::size_t most) {
  if (text.size() < least || text.size() > most) return std::nullopt;
  unsigned value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

unsigned longest_month(unsigned month) { return days_in_month(2024, month); }

GrammarError bad_form(std::string_view text, Bilingual mend) {
  return {"due-form", both("看不懂{}", "cannot read {}", in_quotes(text)), std::move(mend)};
}

GrammarError dated_with_year(std::string_view date) {
  return {"due-form",
          {"日期不写年份,年份只在 year 一处", "a date has no year: the year stands in year alone"},
          both("写成 {}", "write {}", date.substr(5))};
}

GrammarError impossible(unsigned month, unsigned days) {
  return {"impossible-date",
          both("{}月只有{}天", "{2} has only {1} days", month, days, english_months.at(month - 1)),
          both("月末写 {}", "for the end of the month write {}",
               fmt::format("{:02}-{:02}", month, days))};
}

std::expected<Seconds, GrammarError> read_time(std::string_view text) {
  if (auto time = parse_time_of_day(text)) return *time;
  return std::unexpected(GrammarError{
      "due-form", both("看不懂钟点{}", "cannot read the time of day {}", in_quotes(text)),
      {"写成 HH:MM,如 09:00、17:30", "write HH:MM, such as 09:00 or 17:30"}});
}

struct UnitWord {
  std::string_view word;
  Offset::Unit unit;
};
// The longer word first: "wd" ends in "d".
constexpr std::array<UnitWord, 3> units{{{"wd", Offset::Unit::working_days},
                                     {"d", Offset::Unit::days},
                                     {"h", Offset::Unit::hours}}};

constexpr BilingualView offset_mend{
    "写成 -3wd 09:00、+1d、0d 17:00(d天,wd工作日,h小时)",
    "write -3wd 09:00, +1d or 0d 17:00 (d days, wd working days, h hours)"};

std::expected<Offset, GrammarError> read_count(std::string_view token) {
  auto wrong = [&] {
    return std::unexpected(GrammarError{
        "due-form", both("看不懂间隔{}", "cannot read the offset {}", in_quotes(token)),
        offset_mend});
  };
  bool minus = token.starts_with('-');
  bool sign = minus || token.starts_with('+');
  auto body = token.substr(sign ? 1 : 0);
  auto unit = std::ranges::find_if(units, [&](const auto& u) { return body.ends_with(u.word); });
  if (unit == units.end()) return wrong();
  body.remove_suffix(unit->word.size());
  auto number = digits(body, 1, 5);
  if (!number || (body.size() > 1 && body[0] == '0') || sign == (*number == 0)) return wrong();
  auto most = limits::offset_days * (unit->unit == Offset::Unit::hours ? 24 : 1);
  if (static_cast<int>(*number) > most) {
    return std::unexpected(GrammarError{
        "due-form", both("间隔太长,最多{}", "the offset is too long, at most {}", most), {}});
  }
  Offset offset;
  offset.count = minus ? -static_cast<int>(*number) : static_cast<int>(*number);
  offset.unit = unit->unit;
  return offset;
}

std::expected<Offset, GrammarError> offset_of(const Tokens& tokens, std::size_t from) {
  if (tokens.size() <= from || tokens.size() > from + 2) {
    return std::unexpected(
        GrammarError{"due-form",
                     {"间隔应是一个数和单位,后面至多一个钟点",
                      "an offset is a number with its unit, then at most a time of day"},
                     offset_mend});
  }
  auto offset = read_count(tokens[from]);
  if (!offset) return offset;
  if (tokens.size() == from + 2) {
    auto time = read_time(tokens[from + 1]);
    if (!time) return std::unexpected(time.error());
    if (offset->unit == Offset::Unit::hours) {
      return std::unexpected(
          GrammarError{"due-form",
                       {"按小时(h)数的间隔后面不能再写钟点",
                        "an offset in hours (h) takes no time of day"},
                       {"去掉钟点,或改用 d、wd", "remove the time of day, or use d or wd"}});
    }
    offset->time = *time;
  }
  offset->text = format_offset(*offset);
  return offset;
}

std::expected<DueRule, GrammarError> read_relative(const Tokens& tokens) {
  auto dot = tokens[0].rfind('.');
  DueRelative relative;
  relative.duty = tokens[0].substr(0, dot);
  auto event = std::string_view{tokens[0]}.substr(dot + 1);
  if ((event != "due" && event != "held") || relative.duty.empty()) {
    return std::unexpected(bad_form(tokens[0], {"写成 事项id.due 或 事项id.held,后面跟间隔",
                                                "write DUTY.due or DUTY.held, then an offset"}));
  }
  relative.event = event == "due" ? DueRelative::Event::due : DueRelative::Event::held;
  auto offset = offset_of(tokens, 1);
  if (!offset) return std::unexpected(offset.error());
  relative.offset = *offset;
  DueRule rule;
  rule.time = relative.offset.time;
  rule.rule = std::move(relative);
  return rule;
}

std::optional<DueNthWorkingDay> nth_working_day(std::string_view word) {
  constexpr std::array<std::string_view, 4> endings{"st-wd", "nd-wd", "rd-wd", "th-wd"};
  for (auto ending : endings) {
    if (!word.ends_with(ending)) continue;
    auto n = digits(word.substr(0, word.size() - ending.size()), 1, 3);
    if (n && *n > 0) return DueNthWorkingDay{*n};
  }
  return std::nullopt;
}

std::string nth_words(unsigned n) {
  if (n % 100 / 10 == 1) return fmt::format("{}th-wd", n);
  switch (n % 10) {
    case 1: return fmt::format("{}st-wd", n);
    case 2: return fmt::format("{}nd-wd", n);
    case 3: return fmt::format("{}rd-wd", n);
    default: return fmt::format("{}th-wd", n);
  }
}

using Day0 = std::expected<DueRule, GrammarError>;

Day0 read_day_word(std::string_view word) {
  DueRule rule;
  if (word == "last" || word == "last-wd") {
    rule.rule = DueLast{word == "last-wd"};
    return rule;
  }
  if (auto nth = nth_working_day(word)) {
    rule.rule = *nth;
    return rule;
  }
  if (auto found = std::ranges::find(weekdays, word); found != weekdays.end()) {
    auto index = static_cast<unsigned>(found - weekdays.begin());
    rule.rule = DueWeekday{std::chrono::weekday{index}};
    return rule;
  }
  if (auto time = parse_time_of_day(word)) {
    rule.rule = DueThatDay{};
    rule.time = time;
    return rule;
  }
  if (parse_day(word)) return std::unexpected(dated_with_year(word));
  if (word.find('-') != std::string_view::npos) {
    auto at = read_month_day(word);
    if (!at) return std::unexpected(at.error());
    rule.rule = DueDate{at->month, at->day};
    return rule;
  }
  auto day = digits(word, 1, 2);
  if (!day) {
    return std::unexpected(bad_form(word, {"例如 03-31、25 17:00、last-wd、2nd-wd、tue",
                                           "write 03-31, 25 17:00, last-wd, 2nd-wd or tue"}));
  }
  if (*day < 1 || *day > 31) {
    return std::unexpected(
        GrammarError{"impossible-date", both("没有{}日", "there is no day {}", *day), {}});
  }
  rule.rule = DueDayOfMonth{1, *day};
  return rule;
}

// `month-3 25`: takes two words.
Day0 read_month_of_period(const Tokens& tokens) {
  auto month = digits(std::string_view{tokens[0]}.substr(6), 1, 2);
  auto day = tokens.size() > 1 ? digits(tokens[1], 1, 2) : std::nullopt;
  if (!month || *month < 1 || *month > 12 || !day || *day < 1 || *day > 31) {
    return std::unexpected(
        bad_form(tokens[0], {"写成 month-3 25:这一期第3个月的25日",
                             "write month-3 25: day 25 of the third month of the period"}));
  }
  DueRule rule;
  rule.rule = DueDayOfMonth{*month, *day};
  rule.text = "month-";
  return rule;
}

Bilingual in_one_line(const GrammarError& wrong) {
  if (wrong.mend.empty()) return wrong.message;
  return both("{};{}", "{}; {}", wrong.message, wrong.mend);
}

struct Format {
  std::string_view text;
  std::string operator()(const DueNone&) const { return "none"; }
  std::string operator()(const DueUndecided&) const { return "tbd"; }
  std::string operator()(const DueDate& at) const {
    return fmt::format("{:02}-{:02}", at.month, at.day);
  }
  std::string operator()(const DueDayOfMonth& at) const {
    if (at.month == 1 && !text.starts_with("month-")) return fmt::format("{:02}", at.day);
    return fmt::format("month-{} {:02}", at.month, at.day);
  }
  std::string operator()(const DueLast& last) const {
    return last.working_day ? "last-wd" : "last";
  }
  std::string operator()(const DueNthWorkingDay& nth) const { return nth_words(nth.n); }
  std::string operator()(const DueWeekday& at) const {
    return std::string{weekdays.at(at.day.c_encoding() % 7)};
  }
  std::string operator()(const DueThatDay&) const { return {}; }
  std::string operator()(const DueRelative& relative) const {
    const auto* event = relative.event == DueRelative::Event::due ? "due" : "held";
    return fmt::format("{}.{} {}", relative.duty, event, format_offset(relative.offset));
  }
};

}  // namespace

std::string fold_blanks(std::string_view text) {
  std::string folded;
  for (const auto& token : split(text)) folded += (folded.empty() ? "" : " ") + token;
  return folded;
}

std::expected<MonthDay, GrammarError> read_month_day(std::string_view text) {
  if (parse_day(text)) return std::unexpected(dated_with_year(text));
  auto month = text.size() == 5 && text[2] == '-' ? digits(text.substr(0, 2), 2, 2) : std::nullopt;
  auto day = month ? digits(text.substr(3), 2, 2) : std::nullopt;
  if (!month || !day) {
    return std::unexpected(
        bad_form(text, {"日期写成 MM-DD,如 03-31", "write the date as MM-DD, such as 03-31"}));
  }
  if (*month < 1 || *month > 12) {
    return std::unexpected(GrammarError{
        "impossible-date", both("没有{}月", "there is no month {}", *month),
        {"日期写成 MM-DD,月在前", "write the date as MM-DD, the month first"}});
  }
  if (*day < 1) {
    return std::unexpected(
        GrammarError{"impossible-date", {"没有0日", "there is no day 0"}, {}});
  }
  if (*day > longest_month(*month)) {
    return std::unexpected(impossible(*month, longest_month(*month)));
  }
  return MonthDay{*month, *day};
}

std::expected<Day, GrammarError> in_year(MonthDay at, int year) {
  auto days = days_in_month(year, at.month);
  if (at.day <= days) return make_day(year, at.month, at.day);
  auto wrong = impossible(at.month, days);
  wrong.message = both("{}年{}", "{1} in {0}", year, wrong.message);
  return std::unexpected(wrong);
}

std::expected<Offset, GrammarError> read_offset(std::string_view text) {
  return offset_of(split(text), 0);
}

std::expected<DueRule, GrammarError> read_due(std::string_view text) {
  auto tokens = split(text);
  if (tokens.empty()) {
    return std::unexpected(bad_form(text, {"没有日期就写 \"tbd\" 或 \"none\"",
                                           "where there is no date write \"tbd\" or \"none\""}));
  }
  std::size_t used = 1;
  Day0 rule = DueRule{};
  if (tokens[0] == "none" || tokens[0] == "tbd") {
    if (tokens[0] == "tbd") rule->rule = DueUndecided{};
  } else if (tokens[0].find('.') != std::string::npos) {
    rule = read_relative(tokens);
    used = tokens.size();
  } else if (tokens[0].starts_with("month-")) {
    rule = read_month_of_period(tokens);
    used = 2;
  } else {
    rule = read_day_word(tokens[0]);
  }
  if (!rule) return rule;
  bool dated = !rule->is_none() && !rule->is_undecided() && !rule->time;
  if (dated && tokens.size() == used + 1) {
    auto time = read_time(tokens[used++]);
    if (!time) return std::unexpected(time.error());
    rule->time = *time;
  }
  if (tokens.size() > used) {
    return std::unexpected(bad_form(text, {"后面多了字", "remove the extra words at the end"}));
  }
  rule->text = format_due(*rule);
  return rule;
}

std::expected<Offset, Bilingual> parse_offset(std::string_view text) {
  auto offset = read_offset(text);
  if (offset) return *offset;
  return std::unexpected(in_one_line(offset.error()));
}

std::expected<DueRule, Bilingual> parse_due(std::string_view text) {
  auto due = read_due(text);
  if (due) return *due;
  return std::unexpected(in_one_line(due.error()));
}

std::string format_offset(const Offset& offset) {
  auto unit = std::ranges::find(units, offset.unit, &UnitWord::unit);
  auto text = offset.count == 0 ? fmt::format("0{}", unit->word)
                                : fmt::format("{:+}{}", offset.count, unit->word);
  return offset.time ? text + " " + format_time_of_day(*offset.time) : text;
}

std::string format_due(const DueRule& due) {
  auto text = std::visit(Format{due.text}, due.rule);
  // A relative due time has its hour in the offset.
  if (!due.time || due.relative()) return text;
  return text + (text.empty() ? "" : " ") + format_time_of_day(*due.time);
}

}  // namespace duban::plan
