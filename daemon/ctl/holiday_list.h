#pragma once
// A published list of holidays as an admin has it in a file: the JSON form of holiday-cn, one year
// a file, or an .ics.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "calendar/holiday_notice.h"

namespace duban::ctl {

/// `{"year":2027,"papers":[…],"days":[{"name","date","isOffDay"}]}`. Nothing, and every mistake at
/// `shown`, when it is not that.
std::optional<calendar::PublishedList> read_json_list(const std::string& text,
                                                      const std::string& shown, Diagnostics& out);

/// The notices of a file, the earlier year first, and the names of what in it is none of their
/// business.
struct HolidayFile {
  std::vector<calendar::HolidayNotice> notices;
  std::vector<std::string> set_aside;
};

/// Whichever of the two it is; with `only` that year alone. Nothing, and every mistake, where it
/// cannot be read, has a mistake, or is not published yet.
std::optional<HolidayFile> read_holiday_file(const std::filesystem::path& file,
                                             std::optional<int> only, Diagnostics& out);

}  // namespace duban::ctl
