#include "document/cell_format.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>

#include "base/text.h"
#include "base/time.h"

namespace duban::document {
namespace {

constexpr double minutes_of_day = 24 * 60;

// What a code says beside what it shows: quoted words, [colours and languages], escaped letters.
std::string without_asides(std::string_view code) {
  std::string bare;
  for (std::size_t at = 0; at < code.size(); ++at) {
    char c = code[at];
    if (c == ';') break;
    if (c == '\\' || c == '_' || c == '*') {
      ++at;
    } else if (c == '"' || c == '[') {
      auto end = code.find(c == '"' ? '"' : ']', at + 1);
      if (end == std::string_view::npos) break;
      at = end;
    } else {
      bare += small_letter(c);
    }
  }
  return bare;
}

std::string plain_number(double value) {
  // Fifteen digits are what a sheet keeps: 33.3 is stored as 33.299999999999997.
  return fmt::format("{:.15g}", value == 0 ? 0 : value);
}

std::string day_number(double value, CellFormat format) {
  auto minutes = std::llround(value * minutes_of_day);
  auto days = minutes / static_cast<long long>(minutes_of_day);
  auto left = minutes % static_cast<long long>(minutes_of_day);
  auto hour = fmt::format("{:02}:{:02}", left / 60, left % 60);
  if (format == CellFormat::hour && days == 0) return hour;
  using namespace std::chrono;
  // 1900 counts as a leap year there: from March on a day is one less than it says.
  YearMonthDay date{Day{year{1899} / 12 / 30} + std::chrono::days{days}};
  auto day = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                         static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return left == 0 || format == CellFormat::day ? day : day + " " + hour;
}

}  // namespace

CellFormat builtin_format(int number) {
  if (number == 9 || number == 10) return CellFormat::percent;
  if ((number >= 14 && number <= 17) || (number >= 27 && number <= 31) ||
      (number >= 50 && number <= 54) || number == 36 || number == 57 || number == 58) {
    return CellFormat::day;
  }
  if (number == 22) return CellFormat::moment;
  if ((number >= 18 && number <= 21) || (number >= 32 && number <= 35) ||
      (number >= 45 && number <= 47) || number == 55 || number == 56) {
    return CellFormat::hour;
  }
  return CellFormat::plain;
}

CellFormat format_of(std::string_view code) {
  auto bare = without_asides(code);
  if (bare.contains("general")) return CellFormat::plain;
  bool day = bare.contains('y') || bare.contains('d');
  bool hour = bare.contains('h') || bare.contains('s');
  if (day) return hour ? CellFormat::moment : CellFormat::day;
  if (hour) return CellFormat::hour;
  if (bare.contains('m')) return CellFormat::day;
  return bare.contains('%') ? CellFormat::percent : CellFormat::plain;
}

std::string shown_number(std::string_view stored, CellFormat format, bool from_1904) {
  double value = 0;
  auto read = std::from_chars(stored.data(), stored.data() + stored.size(), value);
  bool whole = read.ec == std::errc{} && read.ptr == stored.data() + stored.size();
  if (!whole || !std::isfinite(value)) return std::string{stored};
  if (format == CellFormat::plain) return plain_number(value);
  if (format == CellFormat::percent) return plain_number(value * 100) + "%";
  constexpr double last_day = 2958465;  // 9999-12-31
  constexpr double day_1904 = 1462;
  if (from_1904 && format != CellFormat::hour) value += day_1904;
  bool is_day = value >= (format == CellFormat::hour ? 0 : 1) && value <= last_day;
  return is_day ? day_number(value, format) : plain_number(value);
}

}  // namespace duban::document
