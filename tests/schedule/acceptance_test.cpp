// Received is not accepted: by the office's word, or by silence when the dispatch is drafted.
#include "schedule/acceptance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schedule/life.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;
using testing::Eq;
using testing::Optional;

plan::Document of_tables(plan::Form form, std::string_view draft) {
  return {.form = form, .of = "table", .draft = offset(draft), .key = "draft", .place = {}};
}

plan::Duty office_duty(std::string_view id, plan::Every every, plan::DueRule due,
                       plan::Document document) {
  auto made = duty(id, every, std::move(due));
  made.who = {std::string{plan::office_id}};
  made.document = std::move(document);
  return made;
}

// Tables on the 25th; their dispatch five working days later (June 1, July 1), drafted two working
// days before that: May 30, June 29. A briefing of the second quarter, drafted on July 8.
plan::Plan with_dispatch() {
  auto table = duty("table", plan::Every::month, on_day(25, "17:00"));
  table.who = {"a", "b"};
  auto dispatch = office_duty("dispatch", plan::Every::month, due_of("table", "+5wd"),
                              of_tables(plan::Form::dispatch, "-2wd 10:00"));
  auto briefing = office_duty("briefing", plan::Every::quarter, nth_wd(7),
                              of_tables(plan::Form::briefing, "-1wd 10:00"));
  briefing.about = plan::About::period_before;
  for (auto* one : {&table, &dispatch, &briefing}) one->within = plan::Within{5, 6};
  briefing.within = plan::Within{2, 2};
  return office_of({table, dispatch, briefing});
}

const auto may = of("a", "table", "2022-05");
const auto june = of("a", "table", "2022-06");

class Accepted : public ::testing::Test {
 protected:
  explicit Accepted(plan::Plan plan = with_dispatch())
      : timetable_(std::make_shared<const plan::Plan>(std::move(plan)), {}) {}

  // Recorded when it happened, or later.
  std::int64_t say(FactKind kind, const AssignmentKey& about, std::string_view happened,
                   std::string_view recorded = {}) {
    auto said = fact(kind, about, happened);
    said.recorded_at = recorded.empty() ? said.at : at(recorded);
    said.seq = ++seq_;
    if (kind == FactKind::returned) said.time = said.at + Seconds{3 * 86400};
    record_.apply(said);
    return seq_;
  }
  Assignment stands(const AssignmentKey& key, std::string_view when) const {
    Quiet quiet{timetable_, record_};
    return assignment_of(timetable_, record_, quiet, *timetable_.slot_of(key), at(when), {});
  }
  std::optional<Acceptance> accepted(const AssignmentKey& key, std::string_view when) const {
    return acceptance_of(timetable_, record_, stands(key, when), at(when));
  }
  Acceptance silence(std::string_view when) const { return {at(when), 0}; }

  Timetable timetable_;
  Record record_;
  std::int64_t seq_ = 0;
};

TEST_F(Accepted, TheCutOffIsTheFirstDraftThatTellsOfThePeriod) {
  EXPECT_EQ(cut_off(timetable_, may), at("05-30 10:00"));
  EXPECT_EQ(cut_off(timetable_, june), at("06-29 10:00"));
}

TEST_F(Accepted, SilenceAcceptsAtTheCutOffAndNotBefore) {
  say(FactKind::submitted, may, "05-24 10:00");
  EXPECT_EQ(accepted(may, "05-30 09:59"), std::nullopt);
  EXPECT_THAT(accepted(may, "05-30 10:00"), Optional(silence("05-30 10:00")));
  EXPECT_THAT(accepted(may, "12-01 10:00"), Optional(silence("05-30 10:00")));
  EXPECT_THAT(silence_accepts_at(timetable_, record_, stands(may, "05-24 11:00")),
              Optional(at("05-30 10:00")));
}

TEST_F(Accepted, NothingIsAcceptedOfWhoHandedNothingIn) {
  say(FactKind::accepted, of("", "table", "2022-05"), "05-31 10:00");
  EXPECT_EQ(accepted(may, "12-01 10:00"), std::nullopt);
  EXPECT_EQ(silence_accepts_at(timetable_, record_, stands(may, "12-01 10:00")), std::nullopt);
}

TEST_F(Accepted, TheOfficesWordIsEarlier) {
  say(FactKind::received, may, "05-24 10:00");
  auto word = say(FactKind::accepted, may, "05-26 10:00");
  EXPECT_THAT(accepted(may, "05-26 10:00"), Optional(Acceptance{at("05-26 10:00"), word}));
  EXPECT_THAT(accepted(may, "12-01 10:00"), Optional(Acceptance{at("05-26 10:00"), word}));
}

TEST_F(Accepted, AWordAfterTheCutOffChangesNothing) {
  say(FactKind::received, may, "05-24 10:00");
  say(FactKind::accepted, may, "05-31 10:00");
  EXPECT_THAT(accepted(may, "06-01 10:00"), Optional(silence("05-30 10:00")));
}

TEST_F(Accepted, AWordThatWasVoidedLeavesTheSilence) {
  say(FactKind::received, may, "05-24 10:00");
  auto word = say(FactKind::accepted, may, "05-26 10:00");
  auto voided = fact(FactKind::voided, may, "05-26 11:00");
  voided.refers = word;
  voided.recorded_at = voided.at;
  voided.seq = ++seq_;
  record_.apply(voided);
  EXPECT_EQ(accepted(may, "05-27 10:00"), std::nullopt);
  EXPECT_THAT(accepted(may, "05-30 10:00"), Optional(silence("05-30 10:00")));
}

TEST_F(Accepted, WhatWasGivenBackInTimeIsAcceptedWhenItCameInAgain) {
  say(FactKind::received, may, "05-24 10:00");
  say(FactKind::returned, may, "05-27 10:00");
  EXPECT_EQ(accepted(may, "05-30 12:00"), std::nullopt) << "it is open";
  say(FactKind::received, may, "05-30 09:00");
  EXPECT_THAT(accepted(may, "05-30 12:00"), Optional(silence("05-30 10:00")));
}

TEST_F(Accepted, AReturnTakesTheWordBack) {
  say(FactKind::received, may, "05-24 10:00");
  say(FactKind::accepted, may, "05-25 10:00");
  say(FactKind::returned, may, "05-27 10:00");
  say(FactKind::received, may, "05-29 10:00");
  EXPECT_EQ(accepted(may, "05-30 09:00"), std::nullopt);
}

// The dispatch of May cannot have told of it: what the office has not yet looked at is no silence.
TEST_F(Accepted, WhatWasRecordedAfterItsDispatchIsAcceptedByTheNext) {
  say(FactKind::received, may, "05-25 10:00", "05-31 09:00");
  EXPECT_EQ(accepted(may, "06-10 10:00"), std::nullopt);
  EXPECT_THAT(accepted(may, "06-29 10:00"), Optional(silence("06-29 10:00")));
}

TEST_F(Accepted, TheBriefingAcceptsWhatTheLastDispatchDidNotSee) {
  say(FactKind::received, june, "06-30 10:00");
  EXPECT_THAT(accepted(june, "07-09 10:00"), Optional(silence("07-08 10:00")));
}

TEST_F(Accepted, WithoutADocumentSilenceSaysNothing) {
  auto plan = with_dispatch();
  for (auto& one : plan.duties) one.document.reset();
  Timetable plain{std::make_shared<const plan::Plan>(plan), {}};
  EXPECT_EQ(cut_off(plain, may), std::nullopt);
  say(FactKind::received, may, "05-24 10:00");
  EXPECT_EQ(acceptance_of(plain, record_, stands(may, "12-01 10:00"), at("12-01 10:00")),
            std::nullopt);
}

TEST_F(Accepted, AnExcusedDispatchLeavesItToTheBriefing) {
  auto plan = with_dispatch();
  plan.duties[1].changes["2022-06"].excused = "与二季度合并";
  Timetable merged{std::make_shared<const plan::Plan>(plan), {}};
  EXPECT_THAT(cut_off(merged, june), Optional(Eq(at("07-08 10:00"))));
}

}  // namespace
}  // namespace duban::schedule
