#pragma once
// Follows an SMTP dialogue by its lines. libcurl answers 250 even when it had to skip recipients
// that were refused, so who was told what is only to be had from the lines themselves.

#include <string>
#include <string_view>
#include <vector>

#include "io/transport.h"

namespace duban::io {

class MailDialogue {
 public:
  explicit MailDialogue(const std::vector<std::string>& recipients);

  /// A line that we sent, login lines included; nothing of them is kept.
  void sent(std::string_view line);
  /// A line that the server sent.
  void heard(std::string_view line);

  /// What the server last said about this mail, and to which step.
  const MailReply& reply() const { return reply_; }
  /// The server has refused a step (a 4yz or 5yz that ends the dialogue, or all recipients).
  bool refused() const;
  /// The message was asked for (354).
  bool asked_for_message() const { return reply_.step == MailStep::message; }

 private:
  void finish_reply(int code);

  MailReply reply_;
  std::size_t next_recipient_ = 0;
  std::string text_;
  bool over_ = false;
};

}  // namespace duban::io
