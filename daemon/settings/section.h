#pragma once
// One table of a file, read by name and type. Every call that asks for a key notes its name, so
// finish() can tell every key that nobody asked for; what is wrong is collected, and the reader
// goes on with a fallback.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bilingual.h"
#include "settings/toml_reader.h"

namespace duban::settings {

/// A value and where it stands.
template <class T>
struct Placed {
  T value{};
  Place place;
};

using Word = Placed<std::string>;
using Words = std::vector<Word>;

struct Named;

class Section {
 public:
  /// `what` names the table in messages: `[[duty]]`. The node and the diagnostics must outlive the
  /// section.
  Section(const Node& table, const SaidValue& what, Diagnostics& out);

  const Place& place() const { return node_->place; }
  const Bilingual& what() const { return what_; }
  Diagnostics& diagnostics() const { return *out_; }
  /// Whether a key is written, of whatever type; notes it.
  bool has(std::string_view key);
  /// The value as it is, for forms of its own; notes the key.
  const Node* any(std::string_view key);

  /// Empty when not written or of a wrong type (which is reported).
  std::optional<Word> text(std::string_view key);
  /// Reports a missing key and an empty text too.
  std::optional<Word> required_text(std::string_view key);
  /// A text or a list of texts.
  std::optional<Words> texts(std::string_view key);
  std::optional<Words> required_texts(std::string_view key);
  /// Reports a number outside [least, most].
  std::optional<Placed<std::int64_t>> integer(std::string_view key, std::int64_t least,
                                              std::int64_t most);
  std::optional<bool> boolean(std::string_view key);
  /// `[key]`, or an inline table.
  std::optional<Section> table(std::string_view key);
  /// `[[key]]`, in the order of the file.
  std::vector<Section> tables(std::string_view key);
  /// `[key.name]`, in the order of the file.
  std::vector<Named> named_tables(std::string_view key);
  /// One of a few words; reports any other.
  template <class Set>
  std::optional<Set> choice(std::string_view key,
                            std::initializer_list<std::pair<std::string_view, Set>> words);

  /// Whether a key is not written but another, close to it, is: what hangs on it is not judged.
  bool misspelt(std::string_view key) const;
  /// Reports that a key is missing, at the table's place; not where it only is misspelt.
  void missing(std::string_view key, Bilingual mend = {});
  /// Reports every key that was not asked for. Call once, at the end.
  void finish();

 private:
  void wrong_type(const Node& node, std::string_view key, const Bilingual& wanted);
  void wrong_word(const Word& word, std::string_view key, const std::vector<std::string>& words);
  std::optional<Word> text_of(const Node& node, std::string_view key);

  const Node* node_;
  Bilingual what_;
  Diagnostics* out_;
  std::vector<std::string> asked_;
  std::vector<Diagnostic> missing_;
  std::vector<std::string> missing_keys_;
};

/// A table with the name it stands under.
struct Named {
  Word name;
  Section section;
};

template <class Set>
std::optional<Set> Section::choice(std::string_view key,
                                   std::initializer_list<std::pair<std::string_view, Set>> words) {
  auto written = text(key);
  if (!written) return std::nullopt;
  std::vector<std::string> known;
  for (const auto& [word, member] : words) {
    if (word == written->value) return member;
    known.emplace_back(word);
  }
  wrong_word(*written, key, known);
  return std::nullopt;
}

}  // namespace duban::settings
