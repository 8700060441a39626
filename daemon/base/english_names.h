#pragma once
// Months and weekdays as mail, HTTP and IMAP abbreviate them (RFC 5322, 3.3), from January and from
// Sunday.

#include <array>
#include <string_view>

namespace duban {

inline constexpr std::array<std::string_view, 12> english_months{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
inline constexpr std::array<std::string_view, 7> english_weekdays{"Sun", "Mon", "Tue", "Wed",
                                                                  "Thu", "Fri", "Sat"};

}  // namespace duban
