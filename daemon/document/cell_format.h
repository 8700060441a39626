#pragma once
// How a sheet shows a number: as it is, as a share of a hundred, or as a day.

#include <string>
#include <string_view>

namespace duban::document {

enum class CellFormat { plain, percent, day, moment, hour };

/// By the number of a built-in format (the Chinese ones among them).
CellFormat builtin_format(int number);
/// By a format's own code: `yyyy"年"m"月"d"日"`, `0.0%`.
CellFormat format_of(std::string_view code);

/// A stored number as the sheet shows it: `5`, `33.3`, `85%`, `2022-05-25`, `2022-05-25 17:00`,
/// `17:00`. `from_1904`: days count from 1904, as some workbooks do. What is no number or no day
/// of the years 1900 to 9999 stays as it is stored.
std::string shown_number(std::string_view stored, CellFormat format, bool from_1904);

}  // namespace duban::document
