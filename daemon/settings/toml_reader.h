#pragma once
// The one TOML reader. A file becomes a small tree of values, each with its place, in the order of
// the file; settings/section.h reads it with types. Pure but for the reading of the file.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace duban::settings {

struct Member;

/// A value of a TOML file. Our files write dates as strings: a bare date only names its kind.
struct Node {
  enum class Kind { table, array, text, integer, boolean, date, real };
  Kind kind = Kind::table;
  /// Of a value its first character, of a table its header.
  Place place;
  std::string text;
  std::int64_t number = 0;
  double real = 0;
  bool truth = false;
  /// Of a table, in the order of the file.
  std::vector<Member> members;
  /// Of an array.
  std::vector<Node> elements;

  /// The member of a table, or null.
  const Node* find(std::string_view key) const;
};

/// A key of a table with its value; `place` is the key's.
struct Member {
  std::string key;
  Place place;
  Node value;
};

/// A file as text and as values.
struct TomlFile {
  std::string text;
  Node root;
};

/// The tree of a text that is UTF-8 without a byte order mark (settings/text_file.h); nothing, and
/// one diagnostic, at its first syntax error. `shown` is the file's name in places.
std::optional<Node> parse_toml(std::string_view text, const std::string& shown, Diagnostics& out);

/// Reads and parses a file of at most `bound` bytes; nothing, and one diagnostic, when that fails.
std::optional<TomlFile> read_toml(const std::filesystem::path& path, const std::string& shown,
                                  std::size_t bound, Diagnostics& out);

}  // namespace duban::settings
