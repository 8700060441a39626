#include "io/imap_dialogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duban::io {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ImapDialogue, TheTaggedLineEndsAnAnswer) {
  ImapAnswer answer("duban1");
  EXPECT_EQ(answer.heard("* 3 EXISTS"), std::nullopt);
  answer.heard("duban10 OK somebody else's");
  EXPECT_FALSE(answer.ended());
  answer.heard("duban1 NO [NONEXISTENT] no such folder");
  EXPECT_TRUE(answer.ended());
  EXPECT_FALSE(answer.is_ok());
  EXPECT_EQ(answer.words(), "[NONEXISTENT] no such folder");
}

TEST(ImapDialogue, ItsWordsAreReadInAnyCase) {
  ImapAnswer answer("t");
  answer.heard("* ok [uidvalidity 1653] UIDs valid");
  answer.heard("* search 4 9");
  answer.heard("t ok done");
  EXPECT_TRUE(answer.is_ok());
  EXPECT_EQ(answer.uid_validity(), 1653U);
  EXPECT_THAT(answer.found(), ElementsAre(4, 9));
}

TEST(ImapDialogue, ASearchMayFindNothingAndSayItInSeveralLines) {
  ImapAnswer none("t");
  none.heard("* SEARCH");
  EXPECT_THAT(none.found(), IsEmpty());
  ImapAnswer several("t");
  several.heard("* SEARCH 7  2");
  several.heard("* SEARCH 11 x 0 99999999999 12");
  EXPECT_THAT(several.found(), ElementsAre(7, 2, 11, 12));
}

TEST(ImapDialogue, AFetchHasItsMailAsALiteralAndGoesOnBehindIt) {
  ImapAnswer answer("t");
  EXPECT_EQ(answer.heard("* 5 FETCH (UID 9 BODY[]<0> {12}"), 12U);
  answer.heard_literal("Subject: a\r\n");
  EXPECT_EQ(answer.heard(" FLAGS (\\Seen))"), std::nullopt);
  EXPECT_EQ(answer.heard("* 6 EXISTS"), std::nullopt);
  answer.heard("t OK");
  EXPECT_TRUE(answer.is_ok());
  EXPECT_EQ(answer.fetched(), "Subject: a\r\n");
}

TEST(ImapDialogue, ALineInALiteralsTailIsNeverTheAnswersEnd) {
  ImapAnswer answer("t");
  answer.heard("* 5 FETCH (BODY[]<0> {2}");
  answer.heard_literal("ab");
  answer.heard("t OK not yet");
  EXPECT_FALSE(answer.ended());
}

TEST(ImapDialogue, ALiteralOfAnotherResponseIsNoMail) {
  ImapAnswer answer("t");
  EXPECT_EQ(answer.heard("* NAMESPACE {3}"), 3U);
  answer.heard_literal("abc");
  answer.heard(")");
  answer.heard("t OK");
  EXPECT_EQ(answer.fetched(), std::nullopt);
}

TEST(ImapDialogue, WhatIsNoNumberIsNone) {
  EXPECT_EQ(imap_number("4294967295"), 4294967295U);
  for (const auto* text : {"", "-1", "+1", "1x", "4294967296", " 1"}) {
    EXPECT_EQ(imap_number(text), std::nullopt) << text;
  }
}

TEST(ImapDialogue, AQuotedTextKeepsItsQuotes) {
  EXPECT_EQ(imap_quoted(R"(a"b\c)"), R"("a\"b\\c")");
}

}  // namespace
}  // namespace duban::io
