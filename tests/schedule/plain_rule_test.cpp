// The plain rule by itself: what it misses nobody is told of, and what it does not judge.
#include "schedule/plain_rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schedule/life.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

constexpr auto start = "05-10 10:00";

class PlainRule : public testing::Test {
 protected:
  PlainRule() { life_.step(start); }
  std::vector<Unheard> unheard(std::string_view when, std::string_view since = start) const {
    return plainly_unheard(life_.timetable(), life_.past(), at(since), at(when));
  }
  // Due on Wednesday the 25th at 17:00: remind 05-20, due 05-25 09:00, overdue 05-26 14:00, to the
  // leader 05-27 09:00.
  Life life_{office_of({paper("table", 5, 25)})};
};

testing::Matcher<Unheard> misses(std::string stage, Audience audience = Audience::liaison) {
  return AllOf(Field(&Unheard::stage, std::move(stage)), Field(&Unheard::audience, audience));
}

TEST_F(PlainRule, SaysNothingWhereAllWasTold) {
  life_.run_to("05-25 12:00");
  EXPECT_THAT(unheard("05-25 12:00"), IsEmpty());
}

TEST_F(PlainRule, FindsAStageThatNobodyWokeFor) {
  EXPECT_THAT(unheard("05-20 09:09"), IsEmpty()) << "it may still come";
  EXPECT_THAT(unheard("05-20 09:10"), ElementsAre(misses("remind -3wd 09:00")));
  EXPECT_EQ(unheard("05-21 09:00").front().at, at("05-20 09:00"));
}

TEST_F(PlainRule, NamesOnlyTheNewest) {
  EXPECT_THAT(unheard("05-25 10:00"), ElementsAre(misses("due 0d 09:00")));
}

TEST_F(PlainRule, AReminderHasNoSenseOnceItIsDue) {
  EXPECT_THAT(unheard("05-25 17:00"), IsEmpty());
}

TEST_F(PlainRule, FindsAChaseThatWasCheckedAndNotTold) {
  life_.run_to("05-26 09:00");
  life_.record("05-26 09:00", fact(FactKind::checked, of("", "table"), "05-26 09:00"));
  EXPECT_THAT(unheard("05-26 14:10"), ElementsAre(misses("overdue +1wd 14:00")));
  EXPECT_THAT(unheard("05-27 09:10"),
              ElementsAre(misses("overdue +1wd 14:00"),
                          misses("escalate +2wd 09:00", Audience::leader)));
  life_.run_to("05-27 12:00");
  EXPECT_THAT(unheard("05-27 12:00"), IsEmpty());
}

TEST_F(PlainRule, DoesNotJudgeAChaseThatWaitsForItsCheck) {
  life_.run_to("05-26 10:00");
  EXPECT_THAT(unheard("05-30 10:00"), IsEmpty());
}

TEST_F(PlainRule, FindsWhoDoesNotEvenKnow) {
  Life life{office_of({paper("table", 5, 25)})};
  auto found = plainly_unheard(life.timetable(), life.past(), at(start), at("05-10 10:30"));
  EXPECT_THAT(found, ElementsAre(misses("")));
  // At night the start letter waits, and after a reload it may still be under way.
  EXPECT_THAT(plainly_unheard(life.timetable(), life.past(), at(start), at("05-10 20:00")),
              IsEmpty());
  EXPECT_THAT(plainly_unheard(life.timetable(), life.past(), at("05-10 10:25"), at("05-10 10:30")),
              IsEmpty());
}

TEST_F(PlainRule, DoesNotJudgeWhatIsSpecial) {
  for (auto kind : {FactKind::received, FactKind::excused}) {
    Life life{office_of({paper("table", 5, 25)})};
    life.step(start);
    life.record("05-18 10:00", fact(kind, of("a", "table"), "05-18 09:00"));
    EXPECT_THAT(plainly_unheard(life.timetable(), life.past(), at(start), at("05-25 10:00")),
                IsEmpty());
  }
  auto silence = fact(FactKind::silenced, {"", "", "a", ""}, "05-19 09:00");
  silence.time = at("05-24 12:00");
  life_.record("05-19 09:00", silence);
  EXPECT_THAT(unheard("05-21 10:00"), IsEmpty());
}

TEST_F(PlainRule, DoesNotJudgeWhatCameBeforeThisTextWasLived) {
  EXPECT_THAT(unheard("05-21 10:00", "05-20 09:00"), IsEmpty());
}

TEST_F(PlainRule, DoesNotJudgeWhoCannotBeReached) {
  auto plan = office_of({paper("table", 5, 25, "17:00", {"c"})});
  Life life{plan};
  EXPECT_THAT(plainly_unheard(life.timetable(), life.past(), at(start), at("05-25 10:00")),
              IsEmpty());
}

TEST_F(PlainRule, DoesNotJudgeWhatFellIntoAnOutage) {
  life_.step("05-20 20:00");  // too late for the hours: it waits until Monday
  EXPECT_THAT(unheard("05-21 10:00"), IsEmpty());
}

}  // namespace
}  // namespace duban::schedule
