// One message per kind, as people read them: tests/golden/messages/.
#include <gtest/gtest.h>

#include "golden/golden.h"
#include "message/office_desk.h"

namespace duban::message {
namespace {

using duban::testing::expect_golden;

void expect_message(const std::string& name, const ledger::Content& content) {
  expect_golden("messages/" + name + ".txt", content.subject + "\n\n" + content.text);
}

TEST(GoldenMessages, Remind) {
  OfficeDesk desk;
  auto table = desk.assign("monthly-table", "2022-05", "transport");
  auto content = desk.render({desk.stage(table, "remind -3wd 09:00")}, "2022-05-20 09:00");
  expect_message("remind", content);
  expect_golden("messages/remind.html", content.html);
  expect_golden("messages/remind.json", content.json + "\n");
}

TEST(GoldenMessages, RemindOfAPaperAskedForEarly) {
  OfficeDesk desk;
  auto summary = desk.assign("summary", "2022", "tax");
  expect_message("remind-summary",
                 desk.render({desk.stage(summary, "remind -3wd 09:00")}, "2022-09-15 09:00"));
}

TEST(GoldenMessages, OnTheDay) {
  OfficeDesk desk;
  auto table = desk.assign("monthly-table", "2022-05", "edu");
  expect_message("due", desk.render({desk.stage(table, "due 0d 09:00")}, "2022-05-25 09:00"));
}

TEST(GoldenMessages, Overdue) {
  OfficeDesk desk;
  auto table = desk.assign("monthly-table", "2022-05", "medicare");
  auto overdue = desk.stage(table, "overdue +1wd 14:00");
  overdue.checked_at = desk.at("2022-05-26 10:30");
  expect_message("overdue", desk.render({overdue}, "2022-05-26 14:00"));
}

TEST(GoldenMessages, EscalateToTheLeader) {
  OfficeDesk desk;
  auto table = desk.assign("monthly-table", "2022-05", "port");
  auto draft = desk.stage(table, "escalate +2wd 09:00");
  draft.item.key.audience = Audience::leader;
  draft.told_before = {desk.at("2022-05-20 09:00"), desk.at("2022-05-25 09:00"),
                       desk.at("2022-05-26 14:00")};
  expect_message("escalate", desk.render({draft}, "2022-05-27 09:00"));
}

TEST(GoldenMessages, DraftOfADocument) {
  OfficeDesk desk;
  auto dispatch = desk.assign("monthly-dispatch", "2022-05", "office");
  auto draft = desk.telling(dispatch, ItemKind::document);
  draft.item.key.stage = "draft -2wd 10:00";
  draft.item.key.audience = Audience::office;
  draft.item.planned_at = desk.at("2022-05-30 10:00");
  expect_message("document", desk.render({draft}, "2022-05-30 10:00"));
}

TEST(GoldenMessages, Start) {
  OfficeDesk desk;
  auto content = desk.render(desk.start("water"), "2022-03-15 09:00");
  expect_message("start", content);
  expect_golden("messages/start.html", content.html);
}

TEST(GoldenMessages, StartOfAUnitThatOnlySupports) {
  OfficeDesk desk;
  expect_message("start-support", desk.render(desk.start("qingshan"), "2022-03-15 09:00"));
}

TEST(GoldenMessages, ChangeOfSeveralDates) {
  OfficeDesk desk;
  std::vector<schedule::Telling> changes;
  for (const auto* period : {"2022-08", "2022-09"}) {
    auto table = desk.assign("monthly-table", period, "health");
    auto change = desk.telling(table, ItemKind::change);
    change.item.was_due = desk.assignment(table).due;
    desk.assignment(table).due = *change.item.was_due - std::chrono::days{3};
    change.item.due = desk.assignment(table).due;
    changes.push_back(change);
  }
  expect_message("change", desk.render(changes, "2022-08-01 09:00"));
}

TEST(GoldenMessages, Gone) {
  OfficeDesk desk;
  auto table = desk.assign("monthly-table", "2022-09", "health");
  desk.assignment(table).standing = schedule::Standing::excused;
  desk.assignment(table).excuse = "与年度小结合并";
  expect_message("gone", desk.render({desk.telling(table, ItemKind::gone)}, "2022-08-01 09:00"));
}

TEST(GoldenMessages, Correction) {
  OfficeDesk desk;
  auto table = desk.assign("monthly-table", "2022-05", "market");
  desk.assignment(table).answered_at = desk.at("2022-05-25 16:40");
  desk.assignment(table).standing = schedule::Standing::answered;
  expect_message("correction",
                 desk.render({desk.telling(table, ItemKind::correction)}, "2022-05-26 15:00"));
}

TEST(GoldenMessages, GivenBack) {
  OfficeDesk desk;
  auto table = desk.assign("monthly-table", "2022-05", "water");
  auto& given = desk.assignment(table);
  given.due = desk.at("2022-05-30 17:00");
  given.due_has_hour = true;
  given.ask_by.reset();
  given.answer = schedule::Answer{FactKind::returned, 7, "缺跨界水体一行"};
  auto telling = desk.telling(table, ItemKind::answer);
  telling.item.reason = Reason::returned;
  expect_message("returned", desk.render({telling}, "2022-05-26 10:00"));
}

TEST(GoldenMessages, NoMoreTime) {
  OfficeDesk desk;
  auto table = desk.assign("monthly-table", "2022-05", "statistics");
  desk.assignment(table).answer =
      schedule::Answer{FactKind::declined, 7, "30日要汇总", FactKind::asked};
  auto telling = desk.telling(table, ItemKind::answer);
  telling.item.reason = Reason::declined;
  expect_message("declined", desk.render({telling}, "2022-05-24 10:00"));
}

TEST(GoldenMessages, TheOfficesList) {
  OfficeDesk desk;
  for (const auto* unit : {"port", "medicare", "market", "statistics"}) {
    desk.decision.list.overdue.push_back({desk.assign("monthly-table", "2022-05", unit)});
  }
  desk.decision.list.drafts.push_back({"ntc_01G4000000000000000000PORT", std::nullopt,
                                       desk.assign("monthly-table", "2022-05", "port"),
                                       desk.at("2022-05-27 09:00")});
  desk.decision.list.by_hand.push_back(
      {desk.assign("monthly-table", "2022-05", "statistics"), Reason::no_contact});
  auto visit = desk.assign("members-visit", "2022", "office");
  desk.decision.list.undated.push_back({desk.assignment(visit).duty, "2022",
                                        desk.plan().find_duty("members-visit")->decide_by, false});
  schedule::Telling list;
  list.item.key.kind = ItemKind::list;
  list.item.key.about.unit = "office";
  list.item.key.audience = Audience::office;
  auto content = desk.render({list}, "2022-05-26 16:30");
  expect_message("list", content);
  expect_golden("messages/list.html", content.html);
}

TEST(GoldenMessages, TheOfficesListOfAStormAndSilences) {
  OfficeDesk desk;
  desk.decision.list.storm = 28;
  desk.decision.list.silences = {
      {.until = desk.at("2022-07-31 23:59"), .units = {"water"}, .why = "防汛", .seq = 12},
      {.until = desk.at("2022-06-08 00:00"), .duties = {"monthly-table"},
       .stage = StageKind::remind, .why = "市人代会"}};
  schedule::Telling list;
  list.item.key.kind = ItemKind::list;
  list.item.key.about.unit = "office";
  list.item.key.audience = Audience::office;
  expect_message("list-held", desk.render({list}, "2022-05-30 16:30"));
}

TEST(GoldenMessages, TheOfficesOwnDuty) {
  OfficeDesk desk;
  auto dispatch = desk.assign("monthly-dispatch", "2022-05", "office");
  auto telling = desk.stage(dispatch, "remind -3wd 09:00");
  telling.item.key.audience = Audience::office;
  expect_message("todo", desk.render({telling}, "2022-05-27 09:00"));
}

TEST(GoldenMessages, AGroupChat) {
  OfficeDesk desk;
  std::vector<schedule::Telling> tellings;
  for (const auto* unit : {"qingshan", "caidian"}) {
    tellings.push_back(desk.stage(desk.assign("summary", "2022", unit), "remind -3wd 09:00"));
  }
  auto content = desk.render(desk.notice(tellings, "district-chat"), "2022-09-15 09:00");
  expect_message("group", content);
  expect_golden("messages/group.json", content.json + "\n");
}

schedule::Telling trouble_of(const std::string& endpoint) {
  schedule::Telling trouble;
  trouble.item.key.kind = ItemKind::trouble;
  trouble.item.key.about = {"", "2022-05-26", "office", endpoint};
  trouble.item.key.audience = Audience::office;
  trouble.item.reason = Reason::refused;
  return trouble;
}

TEST(GoldenMessages, Trouble) {
  OfficeDesk desk;
  expect_message("trouble", desk.render({trouble_of("port-liaison/1")}, "2022-05-26 15:00"));
}

TEST(GoldenMessages, TroubleOfAnEndpointAfterWhichThereIsAnother) {
  auto plan = shipped_plan();
  auto port = std::ranges::find(plan.contacts, "port-liaison", &plan::Contact::id);
  port->endpoints.emplace_back("district-chat");
  OfficeDesk desk{std::move(plan)};
  expect_message("trouble-next", desk.render({trouble_of("port-liaison/1")}, "2022-05-26 15:00"));
}

TEST(GoldenMessages, TroubleOfTheOfficesOwnEndpoint) {
  OfficeDesk desk;
  auto office = std::ranges::find(desk.plan().contacts, plan::office_id, &plan::Contact::unit);
  ASSERT_GT(office->endpoints.size(), 1U);
  auto content = desk.render({trouble_of(office->endpoints.front())}, "2022-05-26 15:00");
  EXPECT_EQ(content.text.find("下一个通道"), std::string::npos) << content.text;
}

TEST(GoldenMessages, TroubleThatDubanMet) {
  OfficeDesk desk;
  std::vector<schedule::Telling> tellings;
  for (const auto* code : {"bad-files", "clock-step"}) {
    schedule::Telling trouble;
    trouble.item.key.kind = ItemKind::trouble;
    trouble.item.key.about = {"", "2022-05-26", "office", code};
    trouble.item.key.audience = Audience::office;
    tellings.push_back(std::move(trouble));
  }
  expect_message("trouble-met", desk.render(tellings, "2022-05-26 15:00"));
}

TEST(GoldenMessages, NextYearsCalendarIsMissing) {
  OfficeDesk desk;
  schedule::Telling trouble;
  trouble.item.key.kind = ItemKind::trouble;
  trouble.item.key.about = {"", "2023", "office", "calendar-missing"};
  trouble.item.key.audience = Audience::office;
  expect_message("trouble-calendar", desk.render({trouble}, "2022-11-01 08:30"));
}

}  // namespace
}  // namespace duban::message
