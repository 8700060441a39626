#include "document/unit_names.h"

#include <algorithm>

#include "document/cell_text.h"
#include "document/table_words.h"

namespace duban::document {
namespace {

using Ids = std::map<std::string, std::string>;

std::vector<std::string> names_of(const plan::Unit& unit) {
  std::vector<std::string> names{unit.id, unit.name};
  names.insert(names.end(), unit.aliases.begin(), unit.aliases.end());
  for (const auto& dated : unit.names) names.push_back(dated.name);
  return names;
}

void put(Ids& ids, const std::string& name, const std::string& id) {
  auto [known, added] = ids.emplace(folded(name), id);
  if (!added && known->second != id) known->second.clear();
}

std::string found_in(const Ids& ids, const std::string& name) {
  auto found = ids.find(name);
  return found == ids.end() ? std::string{} : found->second;
}

// Between the names of a list.
std::size_t separator_at(std::string_view list) {
  for (std::string_view separator : {"、", ",", "\uFF0C", ";", "\uFF1B", "\n", "\u3000", " "}) {
    if (list.starts_with(separator)) return separator.size();
  }
  return 0;
}

}  // namespace

UnitNames::UnitNames(const plan::Plan& plan) {
  for (const auto& unit : plan.units) {
    for (const auto& name : names_of(unit)) {
      put(whole_, name, unit.id);
      for (const auto& suffix : plan.suffixes) {
        bool shares = std::ranges::find(suffix.units, unit.id) != suffix.units.end();
        if (!shares || !name.ends_with(suffix.text)) continue;
        put(without_ending_, name.substr(0, name.size() - suffix.text.size()), unit.id);
      }
    }
  }
}

std::string UnitNames::id_of(std::string_view name) const {
  auto wanted = folded(name);
  for (const auto* ids : {&whole_, &without_ending_}) {
    if (auto id = found_in(*ids, wanted); !id.empty()) return id;
  }
  constexpr std::string_view city = "武汉市";
  return wanted.starts_with(city) ? found_in(whole_, "市" + wanted.substr(city.size()))
                                  : std::string{};
}

std::vector<std::string> UnitNames::ids_of(std::string_view list) const {
  std::vector<std::string> ids;
  std::string name;
  auto keep = [&] {
    auto written = cell_text(name);
    name.clear();
    if (written.empty()) return;
    auto id = id_of(written);
    if (id.empty()) id = written;
    if (std::ranges::find(ids, id) == ids.end()) ids.push_back(std::move(id));
  };
  while (!list.empty()) {
    auto separator = separator_at(list);
    if (separator > 0) keep();
    else name += list.front();
    list.remove_prefix(std::max<std::size_t>(separator, 1));
  }
  keep();
  return ids;
}

}  // namespace duban::document
