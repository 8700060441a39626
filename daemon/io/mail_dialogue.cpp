#include "io/mail_dialogue.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/limits.h"

namespace duban::io {
namespace {

std::string_view without_line_end(std::string_view line) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// The step a command begins; empty for what goes on with the one before (login lines, QUIT).
std::optional<MailStep> step_of(std::string_view command) {
  if (command.starts_with("EHLO ") || command.starts_with("HELO ")) return MailStep::hello;
  if (command == "STARTTLS") return MailStep::starttls;
  if (command.starts_with("AUTH ")) return MailStep::login;
  if (command.starts_with("MAIL FROM:")) return MailStep::sender;
  if (command.starts_with("RCPT TO:")) return MailStep::recipient;
  if (command == "DATA") return MailStep::data;
  return std::nullopt;
}

int code_of(std::string_view line) {
  if (line.size() < 3) return 0;
  int code = 0;
  for (char c : line.substr(0, 3)) {
    if (c < '0' || c > '9') return 0;
    code = code * 10 + (c - '0');
  }
  return code;
}

}  // namespace

MailDialogue::MailDialogue(const std::vector<std::string>& recipients) {
  for (const auto& address : recipients) reply_.recipients.push_back({address, 0, {}});
}

void MailDialogue::sent(std::string_view line) {
  line = without_line_end(line);
  text_.clear();
  // Base64 of a name or password can spell DATA or QUIT; only what has a blank ends a login.
  bool in_login = reply_.step == MailStep::login && reply_.code < 400;
  if (in_login && !line.contains(' ')) return;
  if (line == "QUIT") over_ = true;
  auto step = step_of(line);
  if (over_ || !step) return;
  if (reply_.step == MailStep::recipient && reply_.code != 0) ++next_recipient_;
  begin(*step);
}

void MailDialogue::sent_message() { begin(MailStep::message); }

void MailDialogue::begin(MailStep step) {
  reply_.step = step;
  reply_.code = 0;
  reply_.text.clear();
}

void MailDialogue::heard(std::string_view line) {
  heard_bytes_ += line.size();
  line = without_line_end(line);
  int code = code_of(line);
  if (over_ || code == 0) return;
  bool goes_on = line.size() > 3 && line[3] == '-';
  auto said = line.substr(std::min<std::size_t>(4, line.size()));
  if (!talks_too_much()) text_.append(text_.empty() ? "" : " ").append(said);
  if (!goes_on) finish_reply(code);
}

void MailDialogue::finish_reply(int code) {
  reply_.code = code;
  reply_.text = std::exchange(text_, {});
  if (reply_.step == MailStep::recipient && next_recipient_ < reply_.recipients.size()) {
    reply_.recipients[next_recipient_].code = code;
    reply_.recipients[next_recipient_].text = reply_.text;
  }
}

bool MailDialogue::talks_too_much() const { return heard_bytes_ > limits::reply_bytes; }

bool MailDialogue::refused() const {
  if (reply_.step != MailStep::recipient) return reply_.code >= 400;
  return std::ranges::all_of(reply_.recipients, [](const auto& r) {
    return r.code != 0 && (r.code < 200 || r.code >= 300);
  });
}

}  // namespace duban::io
