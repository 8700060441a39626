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

GrammarError bad(std::string message, std::string mend = {}) {
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
  return GrammarError{"twice-used", fmt::format("{} 里 {} 写了两次", name, word), "删去一个"};
}

Wrong read_numbers(const Numbers& form, std::string_view value, RRule& rule) {
  auto& list = rule.*form.list;
  for (const auto& word : split(value, ',')) {
    auto number = number_in(word);
    bool fits = number && *number != 0 && std::abs(*number) <= form.most;
    if (!fits || (*number < 0 && !form.negative)) {
      return bad(fmt::format("{} 不能写{}", form.name, in_quotes(word)),
                 fmt::format("写 1 至 {}{}", form.most,
                             form.negative ? ",或从后往前数的 -1、-2…" : ""));
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
      return bad("BYDAY 不能写" + in_quotes(word),
                 "写 MO、TU、WE、TH、FR、SA、SU,或 1MO(第一个周一)、-1FR(最后一个周五)");
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
                        fmt::format("FREQ={} 是按小时或更短重复的,这里最短按天", value),
                        "写 FREQ=DAILY,钟点写在 due,如 due = \"17:00\""};
  }
  auto found = std::ranges::find(freqs, value);
  if (found == freqs.end()) {
    return bad("FREQ 不能写" + in_quotes(value),
               settings::suggest(value, Words(freqs.begin(), freqs.end())));
  }
  rule.freq = static_cast<Freq>(found - freqs.begin());
  return std::nullopt;
}

Wrong read_count(std::string_view name, std::string_view value, RRule& rule) {
  auto number = number_in(value);
  if (!number || *number < 1 || *number > 366) {
    return bad(fmt::format("{} 不能写{}", name, in_quotes(value)), "写 1 至 366");
  }
  if (name == "COUNT") rule.count = static_cast<unsigned>(*number);
  else rule.interval = static_cast<unsigned>(*number);
  return std::nullopt;
}

struct RefusedPart {
  std::string_view name, why, mend;
};
constexpr std::array<RefusedPart, 8> refused_parts{{
    {"UNTIL", "rrule 里不写 UNTIL,年份只在 year 一处", "写 within = \"..12-31\""},
    {"BYHOUR", "rrule 里不写钟点", "钟点写在 due,如 due = \"17:00\""},
    {"BYMINUTE", "rrule 里不写钟点", "钟点写在 due,如 due = \"17:00\""},
    {"BYSECOND", "rrule 里不写钟点", "钟点写在 due,如 due = \"17:00\""},
    {"BYWEEKNO", "BYWEEKNO 不能用:libical 3.0.16 在年头年尾那几周会算错",
     "写 every = \"week\",within = \"W10..W20\",due = \"tue\""},
    {"RSCALE", "只按公历", "去掉 RSCALE"},
    {"SKIP", "没有那一天的月份总是跳过", "去掉 SKIP;月末写 BYMONTHDAY=-1"},
    {"DTSTART", "DTSTART 不写在 rrule 里", "从哪天开始写 within = \"03-01..\""},
}};

Wrong unknown_part(const std::string& name) {
  for (const auto& part : refused_parts) {
    if (part.name != name) continue;
    return GrammarError{"rrule-refused", std::string{part.why}, std::string{part.mend}};
  }
  Words known{"FREQ", "INTERVAL", "COUNT", "BYDAY"};
  for (const auto& form : lists) known.emplace_back(form.name);
  return bad("rrule 里没有" + in_quotes(name) + "这一项", settings::suggest(name, known));
}

Wrong read_part(const std::string& name, const std::string& value, RRule& rule) {
  if (name == "FREQ") return read_freq(value, rule);
  if (name == "INTERVAL" || name == "COUNT") return read_count(name, value, rule);
  if (name == "BYDAY") return read_weekdays(value, rule);
  // The weeks of a plan are those of ISO 8601.
  if (name == "WKST" && value == "MO") return std::nullopt;
  if (name == "WKST") {
    return GrammarError{"rrule-refused",
                        "一周总从周一算起:WKST 写了别的,libical 3.0.16 会漏掉第一周", "去掉 WKST"};
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
      return bad("看不懂" + in_quotes(part), "写成 FREQ=MONTHLY;BYMONTHDAY=10,25 这样");
    }
    auto name = part.substr(0, sign);
    if (std::ranges::find(names, name) != names.end()) return twice("rrule", name);
    if (auto wrong = read_part(name, part.substr(sign + 1), rule)) return wrong;
    names.push_back(name);
  }
  if (std::ranges::find(names, "FREQ") != names.end()) return std::nullopt;
  return bad("rrule 里没有 FREQ", "写 FREQ=DAILY、WEEKLY、MONTHLY 或 YEARLY");
}

std::string joined(const std::vector<int>& numbers) {
  return fmt::format("{}", fmt::join(numbers, ","));
}

}  // namespace

std::expected<RRule, GrammarError> read_rrule(std::string_view text) {
  if (text.size() > limits::rrule_bytes) {
    return std::unexpected(bad(fmt::format("rrule 太长,最多{}个字符", limits::rrule_bytes)));
  }
  auto capitals = in_capitals(fold_blanks(text));
  if (capitals.starts_with("RRULE:")) {
    return std::unexpected(bad("rrule 只写冒号后面的部分", "去掉“RRULE:”"));
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
