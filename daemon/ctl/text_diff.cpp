#include "ctl/text_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/limits.h"

namespace duban::ctl {
namespace {

constexpr std::size_t around = 3;

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
  }
  return lines;
}

struct Row {
  char mark;
  std::string_view line;
};

// The length of the longest common run of lines from each pair of places to both ends.
class Common {
 public:
  Common(const Lines& before, const Lines& after)
      : width_(after.size() + 1), lengths_((before.size() + 1) * width_, 0) {
    for (auto i = before.size(); i-- > 0;) {
      for (auto j = after.size(); j-- > 0;) {
        lengths_[i * width_ + j] = before[i] == after[j] ? at(i + 1, j + 1) + 1
                                                         : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
  }
  unsigned at(std::size_t i, std::size_t j) const { return lengths_[i * width_ + j]; }

 private:
  std::size_t width_;
  std::vector<unsigned> lengths_;
};

void add_all(const Lines& lines, char mark, std::vector<Row>& rows) {
  for (auto line : lines) rows.push_back({mark, line});
}

void add_compared(const Lines& before, const Lines& after, std::vector<Row>& rows) {
  if (before.size() * after.size() > limits::compared_lines) {
    add_all(before, '-', rows);
    return add_all(after, '+', rows);
  }
  Common common{before, after};
  std::size_t i = 0, j = 0;
  while (i < before.size() || j < after.size()) {
    if (i < before.size() && j < after.size() && before[i] == after[j]) {
      rows.push_back({' ', before[i]});
      ++i, ++j;
    } else if (j == after.size() ||
               (i < before.size() && common.at(i + 1, j) >= common.at(i, j + 1))) {
      rows.push_back({'-', before[i++]});
    } else {
      rows.push_back({'+', after[j++]});
    }
  }
}

Lines part(const Lines& lines, std::size_t begin, std::size_t left_at_end) {
  return {lines.begin() + static_cast<std::ptrdiff_t>(begin),
          lines.end() - static_cast<std::ptrdiff_t>(left_at_end)};
}

std::vector<Row> rows_of(const Lines& before, const Lines& after) {
  auto shorter = std::min(before.size(), after.size());
  std::size_t head = 0, tail = 0;
  while (head < shorter && before[head] == after[head]) ++head;
  auto last_alike = [&] {
    return before[before.size() - 1 - tail] == after[after.size() - 1 - tail];
  };
  while (tail < shorter - head && last_alike()) ++tail;
  std::vector<Row> rows;
  add_all(part(before, 0, before.size() - head), ' ', rows);
  add_compared(part(before, head, tail), part(after, head, tail), rows);
  add_all(part(before, before.size() - tail, 0), ' ', rows);
  return rows;
}

// The end of the hunk that begins with the change at `at`: so far that the next is its own.
std::size_t end_of_hunk(const std::vector<Row>& rows, std::size_t at) {
  std::size_t end = at + 1;
  for (auto next = end; next < rows.size() && next - end <= 2 * around; ++next) {
    if (rows[next].mark != ' ') end = next + 1;
  }
  return std::min(end + around, rows.size());
}

std::string range_words(std::size_t line, std::size_t count) {
  return count == 1 ? fmt::format("{}", line) : fmt::format("{},{}", count == 0 ? line - 1 : line,
                                                           count);
}

}  // namespace

std::vector<std::string> unified_diff(const std::string& before, const std::string& after) {
  auto rows = rows_of(lines_of(before), lines_of(after));
  std::vector<std::string> shown;
  std::size_t old_line = 1, new_line = 1, counted = 0;
  auto count = [&](std::size_t up_to) {
    for (; counted < up_to; ++counted) {
      old_line += rows[counted].mark != '+' ? 1U : 0U;
      new_line += rows[counted].mark != '-' ? 1U : 0U;
    }
  };
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (rows[at].mark == ' ') continue;
    auto begin = std::max(at - std::min(at, around), counted);
    auto end = end_of_hunk(rows, at);
    count(begin);
    auto [old_begin, new_begin] = std::pair{old_line, new_line};
    count(end);
    shown.push_back(fmt::format("@@ -{} +{} @@", range_words(old_begin, old_line - old_begin),
                                range_words(new_begin, new_line - new_begin)));
    for (auto row = begin; row < end; ++row) {
      shown.push_back(rows[row].mark + std::string{rows[row].line});
    }
    at = end - 1;
  }
  return shown;
}

}  // namespace duban::ctl
