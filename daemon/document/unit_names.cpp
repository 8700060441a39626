#include "document/unit_names.h"

#include <algorithm>

#include "document/cell_text.h"
#include "document/table_words.h"

namespace duban::document {
namespace {

bool bears(const plan::Unit& unit, const std::string& wanted) {
  auto is_wanted = [&wanted](const std::string& name) { return folded(name) == wanted; };
  return is_wanted(unit.id) || is_wanted(unit.name) ||
         std::ranges::any_of(unit.aliases, is_wanted) ||
         std::ranges::any_of(unit.names, is_wanted, &plan::DatedName::name);
}

bool bears_with_ending(const plan::Plan& plan, const plan::Unit& unit, const std::string& wanted) {
  return std::ranges::any_of(plan.suffixes, [&](const plan::SharedSuffix& suffix) {
    bool shares = std::ranges::find(suffix.units, unit.id) != suffix.units.end();
    return shares && bears(unit, wanted + folded(suffix.text));
  });
}

template <class Bears>
const plan::Unit* only_one(const plan::Plan& plan, Bears&& bears_it) {
  const plan::Unit* found = nullptr;
  for (const auto& unit : plan.units) {
    if (!bears_it(unit)) continue;
    if (found) return nullptr;
    found = &unit;
  }
  return found;
}

// Between the names of a list.
std::size_t separator_at(std::string_view list) {
  for (std::string_view separator : {"、", ",", "\uFF0C", ";", "\uFF1B", "\n", "\u3000", " "}) {
    if (list.starts_with(separator)) return separator.size();
  }
  return 0;
}

}  // namespace

const plan::Unit* unit_named(const plan::Plan& plan, std::string_view name) {
  auto wanted = folded(name);
  constexpr std::string_view city = "武汉市";
  if (const auto* unit = only_one(plan, [&](const auto& one) { return bears(one, wanted); })) {
    return unit;
  }
  if (const auto* unit = only_one(plan, [&](const auto& one) {
        return bears_with_ending(plan, one, wanted);
      })) {
    return unit;
  }
  if (!wanted.starts_with(city)) return nullptr;
  return unit_named(plan, "市" + wanted.substr(city.size()));
}

std::vector<std::string> units_named(const plan::Plan& plan, std::string_view list) {
  std::vector<std::string> units;
  std::string name;
  auto keep = [&] {
    auto written = cell_text(name);
    name.clear();
    if (written.empty()) return;
    const auto* unit = unit_named(plan, written);
    auto id = unit ? unit->id : written;
    if (std::ranges::find(units, id) == units.end()) units.push_back(std::move(id));
  };
  while (!list.empty()) {
    auto separator = separator_at(list);
    if (separator > 0) keep();
    else name += list.front();
    list.remove_prefix(std::max<std::size_t>(separator, 1));
  }
  keep();
  return units;
}

}  // namespace duban::document
