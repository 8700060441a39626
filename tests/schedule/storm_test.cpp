// The brake of I5, and the one list that a new liaison gets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schedule/life.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

Lines heard(Lines lines) {
  std::erase_if(lines, [](const std::string& line) { return line.find(" office ") != line.npos; });
  return lines;
}

plan::Plan brittle(unsigned due_day = 25) {
  auto plan = office_of({paper("plan", 5, due_day, "17:00", {"a", "b"})});
  plan.storm = 1;
  return plan;
}

Life begun(plan::Plan plan) {
  Life life{std::move(plan)};
  life.step("05-10 10:00");
  return life;
}

Fact let_go() {
  auto made = fact(FactKind::released, {}, "05-13 11:00");
  made.subject = storm_code;
  return made;
}

TEST(Storm, MoreChangesThanThePlanAllowsWaitAndTheOfficeIsAskedOnce) {
  auto life = begun(brittle());
  auto lines = life.edit("05-13 10:00", brittle(27));
  EXPECT_THAT(heard(lines), UnorderedElementsAre("05-13 10:00 a plan change 05-25>05-27 draft",
                                                 "05-13 10:00 b plan change 05-25>05-27 draft"));
  EXPECT_THAT(lines, Contains(HasSubstr("office trouble")));
  EXPECT_THAT(life.run_to("05-13 16:00"), IsEmpty());
}

TEST(Storm, LetGoItGoesAtOnceWhole) {
  auto life = begun(brittle());
  life.edit("05-13 10:00", brittle(27));
  EXPECT_THAT(heard(life.record("05-13 11:00", let_go())),
              UnorderedElementsAre("05-13 11:00 a plan change 05-25>05-27 again",
                                   "05-13 11:00 b plan change 05-25>05-27 again"));
  EXPECT_THAT(life.drafts(), IsEmpty());
}

TEST(Storm, LetGoAtNightItWaitsForTheHours) {
  auto life = begun(brittle());
  life.edit("05-13 10:00", brittle(27));
  life.run_to("05-13 20:00");
  EXPECT_THAT(heard(life.record("05-13 20:00", let_go())), IsEmpty());
  EXPECT_THAT(heard(life.run_to("05-16 12:00")).size(), 2U);
}

TEST(Storm, OrdinaryStagesGoOn) {
  auto life = begun(brittle());
  life.edit("05-13 10:00", brittle(27));
  auto lines = heard(life.run_to("05-24 12:00"));
  EXPECT_THAT(lines, UnorderedElementsAre("05-24 09:00 a plan remind -3wd 09:00",
                                          "05-24 09:00 b plan remind -3wd 09:00"));
}

TEST(Storm, OneThatIsTakenBackByAnEditIsClosed) {
  auto life = begun(brittle());
  life.edit("05-13 10:00", brittle(27));
  life.edit("05-13 14:00", brittle(25));
  EXPECT_THAT(life.drafts(), IsEmpty());
  EXPECT_THAT(heard(life.record("05-13 15:00", let_go())), IsEmpty());
}

TEST(Storm, WhoHandsInMeanwhileIsNotTold) {
  auto life = begun(brittle());
  life.edit("05-13 10:00", brittle(27));
  life.record("05-13 11:00", fact(FactKind::received, of("a", "plan"), "05-13 10:30"));
  EXPECT_THAT(heard(life.record("05-13 12:00", let_go())),
              ElementsAre("05-13 12:00 b plan change 05-25>05-27 again"));
}

TEST(Storm, LateRemindersAfterADowntimeAreOneToo) {
  auto life = begun(brittle());
  EXPECT_THAT(heard(life.step("05-23 10:00")),
              UnorderedElementsAre("05-23 10:00 a plan remind -3wd 09:00 late draft",
                                   "05-23 10:00 b plan remind -3wd 09:00 late draft"));
  // the day's note comes as ever, and what was held has lost its sense
  EXPECT_THAT(heard(life.run_to("05-25 12:00")),
              UnorderedElementsAre("05-25 09:00 a plan due 0d 09:00",
                                   "05-25 09:00 b plan due 0d 09:00"));
  EXPECT_THAT(life.drafts(), IsEmpty());
}

TEST(Storm, WhatTheOfficeSawInADiffIsNotHeld) {
  auto life = begun(brittle());
  auto seen = fact(FactKind::plan_text, {}, "05-13 10:00");
  seen.subject = "sha256:x";
  seen.note = seen_in_diff;
  life.record("05-13 10:00", seen);
  EXPECT_THAT(heard(life.edit("05-13 10:00", brittle(27))),
              UnorderedElementsAre("05-13 10:00 a plan change 05-25>05-27",
                                   "05-13 10:00 b plan change 05-25>05-27"));
}

TEST(Storm, AsManyAsThePlanAllowsAreNone) {
  auto plan = brittle(27);
  plan.storm = 2;
  auto life = begun(brittle());
  EXPECT_THAT(heard(life.edit("05-13 10:00", plan)), Not(Contains(HasSubstr("draft"))));
}

plan::Plan with_new_liaison(plan::Plan plan, const std::string& id) {
  plan.contacts[0].id = id;
  plan.endpoints.push_back({.id = id + "@mail", .channel = "mail", .address = "y", .place = {}});
  plan.contacts[0].endpoints = {id + "@mail"};
  return plan;
}

TEST(Handover, ANewLiaisonHearsOnceWhatIsOpen) {
  auto plan = office_of({paper("plan", 5, 25), paper("summary", 9, 30)});
  auto life = begun(plan);
  EXPECT_THAT(heard(life.edit("05-13 10:00", with_new_liaison(plan, "new"))),
              ElementsAre("05-13 10:00 a handover"));
  EXPECT_EQ(life.notices().back().endpoint, "new@mail");
  EXPECT_THAT(heard(life.run_to("05-20 12:00")),
              ElementsAre("05-20 09:00 a plan remind -3wd 09:00"));
}

TEST(Handover, ANewAddressOfTheSameContactIsNoNewPerson) {
  auto plan = office_of({paper("plan", 5, 25)});
  auto life = begun(plan);
  auto moved = with_new_liaison(plan, "a");
  EXPECT_THAT(heard(life.edit("05-13 10:00", moved)), IsEmpty());
}

TEST(Handover, WithNothingOpenThereIsNone) {
  auto plan = office_of({paper("plan", 5, 25)});
  auto life = begun(plan);
  life.record("05-12 10:00", fact(FactKind::received, of("a", "plan"), "05-12 09:00"));
  EXPECT_THAT(heard(life.edit("05-13 10:00", with_new_liaison(plan, "new"))), IsEmpty());
}

TEST(Handover, WaitsForTheHours) {
  auto plan = office_of({paper("plan", 5, 25)});
  auto life = begun(plan);
  EXPECT_THAT(heard(life.edit("05-14 10:00", with_new_liaison(plan, "new"))), IsEmpty());
  EXPECT_THAT(heard(life.run_to("05-17 10:00")), ElementsAre("05-16 08:30 a handover"));
}

TEST(Handover, WhatWasNotDeliveredGoesToTheNewOneAsItIs) {
  auto plan = office_of({paper("plan", 5, 25)});
  Life life{plan};
  life.unreachable.insert("a@mail");
  life.step("05-10 10:00");
  EXPECT_THAT(heard(life.edit("05-13 10:00", with_new_liaison(plan, "new"))),
              ElementsAre("05-13 10:00 a plan start"));
  EXPECT_EQ(life.notices().back().endpoint, "new@mail");
}

}  // namespace
}  // namespace duban::schedule
