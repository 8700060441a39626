#include "ctl/due_edit.h"

#include <fmt/format.h>

#include "base/text.h"
#include "plan/load.h"
#include "settings/report.h"
#include "settings/toml_reader.h"

namespace duban::ctl {
namespace {

using engine::Refusal;
using settings::Node;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

const Node* find_entry(const Node& root, std::string_view id) {
  for (std::string_view kind : {"duty", "milestone", "action"}) {
    const auto* entries = root.find(kind);
    if (entries == nullptr) continue;
    for (const auto& entry : entries->elements) {
      const auto* own = entry.find("id");
      if (own != nullptr && own->text == id) return &entry;
    }
  }
  return nullptr;
}

struct Line {
  std::size_t begin, end;
};

// Without its end, LF or CRLF.
Line line_at(std::string_view text, unsigned number) {
  std::size_t begin = 0;
  for (unsigned at = 1; at < number; ++at) begin = text.find('\n', begin) + 1;
  auto end = std::min(text.find('\n', begin), text.size());
  if (end > begin && text[end - 1] == '\r') --end;
  return {begin, end};
}

// The quoted value that begins at `at`, or nothing where it is not written on one line.
std::optional<std::size_t> end_of_value(std::string_view line, std::size_t at) {
  if (at >= line.size()) return std::nullopt;
  char quote = line[at];
  if (quote != '"' && quote != '\'') return std::nullopt;
  if (line.substr(at, 3) == std::string(3, quote)) return std::nullopt;
  auto end = line.find(quote, at + 1);
  if (end == std::string_view::npos) return std::nullopt;
  return end + 1;
}

// What follows the value, moved so that a comment stays in its column where it can.
std::string rest_in_column(std::string_view rest, std::size_t old_width, std::size_t new_width) {
  auto mark = rest.find_first_not_of(' ');
  if (mark == std::string_view::npos || mark == 0 || rest[mark] != '#') return std::string{rest};
  auto column = old_width + mark;
  auto blanks = column > new_width + 1 ? column - new_width : 1;
  return std::string(blanks, ' ') + std::string{rest.substr(mark)};
}

}  // namespace

std::expected<std::optional<DueEdit>, Refusal> edit_due(const std::string& text,
                                                        std::string_view id,
                                                        std::string_view due) {
  bool marked = text.starts_with(byte_order_mark);
  std::string body = marked ? text.substr(byte_order_mark.size()) : text;
  Diagnostics wrong;
  auto root = settings::parse_toml(body, "", wrong);
  if (!root) {
    return std::unexpected(Refusal{"bad-file", "文件有错,没有改", "先运行 dubanctl check"});
  }
  const auto* entry = find_entry(*root, id);
  if (entry == nullptr) return std::nullopt;
  const auto* value = entry->find("due");
  Refusal by_hand{"edit-by-hand",
                  settings::in_quotes(id) + "的 due 不是写成一行的 due = \"…\"", "请直接改文件"};
  if (value == nullptr || value->kind != Node::Kind::text) return std::unexpected(by_hand);

  auto [begin, end] = line_at(body, value->place.line);
  std::string line = body.substr(begin, end - begin);
  auto at = first_characters(line, value->place.column - 1).size();
  auto after = end_of_value(line, at);
  if (!after) return std::unexpected(by_hand);
  auto written = fmt::format("\"{}\"", due);
  auto rest = rest_in_column(std::string_view{line}.substr(*after),
                             display_width(line.substr(0, *after)),
                             display_width(line.substr(0, at) + written));
  DueEdit edit{.text = {}, .line = value->place.line, .before = line,
               .after = line.substr(0, at) + written + rest};
  edit.text = std::string{marked ? byte_order_mark : ""} + body.substr(0, begin) + edit.after +
              body.substr(end);
  return edit;
}

std::expected<std::string, Refusal> due_as_written(std::string_view typed, int year) {
  std::string due{typed};
  if (auto day = parse_day(typed.substr(0, 10))) {
    if (year_of(*day) != year) {
      return std::unexpected(Refusal{"other-year",
                                     fmt::format("方案是{}年的,不能定到{}年", year, year_of(*day)),
                                     "只写月和日,如 03-29"});
    }
    due = typed.substr(5);
  }
  auto parsed = plan::parse_due(due);
  if (!parsed) {
    return std::unexpected(Refusal{"bad-due", "看不懂截止日" + settings::in_quotes(typed) + ":" +
                                                  parsed.error(),
                                   "写 03-29 或 \"03-29 17:00\""});
  }
  return parsed->text;
}

}  // namespace duban::ctl
