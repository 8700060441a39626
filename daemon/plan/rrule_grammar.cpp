// The parts of an RRULE, one by one; what they come to together is judged in rrule_checks.cpp.

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

#include "base/limits.h"
#include "plan/due_grammar.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

using Freq = RRule::Freq;
using settings::in_quotes;
using Words = std::vector<std::string>;
using Wrong = std::optional<GrammarError>;

constexpr std::array<std::string_view, 4> freqs{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
constexpr std::array<std::string_view, 3> too_short{"HOURLY", "MINUTELY", "SECONDLY"};
constexpr std::array<std::string_view, 7> weekdays{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

GrammarError bad(Bilingual message, Bilingual mend) {
  return {"rrule-form", std::move(message), std::move(mend)};
}

Words split(std::string_view text, char separator) {
  Words words{""};
  for (char c : text) {
    if (c == separator) words.emplace_back();
    else words.back() += c;
  }
  return words;
}

std::optional<int> number_in(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int number = 0;
  auto [at, error] = std::from_chars(text.begin(), text.end(), number);
  if (error != std::errc{} || at != text.end()) return std::nullopt;
  return number;
}

// A list of numbers from 1 to `most`, and counted from the end where `negative`.
struct Numbers {
  std::string_view name;
  std::vector<int> RRule::* list;
  int most;
  bool negative;
};
constexpr std::array<Numbers, 4> lists{{{"BYMONTH", &RRule::by_month, 12, false},
                                        {"BYMONTHDAY", &RRule::by_month_day, 31, true},
                                        {"BYYEARDAY", &RRule::by_year_day, 366, true},
                                        {"BYSETPOS", &RRule::by_set_pos, 366, true}}};

Wrong twice(std::string_view name, const std::string& word) {
  return GrammarError{"twice-used",
                      both("{} 里 {} 写了两次", "{1} is written twice in {0}", name, word),
                      {"删去一个", "remove one"}};
}

Wrong read_numbers(const Numbers& form, std::string_view value, RRule& rule) {
  auto& list = rule.*form.list;
  for (const auto& word : split(value, ',')) {
    auto number = number_in(word);
    bool fits = number && *number != 0 && std::abs(*number) <= form.most;
    if (!fits || (*number < 0 && !form.negative)) {
      auto backward = form.negative
                          ? Bilingual{",或从后往前数的 -1、-2…", ", or -1, -2… from the end"}
                          : Bilingual{};
      return bad(both("{} 不能写{}", "{} cannot be {}", form.name, in_quotes(word)),
                 both("写 1 至 {}{}", "write 1 to {}{}", form.most, backward));
    }
    if (std::ranges::find(list, *number) != list.end()) return twice(form.name, word);
    list.push_back(*number);
  }
  return std::nullopt;
}

Wrong read_weekdays(std::string_view value, RRule& rule) {
  for (const auto& word : split(value, ',')) {
    auto name = std::string_view{word}.substr(word.size() < 2 ? 0 : word.size() - 2);
    auto found = std::ranges::find(weekdays, name);
    auto count = std::string_view{word}.substr(0, word.size() - name.size());
    auto nth = count.empty() ? std::optional{0} : number_in(count);
    bool fits = found != weekdays.end() && nth && std::abs(*nth) <= 53;
    if (!fits || (!count.empty() && *nth == 0)) {
      return bad(both("BYDAY 不能写{}", "BYDAY cannot be {}", in_quotes(word)),
                 {"写 MO、TU、WE、TH、FR、SA、SU,或 1MO(第一个周一)、-1FR(最后一个周五)",
                  "write MO, TU, WE, TH, FR, SA, SU, or 1MO (the first Monday), -1FR (the last "
                  "Friday)"});
    }
    RRule::Weekday day{*nth,
                       std::chrono::weekday{static_cast<unsigned>(found - weekdays.begin())}};
    if (std::ranges::find(rule.by_day, day) != rule.by_day.end()) return twice("BYDAY", word);
    rule.by_day.push_back(day);
  }
  return std::nullopt;
}

Wrong read_freq(std::string_view value, RRule& rule) {
  if (std::ranges::find(too_short, value) != too_short.end()) {
    return GrammarError{"rrule-refused",
                        both("FREQ={} 是按小时或更短重复的,这里最短按天",
                             "FREQ={} recurs hourly or more often, the shortest here is daily",
                             value),
                        {"写 FREQ=DAILY,钟点写在 due,如 due = \"17:00\"",
                         "write FREQ=DAILY, and the time of day in due, such as due = \"17:00\""}};
  }
  auto found = std::ranges::find(freqs, value);
  if (found == freqs.end()) {
    return bad(both("FREQ 不能写{}", "FREQ cannot be {}", in_quotes(value)),
               settings::suggest(value, Words(freqs.begin(), freqs.end())));
  }
  rule.freq = static_cast<Freq>(found - freqs.begin());
  return std::nullopt;
}

Wrong read_count(std::string_view name, std::string_view value, RRule& rule) {
  auto number = number_in(value);
  if (!number || *number < 1 || *number > 366) {
    return bad(both("{} 不能写{}", "{} cannot be {}", name, in_quotes(value)),
               {"写 1 至 366", "write 1 to 366"});
  }
  if (name == "COUNT") rule.count = static_cast<unsigned>(*number);
  else rule.interval = static_cast<unsigned>(*number);
  return std::nullopt;
}

struct RefusedPart {
  std::string_view name;
  BilingualView why, mend;
};
constexpr BilingualView no_hour{"rrule 里不写钟点", "an rrule has no time of day"};
constexpr BilingualView hour_in_due{"钟点写在 due,如 due = \"17:00\"",
                                    "write it in due, such as due = \"17:00\""};
constexpr std::array<RefusedPart, 8> refused_parts{{
    {"UNTIL",
     {"rrule 里不写 UNTIL,年份只在 year 一处",
      "an rrule has no UNTIL: the year stands in year alone"},
     {"写 within = \"..12-31\"", "write within = \"..12-31\""}},
    {"BYHOUR", no_hour, hour_in_due},
    {"BYMINUTE", no_hour, hour_in_due},
    {"BYSECOND", no_hour, hour_in_due},
    {"BYWEEKNO",
     {"BYWEEKNO 不能用:libical 3.0.16 在年头年尾那几周会算错",
      "BYWEEKNO cannot be used: libical 3.0.16 gets the weeks at both ends of a year wrong"},
     {"写 every = \"week\",within = \"W10..W20\",due = \"tue\"",
      "write every = \"week\", within = \"W10..W20\", due = \"tue\""}},
    {"RSCALE",
     {"只按公历", "only the Gregorian calendar is known"},
     {"去掉 RSCALE", "remove RSCALE"}},
    {"SKIP",
     {"没有那一天的月份总是跳过", "a month without that day is always skipped"},
     {"去掉 SKIP;月末写 BYMONTHDAY=-1",
      "remove SKIP; for the end of the month write BYMONTHDAY=-1"}},
    {"DTSTART",
     {"DTSTART 不写在 rrule 里", "an rrule has no DTSTART"},
     {"从哪天开始写 within = \"03-01..\"", "to begin on a day write within = \"03-01..\""}},
}};

Wrong unknown_part(const std::string& name) {
  for (const auto& part : refused_parts) {
    if (part.name != name) continue;
    return GrammarError{"rrule-refused", part.why, part.mend};
  }
  Words known{"FREQ", "INTERVAL", "COUNT", "BYDAY"};
  for (const auto& form : lists) known.emplace_back(form.name);
  return bad(both("rrule 里没有{}这一项", "an rrule has no part {}", in_quotes(name)),
             settings::suggest(name, known));
}

Wrong read_part(const std::string& name, const std::string& value, RRule& rule) {
  if (name == "FREQ") return read_freq(value, rule);
  if (name == "INTERVAL" || name == "COUNT") return read_count(name, value, rule);
  if (name == "BYDAY") return read_weekdays(value, rule);
  // The weeks of a plan are those of ISO 8601.
  if (name == "WKST" && value == "MO") return std::nullopt;
  if (name == "WKST") {
    return GrammarError{"rrule-refused",
                        {"一周总从周一算起:WKST 写了别的,libical 3.0.16 会漏掉第一周",
                         "a week begins on Monday: with another WKST libical 3.0.16 misses the "
                         "first week"},
                        {"去掉 WKST", "remove WKST"}};
  }
  auto form = std::ranges::find(lists, std::string_view{name}, &Numbers::name);
  return form == lists.end() ? unknown_part(name) : read_numbers(*form, value, rule);
}

std::string in_capitals(std::string_view text) {
  std::string capitals{text};
  for (auto& c : capitals) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return capitals;
}

Wrong read_parts(const Words& parts, RRule& rule) {
  Words names;
  for (const auto& part : parts) {
    auto sign = part.find('=');
    if (sign == std::string::npos) {
      return bad(both("看不懂{}", "cannot read {}", in_quotes(part)),
                 {"写成 FREQ=MONTHLY;BYMONTHDAY=10,25 这样",
                  "write it like FREQ=MONTHLY;BYMONTHDAY=10,25"});
    }
    auto name = part.substr(0, sign);
    if (std::ranges::find(names, name) != names.end()) return twice("rrule", name);
    if (auto wrong = read_part(name, part.substr(sign + 1), rule)) return wrong;
    names.push_back(name);
  }
  if (std::ranges::find(names, "FREQ") != names.end()) return std::nullopt;
  return bad({"rrule 里没有 FREQ", "the rrule has no FREQ"},
             {"写 FREQ=DAILY、WEEKLY、MONTHLY 或 YEARLY",
              "write FREQ=DAILY, WEEKLY, MONTHLY or YEARLY"});
}

std::string joined(const std::vector<int>& numbers) {
  return fmt::format("{}", fmt::join(numbers, ","));
}

}  // namespace

std::expected<RRule, GrammarError> read_rrule(std::string_view text) {
  if (text.size() > limits::rrule_bytes) {
    return std::unexpected(bad(both("rrule 太长,最多{}个字符",
                                    "the rrule is too long, at most {} characters",
                                    limits::rrule_bytes),
                               {}));
  }
  auto capitals = in_capitals(fold_blanks(text));
  if (capitals.starts_with("RRULE:")) {
    return std::unexpected(
        bad({"rrule 只写冒号后面的部分", "an rrule is only what follows the colon"},
            {"去掉“RRULE:”", "remove “RRULE:”"}));
  }
  RRule rule;
  if (auto wrong = read_parts(split(capitals, ';'), rule)) return std::unexpected(*wrong);
  if (auto wrong = problem_with(rule)) return std::unexpected(*wrong);
  return rule;
}

std::string format_rrule(const RRule& rule) {
  auto text = fmt::format("FREQ={}", freqs.at(static_cast<std::size_t>(rule.freq)));
  if (rule.interval > 1) text += fmt::format(";INTERVAL={}", rule.interval);
  if (rule.count) text += fmt::format(";COUNT={}", *rule.count);
  for (const auto& form : lists) {
    if (form.name == "BYSETPOS" || (rule.*form.list).empty()) continue;
    text += fmt::format(";{}={}", form.name, joined(rule.*form.list));
  }
  if (!rule.by_day.empty()) {
    std::string days;
    for (const auto& one : rule.by_day) {
      days += days.empty() ? "" : ",";
      if (one.nth != 0) days += std::to_string(one.nth);
      days += weekdays.at(one.day.c_encoding());
    }
    text += ";BYDAY=" + days;
  }
  if (!rule.by_set_pos.empty()) text += ";BYSETPOS=" + joined(rule.by_set_pos);
  return text;
}

}  // namespace duban::plan
