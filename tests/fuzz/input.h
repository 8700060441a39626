#pragma once
// What the fuzzers share: an input cut into pieces that a person can read and edit, and what must
// hold of it.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/text.h"

namespace duban::fuzz {

/// Ends the program, so that the input is kept, where something does not hold.
inline void require(bool holds, std::string_view what, std::string_view seen = {}) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n%.*s\n", static_cast<int>(what.size()), what.data(),
               static_cast<int>(seen.size()), seen.data());
  std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Cuts off the first line; its end is neither in it nor in what is left.
inline std::string_view take_line(std::string_view& text) {
  auto end = text.find('\n');
  auto line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  return line;
}

/// The pieces of an input by their names: what follows a line `=== name`, to the next one.
inline std::map<std::string, std::string> pieces_of(std::string_view text) {
  constexpr std::string_view mark = "=== ";
  std::map<std::string, std::string> pieces;
  std::string* piece = nullptr;
  while (!text.empty()) {
    auto line = take_line(text);
    if (line.starts_with(mark)) {
      piece = &pieces[std::string{line.substr(mark.size())}];
    } else if (piece != nullptr) {
      piece->append(line).append("\n");
    }
  }
  return pieces;
}

/// A mistake as every mistake must be: with a stable word, a text, and a place in `text` where it
/// names a line.
inline void check_diagnostic(const Diagnostic& diagnostic, std::string_view text) {
  auto line = format_line(diagnostic);
  require(!diagnostic.code.empty() && !diagnostic.message.empty(), "it says what is wrong", line);
  require(!diagnostic.place.file.empty(), "it says where", line);
  require(is_utf8_text(line) && !line.contains('\n'), "it is one line of text", line);
  require(line.size() < 4096, "it is short", line);
  std::size_t lines = 1;
  for (char c : text) lines += c == '\n' ? 1 : 0;
  require(diagnostic.place.line <= lines, "the line is in the file", line);
  auto shown = format_with_caret(diagnostic, text);
  require(shown.size() < 3 * text.size() + 8192, "the excerpt is bounded", line);
}

}  // namespace duban::fuzz
