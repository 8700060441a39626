#pragma once
// What an IMAP server answers to one command (RFC 3501, 7), line by line.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace duban::io {

/// A number that a text is; nothing where it is none, or above 32 bits.
std::optional<std::uint32_t> imap_number(std::string_view text);

/// A text as a quoted string (RFC 3501, 4.3).
std::string imap_quoted(std::string_view text);

class ImapAnswer {
 public:
  explicit ImapAnswer(std::string tag) : tag_(std::move(tag)) {}

  /// A line, without its end. The number of bytes that follow it as a literal, before the next
  /// line goes on where this one stopped.
  std::optional<std::size_t> heard(std::string_view line);
  void heard_literal(std::string bytes);

  bool ended() const { return !status_.empty(); }
  bool is_ok() const { return status_ == "OK"; }
  /// What the server said at the end, for people.
  const std::string& words() const { return words_; }

  /// UIDVALIDITY of the folder that was opened; 0: not said.
  std::uint32_t uid_validity() const { return uid_validity_; }
  /// What a search found, in the server's order.
  const std::vector<std::uint32_t>& found() const { return found_; }
  /// The literal of a FETCH; nothing where there was none.
  std::optional<std::string>& fetched() { return fetched_; }

 private:
  void heard_untagged(std::string_view line);

  std::string tag_;
  std::string status_, words_;
  std::uint32_t uid_validity_ = 0;
  std::vector<std::uint32_t> found_;
  std::optional<std::string> fetched_;
  /// Of the response whose literal is being read.
  bool in_response_ = false, in_fetch_ = false;
};

}  // namespace duban::io
