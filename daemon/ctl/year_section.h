#pragma once
// A [[year]] of a work calendar's file: how its lines are written, and what lines that stand say.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/holiday_notice.h"
#include "settings/toml_reader.h"

namespace duban::ctl {

using Lines = std::vector<std::string>;

/// The keys of a section, in the order in which they stand.
enum class SectionKey : std::size_t { year, status, notice, off, work };
inline constexpr std::array<std::string_view, 5> section_keys{"year", "status", "notice", "off",
                                                              "work"};
inline constexpr std::array all_keys{SectionKey::year, SectionKey::status, SectionKey::notice,
                                     SectionKey::off, SectionKey::work};

/// How the remark begins that stands in the place of a notice's number while nobody has found it.
inline constexpr std::string_view number_unknown = "# notice 未写";

/// The lines of a key, without their ends.
Lines lines_for(SectionKey key, const calendar::HolidayNotice& notice);

/// Whether a section says under a key what the notice does. Days are compared one by one, however
/// their spans are cut; a notice whose number is not known agrees with any.
bool says_so(SectionKey key, const settings::Node& section, const calendar::HolidayNotice& notice);

}  // namespace duban::ctl
