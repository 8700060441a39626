#pragma once
// What is wrong with a file, where, and how to mend it: the one form every mistake takes that a
// person can make in a file.

#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"

namespace duban {

enum class Severity { error, warning };

/// A place in a file. Lines and columns count from 1, columns in code points; 0 means unknown.
struct Place {
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  auto operator<=>(const Place&) const = default;
};

/// One mistake. `code` is a stable word for scripts (`unknown-unit`), `message` says what is wrong,
/// `mend` how to put it right (may be empty). `language` is that of those who wrote the file.
struct Diagnostic {
  Severity severity = Severity::error;
  Place place;
  std::string code;
  Bilingual message;
  Bilingual mend;
  Tongue language = Tongue::chinese;
  bool operator==(const Diagnostic&) const = default;
};

using Diagnostics = std::vector<Diagnostic>;

bool has_errors(const Diagnostics& diagnostics);
/// Those of one plan, or of the files that all plans share, are told in its language.
void tell_in(Tongue language, Diagnostics& diagnostics);
/// By file, line, column; equal places keep their order.
void sort_by_place(Diagnostics& diagnostics);
/// In the language of the diagnostic: `file:line:column: error: message; mend` in one line.
std::string format_line(const Diagnostic& diagnostic);
/// The same with the source line and a caret under the place; `source` is the whole text of the
/// file (empty: no excerpt). The caret stands right under wide (Chinese) characters too.
std::string format_with_caret(const Diagnostic& diagnostic, std::string_view source);

/// The candidate nearest to `word` when it is near enough to be meant (edit distance at most a
/// third of its length, at least 1), else empty; nothing for a word of more than
/// limits::guessed_characters. Ties go to the earlier candidate.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace duban
