#include "ctl/entry_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/limits.h"
#include "ctl/toml_edit.h"
#include "settings/report.h"

namespace duban::ctl {
namespace {

using engine::Refusal;
using settings::Node;

/// Where the equals sign stands when there are no lines around to look at.
constexpr std::size_t usual_column = 7;

struct ReadText {
  std::string mark, body;
  Node root;
};

std::expected<ReadText, Refusal> read(const std::string& text) {
  ReadText read;
  if (text.starts_with(byte_order_mark)) read.mark = byte_order_mark;
  read.body = text.substr(read.mark.size());
  Diagnostics wrong;
  auto root = settings::parse_toml(read.body, "", wrong);
  if (!root) {
    return std::unexpected(
        Refusal{"bad-file", both("文件有错,没有改", "the file has mistakes; nothing was changed"),
                both("先运行 dubanctl check", "run dubanctl check first")});
  }
  read.root = std::move(*root);
  return read;
}

Refusal by_hand(std::string_view kind) {
  return {"edit-by-hand",
          both("文件里的 {0} 不是按 [[{0}]] 逐行写的,不能替你改",
               "{0} in the file is not written line by line as [[{0}]]; it cannot be edited for "
               "you",
               kind),
          both("请直接改文件", "edit the file yourself")};
}

// How lines are written: read from those of one entry.
struct Style {
  std::string indent;
  std::size_t column = usual_column;
  char quote = '"';
  std::string_view line_end = "\n";
  /// In the order of that entry.
  std::vector<std::string> keys;
};

std::string_view trimmed(std::string_view line) {
  auto begin = line.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view{} : line.substr(begin);
}

std::string_view line_of(std::string_view body, unsigned number) {
  auto [begin, end] = line_at(body, number);
  return body.substr(begin, end - begin);
}

void take_style(std::string_view body, const Node& entry, Style& style) {
  for (const auto& member : entry.members) style.keys.push_back(member.key);
  auto id = std::ranges::find(entry.members, "id", &settings::Member::key);
  if (id == entry.members.end()) return;
  auto line = line_of(body, id->place.line);
  auto equals = line.find('=');
  if (!trimmed(line).starts_with("id") || equals == std::string_view::npos) return;
  style.indent = line.substr(0, line.size() - trimmed(line).size());
  style.column = equals - style.indent.size();
  if (line.find('\'', equals) != std::string_view::npos && !line.contains('"')) style.quote = '\'';
}

Style style_of(const ReadText& read, std::string_view kind) {
  Style style;
  if (read.body.contains("\r\n")) style.line_end = "\r\n";
  for (auto other : {kind, std::string_view{"milestone"}, std::string_view{"action"},
                     std::string_view{"task"}}) {
    const auto* entries = read.root.find(other);
    if (entries == nullptr || entries->elements.empty()) continue;
    take_style(read.body, entries->elements.back(), style);
    if (other != kind) style.keys.clear();
    break;
  }
  return style;
}

std::string line_for(const EntryField& field, const Style& style) {
  auto blanks = field.key.size() < style.column ? style.column - field.key.size() : 1;
  auto head = style.indent + field.key + std::string(blanks, ' ') + "= ";
  if (field.words.size() == 1) return head + written_text(field.words.front(), style.quote);
  return head + written_list(field.words, head.size(), style.quote, style.line_end);
}

// In the order of the entries around; what they lack comes in the order given.
std::vector<EntryField> in_order(std::vector<EntryField> fields, const Style& style) {
  auto rank = [&](const EntryField& field) {
    return std::ranges::find(style.keys, field.key) - style.keys.begin();
  };
  std::ranges::stable_sort(fields, {}, rank);
  return fields;
}

std::string entry_text(std::string_view kind, const std::vector<EntryField>& fields,
                       const Style& style) {
  auto text = fmt::format("{}[[{}]]{}", style.indent, kind, style.line_end);
  for (const auto& field : in_order(fields, style)) {
    text += line_for(field, style);
    text += style.line_end;
  }
  return text;
}

unsigned line_count(std::string_view body) {
  auto lines = static_cast<unsigned>(std::ranges::count(body, '\n'));
  return body.empty() || body.ends_with('\n') ? lines : lines + 1;
}

// The line of the next table's header below `line`, or one behind the last.
unsigned next_header(const ReadText& read, unsigned line) {
  auto next = line_count(read.body) + 1;
  auto take = [&](unsigned header) {
    if (header > line) next = std::min(next, header);
  };
  for (const auto& member : read.root.members) {
    if (member.value.kind == Node::Kind::table) take(member.value.place.line);
    for (const auto& element : member.value.elements) take(element.place.line);
  }
  return next;
}

bool is_blank(std::string_view line) { return trimmed(line).empty(); }
bool is_remark(std::string_view line) { return trimmed(line).starts_with('#'); }

// The last line of an entry, with remarks close below that are not the next one's.
unsigned last_line(const ReadText& read, const Node& entry) {
  auto next = next_header(read, entry.place.line);
  auto last = next - 1;
  while (last > entry.place.line &&
         (is_blank(line_of(read.body, last)) || is_remark(line_of(read.body, last)))) {
    --last;
  }
  auto below = last;
  while (below + 1 < next && is_remark(line_of(read.body, below + 1))) ++below;
  bool touches_next = below + 1 == next && next <= line_count(read.body);
  return touches_next ? last : below;
}

// The last line of a commented-out sample of that kind.
std::optional<unsigned> sample_end(std::string_view body, std::string_view kind) {
  auto wanted = fmt::format("[[{}]]", kind);
  auto count = line_count(body);
  for (unsigned line = 1; line <= count; ++line) {
    auto text = line_of(body, line);
    if (!is_remark(text) || !trimmed(trimmed(text).substr(1)).starts_with(wanted)) continue;
    while (line < count && is_remark(line_of(body, line + 1))) ++line;
    return line;
  }
  return std::nullopt;
}

// Above the first entry of a kind and the remarks that introduce it.
std::optional<unsigned> above_first(const ReadText& read, std::string_view kind) {
  const auto* entries = read.root.find(kind);
  if (entries == nullptr || entries->elements.empty()) return std::nullopt;
  auto line = entries->elements.front().place.line - 1;
  while (line > 0 && is_remark(line_of(read.body, line))) --line;
  return line;
}

// The line after which a new entry goes.
std::expected<unsigned, Refusal> place_for(const ReadText& read, std::string_view kind) {
  const auto* entries = read.root.find(kind);
  if (entries != nullptr && !entries->elements.empty()) {
    const auto& last = entries->elements.back();
    auto header = fmt::format("[[{}]]", kind);
    if (!trimmed(line_of(read.body, last.place.line)).starts_with(header)) {
      return std::unexpected(by_hand(kind));
    }
    return last_line(read, last);
  }
  if (entries != nullptr) return std::unexpected(by_hand(kind));
  if (auto sample = sample_end(read.body, kind)) return *sample;
  auto actions = kind == "milestone" ? above_first(read, "action") : std::nullopt;
  return actions.value_or(line_count(read.body));
}

// The bytes of the lines up to and with `line`.
std::size_t end_of_line(std::string_view body, unsigned line) {
  return line >= line_count(body) ? body.size() : line_at(body, line + 1).begin;
}

bool says(const Node& value, const EntryField& field) {
  if (value.kind == Node::Kind::text) {
    return field.words.size() == 1 && value.text == field.words.front();
  }
  return value.kind == Node::Kind::array &&
         std::ranges::equal(value.elements, field.words, {}, &Node::text);
}

// The body with one value changed, or written as the last line of its entry.
std::expected<std::string, Refusal> with_field(const ReadText& file, const Node& entry,
                                               const EntryField& field) {
  Style style;
  if (file.body.contains("\r\n")) style.line_end = "\r\n";
  take_style(file.body, entry, style);
  const auto* value = entry.find(field.key);
  if (value == nullptr) {
    auto at = end_of_line(file.body, last_line(file, entry));
    auto before = file.body.substr(0, at);
    if (!before.ends_with('\n')) before += style.line_end;
    return before + line_for(field, style) + std::string{style.line_end} + file.body.substr(at);
  }
  if (says(*value, field)) return file.body;
  auto written = field.words.size() == 1
                     ? written_text(field.words.front(), style.quote)
                     : written_list(field.words, style.column + 2, style.quote, style.line_end);
  if (auto edit = replace_value(file.body, *value, written)) return edit->text;
  return std::unexpected(
      Refusal{"edit-by-hand",
              both("{} 写法特别,不能替你改",
                   "{} is written in an unusual way; it cannot be edited for you", field.key),
              both("请直接改文件", "edit the file yourself")});
}

}  // namespace

std::expected<std::string, Refusal> add_entry(const std::string& text, std::string_view kind,
                                              const std::vector<EntryField>& fields) {
  auto file = read(text);
  if (!file) return std::unexpected(file.error());
  auto after = place_for(*file, kind);
  if (!after) return std::unexpected(after.error());
  auto style = style_of(*file, kind);
  auto at = end_of_line(file->body, *after);
  auto before = file->body.substr(0, at), rest = file->body.substr(at);
  if (!before.empty() && !before.ends_with('\n')) before += style.line_end;
  if (*after > 0 && !is_blank(line_of(before, *after))) before += style.line_end;
  auto entry = entry_text(kind, fields, style);
  if (!rest.empty() && !is_blank(line_of(rest, 1))) entry += style.line_end;
  return file->mark + before + entry + rest;
}

std::expected<std::string, Refusal> change_entry(const std::string& text, std::string_view kind,
                                                 std::string_view id,
                                                 const std::vector<EntryField>& fields) {
  auto result = text;
  for (const auto& field : fields) {
    auto file = read(result);
    if (!file) return std::unexpected(file.error());
    const auto* entry = find_entry(file->root, kind, id);
    if (entry == nullptr) return std::unexpected(by_hand(kind));
    auto body = with_field(*file, *entry, field);
    if (!body) return body;
    result = file->mark + *body;
  }
  return result;
}

std::string next_id(std::string_view text, std::string_view stem) {
  unsigned highest = 0;
  auto head = fmt::format("{}-", stem);
  for (auto at = text.find(head); at != std::string_view::npos; at = text.find(head, at + 1)) {
    bool starts = at > 0 && (text[at - 1] == '"' || text[at - 1] == '\'');
    unsigned number = 0;
    const auto* begin = text.data() + at + head.size();
    auto [end, failed] = std::from_chars(begin, text.data() + text.size(), number);
    bool ends = end != text.data() + text.size() && (*end == '"' || *end == '\'');
    if (starts && ends && failed == std::errc{} && number < limits::plan_entries) {
      highest = std::max(highest, number);
    }
  }
  return fmt::format("{}-{}", stem, highest + 1);
}

}  // namespace duban::ctl
