#include "settings/report.h"

#include "base/text.h"

namespace duban::settings {
namespace {

constexpr std::size_t few = 8;
constexpr std::size_t quoted_characters = 40;

void add(Diagnostics& out, Severity severity, const Place& place, std::string_view code,
         Bilingual message, Bilingual mend) {
  out.push_back({severity, place, std::string{code}, std::move(message), std::move(mend)});
}

}  // namespace

void error(Diagnostics& out, const Place& place, std::string_view code, Bilingual message,
           Bilingual mend) {
  add(out, Severity::error, place, code, std::move(message), std::move(mend));
}

void warning(Diagnostics& out, const Place& place, std::string_view code, Bilingual message,
             Bilingual mend) {
  add(out, Severity::warning, place, code, std::move(message), std::move(mend));
}

Bilingual suggest(std::string_view word, const std::vector<std::string>& candidates) {
  auto near = did_you_mean(word, candidates);
  if (!near.empty()) return both("是不是{}?", "did you mean {}?", in_quotes(near));
  if (candidates.empty() || candidates.size() > few) return {};
  return both("可用:{}", "one of: {}", listed(candidates));
}

std::string in_quotes(std::string_view word) { return "“" + shortened(word) + "”"; }

std::string shortened(std::string_view word) {
  std::string shown;
  for (char32_t c : decode_utf8(first_characters(word, quoted_characters))) {
    shown += c < 0x20 || c == 0x7F ? std::string{"?"} : encode_utf8(c);
  }
  bool cut = first_characters(word, quoted_characters).size() < word.size();
  return shown + (cut ? "…" : "");
}

Bilingual listed(const std::vector<std::string>& words) {
  Bilingual text;
  for (const auto& word : words) {
    text = text.empty() ? alike(word) : both("{}、{}", "{}, {}", text, word);
  }
  return text;
}

}  // namespace duban::settings
