#include "io/mail_dialogue.h"

#include <gtest/gtest.h>

namespace duban::io {
namespace {

void say(MailDialogue& dialogue, std::string_view command, std::string_view reply) {
  dialogue.sent(command);
  dialogue.heard(reply);
}

MailDialogue logged_in(const std::vector<std::string>& recipients) {
  MailDialogue dialogue(recipients);
  dialogue.heard("220 hello");
  say(dialogue, "EHLO x", "250 x");
  return dialogue;
}

TEST(MailDialogue, keeps_what_was_said_of_each_recipient) {
  auto dialogue = logged_in({"a@x", "b@x", "c@x"});
  say(dialogue, "MAIL FROM:<d@x>", "250 ok");
  say(dialogue, "RCPT TO:<a@x>", "550 5.1.1 none");
  say(dialogue, "RCPT TO:<b@x>", "250 ok");
  say(dialogue, "RCPT TO:<c@x>", "452 full");
  EXPECT_FALSE(dialogue.refused());
  EXPECT_EQ(dialogue.reply().recipients[0].code, 550);
  EXPECT_EQ(dialogue.reply().recipients[0].text, "5.1.1 none");
  EXPECT_EQ(dialogue.reply().recipients[1].code, 250);
  EXPECT_EQ(dialogue.reply().recipients[2].code, 452);
}

TEST(MailDialogue, is_refused_when_all_recipients_are) {
  auto dialogue = logged_in({"a@x", "b@x"});
  say(dialogue, "MAIL FROM:<d@x>", "250 ok");
  say(dialogue, "RCPT TO:<a@x>", "550 no");
  EXPECT_FALSE(dialogue.refused());
  say(dialogue, "RCPT TO:<b@x>", "450 no");
  EXPECT_TRUE(dialogue.refused());
}

TEST(MailDialogue, joins_a_reply_of_many_lines) {
  auto dialogue = logged_in({"a@x"});
  dialogue.sent("MAIL FROM:<d@x>\r\n");
  dialogue.heard("550-5.7.1 one\r\n");
  EXPECT_FALSE(dialogue.answered());
  dialogue.heard("550 5.7.1 two\r\n");
  EXPECT_TRUE(dialogue.answered());
  EXPECT_EQ(dialogue.reply().text, "5.7.1 one 5.7.1 two");
}

TEST(MailDialogue, a_password_that_spells_a_command_is_none) {
  auto dialogue = logged_in({"a@x"});
  say(dialogue, "AUTH LOGIN", "334 VXNlcm5hbWU6");
  say(dialogue, "DATA", "334 UGFzc3dvcmQ6");
  say(dialogue, "QUIT", "535 no");
  EXPECT_EQ(dialogue.reply().step, MailStep::login);
  EXPECT_EQ(dialogue.reply().code, 535);
  say(dialogue, "QUIT", "221 bye");
  EXPECT_EQ(dialogue.reply().code, 535);
}

TEST(MailDialogue, takes_no_reply_for_one_that_is_no_reply) {
  auto dialogue = logged_in({"a@x"});
  dialogue.sent("MAIL FROM:<d@x>");
  for (const auto* line : {"", "25", "abc ok", "2x0 ok", "HTTP/1.1 200 OK"}) dialogue.heard(line);
  EXPECT_FALSE(dialogue.answered());
}

}  // namespace
}  // namespace duban::io
