#include "channel/returns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "channel/registry.h"

namespace duban::channel {
namespace {

using ::testing::HasSubstr;

io::ImapServer server(std::string_view text, std::string_view tls = {}) {
  auto place = parse_returns(text, tls);
  return place ? std::get<io::ImapServer>(*place) : io::ImapServer{};
}

TEST(Returns, AnAbsolutePathIsAMaildir) {
  auto place = parse_returns("/var/mail/duban", "");
  ASSERT_TRUE(place);
  EXPECT_EQ(std::get<std::filesystem::path>(*place), "/var/mail/duban");
}

TEST(Returns, AUrlIsAServerWithItsUsualPortAndFolder) {
  auto one = server("imaps://mail.example.org");
  EXPECT_EQ(one.host, "mail.example.org");
  EXPECT_EQ(one.port, 993U);
  EXPECT_EQ(one.tls, io::MailTls::implicit);
  EXPECT_EQ(one.folder, "INBOX");
  auto other = server("imap://[::1]:1143/INBOX/bounces/");
  EXPECT_EQ(other.host, "[::1]");
  EXPECT_EQ(other.port, 1143U);
  EXPECT_EQ(other.tls, io::MailTls::starttls);
  EXPECT_EQ(other.folder, "INBOX/bounces");
  EXPECT_EQ(server("imap://mail.example.org").port, 143U);
}

TEST(Returns, InTheClearOnlyToTheSameMachine) {
  EXPECT_EQ(server("imap://127.0.0.1", "none").tls, io::MailTls::none);
  EXPECT_EQ(server("imap://mail.example.org", "none").tls, io::MailTls::starttls);
  EXPECT_EQ(server("imaps://127.0.0.1", "none").tls, io::MailTls::implicit);
}

TEST(Returns, EverythingElseIsRefusedWithAMend) {
  for (const auto* text : {"", "Maildir", "pop3://mail.example.org", "imaps://", "imaps:///INBOX",
                           "mail.example.org:993"}) {
    auto place = parse_returns(text, "");
    ASSERT_FALSE(place) << text;
    EXPECT_THAT(place.error().chinese, HasSubstr("imaps://")) << text;
  }
  auto fault = [](std::string_view text) { return parse_returns(text, "").error().chinese; };
  EXPECT_THAT(fault("imaps://duban:word@mail.example.org"), HasSubstr("user"));
  EXPECT_THAT(fault("imaps://mail.example.org:0"), HasSubstr("65535"));
  EXPECT_THAT(fault("imaps://mail.example.org/%E9%80%80"), HasSubstr("ASCII"));
  EXPECT_THAT(fault("imaps://mail.example.org/a%0D%0Ab"), HasSubstr("ASCII"));
}

settings::ChannelSettings mail() {
  settings::ChannelSettings made;
  made.id = made.type = "smtp";
  made.url = "smtp://mail.example.org", made.from = "duban@example.org";
  for (const auto* key : {"url", "from"}) made.places[key] = {};
  return made;
}

TEST(Returns, AServerWantsALogin) {
  auto settings = mail();
  settings.bounces = "imaps://mail.example.org", settings.places["bounces"] = {"duband.toml", 9, 1};
  Diagnostics found;
  diagnose_returns(settings, found);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "missing-key");
  EXPECT_EQ(found[0].place.line, 9U);
  settings.bounces = "/var/mail/duban";
  found.clear();
  diagnose_returns(settings, found);
  EXPECT_TRUE(found.empty());
  settings.bounces = "var/mail";
  diagnose_returns(settings, found);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "bad-value");
}

TEST(Returns, OnlyAMailChannelHasThem) {
  auto settings = mail();
  settings.type = "folder", settings.bounces = "/x";
  settings.places = {{"bounces", {"duband.toml", 9, 1}}};
  settings::DaemonSettings all;
  all.channels = {settings};
  auto found = diagnose(all);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].place.line, 9U);
}

}  // namespace
}  // namespace duban::channel
