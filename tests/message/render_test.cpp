// What every message keeps to, one behaviour a test.

#include "message/render.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "message/office_desk.h"

namespace duban::message {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Lines that are not empty, before the small print.
std::size_t lines_of(const std::string& text) {
  std::size_t lines = 0;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line) && line != "————";) lines += !line.empty();
  return lines;
}

schedule::Telling overdue_of(OfficeDesk& desk, const char* duty, const char* period,
                             const char* unit) {
  return desk.stage(desk.assign(duty, period, unit), "overdue +1wd 14:00");
}

schedule::Telling change_of(OfficeDesk& desk, std::size_t assignment,
                            std::optional<Instant> was) {
  auto change = desk.telling(assignment, ItemKind::change);
  change.item.was_due = was;
  change.item.due = desk.assignment(assignment).due;
  return change;
}

TEST(Subject, AloneTellsWhatAndUntilWhen) {
  OfficeDesk desk;
  auto content = desk.render(tables(desk, "remind -3wd 09:00", {"edu"}), "2022-05-20 09:00");
  EXPECT_EQ(content.subject, "提醒|5月月调度表,5月25日(周三)17:00前报(还有3个工作日)");
}

TEST(Subject, CountsWhatIsAskedForTheSameDay) {
  OfficeDesk desk;
  auto first = desk.assign("monthly-table", "2022-05", "edu");
  auto other = desk.assign("summary", "2022", "edu");
  desk.assignment(other).ask_by = desk.assignment(first).due;
  auto content = desk.render({desk.stage(first, "remind"), desk.stage(other, "remind")},
                             "2022-05-20 09:00");
  EXPECT_THAT(content.subject, StartsWith("提醒|5月月调度表等2件,5月25日(周三)17:00前报"));
}

TEST(Subject, OfThingsForSeveralDaysTellsTheFirstAndHowManyMore) {
  OfficeDesk desk;
  auto later = desk.assign("monthly-table", "2022-06", "edu");
  auto first = desk.assign("monthly-table", "2022-05", "edu");
  auto content = desk.render({desk.stage(later, "remind"), desk.stage(first, "remind")},
                             "2022-05-20 09:00");
  EXPECT_THAT(content.subject, StartsWith("提醒|5月月调度表(另有1件),5月25日(周三)17:00前报"));
}

TEST(Subject, IsOneLine) {
  OfficeDesk desk;
  auto table = desk.assign("monthly-table", "2022-09", "health");
  desk.assignment(table).excuse = "并入\n小结\r\n";
  auto content = desk.render({desk.telling(table, ItemKind::gone)}, "2022-08-01 09:00");
  EXPECT_EQ(content.subject.find_first_of("\r\n"), std::string::npos);
}

TEST(Reminder, AsksBeforeItExplainsAndNamesItsBasis) {
  OfficeDesk desk;
  auto text = desk.render(tables(desk, "remind -3wd 09:00", {"edu"}), "2022-05-20 09:00").text;
  EXPECT_THAT(text, StartsWith("市教育局:\n请于5月25日(周三)17:00前报5月月调度表"));
  EXPECT_THAT(text, HasSubstr("依据文件四(三),25日由我办确定"));
}

TEST(Reminder, SaysThatTheDocumentFixesADay) {
  OfficeDesk desk;
  auto plan = desk.assign("work-plan", "2022", "edu");
  auto text = desk.render({desk.stage(plan, "remind -3wd 09:00")}, "2022-03-28 09:00").text;
  EXPECT_THAT(text, HasSubstr("依据文件四(二),文件规定3月31日"));
  EXPECT_THAT(text, HasSubstr("请于3月31日(周四)17:00前报具体工作方案"));
  EXPECT_THAT(text, HasSubstr("当天24:00前到的都不算迟"));
}

TEST(Reminder, ClaimsNoDayWhereTheDocumentGivesAMonth) {
  OfficeDesk desk;
  auto meeting = desk.assign("june-meeting", "2022", "ndrc");
  desk.assignment(meeting).due = desk.at("2022-06-15 09:00");
  desk.assignment(meeting).due_has_hour = true;
  auto content = desk.render({desk.stage(meeting, "remind -5wd 09:00")}, "2022-06-08 09:00");
  EXPECT_THAT(content.text, Not(HasSubstr("文件规定")));
  EXPECT_THAT(content.text, HasSubstr("定于6月15日(周三)9:00"));
  EXPECT_THAT(content.text, Not(HasSubstr("前报")));
}

TEST(Reminder, AsksForTheEarlierDayAndSaysTillWhenItIsInTime) {
  OfficeDesk desk;
  auto summary = desk.assign("summary", "2022", "edu");
  auto text = desk.render({desk.stage(summary, "remind -3wd 09:00")}, "2022-09-15 09:00").text;
  EXPECT_THAT(text, HasSubstr("请于9月20日(周二)17:00前将年度小结报市发改委"));
  EXPECT_THAT(text, HasSubstr("9月30日(周五)前到的都不算迟"));
}

TEST(Reminder, CountsFromTheDueTimeOnceTheEarlierDayIsPast) {
  OfficeDesk desk;
  auto summary = desk.assign("summary", "2022", "edu");
  auto telling = desk.stage(summary, "due 0d 09:00");
  telling.item.late = true;
  telling.item.planned_at = desk.at("2022-09-20 09:00");
  auto content = desk.render({telling}, "2022-09-22 10:00");
  EXPECT_THAT(content.subject, StartsWith("提醒|年度小结,9月30日(周五)前报(还有6个工作日)"));
  EXPECT_THAT(content.text, Not(HasSubstr("今日")));
}

TEST(Reminder, CountsMadeUpDaysAsTheyAreWorked) {
  OfficeDesk desk;
  auto table = desk.assign("monthly-table", "2022-04", "edu");
  auto subject = desk.render({desk.stage(table, "remind")}, "2022-04-20 09:00").subject;
  EXPECT_THAT(subject, HasSubstr("还有4个工作日"));  // 24 April 2022, a Sunday, is worked
}

TEST(Reminder, ListsItsRowsByShortNamesAndMarksTheLead) {
  OfficeDesk desk;
  auto text = desk.render(tables(desk, "remind", {"transport"}), "2022-05-20 09:00").text;
  EXPECT_THAT(text, HasSubstr("填4行:推进机制、专项规划、路网建设(牵头)、跨界水体共治"));
  EXPECT_THAT(text, HasSubstr("另3项由牵头单位填,情况给他们即可"));
}

TEST(Reminder, IsAskedOfAPeerAndNotOrdered) {
  OfficeDesk desk;
  auto text = desk.render(tables(desk, "remind", {"tax"}), "2022-05-20 09:00").text;
  EXPECT_THAT(text, HasSubstr("商请于5月25日"));
}

TEST(Reminder, NeverPressesOrBlames) {
  OfficeDesk desk;
  for (const auto* now : {"2022-05-20 09:00", "2022-05-25 09:00"}) {
    auto content = desk.render(tables(desk, "remind", {"edu"}), now);
    for (const auto* word : {"务必", "高度重视", "未报", "逾期", "催", "通报批评"}) {
      EXPECT_THAT(content.subject + content.text, Not(HasSubstr(word)));
    }
  }
}

TEST(Reminder, OffersAReplyByMailOnlyToAMailbox) {
  OfficeDesk desk;
  auto tellings = tables(desk, "remind", {"edu"});
  EXPECT_THAT(desk.render(tellings, "2022-05-20 09:00").text, HasSubstr("直接回复本邮件"));
  auto plan = shipped_plan();
  for (auto& endpoint : plan.endpoints) endpoint.address = "https://gateway.example.org/u@edu";
  OfficeDesk other{plan};
  auto text = other.render(tables(other, "remind", {"edu"}), "2022-05-20 09:00").text;
  EXPECT_THAT(text, Not(HasSubstr("邮件")));
}

TEST(Reminder, SaysWhatIsProvisional) {
  OfficeDesk desk;
  auto table = desk.assign("monthly-table", "2022-05", "edu");
  desk.assignment(table).provisional = true;
  auto content = desk.render({desk.stage(table, "remind")}, "2022-05-20 09:00");
  EXPECT_THAT(content.subject, HasSubstr("5月25日(周三)17:00(暂定)"));
}

TEST(Reminder, ThatIsLateSaysSoPlainly) {
  OfficeDesk desk;
  auto telling = tables(desk, "remind", {"edu"}).front();
  telling.item.late = true;
  telling.item.planned_at = desk.at("2022-05-20 09:00");
  auto content = desk.render({telling}, "2022-05-23 10:00");
  EXPECT_THAT(content.subject, HasSubstr("(补发)"));
  EXPECT_THAT(content.text, HasSubstr("本件应于5月20日9:00发出,因系统停机补发"));
  EXPECT_THAT(content.text, HasSubstr("还有2个工作日"));
}

TEST(OnTheDay, SaysAsOfWhenAndThatAPaperMayBeOnItsWay) {
  OfficeDesk desk;
  auto content = desk.render(tables(desk, "due 0d 09:00", {"edu"}), "2022-05-25 09:00");
  EXPECT_EQ(content.subject, "当日|今日17:00截止:5月月调度表");
  EXPECT_THAT(content.text, HasSubstr("截至9:00我办尚未登记到"));
  EXPECT_THAT(content.text, HasSubstr("不用重报"));
}

TEST(Overdue, SaysThatReceiptsWereCheckedOnlyWhenTheyWere) {
  OfficeDesk desk;
  auto overdue = overdue_of(desk, "monthly-table", "2022-05", "medicare");
  EXPECT_THAT(desk.render({overdue}, "2022-05-26 14:00").text, Not(HasSubstr("已核")));
  overdue.checked_at = desk.at("2022-05-26 10:30");
  auto text = desk.render({overdue}, "2022-05-26 14:00").text;
  EXPECT_THAT(text, HasSubstr("我办已核公文系统和邮箱,截至5月26日14:00未收到"));
}

TEST(Overdue, AsksForTheNextWorkingDayAtNoon) {
  OfficeDesk desk;
  auto overdue = overdue_of(desk, "monthly-table", "2022-05", "medicare");
  EXPECT_THAT(desk.render({overdue}, "2022-05-26 14:00").subject,
              HasSubstr("请于5月27日(周五)12:00前补报"));
  EXPECT_THAT(desk.render({overdue}, "2022-05-27 14:00").subject,
              HasSubstr("请于5月30日(周一)12:00前补报"));
}

TEST(Overdue, NamesTheEasyWayOutOfWhatIsAskedForAgainAndAgain) {
  OfficeDesk desk;
  auto table = overdue_of(desk, "monthly-table", "2022-05", "medicare");
  EXPECT_THAT(desk.render({table}, "2022-05-26 14:00").text, HasSubstr("“无变化”三个字即可"));
  auto plan = overdue_of(desk, "work-plan", "2022", "medicare");
  EXPECT_THAT(desk.render({plan}, "2022-04-01 14:00").text, Not(HasSubstr("无变化")));
}

TEST(Overdue, IsNeverWithoutTheHourAndAWayToAskForMoreTime) {
  OfficeDesk desk;
  auto overdue = overdue_of(desk, "work-plan", "2022", "medicare");
  auto text = desk.render({overdue}, "2022-04-01 14:00").text;
  EXPECT_THAT(text, HasSubstr("截至4月1日14:00"));
  EXPECT_THAT(text, HasSubstr("需要延期的,请来电"));
}

TEST(Leader, HearsWhatTheLiaisonWasToldAndThatItGoesNowhereElse) {
  OfficeDesk desk;
  auto draft = desk.stage(desk.assign("monthly-table", "2022-05", "port"), "escalate +2wd 09:00");
  draft.item.key.audience = Audience::leader;
  draft.told_before = {desk.at("2022-05-20 09:00"), desk.at("2022-05-25 09:00"),
                       desk.at("2022-05-25 14:00")};
  auto text = desk.render({draft}, "2022-05-27 09:00").text;
  EXPECT_THAT(text, StartsWith("武汉新港委分管负责同志:\n您好。\n烦请过问5月月调度表"));
  EXPECT_THAT(text, HasSubstr("5月20日、5月25日已告联络员"));
  EXPECT_THAT(text, HasSubstr("不抄送他处"));
}

TEST(Start, HoldsEveryDateOfTheUnitAlsoTheOpenOnes) {
  OfficeDesk desk;
  auto text = desk.render(desk.start("water"), "2022-03-15 09:00").text;
  EXPECT_THAT(text, HasSubstr("· 月调度表(7期):4月25日(周一)、5月25日(周三)、6月24日(周五)、"
                              "7月25日(周一)、8月25日(周四)、9月23日(周五)、10月25日(周二),"
                              "均17:00前"));
  EXPECT_THAT(text, HasSubstr("· 专项领域工作方案:待定,定后另告"));
}

TEST(Start, CountsTheTasksAndSaysWhomToGiveItsPartTo) {
  OfficeDesk desk;
  auto text = desk.render(desk.start("water"), "2022-03-15 09:00").text;
  EXPECT_THAT(text, HasSubstr("承担3项任务:二(一)1推进机制、二(二)5政务通办、跨界水体共治。"));
  EXPECT_THAT(text, HasSubstr("1项由牵头单位填报,把情况给他们即可:"
                              "政务通办(市政务服务大数据局)"));
}

TEST(Start, InMidYearBeginsWithWhatIsStillAhead) {
  OfficeDesk desk;
  auto tellings = desk.start("water");
  auto content = desk.render(tellings, "2022-06-10 09:00");
  EXPECT_THAT(content.subject, HasSubstr("请先于6月24日(周五)17:00前报6月月调度表"));
}

TEST(Start, OfTheOfficeItselfIsANoteAndNoLetter) {
  OfficeDesk desk;
  auto tellings = desk.start("office");
  for (auto& telling : tellings) telling.item.key.audience = Audience::office;
  auto content = desk.render(tellings, "2022-03-15 09:00");
  EXPECT_THAT(content.subject, StartsWith("我办待办|"));
  EXPECT_THAT(content.text, Not(HasSubstr("贵")));
  EXPECT_THAT(content.text, HasSubstr("· 分管领导带队检查:待定(11月内),定后另告"));
}

TEST(Change, OfSeveralDatesIsOneMessage) {
  OfficeDesk desk;
  std::vector<schedule::Telling> changes;
  for (const auto* period : {"2022-08", "2022-09"}) {
    auto table = desk.assign("monthly-table", period, "health");
    auto was = desk.assignment(table).due;
    desk.assignment(table).due = *was - std::chrono::days{3};
    changes.push_back(change_of(desk, table, was));
  }
  auto text = desk.render(changes, "2022-08-01 09:00").text;
  EXPECT_THAT(text, HasSubstr("8月月调度表:原定8月25日(周四)17:00,现为8月22日(周一)17:00"));
  EXPECT_THAT(text, HasSubstr("9月月调度表:原定9月23日(周五)17:00,现为9月20日(周二)17:00"));
}

TEST(Change, FromAndToNoDateSaysSo) {
  OfficeDesk desk;
  auto plan = desk.assign("topic-plan", "2022", "water");
  auto undated = desk.render({change_of(desk, plan, desk.at("2022-05-10 17:00"))},
                             "2022-04-18 09:00");
  EXPECT_EQ(undated.subject, "改期|专项领域工作方案改为待定");
  desk.assignment(plan).due = desk.at("2022-05-10 17:00");
  desk.assignment(plan).due_has_hour = true;
  auto dated = desk.render({change_of(desk, plan, std::nullopt)}, "2022-04-18 09:00");
  EXPECT_THAT(dated.text, HasSubstr("原定待定,现为5月10日(周二)17:00"));
}

TEST(Change, ByAnExtensionSaysThatItWasGranted) {
  OfficeDesk desk;
  auto table = desk.assign("monthly-table", "2022-05", "edu");
  auto was = desk.assignment(table).due;
  desk.assignment(table).due = *was + std::chrono::days{2};
  desk.assignment(table).extended = true;
  EXPECT_THAT(desk.render({change_of(desk, table, was)}, "2022-05-24 09:00").text,
              HasSubstr("现为5月27日(周五)17:00(已同意延期)"));
}

TEST(Gone, OfADutyThatAnEditTookAwayKeepsItsName) {
  auto plan = shipped_plan();
  std::erase_if(plan.duties, [](const auto& duty) { return duty.id == "topic-plan"; });
  OfficeDesk desk{plan};
  schedule::Telling gone;
  gone.item.key = {{"topic-plan", "2022", "water", ""}, ItemKind::gone, "", Audience::liaison, 2};
  gone.item.reason = Reason::removed;
  schedule::Timetable timetable{std::make_shared<const plan::Plan>(plan), {}};
  Renderer renderer{timetable.plan(), shipped_templates()};
  auto content = renderer.render({timetable, desk.decision, desk.at("2022-04-18 09:00"),
                                  &shipped_plan()},
                                 desk.notice({gone}), "ntc_x");
  EXPECT_EQ(content.subject, "不用报了|专项领域工作方案:方案已调整");
}

TEST(OneEndpoint, GetsOneMessageWithAListForOneUnit) {
  OfficeDesk desk;
  auto table = desk.assign("monthly-table", "2022-05", "edu");
  auto plan = desk.assign("work-plan", "2022", "edu");
  desk.assignment(plan).due = desk.assignment(plan).ask_by = desk.at("2022-05-27 17:00");
  auto text = desk.render({desk.stage(plan, "remind"), desk.stage(table, "remind")},
                          "2022-05-20 09:00").text;
  EXPECT_THAT(text, HasSubstr("\n1. 请于5月25日(周三)17:00前报5月月调度表"));
  EXPECT_THAT(text, HasSubstr("\n2. 请于5月27日(周五)17:00前报具体工作方案"));
  EXPECT_EQ(text.find("市教育局:"), text.rfind("市教育局:"));
}

TEST(OneEndpoint, HasASectionForEachUnitOfAMailbox) {
  OfficeDesk desk;
  auto text = desk.render(tables(desk, "remind", {"edu", "water"}), "2022-05-20 09:00").text;
  EXPECT_THAT(text, StartsWith("市教育局:\n"));
  EXPECT_THAT(text, HasSubstr("\n\n市水务局:\n"));
  EXPECT_EQ(text.find("报送后不再提醒"), text.rfind("报送后不再提醒"));
}

TEST(OneEndpoint, TellsDifferentKindsInOneMessageTheUrgentFirst) {
  OfficeDesk desk;
  auto tellings = tables(desk, "remind", {"edu"});
  tellings.push_back(overdue_of(desk, "monthly-table", "2022-04", "edu"));
  auto content = desk.render(tellings, "2022-05-20 14:00");
  EXPECT_THAT(content.subject, StartsWith("逾期|4月月调度表(另有1件)"));
  EXPECT_LT(content.text.find("补报4月月调度表"), content.text.find("前报5月月调度表"));
}

TEST(Group, NeverReadsAUnitsName) {
  OfficeDesk desk;
  auto tellings = tables(desk, "due 0d 09:00", {"edu", "water"});
  tellings.push_back(overdue_of(desk, "monthly-table", "2022-04", "edu"));
  auto content = desk.render(desk.notice(tellings, "district-chat"), "2022-05-25 09:00");
  for (const auto* name : {"市教育局", "市水务局", "\"edu\"", "\"water\""}) {
    EXPECT_THAT(content.subject + content.text + content.html + content.json,
                Not(HasSubstr(name)));
  }
  EXPECT_EQ(content.text.find("5月月调度表"), content.text.rfind("5月月调度表"));
}

TEST(Group, ReadsEachDateOfTheStartOnce) {
  OfficeDesk desk;
  auto tellings = desk.start("qingshan");
  for (auto& telling : desk.start("caidian")) tellings.push_back(telling);
  auto text = desk.render(desk.notice(tellings, "district-chat"), "2022-03-15 09:00").text;
  EXPECT_EQ(text.find("年度小结"), text.rfind("年度小结"));
  EXPECT_THAT(text, HasSubstr("· 年度小结:9月20日(周二)17:00前"));
}

TEST(Office, OwesItselfANoteWithTheCommandThatEndsIt) {
  OfficeDesk desk;
  auto telling = desk.stage(desk.assign("monthly-dispatch", "2022-05", "office"), "remind");
  telling.item.key.audience = Audience::office;
  auto content = desk.render({telling}, "2022-05-27 09:00");
  EXPECT_THAT(content.subject, StartsWith("我办待办|5月月调度通报,6月1日(周三)前办结"));
  EXPECT_THAT(content.text, HasSubstr("dubanctl report issued 文件 --no 期号 "
                                      "--duty monthly-dispatch --period 2022-05"));
}

TEST(OfficeList, CountsAgreeWithTheLinesUnderThem) {
  OfficeDesk desk;
  auto& list = desk.decision.list;
  for (const auto* unit : {"port", "medicare"}) {
    list.overdue.push_back({desk.assign("monthly-table", "2022-05", unit)});
  }
  for (const auto* unit : {"statistics", "tax", "finance"}) {
    auto table = desk.assign("monthly-table", "2022-05", unit);
    desk.assignment(table).first_answered_at = desk.at("2022-05-24 16:00");
    desk.assignment(table).first_due = desk.at("2022-05-25 17:00");
    list.by_hand.push_back({table, Reason::no_contact});
  }
  list.by_hand.push_back({desk.assign("work-plan", "2022", "tax"), Reason::no_contact});
  schedule::Telling telling;
  telling.item.key = {{"", "2022-05-26", "office", ""}, ItemKind::list, "", Audience::office, 1};
  auto content = desk.render({telling}, "2022-05-26 16:30");
  EXPECT_EQ(content.subject, "办公室日清单|5月26日16:30|应报5:按时3、未报2、人工送达3");
  EXPECT_THAT(content.text, HasSubstr("截至16:30应报5:按时3、未报2。未报:武汉新港委、市医保局"));
  EXPECT_THAT(content.text, HasSubstr("人工送达2(没有联络方式):市统计局、市财政局"));
  EXPECT_THAT(content.text, HasSubstr("人工送达1(没有联络方式):市税务局"));
}

TEST(OfficeList, AsksForADecisionWithTheCommandThatSettlesIt) {
  OfficeDesk desk;
  auto table = desk.assign("monthly-table", "2022-05", "statistics");
  desk.assignment(table).pending = schedule::Pending{.kind = FactKind::asked,
                                                     .at = desk.at("2022-05-25 16:02"),
                                                     .until = desk.at("2022-05-27 17:00"),
                                                     .why = "等区级数据",
                                                     .stops_chase = true};
  auto plan = desk.assign("work-plan", "2022", "tax");
  desk.assignment(plan).pending = schedule::Pending{.kind = FactKind::not_ours,
                                                    .at = desk.at("2022-05-25 09:00"),
                                                    .why = "由市财政局承担",
                                                    .stops_chase = true};
  auto& list = desk.decision.list;
  list.asked = {table, plan};
  list.unclear.push_back({.assignment = desk.assign("monthly-table", "2022-05", "water"),
                          .fact = 7,
                          .rows = {{.clause = "九(九)"}, {.clause = "附件"}}});
  schedule::Telling telling;
  telling.item.key = {{"", "2022-05-25", "office", ""}, ItemKind::list, "", Audience::office, 1};
  auto content = desk.render({telling}, "2022-05-25 16:30");
  EXPECT_THAT(content.subject, HasSubstr("请定3件"));
  for (const char* said :
       {"市统计局5月25日16:02申请5月月调度表延期至5月27日17:00(等区级数据),同意或不同意:",
        "  dubanctl extend monthly-table 2022-05 statistics --until \"05-27 17:00\"",
        "  dubanctl extend monthly-table 2022-05 statistics --refuse --why 原因",
        "市税务局5月25日9:00提出具体工作方案不归本单位办(由市财政局承担),改派或不同意:",
        "  dubanctl reassign work-plan 2022 tax --to 单位",
        "市水务局报来的5月月调度表有2行认不出是哪一条(“九(九)”、“附件”),照样采用或退回:",
        "  dubanctl accept monthly-table 2022-05 water"}) {
    EXPECT_THAT(content.text, HasSubstr(said));
  }
}

TEST(OfficeList, SaysWhatWasTriedToReachWhoHasNotHandedIn) {
  OfficeDesk desk;
  schedule::OfficeList::Overdue port{.assignment = desk.assign("monthly-table", "2022-05", "port")};
  port.tried = {{desk.at("2022-05-20 09:00"), NoticeState::delivered, Reason::none},
                {desk.at("2022-05-25 09:00"), NoticeState::failed, Reason::refused}};
  schedule::Fact call;
  call.kind = FactKind::called;
  call.at = desk.at("2022-05-26 15:00");
  call.note = "未接通";
  port.calls = {call};
  desk.decision.list.overdue.push_back(port);
  schedule::Telling telling;
  telling.item.key = {{"", "2022-05-26", "office", ""}, ItemKind::list, "", Audience::office, 1};
  EXPECT_THAT(desk.render({telling}, "2022-05-26 16:30").text,
              HasSubstr("武汉新港委(已告2次;5月25日的未送达:对方拒收;5月26日电话:未接通)"));
}

TEST(OfficeList, TellsWhatFallsDueOnTheNextWorkingDay) {
  OfficeDesk desk;
  for (const auto* unit : {"port", "water", "tax", "finance"}) {
    desk.assign("monthly-table", "2022-05", unit);
  }
  desk.decision.list.storm = 3;
  schedule::Telling telling;
  telling.item.key = {{"", "2022-05-24", "office", ""}, ItemKind::list, "", Audience::office, 1};
  EXPECT_THAT(desk.render({telling}, "2022-05-24 16:30").text,
              HasSubstr("下一工作日5月25日(周三)17:00到期:5月月调度表(4家)"));
}

TEST(OfficeList, OffersTheCommandsToCopy) {
  OfficeDesk desk;
  auto& list = desk.decision.list;
  list.drafts.push_back({"ntc_01", std::nullopt, desk.assign("monthly-table", "2022-05", "port"),
                         desk.at("2022-05-27 09:00")});
  auto visit = desk.assign("members-visit", "2022", "office");
  list.undated.push_back({desk.assignment(visit).duty, "2022", std::nullopt, true});
  schedule::Telling telling;
  telling.item.key = {{"", "2022-05-26", "office", ""}, ItemKind::list, "", Audience::office, 1};
  auto text = desk.render({telling}, "2022-05-26 16:30").text;
  EXPECT_THAT(text, HasSubstr("\n  dubanctl release ntc_01\n"));
  EXPECT_THAT(text, HasSubstr("\n  dubanctl set members-visit --due "));
  EXPECT_THAT(text, HasSubstr("委员视察所定日期已过,请另定"));
}

TEST(EveryMessage, IsUnderFifteenLinesAndSaysWhomToAsk) {
  OfficeDesk desk;
  std::vector<ledger::Content> messages{
      desk.render(desk.start("ndrc"), "2022-03-15 09:00"),
      desk.render(desk.start("science"), "2022-03-15 09:00"),
      desk.render(tables(desk, "remind", {"science"}), "2022-05-20 09:00"),
      desk.render(tables(desk, "due", {"science"}), "2022-05-25 09:00"),
      desk.render({overdue_of(desk, "monthly-table", "2022-05", "science")}, "2022-05-26 14:00")};
  for (const auto& message : messages) {
    EXPECT_LT(lines_of(message.text), 15U) << message.text;
    EXPECT_THAT(message.text, HasSubstr("领导小组办公室 027-××××"));
    EXPECT_THAT(message.text, HasSubstr("本平台为非涉密平台"));
  }
}

}  // namespace
}  // namespace duban::message
