// From a message back to the line in the file as it was, and what each message followed from.
#include "engine/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/explain_desk.h"

namespace duban::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Choice = RoutePart::Choice;

const DutyPart& duty_of(const Page& page, std::string_view id) {
  auto found = std::ranges::find(page.duties, id, &DutyPart::id);
  if (found == page.duties.end()) throw std::runtime_error("no such duty on the page");
  return *found;
}

std::vector<std::string> texts(const std::vector<Cited>& lines) {
  std::vector<std::string> all;
  for (const auto& line : lines) all.push_back(line.text);
  return all;
}

class Explain : public ::testing::Test {
 protected:
  ExplainDesk desk_{"05-19T10:00:00"};
};

TEST_F(Explain, AReminderLeadsBackToItsLinesAndItsArithmetic) {
  desk_.run_to("05-20T09:00:00");
  auto page = desk_.why(desk_.notice_of("edu", ItemKind::stage, "remind"));
  const auto& duty = duty_of(page, "monthly-table");
  EXPECT_EQ(duty.clause, "四(三)");
  EXPECT_EQ(duty.basis, plan::Basis::office);
  EXPECT_THAT(texts(duty.lines),
              ElementsAre(HasSubstr("\"monthly-table\""), HasSubstr("\"25 17:00\""),
                          HasSubstr("on_day_off = \"before\"")));
  EXPECT_EQ(duty.lines.front().file, "plans/wuhan-2022-1/plan.toml");
  const auto& period = duty.periods.front();
  ASSERT_THAT(period.steps, SizeIs(3));  // the 25th, a Sunday; the 23rd; not published
  EXPECT_EQ(period.steps[1].kind, calendar::Step::Kind::off_day);
  auto item = table_item(page);
  ASSERT_TRUE(item.stage);
  EXPECT_THAT(item.stage->line.text, HasSubstr("remind   = \"-3wd 09:00\""));
  ASSERT_TRUE(item.stage->count);
  EXPECT_THAT(item.stage->count->walked, SizeIs(3));
  EXPECT_FALSE(item.stage->moved_to);
  EXPECT_FALSE(item.cause) << "the clock alone";
  EXPECT_THAT(item.units, ElementsAre("市教育局"));
}

TEST_F(Explain, TheRouteIsTheFirstOfTheContactsChannels) {
  desk_.run_to("05-20T09:00:00");
  auto page = desk_.why(desk_.notice_of("edu", ItemKind::stage, "remind"));
  const auto& route = page.notice->route;
  EXPECT_EQ(route.choice, Choice::first);
  EXPECT_THAT(route.contacts, ElementsAre(HasSubstr("市教育局")));
  EXPECT_THAT(route.line.text, HasSubstr("edu-liaison"));
  EXPECT_THAT(route.line.file, HasSubstr("units.toml"));
}

TEST_F(Explain, TheLineIsTheOneInForceThenThoughLaterTextsMovedIt) {
  desk_.run_to("05-20T09:00:00");
  auto id = desk_.notice_of("edu", ItemKind::stage, "remind");
  auto before = duty_of(desk_.why(id), "monthly-table").lines;
  auto digest = desk_.why(id).text.digest;
  desk_.edit("# ---- 四个阶段 ----", "# 一\n# 二\n# 三\n# ---- 四个阶段 ----");
  desk_.reload("alice");
  desk_.edit("due    = \"25 17:00\"", "\n\ndue    = \"24 17:00\"");
  desk_.reload("bob");
  auto page = desk_.why(id);
  EXPECT_EQ(page.text.digest, digest);
  EXPECT_FALSE(page.text.missing);
  const auto& lines = duty_of(page, "monthly-table").lines;
  ASSERT_EQ(lines.size(), before.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].line, before[i].line);
    EXPECT_EQ(lines[i].text, before[i].text);
  }
  auto now = duty_of(desk_.why_of("edu"), "monthly-table").lines;
  EXPECT_EQ(now.front().line, before.front().line + 3);
  EXPECT_EQ(now[1].line, before[1].line + 5);
  EXPECT_THAT(now[1].text, HasSubstr("24 17:00"));
}

TEST_F(Explain, ATextThatWasNotKeptIsSaidSoAndThePresentLineIsCited) {
  desk_.run_to("05-20T09:00:00");
  auto id = desk_.notice_of("edu", ItemKind::stage, "remind");
  desk_.edit("# ---- 四个阶段 ----", "# 一\n# ---- 四个阶段 ----");
  auto old = desk_.why(id).text.digest;
  desk_.reload("alice");
  auto state = read_tree(desk_.config.settings_file()).settings->state;
  std::filesystem::remove_all(state / "texts" / Desk::plan / ("sha256-" + old.substr(7)));
  auto page = desk_.why(id);
  EXPECT_TRUE(page.text.missing);
  EXPECT_EQ(page.text.digest, old);
  EXPECT_THAT(duty_of(page, "monthly-table").lines.front().text, HasSubstr("monthly-table"));
  std::filesystem::remove_all(state / "texts");
  auto bare = duty_of(desk_.why(id), "monthly-table").lines;
  EXPECT_EQ(bare.front().text, "");
  EXPECT_NE(bare.front().line, 0U);
}

TEST_F(Explain, AStartFollowsFromTheComingIntoForce) {
  auto page = desk_.why(desk_.notice_of("edu", ItemKind::start));
  auto item = table_item(page);
  ASSERT_TRUE(item.cause);
  EXPECT_EQ(item.cause->kind, FactKind::in_force);
  EXPECT_EQ(item.waited_because, Reason::none);
  EXPECT_GT(page.notice->items, 1U);
  EXPECT_EQ(page.text.since->by, "duband");
}

TEST_F(Explain, WhatWasSaidOnASaturdayWaitedForMonday) {
  ExplainDesk desk{"05-17T10:00:00"};
  desk.run_to("05-19T09:00:00");
  auto page = desk.why(desk.notice_of("edu", ItemKind::start));
  EXPECT_EQ(table_item(page).waited_because, Reason::waits_for_hours);
}

TEST_F(Explain, ALiaisonWhoIsNamedLaterIsToldBecauseOfTheEdit) {
  auto units = desk_.config.plan_folder() / "units.toml";
  contract::EditedConfig::write(units, contract::EditedConfig::text(units) +
                                           "\n[[contact]]\nid = \"statistics-liaison\"\n"
                                           "unit = \"statistics\"\nrole = \"liaison\"\n"
                                           "channels = [\"folder:s@example.org\"]\n");
  desk_.clock.pass(Seconds{600});
  desk_.reload("bob");
  auto item = table_item(desk_.why(desk_.notice_of("statistics", ItemKind::start)));
  ASSERT_TRUE(item.cause);
  EXPECT_EQ(item.cause->kind, FactKind::plan_text);
  EXPECT_EQ(item.cause->by, "bob");
}

TEST_F(Explain, AChangeNamesTheEditThatMovedTheDateAndNotALaterOne) {
  desk_.edit("due    = \"25 17:00\"", "due    = \"22 17:00\"");
  desk_.reload("alice");
  auto id = desk_.notice_of("edu", ItemKind::change);
  desk_.edit("# ---- 四个阶段 ----", "# 一\n# ---- 四个阶段 ----");
  desk_.reload("bob");
  auto item = table_item(desk_.why(id));
  ASSERT_TRUE(item.cause);
  EXPECT_EQ(item.cause->by, "alice");
  EXPECT_NE(item.due, item.was_due);
}

TEST_F(Explain, AChangeThatWaitedStillNamesTheEditThatMovedTheDate) {
  desk_.run_to("05-19T18:00:00");
  desk_.edit("due    = \"25 17:00\"", "due    = \"22 17:00\"");
  desk_.reload("alice");
  desk_.clock.pass(Seconds{600});
  desk_.edit("# ---- 四个阶段 ----", "# 一\n# ---- 四个阶段 ----");
  desk_.reload("bob");
  desk_.run_to("05-20T08:45:00");
  auto item = table_item(desk_.why(desk_.notice_of("edu", ItemKind::change)));
  ASSERT_TRUE(item.cause);
  EXPECT_EQ(item.cause->by, "alice");
  EXPECT_EQ(item.waited_because, Reason::waits_for_hours);
}

TEST_F(Explain, AnExtensionIsToldAsAChangeThatNamesItsFact) {
  auto extended = desk_.fact(FactKind::extended, "edu");
  extended.time = desk_.clock.now() + std::chrono::days{8};
  auto seq = desk_.record(extended);
  auto page = desk_.why(desk_.notice_of("edu", ItemKind::change));
  auto item = table_item(page);
  ASSERT_TRUE(item.cause);
  EXPECT_EQ(item.cause->seq, seq);
  EXPECT_EQ(item.cause->by, "alice");
  const auto& period = duty_of(page, "monthly-table").periods.front();
  ASSERT_TRUE(period.extended);
  EXPECT_EQ(period.extended->seq, seq);
}

TEST_F(Explain, AnExcuseIsToldAsGoneThatNamesItsFact) {
  auto seq = desk_.record(FactKind::excused, "edu");
  auto item = table_item(desk_.why(desk_.notice_of("edu", ItemKind::gone)));
  ASSERT_TRUE(item.cause);
  EXPECT_EQ(item.cause->seq, seq);
}

TEST_F(Explain, ADutyThatLeftThePlanIsCitedWhereItStood) {
  auto text = contract::EditedConfig::text(desk_.config.plan_file());
  auto from = text.find("[[duty]]\nid     = \"unit-final\"");
  ASSERT_NE(from, std::string::npos);
  contract::EditedConfig::write(desk_.config.plan_file(),
                                text.erase(from, text.find("[[duty]]", from + 8) - from));
  desk_.reload("alice");
  std::string gone;
  for (const auto& view : desk_.notices()) {
    for (const auto& item : view.notice.items) {
      if (item.key.kind == ItemKind::gone && item.key.about.unit == "edu") {
        gone = view.notice.head.id;
      }
    }
  }
  ASSERT_FALSE(gone.empty());
  auto page = desk_.why(gone);
  const auto& duty = duty_of(page, "unit-final");
  EXPECT_EQ(duty.name, "年度总结");
  EXPECT_THAT(duty.lines.front().text, HasSubstr("unit-final"));
  ASSERT_TRUE(duty.periods.front().items.front().cause);
  EXPECT_EQ(duty.periods.front().items.front().cause->by, "alice");
  auto asked = desk_.why_of("edu", "unit-final", "");
  EXPECT_TRUE(asked.assignment->removed);
  ASSERT_TRUE(asked.assignment->removed_by);
  EXPECT_EQ(asked.assignment->removed_by->by, "alice");
  EXPECT_THAT(asked.assignment->told, SizeIs(2));
}

TEST_F(Explain, OverdueNamesTheCheckThatItWaitedForAndThatItMovedIt) {
  desk_.run_to("05-26T15:00:00");
  auto seq = desk_.record(FactKind::checked, "");
  desk_.run_to("05-27T14:00:00");
  auto item = table_item(desk_.why(desk_.notice_of("edu", ItemKind::stage, "overdue")));
  ASSERT_TRUE(item.checked);
  EXPECT_EQ(item.checked->seq, seq);
  EXPECT_EQ(item.stage->moved_because, Reason::waits_for_check);
}

TEST_F(Explain, AMissedStageNamesTheOutage) {
  desk_.clock.pass(std::chrono::hours{26});
  desk_.look();
  auto item = table_item(desk_.why(desk_.notice_of("edu", ItemKind::stage, "remind")));
  EXPECT_TRUE(item.late);
  EXPECT_EQ(item.told_at, desk_.clock.now());
  ASSERT_TRUE(item.cause);
  EXPECT_EQ(item.cause->kind, FactKind::outage);
}

TEST_F(Explain, WhatIsHeldAsAStormNamesWhatLetItGo) {
  desk_.clock.pass(std::chrono::hours{26});
  desk_.look();  // a reminder missed by 28 units
  auto held = desk_.notice_of("edu", ItemKind::stage, "remind");
  auto before = *desk_.why(held).notice;
  EXPECT_EQ(before.state, NoticeState::drafted);
  EXPECT_EQ(before.reason, Reason::storm);
  EXPECT_THAT(before.decisions, IsEmpty());
  ASSERT_TRUE(desk_.ask(desk_.engine->release(std::string{schedule::storm_code}, "alice")));
  desk_.look();
  auto after = *desk_.why(held).notice;
  ASSERT_THAT(after.decisions, SizeIs(1));
  EXPECT_EQ(after.decisions.front().by, "alice");
  EXPECT_THAT(after.replaced_by, SizeIs(1));
}

TEST_F(Explain, ANewLiaisonIsToldBecauseOfTheEditThatNamesTheContact) {
  auto units = desk_.config.plan_folder() / "units.toml";
  contract::EditedConfig::edit(units, "id       = \"edu-liaison\"", "id       = \"edu-two\"");
  desk_.clock.pass(Seconds{600});
  desk_.reload("bob");
  auto page = desk_.why(desk_.notice_of("edu", ItemKind::handover));
  const auto& item = page.duties.front().periods.front().items.front();
  EXPECT_EQ(item.subject, "edu-two");
  ASSERT_TRUE(item.cause);
  EXPECT_EQ(item.cause->by, "bob");
}

TEST_F(Explain, ADraftNamesItsReleaseAndWhatReplacedIt) {
  desk_.run_to("05-26T10:00:00");
  desk_.record(FactKind::checked, "");
  desk_.run_to("05-27T08:00:00");
  auto draft = desk_.notice_of("edu", ItemKind::stage, "escalate");
  EXPECT_EQ(desk_.why(draft).notice->state, NoticeState::drafted);
  ASSERT_TRUE(desk_.ask(desk_.engine->release(draft, "alice")));
  desk_.run_to("05-27T10:00:00");
  auto page = desk_.why(draft);
  ASSERT_THAT(page.notice->decisions, SizeIs(1));
  EXPECT_EQ(page.notice->decisions.front().by, "alice");
  ASSERT_THAT(page.notice->replaced_by, SizeIs(1));
  EXPECT_TRUE(page.notice->ended_at);
  auto sent = desk_.why(page.notice->replaced_by.front().id);
  ASSERT_TRUE(sent.notice->replaces);
  EXPECT_EQ(sent.notice->replaces->id, draft);
}

TEST_F(Explain, TheListIsOfItsDayAndOfNoDuty) {
  desk_.run_to("05-23T17:30:00");
  desk_.run_to("05-26T16:30:00");
  auto page = desk_.why(desk_.notice_of("office", ItemKind::list));
  ASSERT_THAT(page.duties, SizeIs(1));
  EXPECT_EQ(page.duties.front().id, "");
  EXPECT_EQ(page.duties.front().periods.front().items.front().subject, "2036-05-26");
  EXPECT_THAT(page.duties.front().lines, SizeIs(1));
  EXPECT_THAT(page.duties.front().lines.front().text, HasSubstr("list"));
}

TEST_F(Explain, ARefusedEditIsToldAsTroubleThatNamesItsFact) {
  desk_.edit("due    = \"25 17:00\"", "due    = \"32 17:00\"");
  desk_.reload("alice");
  auto page = desk_.why(desk_.notice_of("office", ItemKind::trouble));
  const auto& item = page.duties.front().periods.front().items.front();
  EXPECT_EQ(item.subject, "bad-files");
  ASSERT_TRUE(item.cause);
  EXPECT_EQ(item.cause->kind, FactKind::trouble);
  EXPECT_EQ(page.notice->route.choice, Choice::first) << "no endpoint is in trouble";
}

TEST_F(Explain, AnIdThatNobodyHasIsRefusedWithAWay) {
  auto refused = desk_.ask(desk_.engine->explain_notice("ntc_x"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "unknown-notice");
  EXPECT_FALSE(refused.error().mend.empty());
}

}  // namespace
}  // namespace duban::engine
