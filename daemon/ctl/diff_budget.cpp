#include "ctl/diff_parts.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <vector>

#include "ctl/effect_words.h"
#include "ctl/json_reading.h"
#include "ctl/words.h"
#include "engine/rehearsal.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;

bool same_month(const json::object& one, const json::object& other) {
  return text_in(one, "unit") == text_in(other, "unit") &&
         text_in(one, "month") == text_in(other, "month") &&
         text_in(one, "what") == text_in(other, "what");
}

// Those of `these` for which `those` have nothing for the month, or nothing as bad.
json::array without(const json::array& these, const json::array& those, bool worse_counts) {
  json::array left;
  for (const auto& one : these) {
    const auto& breach = one.as_object();
    bool known = std::ranges::any_of(those, [&](const json::value& value) {
      const auto& other = value.as_object();
      bool worse = number_in(breach, "count") > number_in(other, "count");
      return same_month(breach, other) && !(worse && worse_counts);
    });
    if (!known) left.push_back(one);
  }
  return left;
}

std::string breach_line(const json::object& breach, int year) {
  return fmt::format("{}{}{}次", text_in(breach, "name"),
                     month_words(text_in(breach, "month"), year), number_in(breach, "count"));
}

// One line for each thing that the budget limits; each month of each unit only with `all`.
void print_breaches(const json::array& breaches, std::string_view said, int year, bool all,
                    const Console& console) {
  for (auto what : {engine::Breach::What::pre_due, engine::Breach::What::requests}) {
    std::string_view word = what == engine::Breach::What::pre_due ? "pre_due" : "requests";
    std::vector<std::string> names, lines;
    std::int64_t most = 0, budget = 0;
    for (const auto& one : breaches) {
      const auto& breach = one.as_object();
      if (text_in(breach, "what") != word) continue;
      auto name = text_in(breach, "name");
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
      lines.push_back(breach_line(breach, year));
      most = std::max(most, number_in(breach, "count"));
      budget = number_in(breach, "budget");
    }
    if (names.empty()) continue;
    console.out << console.paint(Console::Hue::yellow, said)
                << fmt::format(":{},一家一月最多{}次(预算{}次):{}\n", engine::breach_words(what),
                               most, budget, few_of(all ? lines : names, all ? lines.size() : 4));
  }
}

}  // namespace

void print_budget(const json::object& effect, bool all, const Console& console) {
  auto breaches = object_in(effect, "breaches");
  auto before = objects_in(breaches, "before");
  auto after = objects_in(breaches, "after");
  auto year = static_cast<int>(number_in(effect, "year"));
  auto fresh = without(after, before, true);
  print_breaches(fresh, "改后超出预算", year, all, console);
  print_breaches(without(before, after, false), "改后不再超出预算", year, all, console);
  auto kept = after.size() - fresh.size();
  if (after.empty()) {
    console.out << "各单位都按时报时,没有超出预算的\n";
  } else if (kept != 0) {
    console.out << fmt::format("另有{}处改前就超出预算,见 dubanctl rehearse --behave punctual\n",
                               kept);
  }
}

}  // namespace duban::ctl
