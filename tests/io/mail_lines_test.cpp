// Mails of one burst share connections, and never with whom they must not.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "io/curl_transport.h"
#include "peers/run.h"
#include "peers/smtp_peer.h"

namespace duban::io {
namespace {

namespace asio = boost::asio;
using testing::run;
using testing::SmtpPeer;
using namespace std::chrono_literals;

struct MailLinesTest : ::testing::Test {
  asio::io_context loop;
  SmtpPeer peer{loop};
  /// Never says what became of a mail: while one is under way to it, lines are kept.
  SmtpPeer mute{loop};
  std::unique_ptr<Transport> transport = make_curl_transport(loop.get_executor());
  bool ended = false;

  MailLinesTest() {
    mute.reply(".", SmtpPeer::stall);
    asio::co_spawn(loop, transport->mail(mail(mute)), [this](std::exception_ptr, auto) {
      ended = true;
    });
    run_until([this] { return !mute.mails().empty(); });
  }
  static MailRequest mail(const SmtpPeer& to) {
    MailRequest made;
    made.host = "127.0.0.1", made.port = to.port(), made.tls = MailTls::none;
    made.from = "a@b.cn", made.recipients = {"c@d.cn"};
    made.message = "Subject: x\r\n\r\nx\r\n";
    made.timeout = 3s;
    return made;
  }
  template <class Condition>
  void run_until(Condition condition) {
    loop.restart();
    while (!condition() && loop.run_one() > 0) {
    }
  }
  int code(MailRequest request) {
    auto reply = run(loop, transport->mail(std::move(request)));
    EXPECT_TRUE(reply.has_value()) << reply.error().text;
    return reply ? reply->code : 0;
  }
  long said(const std::string& command) const {
    return std::ranges::count(peer.commands(), command);
  }
};

TEST_F(MailLinesTest, the_next_mail_of_a_burst_takes_the_connection_of_the_one_before) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(code(mail(peer)), 250);
  EXPECT_EQ(peer.mails().size(), 5U);
  EXPECT_EQ(peer.connections(), 1);
  EXPECT_EQ(said("QUIT"), 0);
}

TEST_F(MailLinesTest, when_the_last_mail_has_ended_no_connection_waits) {
  EXPECT_EQ(code(mail(peer)), 250);
  EXPECT_EQ(peer.open_connections(), 1);
  run_until([this] { return ended && peer.open_connections() == 0; });
  EXPECT_EQ(peer.open_connections(), 0);
  EXPECT_GE(said("QUIT"), 1);
}

TEST_F(MailLinesTest, what_the_server_said_unasked_is_no_answer_to_the_next) {
  EXPECT_EQ(code(mail(peer)), 250);
  peer.say_and_close("250 2.1.0 sender taken");
  peer.reply("MAIL FROM:", "550 not from here");
  EXPECT_EQ(code(mail(peer)), 550);
  EXPECT_EQ(peer.connections(), 2);
}

TEST_F(MailLinesTest, a_server_that_goes_instead_of_taking_another_is_asked_anew) {
  for (const auto* goodbye : {"421 too many on one connection", "(hang up)"}) {
    EXPECT_EQ(code(mail(peer)), 250);
    const auto before = peer.connections();
    peer.when_seen([&](const std::string& command) {
      const bool again = peer.connections() == before;
      if (command.starts_with("MAIL FROM:")) peer.reply("MAIL FROM:", again ? goodbye : "250 ok");
    });
    EXPECT_EQ(code(mail(peer)), 250);
    EXPECT_EQ(peer.connections(), before + 1);
    peer.when_seen([](const std::string&) {});
  }
  EXPECT_EQ(peer.mails().size(), 4U);
}

TEST_F(MailLinesTest, a_refused_mail_leaves_no_connection_for_others) {
  peer.reply(".", "550 no such thing");
  EXPECT_EQ(code(mail(peer)), 550);
  peer.reply(".", "250 taken");
  EXPECT_EQ(code(mail(peer)), 250);
  EXPECT_EQ(peer.connections(), 2);
}

TEST_F(MailLinesTest, another_login_sender_domain_or_encryption_has_another_connection) {
  EXPECT_EQ(code(mail(peer)), 250);
  auto other_domain = mail(peer);
  other_domain.from = "a@elsewhere.cn";
  EXPECT_EQ(code(other_domain), 250);
  EXPECT_EQ(peer.connections(), 2);
  peer.reply("EHLO", "250-peer\n250 AUTH PLAIN");
  peer.reply("AUTH", "334 ");
  peer.reply("?", "235 welcome");
  auto with_login = mail(peer);
  with_login.user = "duban", with_login.password = Secret("one");
  EXPECT_EQ(code(with_login), 250);
  EXPECT_EQ(peer.connections(), 3);
  with_login.password = Secret("two");
  EXPECT_EQ(code(with_login), 250);
  EXPECT_EQ(peer.connections(), 4);
  auto encrypted = mail(peer);
  encrypted.tls = MailTls::starttls;
  EXPECT_FALSE(run(loop, transport->mail(encrypted)).has_value());
  EXPECT_EQ(peer.mails().size(), 4U);
}

}  // namespace
}  // namespace duban::io
