#pragma once
// Units as people write them in a table.

#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.h"

namespace duban::document {

/// By id, name of any date, alias, or name without its shared ending (东湖高新区, without 管委会);
/// nothing where none or several are meant. 武汉市 counts as 市.
const plan::Unit* unit_named(const plan::Plan& plan, std::string_view name);

/// `市财政局、市税务局` as ids; what is not understood stays as it was written.
std::vector<std::string> units_named(const plan::Plan& plan, std::string_view list);

}  // namespace duban::document
