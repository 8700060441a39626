#include "engine/manner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "calendar/workdays.h"
#include "engine/behaviour.h"
#include "engine/fact_checks.h"
#include "engine/plan_run.h"
#include "engine/tree.h"

namespace duban::engine {
namespace {

using schedule::AssignmentKey;
using schedule::Fact;
using ::testing::Each;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Tree& shipped() {
  static const auto tree = read_tree(DUBAN_SOURCE_DIR "/config/duband.toml");
  return tree;
}

class Played : public ::testing::Test {
 protected:
  Instant at(std::string_view day) const {
    return *parse_rfc3339("2022-" + std::string{day} + "T00:00:00+08:00");
  }
  Day day_of(Instant at) const { return timetable_.zone().day_of(at); }
  std::vector<Fact> year(std::vector<Manner> manners, std::uint64_t seed = 1) const {
    Behaviour behaviour{.manners = std::move(manners), .seed = seed};
    auto facts = deeds(timetable_, {}, at("03-01"), behaviour);
    std::erase_if(facts, [](const Fact& fact) { return fact.kind == FactKind::checked; });
    return facts;
  }
  /// What 市教育局 does about its tables of the year.
  std::vector<Fact> tables(Manner manner, std::uint64_t seed = 1) const {
    manner.units = {"edu"};
    manner.duties = {"monthly-table"};
    return year({manner}, seed);
  }
  Instant due_of(const AssignmentKey& key) const {
    return *timetable_.occurrences()[timetable_.slots()[*timetable_.slot_of(key)].occurrence].due;
  }
  int working_days(Instant from, Instant to) const {
    return workdays_.count_between(day_of(from), day_of(to));
  }

  std::shared_ptr<const plan::Plan> plan_ = shipped().plans.at(0).plan;
  schedule::Timetable timetable_{plan_, {}};
  calendar::Workdays workdays_{plan_->calendar};
};

TEST_F(Played, early_is_working_days_before_and_late_is_working_days_after) {
  auto early = tables({.hands_in = Manner::HandsIn::early, .by = {.least = 1, .most = 3}});
  auto late = tables({.hands_in = Manner::HandsIn::late, .by = {.least = 2, .most = 4}});
  ASSERT_THAT(early, SizeIs(7)) << "April to October";
  ASSERT_THAT(late, SizeIs(7));
  for (const auto& fact : early) {
    auto days = working_days(fact.at, due_of(fact.about));
    EXPECT_TRUE(days >= 1 && days <= 3) << fact.about.period << days;
  }
  for (const auto& fact : late) {
    auto days = working_days(due_of(fact.about), fact.at);
    EXPECT_TRUE(days >= 2 && days <= 4) << fact.about.period << days;
  }
}

TEST_F(Played, hours_count_from_the_due_time) {
  Manner manner{.hands_in = Manner::HandsIn::late, .by = {.least = 5, .most = 5, .in_hours = true}};
  for (const auto& fact : tables(manner)) {
    EXPECT_EQ(fact.at - due_of(fact.about), std::chrono::hours{5});
  }
}

TEST_F(Played, on_the_last_day_it_is_still_in_time) {
  auto facts = tables({});
  ASSERT_THAT(facts, SizeIs(7));
  for (const auto& fact : facts) {
    EXPECT_EQ(day_of(fact.at), day_of(due_of(fact.about)));
    EXPECT_LT(fact.at, due_of(fact.about));
  }
}

TEST_F(Played, never_is_nothing) {
  EXPECT_THAT(tables({.hands_in = Manner::HandsIn::never}), IsEmpty());
}

TEST_F(Played, more_time_is_asked_for_before_the_due_time_and_answered_the_next_morning) {
  auto facts = tables({.hands_in = Manner::HandsIn::late, .asks = 1, .grants = 1});
  ASSERT_THAT(facts, SizeIs(21));
  for (std::size_t i = 0; i < facts.size(); i += 3) {
    const auto &asked = facts[i], &granted = facts[i + 1], &in = facts[i + 2];
    EXPECT_EQ(asked.kind, FactKind::asked);
    EXPECT_EQ(granted.kind, FactKind::extended);
    EXPECT_EQ(granted.at, asked.at);
    EXPECT_LT(granted.recorded_at, due_of(granted.about));
    EXPECT_EQ(working_days(asked.at, granted.recorded_at), 1);
    EXPECT_LT(in.at, *granted.time) << "in time, as granted";
    EXPECT_GT(in.at, due_of(in.about));
  }
  auto refused = tables({.hands_in = Manner::HandsIn::never, .asks = 1, .grants = 0});
  EXPECT_THAT(refused, SizeIs(14));
  EXPECT_EQ(refused.at(1).kind, FactKind::declined);
}

TEST_F(Played, what_came_on_paper_is_recorded_after_the_office_has_looked_for_it) {
  auto facts = tables({.paper_first = 1});
  ASSERT_THAT(facts, SizeIs(7));
  for (const auto& fact : facts) {
    EXPECT_LT(fact.at, due_of(fact.about));
    auto days = working_days(fact.at, fact.recorded_at);
    EXPECT_TRUE(days == 1 || days == 2) << days;
  }
}

TEST_F(Played, the_wrong_thing_is_given_back_and_comes_again_in_the_new_term) {
  auto facts = tables({.wrong = 1});
  ASSERT_THAT(facts, SizeIs(21));
  for (std::size_t i = 0; i < facts.size(); i += 3) {
    EXPECT_EQ(facts[i].kind, FactKind::received);
    EXPECT_EQ(facts[i + 1].kind, FactKind::returned);
    EXPECT_GE(working_days(facts[i + 1].at, *facts[i + 1].time), limits::returned_working_days);
    EXPECT_EQ(facts[i + 2].kind, FactKind::submitted);
    EXPECT_LT(facts[i + 2].at, *facts[i + 1].time);
  }
}

TEST_F(Played, a_table_has_a_row_for_each_clause_and_the_first_says_all) {
  auto facts = tables({});
  for (const auto& fact : facts) {
    auto clauses = plan_->rows_of(*plan_->find_duty("monthly-table"), "edu", "");
    ASSERT_THAT(fact.rows, SizeIs(clauses.size()));
    EXPECT_EQ(fact.rows.front().clause, clauses.front()->id);
  }
  EXPECT_THAT(facts.front().rows, Each(Field(&schedule::SubmittedRow::unchanged, false)));
}

TEST_F(Played, the_same_seed_is_the_same_year_and_another_is_another) {
  std::vector<Manner> manners{{.rest = true, .asks = 0.3, .paper_first = 0.2, .wrong = 0.1}};
  EXPECT_EQ(year(manners, 7), year(manners, 7));
  EXPECT_NE(year(manners, 7), year(manners, 8));
}

TEST_F(Played, the_first_manner_of_a_unit_wins_over_the_rest_which_is_not_the_offices) {
  std::vector<Manner> manners{{.rest = true},
                              {.units = {"edu"}, .duties = {"monthly-table"}},
                              {.units = {"edu"}}};
  auto of = [&](std::string unit, std::string duty) {
    const auto* manner = manner_of(manners, {std::move(duty), "2022-05", std::move(unit), ""});
    return manner == nullptr ? -1 : manner - manners.data();
  };
  EXPECT_EQ(of("edu", "monthly-table"), 1);
  EXPECT_EQ(of("edu", "summary"), 2);
  EXPECT_EQ(of("water", "monthly-table"), 0);
  EXPECT_EQ(of("office", "dispatch"), -1);
}

// Whatever is played the daemon would have taken at that moment.
TEST_F(Played, the_office_could_have_recorded_all_of_it) {
  Behaviour behaviour{.punctual = true,
                      .manners = {{.units = {"edu", "water"}, .hands_in = Manner::HandsIn::late,
                                   .asks = 0.5, .wrong = 0.5},
                                  {.rest = true, .asks = 0.2, .paper_first = 0.2, .wrong = 0.2}},
                      .seed = 3};
  PlanRun run{plan_, shipped().templates};
  std::int64_t seq = 0;
  for (auto& fact : deeds(run.timetable(), run.record(), at("03-10"), behaviour)) {
    if (fact.recorded_at > at("07-20")) break;
    for (int round = 0; round < limits::step_rounds; ++round) {
      run.commit(run.prepare(fact.recorded_at, fact.recorded_at, "salt"));
    }
    auto problem = problem_with(run, fact, fact.recorded_at);
    ASSERT_FALSE(problem) << to_word(fact.kind) << " " << fact.about.duty << fact.about.period
                          << fact.about.unit << ": " << problem->message.chinese;
    fact.seq = 1'000'000 + ++seq;
    run.record(fact);
  }
  EXPECT_GT(seq, 100);
}

TEST(Drawn, numbers_lie_from_0_to_below_1_and_spread) {
  double sum = 0;
  for (int i = 0; i < 1000; ++i) {
    auto number = drawn(5, std::to_string(i));
    ASSERT_TRUE(number >= 0 && number < 1);
    sum += number;
  }
  EXPECT_NEAR(sum / 1000, 0.5, 0.05);
}

}  // namespace
}  // namespace duban::engine
