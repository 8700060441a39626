#include "channel/smtp.h"

#include <gtest/gtest.h>

#include "channel/mail_address.h"
#include "contract/channel_contract.h"
#include "io/curl_transport.h"
#include "peers/smtp_peer.h"

namespace duban::channel {
namespace {

using testing::run;
using testing::SmtpPeer;
using namespace std::chrono_literals;

struct SmtpTest : ::testing::Test {
  boost::asio::io_context loop;
  SystemClock clock;
  SmtpPeer peer{loop};
  std::unique_ptr<io::Transport> transport = io::make_curl_transport(loop.get_executor());

  std::unique_ptr<delivery::Channel> channel(io::MailTls tls = io::MailTls::none,
                                             const std::string& user = "") {
    SmtpOptions options;
    options.server = {.host = "127.0.0.1", .port = peer.port(), .tls = tls};
    options.user = user;
    options.password = Secret{"geheim"};
    options.sender.from = "duban@wuban.example.org";
    options.pacing.timeout = 2s;
    return make_smtp(std::move(options), *transport, clock);
  }
  delivery::Outcome send(delivery::Channel& by, const std::string& address = "edu@example.org") {
    return run(loop, by.send(contract::parcel_for(address)));
  }
};

struct ReplyCase {
  std::string command, reply;
  AttemptOutcome outcome;
  Reason reason;
};

TEST_F(SmtpTest, takes_every_reply_for_what_it_means) {
  using enum AttemptOutcome;
  for (const auto& c : std::vector<ReplyCase>{
           {"RCPT TO:", "550 5.1.1 no such user", rejected, Reason::bad_address},
           {"RCPT TO:", "550 5.7.1 policy", rejected, Reason::refused},
           {"RCPT TO:", "552 5.2.2 full", rejected, Reason::refused},
           {"RCPT TO:", "452 4.2.2 full", retry, Reason::server_error},
           {"RCPT TO:", "450 4.7.0 greylisted", retry, Reason::rate_limited},
           {"RCPT TO:", "450 5.1.1 the basic code counts", retry, Reason::server_error},
           {"RCPT TO:", "451 RP:DRC 1.2.3.4", retry, Reason::rate_limited},
           {"MAIL FROM:", "553 Mail from must equal authorized user", rejected,
            Reason::bad_configuration},
           {"MAIL FROM:", "451 later", retry, Reason::server_error},
           {"MAIL FROM:", "421 HL:ICC too many", retry, Reason::rate_limited},
           {"DATA", "554 5.7.1 no", rejected, Reason::refused},
           {"DATA", "250 what", retry, Reason::server_error},
           {".", "554 DT:SPM spam", rejected, Reason::refused},
           {".", "451 4.3.0 later", retry, Reason::server_error},
           {".", "250 ok", delivered, Reason::accepted},
           {".", "354 what", unknown, Reason::reply_lost},
           // Replies to what was not yet said: found by fuzzing the dialogue.
           {"RCPT TO:", "250 ok\n354 go\n250 queued", retry, Reason::connect_failed},
           {"DATA", "354 go\n250 queued", retry, Reason::connect_failed},
           {"RCPT TO:", "354 what", retry, Reason::server_error},
           {".", std::string{SmtpPeer::hang_up}, unknown, Reason::reply_lost},
           {"DATA", std::string{SmtpPeer::hang_up}, retry, Reason::connect_failed},
           {"RCPT TO:", std::string{SmtpPeer::hang_up}, retry, Reason::connect_failed},
           {"", "554 no service", retry, Reason::bad_configuration},
           {"", "421 too busy", retry, Reason::rate_limited},
           {"", std::string{SmtpPeer::hang_up}, retry, Reason::connect_failed},
           {"", "not smtp at all", retry, Reason::timed_out}}) {
    SmtpPeer fresh(loop);
    fresh.reply(c.command, c.reply);
    SmtpOptions options;
    options.server = {.host = "127.0.0.1", .port = fresh.port(), .tls = io::MailTls::none};
    options.sender.from = "duban@wuban.example.org";
    options.pacing.timeout = 2s;
    auto by = make_smtp(std::move(options), *transport, clock);
    auto got = send(*by);
    EXPECT_EQ(got.outcome, c.outcome) << c.command << " " << c.reply << ": " << got.detail;
    EXPECT_EQ(to_word(got.reason), to_word(c.reason)) << c.command << " " << c.reply << ": "
                                                      << got.detail;
  }
}

TEST_F(SmtpTest, each_recipient_is_told_apart) {
  peer.reply("RCPT TO:<gone@", "550 5.1.1 gone");
  peer.reply("RCPT TO:<full@", "452 4.2.2 full");
  io::MailRequest request;
  request.host = "127.0.0.1";
  request.port = peer.port();
  request.tls = io::MailTls::none;
  request.from = "duban@wuban.example.org";
  request.recipients = {"full@a.cn", "good@a.cn", "gone@a.cn"};
  request.message = "Subject: x\r\n\r\n.\r\n..a\r\nb";
  auto reply = run(loop, transport->mail(request));
  ASSERT_TRUE(reply.has_value());
  EXPECT_EQ(reply->recipients[0].code, 452);
  EXPECT_EQ(reply->recipients[1].code, 250);
  EXPECT_EQ(reply->recipients[2].code, 550);
  EXPECT_EQ(reply->step, io::MailStep::message);
  EXPECT_EQ(reply->code, 250);
  ASSERT_EQ(peer.mails().size(), 1U);
  EXPECT_EQ(peer.mails()[0].to, std::vector<std::string>{"good@a.cn"});
  EXPECT_EQ(peer.mails()[0].data, request.message + "\r\n");
}

TEST_F(SmtpTest, mail_does_not_go_out_when_starttls_is_stripped) {
  auto by = channel(io::MailTls::starttls, "duban");
  auto outcome = send(*by);
  EXPECT_EQ(outcome.outcome, AttemptOutcome::retry);
  EXPECT_EQ(outcome.reason, Reason::tls_failed);
  EXPECT_TRUE(peer.mails().empty());
  for (const auto& command : peer.commands()) EXPECT_FALSE(command.starts_with("AUTH")) << command;
}

TEST_F(SmtpTest, mail_does_not_go_out_when_a_plain_connection_was_used_before) {
  EXPECT_EQ(send(*channel()).outcome, AttemptOutcome::delivered);
  EXPECT_EQ(send(*channel(io::MailTls::starttls)).reason, Reason::tls_failed);
  EXPECT_EQ(peer.mails().size(), 1U);
}

TEST_F(SmtpTest, a_refused_login_waits_long_and_shows_no_password) {
  peer.reply("EHLO", "250-peer\n250 AUTH PLAIN LOGIN");
  peer.reply("AUTH", "535 5.7.8 too much fail authentication");
  auto outcome = send(*channel(io::MailTls::none, "duban"));
  EXPECT_EQ(outcome.outcome, AttemptOutcome::retry);
  EXPECT_EQ(outcome.reason, Reason::bad_configuration);
  EXPECT_GE(outcome.retry_after.value_or(0s), 30min);
  EXPECT_EQ(outcome.detail, "535 5.7.8 too much fail authentication");
}

TEST_F(SmtpTest, a_server_that_does_not_answer_quit_holds_nobody_up) {
  peer.reply("EHLO", "250-peer\n250 AUTH PLAIN LOGIN");
  peer.reply("AUTH", "535 no");
  peer.reply("QUIT", SmtpPeer::stall);
  auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(send(*channel(io::MailTls::none, "duban")).reason, Reason::bad_configuration);
  peer.reply("EHLO", "250 peer");
  EXPECT_EQ(send(*channel()).outcome, AttemptOutcome::delivered);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 20s);
}

TEST_F(SmtpTest, a_silent_server_is_left_in_time_and_may_be_asked_again) {
  for (const auto* command : {"", "EHLO", "MAIL FROM:", "RCPT TO:", "DATA"}) {
    SmtpPeer fresh(loop);
    fresh.reply(command, SmtpPeer::stall);
    SmtpOptions options;
    options.server = {.host = "127.0.0.1", .port = fresh.port(), .tls = io::MailTls::none};
    options.sender.from = "duban@wuban.example.org";
    options.pacing.timeout = 300ms;
    auto outcome = send(*make_smtp(std::move(options), *transport, clock));
    EXPECT_EQ(outcome.outcome, AttemptOutcome::retry) << command;
    EXPECT_EQ(to_word(outcome.reason), to_word(Reason::timed_out)) << command;
  }
}

TEST_F(SmtpTest, a_goodbye_between_two_mails_does_no_harm) {
  auto by = channel();
  EXPECT_EQ(send(*by).outcome, AttemptOutcome::delivered);
  peer.say_and_close("421 idle too long");
  EXPECT_EQ(send(*by).outcome, AttemptOutcome::delivered);
  EXPECT_EQ(peer.mails().size(), 2U);
}

TEST_F(SmtpTest, the_envelope_sender_is_from) {
  send(*channel());
  ASSERT_EQ(peer.mails().size(), 1U);
  EXPECT_EQ(peer.mails()[0].from, "duban@wuban.example.org");
}

// Found by fuzzing: who was never accepted has not got it, whatever became of the message.
TEST(JudgeMail, a_recipient_who_was_not_accepted_has_nothing) {
  io::MailReply reply{.recipients = {{"edu@example.org", 354, "go"}},
                      .step = io::MailStep::message,
                      .code = 250,
                      .text = "queued"};
  EXPECT_EQ(judge_mail(reply, "x").outcome, AttemptOutcome::unknown);
  reply.recipients.front().code = 251;
  EXPECT_EQ(judge_mail(reply, "x").outcome, AttemptOutcome::delivered);
}

TEST(MailServer, is_read_from_url_and_tls) {
  auto implicit = parse_mail_server("smtps://mail.example.org", "");
  ASSERT_TRUE(implicit.has_value());
  EXPECT_EQ(implicit->port, 465U);
  EXPECT_EQ(implicit->tls, io::MailTls::implicit);
  auto starttls = parse_mail_server("smtp://mail.example.org", "");
  ASSERT_TRUE(starttls.has_value());
  EXPECT_EQ(starttls->port, 587U);
  EXPECT_EQ(starttls->tls, io::MailTls::starttls);
  EXPECT_EQ(parse_mail_server("smtp://[::1]:2525", "none").value().host, "[::1]");
  EXPECT_EQ(parse_mail_server("smtp://127.0.0.1:2525", "none").value().port, 2525U);
}

TEST(MailServer, plain_text_is_for_the_same_machine_only) {
  EXPECT_FALSE(parse_mail_server("smtp://mail.example.org", "none"));
  for (const auto& [url, tls] : std::vector<std::pair<std::string, std::string>>{
           {"smtps://mail.example.org", "starttls"}, {"smtp://mail.example.org", "implicit"},
           {"smtp://mail.example.org", "maybe"}, {"http://mail.example.org", ""},
           {"mail.example.org", ""}, {"smtps://", ""}, {"smtps://u:p@mail.example.org", ""},
           {"smtps://mail.example.org/x", ""}, {"smtps://mail.example.org:0", ""}}) {
    EXPECT_FALSE(parse_mail_server(url, tls)) << url << " " << tls;
  }
}

TEST(MailAddress, gives_a_chinese_domain_as_punycode) {
  EXPECT_EQ(wire_address("duban@督办.中国").value(), "duban@xn--wfrp96f.xn--fiqs8s");
  EXPECT_EQ(wire_address("A.b+c@Edu.example.org").value(), "A.b+c@edu.example.org");
  EXPECT_EQ(domain_of("a@edu.example.org"), "edu.example.org");
}

}  // namespace
}  // namespace duban::channel
