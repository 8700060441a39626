// A document that writes itself: its draft is told to the office once, at its time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "schedule/draft_time.h"
#include "schedule/life.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

plan::Document document() {
  auto draft = stage(StageKind::remind, "-2wd 10:00").offset;
  return {.form = plan::Form::dispatch, .of = "table", .draft = draft,
          .key = "draft -2wd 10:00", .place = {}};
}

// The dispatch is due on Thursday 30 June: its draft on the 28th.
plan::Plan with_dispatch() {
  auto plan = office_of({paper("table", 6, 24), paper("dispatch", 6, 30, "17:00", {"office"})});
  for (auto& duty : plan.duties) duty.ladder.reset();
  plan.duties[1].document = document();
  return plan;
}

Lines drafts_of(const Lines& lines) {
  Lines found;
  std::ranges::copy_if(lines, std::back_inserter(found), [](const std::string& line) {
    return line.find(" document") != std::string::npos;
  });
  return found;
}

Life begun() {
  Life life{with_dispatch()};
  life.step("05-10 10:00");
  return life;
}

Fact issued(std::string_view when) {
  auto made = fact(FactKind::issued, of("office", "dispatch"), when);
  made.subject = "sha256:00";
  return made;
}

const auto told_in_time = ElementsAre("06-28 10:00 office dispatch document");

TEST(DocumentDraft, IsToldOnceAtItsTime) {
  auto life = begun();
  EXPECT_THAT(drafts_of(life.run_to("07-20 12:00")), told_in_time);
  EXPECT_THAT(life.idle_wakes(), IsEmpty());
  auto draft = std::ranges::find(life.items(), ItemKind::document,
                                 [](const Item& item) { return item.key.kind; });
  ASSERT_NE(draft, life.items().end());
  EXPECT_EQ(draft->key.stage, "draft -2wd 10:00");
  EXPECT_EQ(draft->key.audience, Audience::office);
  EXPECT_EQ(draft->planned_at, at("06-28 10:00"));
}

TEST(DocumentDraft, OfAPaperThatWasIssuedBeforeIsNotMade) {
  auto life = begun();
  life.record("06-27 15:30", issued("06-27 15:00"));
  EXPECT_THAT(drafts_of(life.run_to("07-20 12:00")), IsEmpty());
}

TEST(DocumentDraft, ThatWaitsIsWithdrawnWhenThePaperIsIssued) {
  auto life = begun();
  life.unreachable = {"office@mail"};
  EXPECT_THAT(drafts_of(life.run_to("06-28 12:00")), told_in_time);
  life.record("06-28 15:30", issued("06-28 15:00"));
  EXPECT_THAT(life.endings(), Contains("withdrawn answered"));
}

TEST(DocumentDraft, IsTakenBackAndMadeAnewWhereTheIssueIsVoided) {
  auto life = begun();
  life.unreachable = {"office@mail"};
  life.run_to("06-28 12:00");
  life.record("06-28 15:30", issued("06-28 15:00"));
  auto lines = life.voids("06-28 16:00", life.last());
  EXPECT_THAT(drafts_of(lines), ElementsAre("06-28 16:00 office dispatch document"));
  EXPECT_THAT(drafts_of(life.run_to("07-20 12:00")), IsEmpty());
}

TEST(DocumentDraft, ThatNobodyLookedForInTimeComesLateWithTheSameCutOff) {
  auto life = begun();
  EXPECT_THAT(drafts_of(life.step("06-29 11:00")),
              ElementsAre("06-29 11:00 office dispatch document late"));
  const auto& told = life.items().back();
  EXPECT_EQ(told.planned_at, at("06-28 10:00"));
  EXPECT_EQ(told.reason, Reason::late);
}

TEST(DocumentDraft, IsNoOlderThanTheDutyItself) {
  Life life{with_dispatch()};
  EXPECT_THAT(drafts_of(life.step("06-29 09:00")), IsEmpty());
  EXPECT_THAT(drafts_of(life.run_to("06-29 12:00")),
              ElementsAre("06-29 09:00 office dispatch document"));
  EXPECT_EQ(life.items().back().planned_at, at("06-29 09:00") + Seconds{1})
      << "nothing was recorded before: a draft as of then would be empty";
}

TEST(DocumentDraft, WaitsForTheHours) {
  auto life = begun();
  EXPECT_THAT(drafts_of(life.step("06-28 20:00")), IsEmpty());
  EXPECT_THAT(drafts_of(life.run_to("07-20 12:00")),
              ElementsAre("06-29 08:30 office dispatch document late"));
}

TEST(DocumentDraft, GoesWithTheDocumentOfTheDuty) {
  auto life = begun();
  life.unreachable = {"office@mail"};
  life.run_to("06-28 12:00");
  auto without = with_dispatch();
  without.duties[1].document.reset();
  life.edit("06-28 14:00", without);
  EXPECT_THAT(life.endings(), Contains("withdrawn removed"));
}

TEST(DocumentDraft, OfAPaperThatWasHandedOnIsTheUnitsOwn) {
  auto life = begun();
  auto handed_on = fact(FactKind::reassigned, of("office", "dispatch"), "06-20 10:00");
  handed_on.subject = "b";
  life.record("06-20 10:00", handed_on);
  EXPECT_THAT(drafts_of(life.run_to("07-20 12:00")), IsEmpty());
}

TEST(DocumentDraft, HasNoTimeWhereThePaperHasNoDate) {
  auto plan = with_dispatch();
  plan.duties[1].due = tbd();
  Timetable timetable{std::make_shared<const plan::Plan>(plan), {}};
  EXPECT_EQ(draft_at(timetable, timetable.occurrences().size() - 1), std::nullopt);
}

}  // namespace
}  // namespace duban::schedule
