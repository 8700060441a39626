#pragma once
// Parts of the screen of an effect, each in a file of its own. Internal to ctl: names Boost.JSON.

#include "ctl/console.h"

namespace boost::json {
// NOLINTNEXTLINE(readability-identifier-naming): their name.
class object;
}  // namespace boost::json

namespace duban::ctl {

/// What the edit does to the budget; each unit's months only with `all`.
void print_budget(const boost::json::object& effect, bool all, const Console& console);
/// Every change; units that share all the rest stand in one row.
void print_changes(const boost::json::object& effect, const Console& console);

}  // namespace duban::ctl
