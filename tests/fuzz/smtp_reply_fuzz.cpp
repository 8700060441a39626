// A mail server's lines through the dialogue, which is led as io/curl_mail.cpp leads it, and what
// is judged of them.
#include "channel/smtp.h"
#include "fuzz/judged.h"
#include "io/mail_dialogue.h"

namespace {

using namespace duban;
using namespace duban::fuzz;

// What the server says, line by line; nothing more when it has hung up.
class Server {
 public:
  explicit Server(std::string_view text) : text_(text) {}
  /// Until the dialogue has its answer; false when none comes.
  bool speak(io::MailDialogue& dialogue) {
    while (!dialogue.answered()) {
      if (text_.empty() || dialogue.talks_too_much()) return false;
      dialogue.heard(take_line(text_));
    }
    return true;
  }
  bool answer(io::MailDialogue& dialogue, std::string_view command) {
    dialogue.sent(command);
    return speak(dialogue) && dialogue.reply().code < 400;
  }

 private:
  std::string_view text_;
};

// True when the message was handed over.
bool lead(Server& server, io::MailDialogue& dialogue, bool login, std::size_t recipients) {
  if (!server.speak(dialogue) || !server.answer(dialogue, "EHLO example.org")) return false;
  if (login) {
    if (!server.answer(dialogue, "AUTH LOGIN")) return false;
    for (const auto* line : {"ZHViYW4=", "QUIT"}) {
      dialogue.sent(line);
      if (!server.speak(dialogue)) return false;
    }
  }
  if (!server.answer(dialogue, "MAIL FROM:<duban@example.org>")) return false;
  for (std::size_t at = 0; at < recipients; ++at) {
    dialogue.sent("RCPT TO:<edu@example.org>");
    if (!server.speak(dialogue)) return false;
  }
  if (dialogue.refused()) return false;
  if (!server.answer(dialogue, "DATA") || !dialogue.asked_for_message()) return false;
  dialogue.sent_message();
  server.speak(dialogue);
  return true;
}

void check_reply(const io::MailReply& reply) {
  auto is_code = [](int code) { return code >= 0 && code <= 999; };
  require(is_code(reply.code), "a code has three digits");
  require(reply.text.size() <= 2 * limits::reply_bytes, "a reply is bounded");
  for (const auto& one : reply.recipients) require(is_code(one.code), "a code has three digits");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  bool login = (data[0] & 1) != 0;
  std::size_t recipients = 1 + (data[0] >> 1) % 3;
  io::MailDialogue dialogue(std::vector<std::string>(recipients, "edu@example.org"));
  Server server{text_of(data + 1, size - 1)};
  bool handed_over = lead(server, dialogue, login, recipients);
  const auto& reply = dialogue.reply();
  check_reply(reply);
  require(reply.recipients.size() == recipients, "nobody is forgotten");
  auto outcome = channel::judge_mail(reply, "Subject: x\r\n\r\n.\r\n");
  check_outcome(outcome);
  bool delivered = outcome.outcome == AttemptOutcome::delivered;
  require(!delivered || handed_over, "what was not handed over is not delivered");
  require(!delivered || reply.recipients.front().code / 100 == 2, "who was refused has nothing");
  return 0;
}
