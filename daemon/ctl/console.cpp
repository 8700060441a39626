#include "ctl/console.h"

#include <algorithm>
#include <array>
#include <ostream>

#include "base/text.h"

namespace duban::ctl {

std::string Console::paint(Hue hue, std::string_view text) const {
  if (!colour) return std::string{text};
  constexpr std::array<std::string_view, 4> codes{"31", "32", "33", "2"};
  auto code = codes.at(static_cast<std::size_t>(hue));
  return "\x1b[" + std::string{code} + "m" + std::string{text} + "\x1b[0m";
}

void Table::print(const Console& console) const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  for (const auto& row : rows_) {
    std::string line;
    std::size_t blanks = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += std::string(row[i].empty() ? 0 : blanks, ' ') + row[i];
      if (!row[i].empty()) blanks = 0;
      blanks += widths[i] - display_width(row[i]) + 2;
    }
    bool head = &row == &rows_.front();
    console.out << (head ? console.paint(Console::Hue::dim, line) : line) << '\n';
  }
}

}  // namespace duban::ctl
