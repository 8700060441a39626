#include "control/walk_words.h"

#include <fmt/format.h>

#include "base/english_names.h"

namespace duban::control {
namespace {

using calendar::Gap;
using calendar::Stride;

std::string_view month_name(Day day) { return english_months.at(month_of(day) - 1); }

struct Words {
  std::string_view between, opens, joined, to, blank, weekend, holiday, made_up, worked;
  /// A day with its month, one of the month named last, and one that another follows.
  std::string (*in_month)(Day day);
  std::string (*alone)(Day day);
  std::string (*bare)(Day day);
};

const Words chinese_words{
    .between = ",",
    .opens = "(",
    .joined = "、",
    .to = "至",
    .blank = "",
    .weekend = "周末",
    .holiday = "放假",
    .made_up = "调休上班,不算",
    .worked = "(调休上班)",
    .in_month = [](Day day) { return fmt::format("{}月{}日", month_of(day), day_of_month(day)); },
    .alone = [](Day day) { return fmt::format("{}日", day_of_month(day)); },
    .bare = [](Day day) { return fmt::format("{}", day_of_month(day)); }};

const Words english_words{
    .between = ", ",
    .opens = " (",
    .joined = ", ",
    .to = " to ",
    .blank = " ",
    .weekend = "weekend",
    .holiday = " holiday",
    .made_up = "made-up, not counted",
    .worked = " (made-up)",
    .in_month = [](Day day) { return fmt::format("{} {}", day_of_month(day), month_name(day)); },
    .alone = [](Day day) { return fmt::format("{}", day_of_month(day)); },
    .bare = [](Day day) { return fmt::format("{}", day_of_month(day)); }};

class Walk {
 public:
  explicit Walk(const Words& words) : words_(words) {}
  std::string say(const std::vector<Stride>& strides);

 private:
  std::string day(Day day);
  std::string days(const Gap& gap);
  std::string gap(const Gap& gap);

  const Words& words_;
  unsigned month_ = 0;
};

std::string Walk::day(Day day) {
  if (month_of(day) == month_) return words_.alone(day);
  month_ = month_of(day);
  return words_.in_month(day);
}

// `21、22日`, `10月1日至7日`.
std::string Walk::days(const Gap& gap) {
  bool two = gap.last == gap.first + std::chrono::days{1};
  if (two && month_of(gap.first) == month_ && month_of(gap.last) == month_) {
    return words_.bare(gap.first).append(words_.joined) + day(gap.last);
  }
  auto text = day(gap.first);
  return gap.last == gap.first ? text : text.append(words_.to) + day(gap.last);
}

std::string Walk::gap(const Gap& gap) {
  auto text = days(gap);
  text.append(words_.blank);
  switch (gap.cause) {
    case Gap::Cause::weekend: return text.append(words_.weekend);
    case Gap::Cause::made_up: return text.append(words_.made_up);
    case Gap::Cause::holiday: break;
  }
  return text.append(gap.holiday).append(words_.holiday);
}

std::string Walk::say(const std::vector<Stride>& strides) {
  std::string text;
  for (const auto& stride : strides) {
    if (!text.empty()) text.append(words_.between);
    text += fmt::format("{:+}wd {}", stride.count, day(stride.day.day));
    if (stride.day.made_up) text.append(words_.worked);
    for (const auto& skipped : stride.skipped) {
      text.append(words_.opens).append(gap(skipped)) += ')';
    }
  }
  return text;
}

}  // namespace

std::string walk_in_chinese(const std::vector<Stride>& strides) {
  return Walk{chinese_words}.say(strides);
}

std::string walk_in_english(const std::vector<Stride>& strides) {
  return Walk{english_words}.say(strides);
}

}  // namespace duban::control
