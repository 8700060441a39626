#pragma once
// One value of a TOML file changed where it stands: every other byte, comments above all, stays.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "settings/toml_reader.h"

namespace duban::ctl {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

struct ValueEdit {
  /// The whole text after the edit.
  std::string text;
  /// The line of the value's first character, and the lines it stood and stands on, without their
  /// last end.
  unsigned line = 0;
  std::string before, after;
};

/// `value` is a text or a list of texts in `text`, `written` what is to stand for it. A comment
/// behind it stays in its column where it can. Nothing where the value is not written plainly (a
/// text on one line; a list without comments in it). `text` is without a byte order mark; its lines
/// may end in CRLF.
std::optional<ValueEdit> replace_value(const std::string& text, const settings::Node& value,
                                       std::string_view written);

/// The entry of that id (a duty, a milestone, an action; or of one of these kinds), or null.
const settings::Node* find_entry(const settings::Node& root, std::string_view id);
const settings::Node* find_entry(const settings::Node& root, std::string_view kind,
                                 std::string_view id);

/// A line's first byte, and the byte after its last, its end (LF or CRLF) left out.
struct LineSpan {
  std::size_t begin = 0, end = 0;
};
/// Lines count from 1; behind the last one it is the end of the text.
LineSpan line_at(std::string_view text, unsigned number);

/// A text between quotes, or `["a", "b"]` for a list; long lists go over several lines. `quote` is
/// `"` or `'`: the latter where no word holds one.
std::string written_text(std::string_view word, char quote = '"');
std::string written_list(const std::vector<std::string>& words, std::size_t column, char quote,
                         std::string_view line_end);

}  // namespace duban::ctl
