#include "base/diagnostic.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

#include "base/limits.h"
#include "base/text.h"

namespace duban {
namespace {

std::string_view line_of(std::string_view source, unsigned line) {
  for (unsigned at = 1; at < line; ++at) {
    auto end = source.find('\n');
    if (end == std::string_view::npos) return {};
    source.remove_prefix(end + 1);
  }
  auto text = source.substr(0, source.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

// Letters added, left out, changed, or two neighbours swapped (the commonest slip of all).
std::size_t edit_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, above);
    std::swap(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, change});
      bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

bool has_errors(const Diagnostics& diagnostics) {
  return std::ranges::any_of(diagnostics,
                             [](const auto& d) { return d.severity == Severity::error; });
}

void tell_in(Tongue language, Diagnostics& diagnostics) {
  for (auto& diagnostic : diagnostics) diagnostic.language = language;
}

void sort_by_place(Diagnostics& diagnostics) {
  std::ranges::stable_sort(diagnostics, {}, &Diagnostic::place);
}

std::string format_line(const Diagnostic& diagnostic) {
  const auto& place = diagnostic.place;
  std::string where = place.file;
  if (place.line != 0) where += fmt::format(":{}:{}", place.line, place.column);
  const auto* word = diagnostic.severity == Severity::error ? "error" : "warning";
  auto text = fmt::format("{}: {}: {}", where, word,
                          diagnostic.message.in(diagnostic.language));
  if (!diagnostic.mend.empty()) text += "; " + diagnostic.mend.in(diagnostic.language);
  return text;
}

std::string format_with_caret(const Diagnostic& diagnostic, std::string_view source) {
  auto text = format_line(diagnostic);
  // The line of a secret written as a value holds the secret (I8).
  bool hides_source = diagnostic.code == "secret-value";
  if (diagnostic.place.line == 0 || source.empty() || hides_source) return text;
  auto line = line_of(source, diagnostic.place.line);
  std::string shown;
  for (char32_t c : decode_utf8(line)) shown += c == U'\t' ? std::string{" "} : encode_utf8(c);
  auto before = diagnostic.place.column > 0 ? diagnostic.place.column - 1 : 0;
  auto margin = fmt::format("{:>5} | ", diagnostic.place.line);
  auto indent = display_width(first_characters(shown, before));
  return fmt::format("{}\n{}{}\n      | {}^", text, margin, shown, std::string(indent, ' '));
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  auto wanted = decode_utf8(word.substr(0, 4 * limits::guessed_characters + 1));
  if (wanted.size() > limits::guessed_characters) return {};
  std::size_t best = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  std::string found;
  for (const auto& candidate : candidates) {
    auto known = decode_utf8(candidate);
    auto longer = std::max(known.size(), wanted.size()) - std::min(known.size(), wanted.size());
    auto distance = longer < best ? edit_distance(wanted, known) : longer;
    if (distance >= best) continue;
    best = distance;
    found = candidate;
  }
  return found;
}

}  // namespace duban
