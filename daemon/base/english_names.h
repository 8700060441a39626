#pragma once
// Months and weekdays as mail, HTTP and IMAP abbreviate them (RFC 5322, 3.3), from January and from
// Sunday; and dates that are said with them.

#include <array>
#include <string>
#include <string_view>

#include "base/time.h"

namespace duban {

inline constexpr std::array<std::string_view, 12> english_months{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
inline constexpr std::array<std::string_view, 7> english_weekdays{"Sun", "Mon", "Tue", "Wed",
                                                                  "Thu", "Fri", "Sat"};

/// `25 May`, with the year where it is not `year`.
std::string english_day(Day day, int year);
/// `Wed 25 May`, likewise.
std::string english_weekday(Day day, int year);

}  // namespace duban
