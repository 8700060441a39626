#include "settings/toml_reader.h"

#include <algorithm>
#include <array>
#include <toml++/toml.h>

#include "base/text.h"
#include "settings/report.h"
#include "settings/text_file.h"

namespace duban::settings {
namespace {

Place place_of(const toml::source_region& region, const std::string& shown) {
  return {shown, region.begin.line, region.begin.column};
}

Node convert(const toml::node& from, const std::string& shown);

void convert_table(const toml::table& from, const std::string& shown, Node& to) {
  for (const auto& [key, value] : from) {
    to.members.push_back({std::string{key.str()}, place_of(key.source(), shown),
                          convert(value, shown)});
  }
  std::ranges::stable_sort(to.members, {}, &Member::place);
}

Node convert(const toml::node& from, const std::string& shown) {
  Node to;
  to.place = place_of(from.source(), shown);
  if (const auto* table = from.as_table()) {
    convert_table(*table, shown, to);
  } else if (const auto* array = from.as_array()) {
    to.kind = Node::Kind::array;
    for (const auto& element : *array) to.elements.push_back(convert(element, shown));
  } else if (const auto* text = from.as_string()) {
    to.kind = Node::Kind::text;
    to.text = text->get();
  } else if (const auto* number = from.as_integer()) {
    to.kind = Node::Kind::integer;
    to.number = number->get();
  } else if (const auto* truth = from.as_boolean()) {
    to.kind = Node::Kind::boolean;
    to.truth = truth->get();
  } else if (const auto* real = from.as_floating_point()) {
    to.kind = Node::Kind::real;
    to.real = real->get();
  } else {
    to.kind = Node::Kind::date;
  }
  return to;
}

std::string_view line_at(std::string_view text, unsigned line) {
  for (unsigned at = 1; at < line && !text.empty(); ++at) {
    auto end = text.find('\n');
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return text.substr(0, text.find('\n'));
}

// What an input method leaves behind is the commonest cause of a syntax error here.
BilingualView mend_syntax(std::string_view text, unsigned line) {
  auto code = line_at(text, line);
  // Curly quotes, and the full-width forms of , = [ ] and the brackets 【 】.
  constexpr std::array<std::string_view, 10> full_width{
      "“", "”", "‘", "’", "\uFF0C", "\uFF1D", "\uFF3B", "\uFF3D", "【", "】"};
  for (auto mark : full_width) {
    if (code.find(mark) == std::string_view::npos) continue;
    return {"引号、逗号、等号、方括号要用英文半角的:\" , = [ ]",
            "write quotes, commas, equals signs and brackets in ASCII: \" , = [ ]"};
  }
  return {"对照上下几行的写法:文字要成对加英文引号,列表和方括号要收尾",
          "compare it with the lines around it: put text in quotes, close lists and brackets"};
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  auto found = std::ranges::find(members, key, &Member::key);
  return found == members.end() ? nullptr : &found->value;
}

std::optional<Node> parse_toml(std::string_view text, const std::string& shown, Diagnostics& out) {
  try {
    return convert(toml::parse(text, std::string_view{shown}), shown);
  } catch (const toml::parse_error& failure) {
    auto place = place_of(failure.source(), shown);
    error(out, place, "syntax", both("语法错误:{}", "syntax error: {}", failure.description()),
          mend_syntax(text, place.line));
    return std::nullopt;
  }
}

std::optional<TomlFile> read_toml(const std::filesystem::path& path, const std::string& shown,
                                  std::size_t bound, Diagnostics& out) {
  auto text = read_text_file(path, shown, bound, out);
  if (!text) return std::nullopt;
  auto root = parse_toml(*text, shown, out);
  if (!root) return std::nullopt;
  return TomlFile{std::move(*text), std::move(*root)};
}

}  // namespace duban::settings
