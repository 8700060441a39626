#include "base/states.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace duban {
namespace {

template <class Set>
void every_member_has_its_own_word(Set last) {
  std::set<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    auto member = static_cast<Set>(i);
    auto word = to_word(member);
    EXPECT_FALSE(word.empty());
    EXPECT_TRUE(words.insert(word).second) << word;
    EXPECT_EQ(from_word<Set>(word), member) << word;
    for (char c : word) EXPECT_TRUE((c >= 'a' && c <= 'z') || c == '-') << word;
  }
  EXPECT_EQ(from_word<Set>(""), std::nullopt);
  EXPECT_EQ(from_word<Set>("no-such-word"), std::nullopt);
}

TEST(States, go_to_words_and_back) {
  every_member_has_its_own_word(NoticeState::superseded);
  every_member_has_its_own_word(AttemptOutcome::unknown);
  every_member_has_its_own_word(ItemKind::trouble);
  every_member_has_its_own_word(Audience::party);
  every_member_has_its_own_word(StageKind::escalate);
  every_member_has_its_own_word(FactKind::clock_accepted);
  every_member_has_its_own_word(Reason::resent);
}

TEST(States, are_written_as_the_design_names_them) {
  EXPECT_EQ(to_word(NoticeState::drafted), "drafted");
  EXPECT_EQ(to_word(NoticeState::superseded), "superseded");
  EXPECT_EQ(to_word(AttemptOutcome::rejected), "rejected");
  EXPECT_EQ(to_word(FactKind::voided), "voided");
  EXPECT_EQ(to_word(Reason::waits_for_release), "waits-for-release");
  EXPECT_EQ(to_word(Reason::endpoint_gone), "endpoint-gone");
}

}  // namespace
}  // namespace duban
