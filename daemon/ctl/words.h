#pragma once
// How things read on an office's screen: names beside ids, states and times in Chinese.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "calendar/zone.h"
#include "control/state_words.h"
#include "plan/plan.h"

namespace duban::ctl {

/// `5月25日(周三)17:00`; the end of a day without its hour, the year where it is not `year`.
std::string when_words(Instant at, const calendar::Zone& zone, int year);
/// As `year`: the year is always named, for the files here may not be those the daemon runs.
inline constexpr int no_year = 0;
/// The same for a time as a document has it (RFC 3339): read by its own offset. What is no time is
/// shown as it stands.
std::string when_words(std::string_view rfc3339, int year);
/// The same in each language.
Bilingual when_said(std::string_view rfc3339, int year);
using control::audience_words;
using control::kind_words;
using control::outcome_words;
using control::stage_words;
using control::state_words;
/// The number of a recorded fact, as typed; 0 where that is no number.
std::int64_t fact_number(std::string_view word);
/// `市教育局、市财政局等28家`: at most `shown` names; `counted` by another word than units are.
std::string few_of(const std::vector<std::string>& names, std::size_t shown,
                   std::string_view counted = "家");

}  // namespace duban::ctl
