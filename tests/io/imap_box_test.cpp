#include "io/imap_box.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <set>

#include "io/curl_transport.h"
#include "peers/imap_peer.h"
#include "peers/run.h"

namespace duban::io {
namespace {

using namespace std::chrono_literals;
using duban::testing::ImapPeer;
using duban::testing::run;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class ImapBoxTest : public ::testing::Test {
 protected:
  std::unique_ptr<Mailbox> open(std::chrono::milliseconds timeout = 3s) {
    return make_imap_box(loop_.get_executor(),
                         {.host = "127.0.0.1",
                          .port = peer_.port(),
                          .tls = MailTls::none,
                          .user = "duban",
                          .password = Secret{"word"},
                          .timeout = timeout},
                         clock_);
  }
  /// Empty: well.
  std::string look() {
    shown_.clear();
    auto looked = run(loop_, box_->look([this](std::string mail) -> boost::asio::awaitable<bool> {
      bool done = !later_.contains(mail);
      shown_.push_back(std::move(mail));
      co_return done;
    }));
    return looked ? std::string{} : looked.error();
  }
  void found(const std::string& uids) {
    peer_.reply("UID SEARCH", "* SEARCH " + uids + "\r\n%T OK\r\n");
  }
  std::vector<std::string> searches() const {
    std::vector<std::string> all;
    for (const auto& command : peer_.commands()) {
      if (command.starts_with("UID SEARCH")) all.push_back(command);
    }
    return all;
  }

  boost::asio::io_context loop_;
  /// libcurl is started with the first.
  std::unique_ptr<Transport> transport_ = make_curl_transport(loop_.get_executor());
  ImapPeer peer_{loop_};
  SetClock clock_{Instant{Seconds{1648429190}}};  // 2022-03-28T00:59:50Z
  std::unique_ptr<Mailbox> box_ = open();
  std::vector<std::string> shown_;
  std::set<std::string> later_;
};

TEST_F(ImapBoxTest, ShowsEachMailOnceTheOldestFirst) {
  peer_.fetch(4, "one");
  peer_.fetch(9, "two");
  found("9 4");
  EXPECT_EQ(look(), "");
  EXPECT_THAT(shown_, ElementsAre("one", "two"));
  // `10:*` is the last mail, where there is none above.
  found("9");
  EXPECT_EQ(look(), "");
  EXPECT_THAT(shown_, IsEmpty());
  EXPECT_THAT(searches(), ElementsAre("UID SEARCH SINCE 14-Mar-2022", "UID SEARCH UID 10:*"));
}

TEST_F(ImapBoxTest, ChangesNothing) {
  peer_.fetch(4, "one");
  found("4");
  EXPECT_EQ(look(), "");
  EXPECT_THAT(peer_.commands(), Contains("EXAMINE \"INBOX\""));
  EXPECT_THAT(peer_.commands(), Contains(HasSubstr("BODY.PEEK[]")));
  for (const auto* word : {"SELECT", "STORE", "UID STORE", "EXPUNGE", "UID COPY"}) {
    EXPECT_THAT(peer_.commands(), Each(Not(StartsWith(word))));
  }
}

TEST_F(ImapBoxTest, WhatIsWantedAgainIsShownAgain) {
  later_ = {"two"};
  for (unsigned uid : {1U, 2U, 3U}) peer_.fetch(uid, uid == 1 ? "one" : uid == 2 ? "two" : "three");
  found("1 2 3");
  EXPECT_EQ(look(), "");
  found("2 3");
  EXPECT_EQ(look(), "");
  EXPECT_THAT(shown_, ElementsAre("two", "three"));
  EXPECT_EQ(searches().back(), "UID SEARCH UID 2:*");
}

TEST_F(ImapBoxTest, AFolderThatIsNumberedAnewIsReadFromItsBeginning) {
  peer_.fetch(9, "one");
  found("9");
  EXPECT_EQ(look(), "");
  peer_.reply("EXAMINE", "* OK [UIDVALIDITY 8] valid\r\n%T OK\r\n");
  peer_.fetch(1, "two");
  found("1");
  EXPECT_EQ(look(), "");
  EXPECT_THAT(shown_, ElementsAre("two"));
  EXPECT_THAT(searches().back(), StartsWith("UID SEARCH SINCE"));
}

TEST_F(ImapBoxTest, AMailThatWasDeletedMeanwhileIsPassedOver) {
  peer_.fetch(5, "there");
  found("4 5");
  EXPECT_EQ(look(), "");
  EXPECT_THAT(shown_, ElementsAre("there"));
}

TEST_F(ImapBoxTest, OfALongMailTheBeginningIsShownWhateverTheServerSends) {
  peer_.fetch(4, std::string(limits::mail_read_bytes + 5000, 'x'));
  peer_.fetch(5, "next");
  found("4 5");
  EXPECT_EQ(look(), "");
  ASSERT_THAT(shown_, SizeIs(2));
  EXPECT_EQ(shown_[0].size(), limits::mail_read_bytes);
  EXPECT_EQ(shown_[1], "next");
}

TEST_F(ImapBoxTest, NoMoreThanABoundIsShownAtOnceAndTheRestNextTime) {
  std::string uids;
  for (std::size_t uid = 1; uid <= limits::mails_at_once + 2; ++uid) {
    uids += fmt::format("{} ", uid);
  }
  peer_.reply("UID FETCH", "* 1 FETCH (BODY[]<0> {1}\r\nx)\r\n%T OK\r\n");
  found(uids);
  EXPECT_EQ(look(), "");
  EXPECT_THAT(shown_, SizeIs(limits::mails_at_once));
  EXPECT_EQ(look(), "");
  EXPECT_THAT(shown_, SizeIs(2));
}

TEST_F(ImapBoxTest, WhatTheServerRefusesIsSaidWithoutThePassword) {
  peer_.reply("EXAMINE", "%T NO [NONEXISTENT] no such folder\r\n");
  EXPECT_EQ(look(), "[NONEXISTENT] no such folder");
  peer_.reply("LOGIN", "%T NO wrong\r\n");
  auto said = look();
  EXPECT_NE(said, "");
  EXPECT_EQ(said.find("word"), std::string::npos);
}

TEST_F(ImapBoxTest, AMailThatIsNotGivenIsAskedForAgain) {
  peer_.reply("UID FETCH 4 ", "%T NO try later\r\n");
  found("4");
  EXPECT_EQ(look(), "try later");
  peer_.fetch(4, "one");
  EXPECT_EQ(look(), "");
  EXPECT_THAT(shown_, ElementsAre("one"));
}

TEST_F(ImapBoxTest, AServerThatHangsUpOrSaysNothingIsGivenUp) {
  peer_.reply("UID SEARCH", std::string{ImapPeer::hang_up});
  EXPECT_THAT(look(), HasSubstr("closed the connection"));
  peer_.reply("UID SEARCH", std::string{ImapPeer::stall});
  box_ = open(300ms);
  EXPECT_EQ(look(), "no answer in time");
}

TEST_F(ImapBoxTest, ALineHasABound) {
  const std::string end = "\r\n%T OK\r\n";
  const std::string begin = "* SEARCH ";
  // the CR counts too
  auto line = begin + std::string(limits::mailbox_answer_bytes - begin.size() - 1, ' ');
  peer_.reply("UID SEARCH", line + end);
  EXPECT_EQ(look(), "");
  peer_.reply("UID SEARCH", line + " " + end);
  EXPECT_EQ(look(), "the server's answer has no end");
}

TEST_F(ImapBoxTest, AnAnswerHasABoundOfLines) {
  std::string lines;
  for (std::size_t line = 1; line < limits::mailbox_entries; ++line) lines += "* 1 EXISTS\r\n";
  peer_.reply("UID SEARCH", lines + "%T OK\r\n");
  EXPECT_EQ(look(), "");
  peer_.reply("UID SEARCH", "* 1 EXISTS\r\n" + lines + "%T OK\r\n");
  EXPECT_EQ(look(), "the server's answer has no end");
}

}  // namespace
}  // namespace duban::io
