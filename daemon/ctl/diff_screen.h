#pragma once
// What an edit does, as an admin reads it: one screen a plan, in full when asked for.

#include <string>

#include "ctl/console.h"

namespace boost::json {
// NOLINTNEXTLINE(readability-identifier-naming): their name.
class object;
}  // namespace boost::json

namespace duban::ctl {

/// One plan's effect (see control/effect_document.h).
void print_effect(const boost::json::object& effect, bool all, const Console& console);
/// `再告知112条、改时间336条`: the counts of a plan's changes, for the last line.
std::string counts_of(const boost::json::object& effect);

}  // namespace duban::ctl
