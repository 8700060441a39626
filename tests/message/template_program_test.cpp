// What Mustache says a text means, where the shipped templates do not say it themselves.
#include "message/template_program.h"

#include <gtest/gtest.h>

#include "message/view.h"

namespace duban::message {
namespace {

NoticeView two_parts() {
  NoticeView view;
  view.office = "<办> & \"公\" 'x'";
  view.delayed = true;
  view.sections.resize(2);
  view.sections[0].unit = "甲";
  view.sections[0].remind.emplace();
  view.sections[0].remind->items.resize(2);
  view.sections[0].remind->items[0].name = "一";
  view.sections[0].remind->items[1].name = "二";
  view.sections[1].unit = "乙";
  view.sections[1].ours = true;
  return view;
}

std::string said(std::string_view text, Escaping escaping = Escaping::none) {
  auto view = two_parts();
  return TemplateProgram{text, names_of<NoticeView>(), escaping}.render(&view);
}

TEST(TemplateProgram, EscapesForAPageAndNowhereElse) {
  EXPECT_EQ(said("{{office}}"), "<办> & \"公\" 'x'\n");
  EXPECT_EQ(said("{{office}}", Escaping::html), "&lt;办&gt; &amp; &quot;公&quot; &apos;x&apos;\n");
  EXPECT_EQ(said("{{{office}}}|{{& office}}", Escaping::html),
            "<办> & \"公\" 'x'|<办> & \"公\" 'x'\n");
}

TEST(TemplateProgram, ShowsAListOnceForEachEntryAndLooksOutwardsFromIt) {
  EXPECT_EQ(said("{{#sections}}{{unit}}{{#remind}}{{#items}}({{unit}}{{name}}){{/items}}"
                 "{{/remind}};{{/sections}}"),
            "甲(甲一)(甲二);乙;\n");
}

TEST(TemplateProgram, CountsAnEmptyTextAnUnsetFlagAndAnAbsentGroupAsNotThere) {
  EXPECT_EQ(said("{{#phone}}a{{/phone}}{{^phone}}b{{/phone}}{{#asking}}c{{/asking}}"
                 "{{^delayed}}d{{/delayed}}{{^headlines}}e{{/headlines}}"
                 "{{#office}}f{{/office}}{{#delayed}}g{{/delayed}}"),
            "befg\n");
  EXPECT_EQ(said("{{#sections}}{{^ours}}{{unit}}{{/ours}}{{^remind}}{{unit}}{{/remind}}"
                 "{{/sections}}"),
            "甲乙\n");
}

TEST(TemplateProgram, FindsFurtherOutWhatIsEmptyInTheSectionOfTheSameSort) {
  NoticeView view;
  view.sections.resize(1);
  view.sections[0].remind.emplace().several = "3";
  view.sections[0].today.emplace();
  TemplateProgram program{"{{#sections}}{{#remind}}{{#today}}{{several}}{{/today}}{{/remind}}"
                          "{{#today}}{{^several}}0{{/several}}{{/today}}{{/sections}}",
                          names_of<NoticeView>(), Escaping::none};
  EXPECT_EQ(program.render(&view), "30\n");
}

TEST(TemplateProgram, LeavesOutWhatNobodyKnows) {
  EXPECT_EQ(said("a{{nothing}}{{! b }}{{#nothing}}c{{/nothing}}{{^nothing}}d{{/nothing}}"), "ad\n");
}

TEST(TemplateProgram, SaysNothingWhereSectionsDoNotMatch) {
  for (const auto* text : {"a{{#phone}}", "a{{/phone}}", "a{{#sections}}{{/phone}}",
                           "a{{#sections}}{{^ours}}{{/sections}}{{/ours}}", "a{{phone"}) {
    EXPECT_EQ(said(text), "") << text;
  }
}

}  // namespace
}  // namespace duban::message
