#pragma once
// What duban says in each of its languages at once: where a mistake is found, nobody knows yet who
// will read of it.

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/phrase.h"
#include "base/tongue.h"

namespace duban {

/// The same for a table of words that lives as long as the program.
struct BilingualView {
  std::string_view chinese, english;
};

struct Bilingual {
  std::string chinese, english;

  Bilingual() = default;
  Bilingual(std::string_view in_chinese, std::string_view in_english)
      : chinese(in_chinese), english(in_english) {}
  Bilingual(BilingualView view) : Bilingual(view.chinese, view.english) {}

  const std::string& in(Tongue tongue) const;
  bool empty() const { return chinese.empty(); }
  bool operator==(const Bilingual&) const = default;
};

/// What is the same in any language: a name, a path, what the system or a library says.
Bilingual alike(std::string_view text);

/// Whether a text is in the letters of Europe; `“”`, `…` and `–` are.
constexpr bool has_no_chinese(std::string_view text) {
  for (char letter : text) {
    // The first byte, in UTF-8, of what lies from U+3000 on.
    if (static_cast<unsigned char>(letter) >= 0xE3) return false;
  }
  return true;
}

/// A sentence with a place for each value; that it asks for no more is seen when it is compiled.
template <std::size_t values>
class Sentence {
 public:
  template <std::size_t size>
  consteval Sentence(const char (&text)[size]) : text_(text) {
    if (places_in(text_) > values) throw "more places than values";
  }
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// One that does not compile with a Chinese letter in it: what people type is given as a value.
template <std::size_t values>
class EnglishSentence : public Sentence<values> {
 public:
  template <std::size_t size>
  consteval EnglishSentence(const char (&text)[size]) : Sentence<values>(text) {
    if (!has_no_chinese(text)) throw "not in English";
  }
};

/// What stands in a place: a number or a text that is alike in any language, or one of each.
class SaidValue {
 public:
  SaidValue(Bilingual said) : said_(std::move(said)) {}
  SaidValue(BilingualView said) : said_(said) {}
  SaidValue(std::string_view text) : said_(text, text) {}
  SaidValue(const std::string& text) : said_(text, text) {}
  SaidValue(const char* text) : said_(text, text) {}
  template <std::integral Number>
  SaidValue(Number number) : SaidValue(std::to_string(number)) {}
  const Bilingual& said() const { return said_; }

 private:
  Bilingual said_;
};

Bilingual both_filled(std::string_view chinese, std::string_view english,
                      std::initializer_list<SaidValue> values);

/// The same sentence in each language, `{}` for the next value or `{1}` for the second: a language
/// may take them in an order of its own.
template <class... Values>
Bilingual both(Sentence<sizeof...(Values)> chinese, EnglishSentence<sizeof...(Values)> english,
               const Values&... values) {
  return both_filled(chinese.text(), english.text(), {SaidValue{values}...});
}

}  // namespace duban
