#pragma once
// Pieces that several documents share. Internal to control: names Boost.JSON, so only its .cpp
// files include it.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/time.h"
#include "calendar/zone.h"
#include "plan/plan.h"
#include "schedule/record.h"

namespace boost::json {
// NOLINTBEGIN(readability-identifier-naming): their names.
class array;
class object;
class value;
// NOLINTEND(readability-identifier-naming)
}  // namespace boost::json

namespace duban::control {

boost::json::value text_or_null(std::string_view text);
boost::json::value time_or_null(const std::optional<Instant>& at, const calendar::Zone* zone);
boost::json::value day_or_null(const std::optional<Day>& day);
boost::json::array diagnostics_list(const Diagnostics& diagnostics);
boost::json::array text_list(const std::vector<std::string>& texts);
/// source, office, unit.
std::string_view basis_word(plan::Basis basis);
/// A fact as it is recorded.
boost::json::object fact_object(const schedule::Fact& fact, const calendar::Zone* zone);

}  // namespace duban::control
