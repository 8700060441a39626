#pragma once
// Follows an SMTP dialogue by its lines: which step the server last answered, and what it said of
// each recipient.

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
  /// The message went out, after asked_for_message().
  void sent_message();
  /// A line that the server sent.
  void heard(std::string_view line);

  /// What the server last said about this mail, and to which step.
  const MailReply& reply() const { return reply_; }
  /// The server has refused a step (a 4yz or 5yz that ends the dialogue), or accepted no recipient.
  bool refused() const;
  /// The server has answered what was last sent.
  bool answered() const { return reply_.code != 0; }
  /// The message was asked for (354).
  bool asked_for_message() const {
    return reply_.step == MailStep::data && reply_.code == 354;
  }
  /// The server has said more than anybody needs to.
  bool talks_too_much() const;

 private:
  void begin(MailStep step);
  void finish_reply(int code);

  MailReply reply_;
  std::size_t next_recipient_ = 0;
  std::string text_;
  std::size_t heard_bytes_ = 0;
  bool over_ = false;
};

}  // namespace duban::io
