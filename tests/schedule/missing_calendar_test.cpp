// Next year's work calendar: the office is told once, from 1 November on, while it is missing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schedule/life.h"
#include "schedule/missing_calendar.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Lines told_on_the_first{"11-01 08:30 office trouble calendar-missing"};

// The real calendar, in which 2023 stands so.
plan::Plan with_2023(plan::YearStatus status, std::vector<plan::Duty> duties = {}) {
  auto plan = office_of(std::move(duties));
  auto calendar = *plan.calendar;
  for (auto& year : calendar.years) {
    if (year.year == 2023) year.status = status;
  }
  plan.calendar = std::make_shared<const plan::WorkCalendar>(std::move(calendar));
  return plan;
}

plan::Plan unknown() { return with_2023(plan::YearStatus::unknown); }
plan::Plan published() { return with_2023(plan::YearStatus::published); }

Life begun(plan::Plan plan) {
  Life life{std::move(plan)};
  life.step("05-10 10:00");
  return life;
}

TEST(MissingCalendar, IsToldOnceAsTheHoursOfTheFirstOfNovemberOpen) {
  auto life = begun(unknown());
  EXPECT_THAT(life.run_to("12-31 23:59"), testing::ElementsAreArray(told_on_the_first));
  EXPECT_THAT(life.idle_wakes(), IsEmpty());
  const auto& key = life.items().back().key;
  EXPECT_EQ(key.about.period, "2023");
  EXPECT_EQ(key.audience, Audience::office);
}

TEST(MissingCalendar, ThatIsPublishedIsNotAskedFor) {
  auto life = begun(published());
  EXPECT_THAT(life.run_to("12-31 23:59"), IsEmpty());
}

TEST(MissingCalendar, ThatIsOnlyGuessedIsMissing) {
  auto life = begun(with_2023(plan::YearStatus::provisional));
  EXPECT_THAT(life.run_to("12-31 23:59"), testing::ElementsAreArray(told_on_the_first));
}

TEST(MissingCalendar, IsToldAtTheFirstStartWhenThatIsLater) {
  Life life{unknown()};
  EXPECT_THAT(life.step("11-15 10:00"), ElementsAre("11-15 10:00 office trouble calendar-missing"));
}

TEST(MissingCalendar, ARestartDoesNotTellItAgain) {
  auto life = begun(unknown());
  life.run_to("11-02 10:00");
  EXPECT_THAT(life.step("11-20 10:00"), IsEmpty());
}

TEST(MissingCalendar, WhatWasMissedWhileNobodyLookedIsToldWithinTheHours) {
  auto life = begun(unknown());
  EXPECT_THAT(life.step("11-05 10:00"), IsEmpty()) << "a Saturday";
  EXPECT_THAT(life.run_to("11-30 12:00"),
              ElementsAre("11-07 08:30 office trouble calendar-missing"));
}

TEST(MissingCalendar, ThatCameBeforeItWasSentIsWithdrawnAndItsReturnToldAgain) {
  auto life = begun(unknown());
  life.unreachable = {"office@mail"};
  life.run_to("11-01 09:00");
  EXPECT_THAT(life.edit("11-01 09:10", published()), IsEmpty());
  EXPECT_THAT(life.endings(), ElementsAre("withdrawn removed"));
  EXPECT_THAT(life.edit("11-01 09:20", unknown()),
              ElementsAre("11-01 09:20 office trouble calendar-missing"));
  EXPECT_EQ(life.items().back().key.telling, 2);
}

TEST(MissingCalendar, ThatCameAndWentAfterItWasToldIsNotToldAgain) {
  auto life = begun(unknown());
  life.run_to("11-02 10:00");
  EXPECT_THAT(life.edit("11-03 10:00", published()), IsEmpty());
  EXPECT_THAT(life.edit("11-04 10:00", unknown()), IsEmpty());
}

TEST(MissingCalendar, IsNoMatterOfAPlanThatEndsBefore) {
  auto plan = unknown();
  plan.phases[0].to = day("2022-10-31");
  auto life = begun(plan);
  EXPECT_THAT(life.run_to("12-31 23:59"), IsEmpty());
}

TEST(MissingCalendar, WithoutAnOfficeToReachWakesNobody) {
  auto plan = unknown();
  std::erase_if(plan.contacts, [](const plan::Contact& one) { return one.unit == "office"; });
  auto life = begun(plan);
  EXPECT_THAT(life.run_to("12-31 23:59"), IsEmpty());
  EXPECT_THAT(life.idle_wakes(), IsEmpty());
}

TEST(MissingCalendar, StandsFromTheFirstOfNovemberUntilItIsThere) {
  auto life = begun(unknown());
  EXPECT_EQ(missing_calendar(life.timetable(), at("10-31 23:59")), std::nullopt);
  EXPECT_EQ(missing_calendar(life.timetable(), at("11-01 00:00")), 2023);
  life.edit("11-03 10:00", published());
  EXPECT_EQ(missing_calendar(life.timetable(), at("11-03 10:00")), std::nullopt);
}

TEST(MissingCalendar, HoldsNothingElseUp) {
  auto life = begun(with_2023(plan::YearStatus::unknown, {paper("plan", 11, 4)}));
  auto lines = life.run_to("11-04 12:00");
  EXPECT_THAT(lines, Contains("11-01 09:00 a plan remind -3wd 09:00"));
  EXPECT_THAT(lines, Contains(told_on_the_first[0]));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("draft"))));
}

}  // namespace
}  // namespace duban::schedule
