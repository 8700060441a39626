#include "io/imap_dialogue.h"

#include <charconv>

#include "base/text.h"

namespace duban::io {
namespace {

// Case does not matter in IMAP's own words (RFC 3501, 9).
bool is_word(std::string_view text, std::string_view word) { return small_letters(text) == word; }

std::string_view take_word(std::string_view& rest) {
  auto end = rest.find(' ');
  auto word = rest.substr(0, end);
  rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  return word;
}

// `… {120}`
std::optional<std::size_t> literal_at_end(std::string_view line) {
  auto open = line.rfind('{');
  if (!line.ends_with('}') || open == line.npos) return std::nullopt;
  return imap_number(line.substr(open + 1, line.size() - open - 2));
}

}  // namespace

std::optional<std::uint32_t> imap_number(std::string_view text) {
  std::uint32_t number = 0;
  auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string imap_quoted(std::string_view text) {
  std::string quoted{'"'};
  for (char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::optional<std::size_t> ImapAnswer::heard(std::string_view line) {
  const auto literal = literal_at_end(line);
  auto rest = line;
  auto first = in_response_ ? std::string_view{} : take_word(rest);
  if (!in_response_ && first == tag_) {
    auto status = take_word(rest);
    status_ = is_word(status, "ok") ? "OK" : std::string{status.empty() ? "BAD" : status};
    words_ = rest;
    return std::nullopt;
  }
  if (first == "*") heard_untagged(rest);
  in_response_ = literal.has_value();
  if (!in_response_) in_fetch_ = false;
  return literal;
}

void ImapAnswer::heard_untagged(std::string_view line) {
  auto rest = line;
  auto word = take_word(rest);
  if (is_word(word, "search")) {
    while (!rest.empty()) {
      if (auto uid = imap_number(take_word(rest)); uid && *uid != 0) found_.push_back(*uid);
    }
  } else if (is_word(word, "ok") && is_word(rest.substr(0, 13), "[uidvalidity ")) {
    auto number = rest.substr(13);
    uid_validity_ = imap_number(number.substr(0, number.find(']'))).value_or(0);
  } else if (imap_number(word)) {
    in_fetch_ = is_word(take_word(rest), "fetch");
  }
}

void ImapAnswer::heard_literal(std::string bytes) {
  if (in_fetch_ && !fetched_) fetched_ = std::move(bytes);
}

}  // namespace duban::io
