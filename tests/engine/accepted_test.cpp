// What was accepted, by word or by silence: is shown, and is not given back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/explain.h"
#include "engine/fact_checks.h"
#include "engine/tree.h"
#include "plan/load.h"

namespace duban::engine {
namespace {

using schedule::AssignmentKey;
using schedule::Fact;
using ::testing::HasSubstr;

// The shipped plan, its dispatch drafted two working days before it is due: May's on May 30.
std::shared_ptr<const plan::Plan> with_draft(const Tree& tree) {
  auto plan = *tree.plans.at(0).plan;
  auto dispatch = std::ranges::find(plan.duties, "monthly-dispatch", &plan::Duty::id);
  dispatch->document = plan::Document{.form = plan::Form::dispatch,
                                      .of = "monthly-table",
                                      .draft = *plan::parse_offset("-2wd 10:00"),
                                      .key = "draft -2wd 10:00",
                                      .place = {}};
  return std::make_shared<const plan::Plan>(std::move(plan));
}

class AcceptedPaper : public ::testing::Test {
 protected:
  AcceptedPaper() { say(FactKind::received, "05-24T10:00:00"); }

  static Instant at(std::string_view when) {
    return *parse_rfc3339("2022-" + std::string{when} + "+08:00");
  }
  static Fact fact(FactKind kind, std::string_view when) {
    Fact made{.kind = kind, .about = table};
    made.at = made.recorded_at = at(when);
    made.by = "alice";
    return made;
  }
  void say(FactKind kind, std::string_view when) {
    auto said = fact(kind, when);
    said.seq = ++seq_;
    run_.record(said);
  }
  std::optional<Refusal> give_back(std::string_view when) {
    auto said = fact(FactKind::returned, when);
    said.time = said.at + Seconds{14 * 86400};
    said.note = "缺一行";
    return problem_with(run_, said, said.at);
  }
  AssignmentPart page(std::string_view when) {
    Past past{.record = run_.record(),
              .plan = plan_,
              .plans = {},
              .text_of = [](const std::string&) { return nullptr; },
              .now = at(when)};
    return explain_assignment(past, table).value().assignment.value();
  }

  inline static const AssignmentKey table{"monthly-table", "2022-05", "edu", ""};
  Tree tree_ = read_tree(DUBAN_SOURCE_DIR "/config/duband.toml");
  std::shared_ptr<const plan::Plan> plan_ = with_draft(tree_);
  PlanRun run_{plan_, tree_.templates};
  std::int64_t seq_ = 0;
};

TEST_F(AcceptedPaper, MayBeGivenBackUntilTheCutOffAndNotAfterIt) {
  EXPECT_FALSE(give_back("05-30T09:59:00"));
  auto refused = give_back("05-30T10:00:00");
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->code, "accepted-already");
  EXPECT_THAT(refused->message.chinese, HasSubstr("05-30 10:00截稿"));
  EXPECT_THAT(refused->message.english, HasSubstr("by the cut-off, 05-30 10:00,"));
  EXPECT_THAT(refused->mend.chinese, HasSubstr("submit"));
}

TEST_F(AcceptedPaper, ByWordIsGivenBackOnlyWhenTheWordIsVoided) {
  say(FactKind::accepted, "05-25T10:00:00");
  auto refused = give_back("05-26T10:00:00");
  ASSERT_TRUE(refused);
  EXPECT_THAT(refused->mend.chinese, HasSubstr("void 2"));
  auto voided = fact(FactKind::voided, "05-26T11:00:00");
  voided.refers = 2;
  voided.seq = ++seq_;
  run_.record(voided);
  EXPECT_FALSE(give_back("05-26T12:00:00"));
}

TEST_F(AcceptedPaper, IsOnItsPageFirstAsToComeThenAsDone) {
  auto before = page("05-25T10:00:00");
  EXPECT_EQ(before.accepted_at, std::nullopt);
  EXPECT_EQ(before.accepted_from, at("05-30T10:00:00"));
  auto after = page("05-31T10:00:00");
  EXPECT_EQ(after.accepted_at, at("05-30T10:00:00"));
  EXPECT_FALSE(after.accepted_by) << "nobody said so";
  EXPECT_EQ(after.accepted_from, std::nullopt);
}

TEST_F(AcceptedPaper, ByWordNamesTheWord) {
  say(FactKind::accepted, "05-25T10:00:00");
  auto part = page("05-26T10:00:00");
  EXPECT_EQ(part.accepted_at, at("05-25T10:00:00"));
  EXPECT_EQ(part.accepted_by.value().seq, 2);
}

}  // namespace
}  // namespace duban::engine
