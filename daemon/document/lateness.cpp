#include "document/lateness.h"

#include <fmt/format.h>

#include <algorithm>

#include "message/words.h"

namespace duban::document {

bool may_be_named_late(const plan::Unit& unit) {
  return unit.manner != "party" && unit.manner != "vertical" && unit.manner != "company";
}

std::string late_names(const plan::Plan& plan, const std::vector<std::string>& units, Day day) {
  std::string names;
  std::size_t unnamed = 0;
  for (const auto& unit : plan.units) {
    if (std::ranges::find(units, unit.id) == units.end()) continue;
    if (may_be_named_late(unit)) message::append_joined(names, unit.name_on(day));
    else ++unnamed;
  }
  if (unnamed == 0) return names;
  if (names.empty()) return fmt::format("{}家,单独沟通", unnamed);
  return names + fmt::format(",另有{}家单独沟通", unnamed);
}

}  // namespace duban::document
