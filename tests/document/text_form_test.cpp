// The documents as text and HTML, held against what was read line by line; and what must not be in
// them.
#include "document/text_form.h"

#include <gmock/gmock.h>

#include <set>

#include "document/brief_text.h"
#include "document/june.h"
#include "document/lateness.h"
#include "golden/golden.h"
#include "message/office_desk.h"
#include "message/view_names.h"

namespace duban::document {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

template <class View>
std::string written(const View& view, TextForm form) {
  auto text = write_text(view, form, document_templates());
  EXPECT_TRUE(text.has_value());
  return text.value_or("");
}

TEST(TextForm, JunesDispatchReadsAsItWasRead) {
  duban::testing::expect_golden("document/dispatch.txt", written(june_dispatch(), TextForm::text));
  duban::testing::expect_golden("document/dispatch.html",
                                written(june_dispatch(), TextForm::html));
}

TEST(TextForm, TheSecondBriefingReadsAsItWasRead) {
  duban::testing::expect_golden("document/briefing.txt",
                                written(second_quarter(), TextForm::text));
  duban::testing::expect_golden("document/briefing.html",
                                written(second_quarter(), TextForm::html));
}

TEST(TextForm, RegisterAndVisitReadAsTheyWereRead) {
  duban::testing::expect_golden("document/register.txt",
                                written(june_register(), TextForm::text));
  duban::testing::expect_golden("document/visit.txt", written(june_visit(), TextForm::text));
}

TEST(TextForm, AnIssuedDocumentIsNoDraftAndCarriesNoProof) {
  auto view = june_dispatch();
  view.draft = false;
  view.issue = "第3期";
  view.date = "2022年6月30日";
  for (auto form : {TextForm::text, TextForm::html}) {
    auto text = written(view, form);
    EXPECT_THAT(text, Not(HasSubstr("送审稿")));
    EXPECT_THAT(text, Not(HasSubstr("核稿依据")));
    EXPECT_THAT(text, HasSubstr("第3期"));
  }
  EXPECT_THAT(written(june_dispatch(), TextForm::text), HasSubstr("送审稿"));
}

TEST(TextForm, TheMonthlyTextCountsWhoWasLateAndNamesNobody) {
  auto view = june_dispatch();
  view.draft = false;
  auto text = written(view, TextForm::text);
  auto body = text.substr(0, text.find("附件1"));
  EXPECT_THAT(body, HasSubstr("应报28家\uFF1A按时23家、迟报2家、延期2家、免报0家、未报1家"));
  for (const char* name : {"市水务局", "市统计局", "武汉新港委"}) {
    EXPECT_THAT(body, Not(HasSubstr(name))) << name;
  }
  // Beside its reporter a row is marked.
  EXPECT_THAT(text, HasSubstr("武汉新港委\uFF08未报\uFF09"));
}

TEST(TextForm, HtmlIsOneFileWithoutScriptAndEscapes) {
  auto view = june_dispatch();
  view.behind.front().cause = "<script>alert(1)</script>";
  auto page = written(view, TextForm::html);
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("http")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
}

TEST(TextForm, NothingToSayIsSaid) {
  DispatchView view{.title = "月调度通报", .period = "2022年4月"};
  auto text = written(view, TextForm::text);
  for (const char* said : {"本期没有变化。", "三、滞后事项\n无。", "上期没有议定事项。"}) {
    EXPECT_THAT(text, HasSubstr(said));
  }
}

TEST(TextForm, AMissingTemplateIsNamed) {
  auto text = write_text(june_dispatch(), TextForm::text, {});
  ASSERT_FALSE(text.has_value());
  EXPECT_EQ(text.error().place.file, "dispatch.txt.mustache");
  auto page = write_text(june_dispatch(), TextForm::html,
                         {{"dispatch.html.mustache", "{{> style.html}}"}});
  ASSERT_FALSE(page.has_value());
  EXPECT_EQ(page.error().place.file, "style.html.mustache");
  auto loop = write_text(june_dispatch(), TextForm::text,
                         {{"dispatch.txt.mustache", "{{> dispatch.txt}}"}});
  ASSERT_FALSE(loop.has_value());
  EXPECT_EQ(loop.error().code, "template-loop");
}

TEST(TextForm, WhatIsWrongWithATemplateIsSaid) {
  auto wrong_with = [](const std::string& text) {
    auto made = write_text(june_dispatch(), TextForm::text, {{"dispatch.txt.mustache", text}});
    return made ? Diagnostic{} : made.error();
  };
  auto unknown = wrong_with("{{#behind}}{{milestones}}{{/behind}}");
  EXPECT_EQ(unknown.code, "unknown-name");
  EXPECT_THAT(unknown.mend.chinese, HasSubstr("milestone"));
  EXPECT_EQ(wrong_with("{{rows}}").code, "no-text");
  for (const char* text : {"{{#rows}}", "{{/rows}}", "{{title", "{{#rows}}{{#dates}}{{/rows}}"}) {
    EXPECT_EQ(wrong_with(text).code, "bad-form") << text;
  }
}

// Mustache looks outwards for what it does not find: a name that stands further out too would be
// shown instead of nothing.
void expect_no_shadow(const std::vector<message::Name>& names, std::set<std::string> outside) {
  for (const auto& name : names) {
    EXPECT_FALSE(outside.contains(std::string{name.name})) << name.name;
  }
  for (const auto& name : names) outside.insert(std::string{name.name});
  for (const auto& name : names) expect_no_shadow(name.inside, outside);
}

TEST(TextForm, NoNameStandsWithinItself) {
  expect_no_shadow(message::names_of<DispatchView>(), {});
  expect_no_shadow(message::names_of<BriefingView>(), {});
  expect_no_shadow(message::names_of<RegisterView>(), {});
  expect_no_shadow(message::names_of<VisitView>(), {});
}

TEST(BriefText, IsCutAfterAPartOfASentenceAndShowsIt) {
  EXPECT_EQ(brief_text("一句话。"), "一句话");
  EXPECT_EQ(brief_text("甲\n乙。\n丙"), "甲\uFF1B乙。丙");
  EXPECT_EQ(brief_text("一二三四,五六七八九十", 8), "一二三四…");
  EXPECT_EQ(brief_text("一二三四五六七八九十", 8), "一二三四五六七…");
  std::string longest;
  for (int i = 0; i < 80; ++i) longest += "字";
  EXPECT_EQ(brief_text(longest), longest);
  EXPECT_EQ(brief_text(longest + "字").size(), 79 * 3 + std::string{"…"}.size());
}

TEST(Lateness, WhoIsNoSubordinateIsCountedAndNotNamed) {
  const auto& plan = message::shipped_plan();
  auto day = parse_day("2022-07-08").value();
  EXPECT_EQ(late_names(plan, {}, day), "");
  EXPECT_EQ(late_names(plan, {"water", "tax", "edu", "org"}, day),
            "市教育局、市水务局,另有2家单独沟通");
  EXPECT_EQ(late_names(plan, {"airport"}, day), "1家,单独沟通");
}

}  // namespace
}  // namespace duban::document
