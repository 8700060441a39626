#pragma once
// Finds the tags of a Mustache text, with their places.

#include <optional>
#include <string_view>
#include <vector>

namespace duban::message {

/// `{{> rows}}` names the file `rows.mustache`.
inline constexpr std::string_view template_suffix = ".mustache";

struct Tag {
  enum class Kind { variable, raw, section, inverted, close, partial, comment, delimiter };
  Kind kind = Kind::variable;
  /// Without blanks and the sign of its kind.
  std::string_view name;
  /// From the first brace to after the last one, in bytes.
  std::size_t begin = 0, end = 0;
};

struct Scan {
  std::vector<Tag> tags;
  /// Where a tag begins that never ends.
  std::optional<std::size_t> unclosed;
};

/// Views point into `text`.
Scan scan(std::string_view text);

}  // namespace duban::message
