#include "ctl/effect_words.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/time.h"
#include "ctl/json_reading.h"
#include "ctl/words.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;

struct ChangeWord {
  std::string_view key, shown;
};
constexpr std::array changes{ChangeWord{"told_again", "再告知"}, ChangeWord{"moved", "改时间"},
                             ChangeWord{"added", "新增"},        ChangeWord{"gone", "不再发"},
                             ChangeWord{"rerouted", "换收件"},   ChangeWord{"reworded", "改文字"}};

}  // namespace

std::string_view change_words(std::string_view key) {
  auto found = std::ranges::find(changes, key, &ChangeWord::key);
  return found == changes.end() ? key : found->shown;
}

std::int64_t items_of(const json::object& tally, std::string_view change) {
  return number_in(object_in(tally, change), "items");
}

// Only the kinds of change that there are get a column.
std::vector<std::string_view> kinds_in(const json::object& effect) {
  std::vector<std::string_view> kinds;
  for (const auto& one : changes) {
    if (items_of(object_in(effect, "all"), one.key) != 0) kinds.push_back(one.key);
  }
  return kinds;
}

// `提醒` for a stage, else what the item tells.
std::string item_words(const json::object& change) {
  auto kind = text_in(change, "kind");
  if (kind != "stage") return kind_words(kind);
  auto after = object_in(change, "after");
  auto words = stage_words(text_in(after.empty() ? object_in(change, "before") : after, "stage"));
  return text_in(change, "audience") == "leader" ? words + "(待点发)" : words;
}

std::string month_words(const std::string& month, int year) {
  auto day = parse_day(month + "-01");
  if (!day) return month;
  auto words = fmt::format("{}月", month_of(*day));
  return year_of(*day) == year ? words : fmt::format("{}年{}", year_of(*day), words);
}

std::string from_to(const std::string& before, const std::string& after) {
  if (before == after) return before;
  return (before.empty() ? "—" : before) + " → " + (after.empty() ? "—" : after);
}

std::string times(const json::object& pair, int year) {
  return from_to(when_words(text_in(pair, "before"), year),
                 when_words(text_in(pair, "after"), year));
}

std::string numbers(const json::object& pair) {
  return from_to(std::to_string(number_in(pair, "before")),
                 std::to_string(number_in(pair, "after")));
}

}  // namespace duban::ctl
