// 月调度通报 from the record, every number against a count of its own.
#include "document/dispatch_view.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "document/june.h"
#include "document/kept_record.h"
#include "document/text_form.h"

namespace duban::document {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

const char* const cut_off = "2022-06-28 10:00";

DispatchView june_of(const KeptRecord& kept, const std::string& as_of = cut_off) {
  auto standpoint = kept.standpoint(as_of);
  return dispatch_view(standpoint, *standpoint.plan().find_duty("monthly-dispatch"), "2022-06");
}

std::string text_of(const DispatchView& view) {
  return write_text(view, TextForm::text, document_templates()).value();
}

std::vector<const DispatchRowView*> lines_of(const DispatchView& view, const std::string& task) {
  std::vector<const DispatchRowView*> lines;
  for (const auto& one : view.rows) {
    if (one.task == task) lines.push_back(&one);
  }
  return lines;
}

std::string joined(const KeptRecord& kept, const std::vector<std::string>& ids) {
  std::string names;
  for (const auto& unit : table_reporters()) {
    if (std::ranges::find(ids, unit) == ids.end()) continue;
    names += (names.empty() ? "" : "、") + kept.plan().name_of(unit);
  }
  return names;
}

TEST(DispatchView, CountsWhatCameInAndNamesIt) {
  KeptRecord kept;
  const std::vector<std::string> late{"water", "statistics"}, missing{"port", "edu"};
  const std::vector<std::string> all_but{"water", "statistics", "port", "edu", "finance", "health"};
  kept.tables("2022-06", "2022-06-23 10:00", all_but);
  for (const auto& unit : late) kept.table("2022-06", unit, "2022-06-26 10:00", {});
  kept.fact(FactKind::asked, "monthly-table", "2022-06", "finance", "2022-06-23 09:00");
  kept.fact(FactKind::extended, "monthly-table", "2022-06", "finance", "2022-06-23 12:00").time =
      KeptRecord::at("2022-07-05 17:00");
  kept.fact(FactKind::excused, "monthly-table", "2022-06", "health", "2022-06-20 12:00").note =
      "防疫期间免报";
  auto view = june_of(kept);
  EXPECT_EQ(view.expected->count, "28");
  EXPECT_EQ(view.on_time->count, "22");
  EXPECT_EQ(view.late->count, "2");
  EXPECT_EQ(view.late->names, joined(kept, late));
  EXPECT_EQ(view.extended->names, "市财政局");
  EXPECT_EQ(view.excused->names, "市卫健委(防疫期间免报)");
  EXPECT_EQ(view.missing->names, joined(kept, missing));
  EXPECT_THAT(view.missing->source, HasSubstr("6月28日10:00"));
  EXPECT_EQ(view.on_time->names.find("市水务局"), std::string::npos);
  EXPECT_THAT(lines_of(view, "利益分享"), SizeIs(7));
  EXPECT_EQ(lines_of(view, "利益分享").front()->progress, "延期至7月5日报");
  EXPECT_EQ(lines_of(view, "医疗合作").front()->progress, "免报(防疫期间免报)");
  EXPECT_TRUE(lines_of(view, "高校合作").front()->not_in);
  EXPECT_FALSE(lines_of(view, "医疗合作").front()->not_in);
}

TEST(DispatchView, APaperThatCameInBeforeItWasRecordedCountsByWhenItCame) {
  KeptRecord kept;
  kept.fact(FactKind::received, "monthly-table", "2022-06", "edu", "2022-06-24 16:00",
            "2022-06-27 09:00");
  EXPECT_EQ(june_of(kept).on_time->names, "市教育局");
  EXPECT_EQ(lines_of(june_of(kept), "高校合作").front()->progress, "已报,内容未录入");
  EXPECT_EQ(june_of(kept, "2022-06-27 08:00").on_time->count, "0");
}

TEST(DispatchView, WhatIsRecordedLaterChangesNoByte) {
  KeptRecord kept;
  kept.milestone("m1", "transport", "2.2a", "累计开工20条", 5, 20);
  kept.tables("2022-05", "2022-05-24 10:00");
  kept.tables("2022-06", "2022-06-23 10:00", {"port"});
  auto before = text_of(june_of(kept));
  const std::string later = "2022-07-02 10:00";
  kept.fact(FactKind::submitted, "monthly-table", "2022-06", "port", "2022-06-27 10:00", later)
      .rows = {row("2.2c", "补报")};
  kept.fact(FactKind::voided, "monthly-table", "2022-06", "edu", later).refers =
      kept.facts().front().seq + 80;
  kept.fact(FactKind::received, "m1", "2022", "transport", "2022-06-20 10:00", later);
  kept.told("m1", "2022", "transport", ItemKind::stage, "overdue +1wd 14:00", later);
  EXPECT_EQ(text_of(june_of(kept)), before);
  EXPECT_NE(text_of(june_of(kept, "2022-07-03 10:00")), before);
}

TEST(DispatchView, LampsAddUpAndStandInTheirOrder) {
  KeptRecord kept;
  kept.milestone("m1", "transport", "2.2a", "累计开工20条", 5, 20);
  kept.milestone("m2", "science", "2.3b", "接入2000台", 6, 20);
  kept.milestone("m3", "edu", "2.5a", "联盟成立", 9, 30);
  kept.told("m1", "2022", "transport", ItemKind::stage, "overdue +1wd 14:00", "2022-05-24 14:00");
  auto view = june_of(kept);
  std::vector<std::string> said;
  std::size_t sum = 0;
  for (const auto& lamp : view.lamps) {
    said.push_back(lamp.colour + lamp.word + lamp.count + " " + lamp.names);
    sum += std::stoul(lamp.count);
  }
  EXPECT_EQ(sum, 24U);
  ASSERT_THAT(said, SizeIs(4));
  EXPECT_EQ(said[0], "绿按序时1 高校合作");
  EXPECT_EQ(said[1], "黄滞后1 创新共同体");
  EXPECT_EQ(said[2], "红滞后超过30日1 路网建设");
  EXPECT_THAT(said[3], StartsWith("灰未定节点21 推进机制、"));
  EXPECT_THAT(view.lamps[2].source, HasSubstr("已书面提醒"));
}

TEST(DispatchView, RedNeedsAReminderThatHadArrived) {
  KeptRecord kept;
  kept.milestone("m1", "transport", "2.2a", "累计开工20条", 5, 20);
  kept.told("m1", "2022", "transport", ItemKind::stage, "overdue +1wd 14:00", "2022-06-28 14:00");
  EXPECT_EQ(lines_of(june_of(kept), "路网建设").front()->state, "滞后");
  EXPECT_EQ(lines_of(june_of(kept, "2022-06-28 15:00"), "路网建设").front()->state,
            "滞后超过30日");
}

TEST(DispatchView, WhatHasNotChangedIsNoProgressAndKeepsItsProblem) {
  KeptRecord kept;
  kept.table("2022-05", "port", "2022-05-24 10:00",
             {row("2.2c", "航线加密到每周6班", RowState::behind, "航道水深不足")});
  kept.table("2022-05", "edu", "2022-05-24 10:00", {row("2.5a", "签约院校30所")});
  kept.table("2022-06", "port", "2022-06-24 10:00", {{.clause = "2.2c", .unchanged = true}});
  kept.table("2022-06", "edu", "2022-06-24 10:00", {row("2.5a", "签约院校30所")});
  kept.table("2022-06", "medicare", "2022-06-24 10:00", {row("2.5c", "新增定点医院18家")});
  auto view = june_of(kept);
  ASSERT_THAT(view.sections, SizeIs(1));
  EXPECT_EQ(view.sections[0].heading, "民生同保");
  ASSERT_THAT(view.sections[0].entries, SizeIs(1));
  EXPECT_EQ(view.sections[0].entries[0].unit, "市医保局");
  const auto* port = lines_of(view, "长江中游航运中心").front();
  EXPECT_EQ(port->progress, "本月无变化");
  EXPECT_EQ(port->problem, "航道水深不足");
  EXPECT_EQ(lines_of(view, "高校合作").front()->progress, "签约院校30所");
}

TEST(DispatchView, ASupportersMissingPartIsLaidAtTheSupporter) {
  KeptRecord kept;
  auto roads = row("2.2a", "新开工5条");
  roads.lacks = {"huangpi", "武汉城投"};
  kept.table("2022-06", "transport", "2022-06-24 10:00", {roads});
  auto services = row("2.5d", "新增46项");
  services.lacks = {"tax"};
  kept.table("2022-06", "data", "2022-06-24 10:00", {services});
  auto view = june_of(kept);
  auto lines = lines_of(view, "路网建设");
  ASSERT_THAT(lines, SizeIs(3));
  EXPECT_EQ(lines[0]->progress, "新开工5条");
  EXPECT_EQ(lines[1]->unit, "黄陂区人民政府");
  EXPECT_EQ(lines[1]->progress, "情况未报市交通运输局");
  EXPECT_EQ(lines[2]->unit, "武汉城投");
  auto data = lines_of(view, "政务通办");
  ASSERT_THAT(data, SizeIs(2));
  EXPECT_EQ(data[1]->unit, "其他单位") << "who is no subordinate is not named";
  EXPECT_EQ(data[1]->progress, "1家情况未报市政务服务大数据局");
}

TEST(DispatchView, BehindIsByTheUnitsOwnMilestonesNeverByFiling) {
  KeptRecord kept;
  kept.milestone("m1", "transport", "2.2a", "累计开工20条", 6, 16);
  kept.milestone("m2", "medicare", "2.5c", "九市联网", 6, 20);
  kept.milestone("m3", "edu", "2.5a", "联盟成立", 9, 30);
  kept.milestone("m4", "science", "2.3b", "接入2000台", 6, 10);
  kept.fact(FactKind::received, "m4", "2022", "science", "2022-06-09 10:00");
  kept.fact(FactKind::extended, "m2", "2022", "medicare", "2022-06-18 10:00").time =
      KeptRecord::at("2022-07-20 17:00");
  kept.table("2022-06", "transport", "2022-06-24 10:00",
             {row("2.2a", "新开工5条", RowState::behind, "3条用地未批")});
  auto view = june_of(kept);
  ASSERT_THAT(view.behind, SizeIs(2)) << "27 tables that did not come are not behind";
  EXPECT_EQ(view.behind[0].task, "路网建设");
  EXPECT_EQ(view.behind[0].milestone, "累计开工20条 6月16日");
  EXPECT_EQ(view.behind[0].gap, "滞后12日");
  EXPECT_EQ(view.behind[0].cause, "3条用地未批");
  EXPECT_EQ(view.behind[0].new_date, "待定");
  EXPECT_EQ(view.behind[1].milestone, "九市联网 6月20日");
  EXPECT_EQ(view.behind[1].new_date, "7月20日");
  EXPECT_EQ(lines_of(view, "创新共同体").front()->milestone, "接入2000台 已完成");
  EXPECT_EQ(lines_of(view, "高校合作").front()->milestone, "联盟成立 9月30日");
}

TEST(DispatchView, WhatIsAskedOfOthersStandsWithWhoAsksWhomForWhat) {
  KeptRecord kept;
  auto asks = row("2.2a", "新开工5条", RowState::behind, "用地报批3条未批");
  asks.asks_whom = "请市自然资源规划局";
  asks.asks_what = "请批3条道路用地";
  asks.asks_by = "7月15日前";
  kept.table("2022-06", "transport", "2022-06-24 10:00", {asks});
  auto view = june_of(kept);
  ASSERT_THAT(view.coordination, SizeIs(1));
  const auto& one = view.coordination.front();
  EXPECT_EQ(one.matter, "用地报批3条未批");
  EXPECT_EQ(one.clause, "二(二)2");
  EXPECT_EQ(one.asked_by, "市交通运输局");
  EXPECT_EQ(one.asked, "请市自然资源规划局批3条道路用地");
  EXPECT_EQ(one.lead, "市交通运输局");
  EXPECT_EQ(one.answer_by, "7月15日");
  EXPECT_THAT(one.opinion, IsEmpty()) << "the office's to write";
}

TEST(DispatchView, ComparesWithTheMonthBeforeByWhatItsOwnDocumentKnew) {
  KeptRecord kept;
  kept.milestone("m1", "transport", "2.2a", "累计开工20条", 6, 16);
  kept.milestone("m2", "edu", "2.5a", "联盟成立", 9, 30, "2022-06-10 10:00");
  auto view = june_of(kept);
  EXPECT_EQ(lines_of(view, "路网建设").front()->change, "↓ 转差");
  EXPECT_EQ(lines_of(view, "高校合作").front()->change, "↑ 定节点");
  EXPECT_EQ(lines_of(view, "医疗合作").front()->change, "→ 持平");
  EXPECT_THAT(view.last_issue, IsEmpty());
  auto& issued = kept.fact(FactKind::issued, "monthly-dispatch", "2022-05", "office",
                           "2022-06-01 10:00");
  issued.note = "2";
  issued.subject = "sha256:00";
  EXPECT_EQ(june_of(kept).last_issue, "第2期(2022年5月)");
  auto standpoint = kept.standpoint("2022-04-28 10:00");
  auto first = dispatch_view(standpoint, *standpoint.plan().find_duty("monthly-dispatch"),
                             "2022-04");
  EXPECT_EQ(first.rows.front().change, "首期");
}

TEST(DispatchView, ActionsOfBeforeAreClosedOrNot) {
  KeptRecord kept;
  kept.action("a1", "data", "印发第二批清单", "6月10日协商会议定", 6, 15);
  kept.action("a2", "org", "答复挂职期限意见", "6月10日协商会议定", 6, 20);
  kept.action("a3", "edu", "核定互认课程", "5月调度会议定", 7, 20);
  kept.action("a4", "water", "报跨界水体名单", "4月调度会议定", 5, 10, "2022-04-20 10:00");
  kept.fact(FactKind::received, "a1", "2022", "data", "2022-06-14 10:00").note = "书面答复";
  kept.fact(FactKind::received, "a4", "2022", "water", "2022-05-09 10:00");
  auto view = june_of(kept);
  std::vector<std::string> said;
  for (const auto& one : view.settled) said.push_back(one.action + " " + one.outcome);
  EXPECT_THAT(said, ElementsAre("印发第二批清单 已销号(6月14日书面答复)",
                                "答复挂职期限意见 未办结,已过期8日",
                                "核定互认课程 未办结,正在办理"))
      << "what was closed before the last document is not told again";
}

TEST(DispatchView, DatesAreThePlansOwnToTheEndOfTheNextMonth) {
  KeptRecord kept;
  kept.milestone("m1", "transport", "2.2a", "累计开工24条", 7, 30);
  auto view = june_of(kept);
  std::vector<std::string> said;
  for (const auto& one : view.dates) said.push_back(one.when + " " + one.what);
  EXPECT_THAT(said, Contains("7月25日(周一)17:00 7月月调度表"));
  EXPECT_THAT(said, Contains("7月30日 累计开工24条(市交通运输局)"));
  EXPECT_THAT(said, Contains(HasSubstr("季通报")));
  EXPECT_THAT(said, Not(Contains(HasSubstr("6月月调度通报")))) << "which this is";
  EXPECT_THAT(said, Not(Contains(HasSubstr("8月"))));
}

TEST(DispatchView, AUnitBearsTheNameOfTheDay) {
  KeptRecord kept;
  for (auto& unit : kept.plan().units) {
    if (unit.id != "new-city") continue;
    unit.names = {{"长江新城管委会", {}}, {"长江新区管委会", parse_day("2022-06-01")}};
  }
  EXPECT_EQ(lines_of(june_of(kept), "利益分享").back()->unit, "长江新区管委会");
  EXPECT_EQ(lines_of(june_of(kept, "2022-05-31 10:00"), "利益分享").back()->unit,
            "长江新城管委会");
}

TEST(DispatchView, NothingRecordedReadsWell) {
  auto text = text_of(june_of(KeptRecord{}));
  EXPECT_THAT(text, HasSubstr("应报28家\uFF1A按时0家、迟报0家、延期0家、免报0家、未报28家"));
  for (const char* said : {"未定节点24项。", "本期没有变化。", "三、滞后事项\n无。",
                           "四、需协调事项和调度意见\n无。", "上期没有议定事项。"}) {
    EXPECT_THAT(text, HasSubstr(said));
  }
  EXPECT_THAT(text, HasSubstr("【送审稿】"));
  EXPECT_THAT(text, HasSubstr("市政协十四届一次会议1号建议案\n办理工作月调度通报\n"));
  EXPECT_THAT(text, HasSubstr("2022年6月"));
}

TEST(DispatchView, ABodyOfTwoPagesKeepsEveryHeadingAndSaysHowMuchMoreThereIs) {
  KeptRecord kept;
  std::set<std::string> headings;
  std::size_t rows = 0;
  std::string long_text;
  for (int i = 0; i < 12; ++i) long_text += "新开工项目若干,";
  for (const auto& unit : table_reporters()) {
    std::vector<schedule::SubmittedRow> all;
    const auto& table = *kept.plan().find_duty("monthly-table");
    for (const auto* task : kept.plan().rows_of(table, unit, "")) {
      all.push_back(row(task->id, long_text + unit));
      ++rows;
    }
    kept.table("2022-06", unit, "2022-06-24 10:00", all);
  }
  EXPECT_EQ(rows, 53U);
  auto view = completed(june_of(kept));
  std::size_t shown = 0;
  for (const auto& section : view.sections) {
    headings.insert(section.heading);
    shown += section.entries.size();
  }
  EXPECT_EQ(headings.size(), kept.plan().headings.size());
  EXPECT_EQ(view.more, std::to_string(rows - shown));
  EXPECT_LT(shown, 20U);
  EXPECT_THAT(view.rows, SizeIs(rows));
}

}  // namespace
}  // namespace duban::document
