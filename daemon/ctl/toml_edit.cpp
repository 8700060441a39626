#include "ctl/toml_edit.h"

#include <algorithm>

#include "base/text.h"

namespace duban::ctl {
namespace {

using settings::Node;

/// The longest line that is written.
constexpr std::size_t line_columns = 100;

// Behind the quoted text that begins at `at`; nothing where it is not written on one line.
std::optional<std::size_t> end_of_text(std::string_view text, std::size_t at) {
  char quote = text[at];
  if (text.substr(at, 3) == std::string(3, quote)) return std::nullopt;
  for (auto end = at + 1; end < text.size() && text[end] != '\n'; ++end) {
    if (text[end] == quote) return end + 1;
    if (text[end] == '\\' && quote == '"') ++end;
  }
  return std::nullopt;
}

// Behind the value that begins at `at`.
std::optional<std::size_t> end_of_value(std::string_view text, std::size_t at) {
  auto is_quote = [&](std::size_t i) { return text[i] == '"' || text[i] == '\''; };
  if (at >= text.size()) return std::nullopt;
  if (is_quote(at)) return end_of_text(text, at);
  if (text[at] != '[') return std::nullopt;
  for (auto end = at + 1; end < text.size();) {
    if (text[end] == ']') return end + 1;
    if (text[end] == '#' || text[end] == '[') return std::nullopt;
    auto next = is_quote(end) ? end_of_text(text, end) : std::optional{end + 1};
    if (!next) return std::nullopt;
    end = *next;
  }
  return std::nullopt;
}

// What follows the value, moved so that a comment stays in its column where it can.
std::string rest_in_column(std::string_view rest, std::size_t old_width, std::size_t new_width) {
  auto mark = rest.find_first_not_of(' ');
  if (mark == std::string_view::npos || mark == 0 || rest[mark] != '#') return std::string{rest};
  auto column = old_width + mark;
  auto blanks = column > new_width + 1 ? column - new_width : 1;
  return std::string(blanks, ' ') + std::string{rest.substr(mark)};
}

// The width of what stands before `end` on its line.
std::size_t width_before(std::string_view text, std::size_t end) {
  auto begin = text.substr(0, end).rfind('\n');
  begin = begin == std::string_view::npos ? 0 : begin + 1;
  return display_width(text.substr(begin, end - begin));
}

}  // namespace

LineSpan line_at(std::string_view text, unsigned number) {
  std::size_t begin = 0;
  for (unsigned at = 1; at < number; ++at) {
    auto end = text.find('\n', begin);
    if (end == std::string_view::npos) return {text.size(), text.size()};
    begin = end + 1;
  }
  auto end = std::min(text.find('\n', begin), text.size());
  if (end > begin && text[end - 1] == '\r') --end;
  return {begin, end};
}

std::optional<ValueEdit> replace_value(const std::string& text, const Node& value,
                                       std::string_view written) {
  auto first = line_at(text, value.place.line);
  std::string_view line{text.data() + first.begin, first.end - first.begin};
  auto at = first.begin + first_characters(line, value.place.column - 1).size();
  auto end = end_of_value(text, at);
  if (!end) return std::nullopt;
  auto last_end = std::min(text.find('\n', *end), text.size());
  if (last_end > *end && text[last_end - 1] == '\r') --last_end;
  ValueEdit edit{.text = {},
                 .line = value.place.line,
                 .before = text.substr(first.begin, last_end - first.begin),
                 .after = text.substr(first.begin, at - first.begin) + std::string{written}};
  edit.after += rest_in_column(std::string_view{text}.substr(*end, last_end - *end),
                               width_before(text, *end),
                               width_before(edit.after, edit.after.size()));
  edit.text = text.substr(0, first.begin) + edit.after + text.substr(last_end);
  return edit;
}

const Node* find_entry(const Node& root, std::string_view kind, std::string_view id) {
  const auto* entries = root.find(kind);
  if (entries == nullptr) return nullptr;
  for (const auto& entry : entries->elements) {
    const auto* own = entry.find("id");
    if (own != nullptr && own->text == id) return &entry;
  }
  return nullptr;
}

const Node* find_entry(const Node& root, std::string_view id) {
  for (std::string_view kind : {"duty", "milestone", "action"}) {
    if (const auto* entry = find_entry(root, kind, id)) return entry;
  }
  return nullptr;
}

std::string written_text(std::string_view word, char quote) {
  std::string text;
  if (quote == '\'' && word.contains('\'')) quote = '"';
  text += quote;
  for (char c : word) {
    if (quote == '"' && (c == '"' || c == '\\')) text += '\\';
    text += c;
  }
  return text + quote;
}

std::string written_list(const std::vector<std::string>& words, std::size_t column, char quote,
                         std::string_view line_end) {
  std::string list = "[";
  for (const auto& word : words) {
    if (list.size() > 1) list += ", ";
    list += written_text(word, quote);
  }
  list += "]";
  if (column + display_width(list) <= line_columns) return list;
  list = "[";
  std::string line;
  auto end_line = [&] {
    if (!line.empty()) list += std::string{line_end} + "  " + line;
    line.clear();
  };
  for (const auto& word : words) {
    auto more = written_text(word, quote) + ",";
    if (display_width(line) + display_width(more) + 3 > line_columns) end_line();
    line += (line.empty() ? "" : " ") + more;
  }
  end_line();
  return list + std::string{line_end} + "]";
}

}  // namespace duban::ctl
