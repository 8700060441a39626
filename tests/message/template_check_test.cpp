#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "message/office_desk.h"
#include "message/view_names.h"
#include "message/web_page.h"

namespace duban::message {
namespace {

using testing::Contains;
using testing::IsEmpty;

// The shipped templates with one of them changed.
Diagnostics check_with(const std::string& file, const std::string& text) {
  auto templates = shipped_templates();
  templates[file] = text;
  return check_templates(shipped_plan(), templates, "templates");
}

Diagnostic only_error(const Diagnostics& found) {
  Diagnostics errors;
  for (const auto& one : found) {
    if (one.severity == Severity::error) errors.push_back(one);
  }
  EXPECT_EQ(errors.size(), 1U);
  return errors.empty() ? Diagnostic{} : errors.front();
}

std::string line_of_only_error(const std::string& file, const std::string& text) {
  return format_line(only_error(check_with(file, text)));
}

TEST(TemplateCheck, TheShippedTemplatesAreSilent) {
  EXPECT_THAT(check_templates(shipped_plan(), shipped_templates(), "templates"), IsEmpty());
}

TEST(TemplateCheck, AnUnknownNameIsShownWithItsPlaceAndTheNearestName) {
  EXPECT_EQ(line_of_only_error("gone.mustache", "第一行\n{{#items}}不用{{nmae}}了{{/items}}\n"),
            "templates/gone.mustache:2:13: error: 这里没有 {{nmae}} 这个名称; "
            "是不是 name?");
}

TEST(TemplateCheck, ANameIsKnownOnlyInsideItsSection) {
  auto found = only_error(check_with("gone.mustache", "{{name}}{{#items}}{{name}}{{/items}}"));
  EXPECT_EQ(found.code, "unknown-name");
  EXPECT_EQ(found.place, (Place{"templates/gone.mustache", 1, 1}));
}

TEST(TemplateCheck, NamesAreCheckedInSectionsThatAreSeldomShown) {
  EXPECT_EQ(only_error(check_with("trouble.mustache", "{{#items}}{{^name}}{{reasn}}{{/name}}"
                                                      "{{/items}}")).code, "unknown-name");
}

TEST(TemplateCheck, AnUnclosedSectionIsShownWhereItBegins) {
  auto found = only_error(check_with("gone.mustache", "\n  {{#items}}{{name}}\n"));
  EXPECT_EQ(found.code, "unclosed-section");
  EXPECT_EQ(found.place, (Place{"templates/gone.mustache", 2, 3}));
  EXPECT_EQ(found.mend, (Bilingual{"用 {{/items}} 收尾", "close it with {{/items}}"}));
}

TEST(TemplateCheck, ASectionClosedByAnotherNameIsMismatched) {
  EXPECT_EQ(line_of_only_error("gone.mustache", "{{#items}}{{name}}{{/item}}"),
            "templates/gone.mustache:1:19: error: {{/item}} 收的却是第1行开头的 {{#items}}; "
            "写 {{/items}}");
}

TEST(TemplateCheck, ACloseWithoutASectionIsMismatched) {
  EXPECT_EQ(only_error(check_with("gone.mustache", "完{{/items}}")).code, "mismatched-section");
}

TEST(TemplateCheck, ATagThatNeverEndsIsShown) {
  auto found = only_error(check_with("gone.mustache", "不用报了{{name\n"));
  EXPECT_EQ(found.code, "unclosed-tag");
  EXPECT_EQ(found.place.column, 5U);
}

TEST(TemplateCheck, APartialThatDoesNotExistIsShownWithTheNearestName) {
  EXPECT_EQ(line_of_only_error("start.mustache", "{{> calender}}"),
            "templates/start.mustache:1:1: error: 没有模板 calender.mustache; "
            "是不是 calendar?");
}

TEST(TemplateCheck, APartialThatIncludesItselfIsRefusedAndNotFollowed) {
  EXPECT_EQ(line_of_only_error("gone.mustache", "{{> gone}}"),
            "templates/gone.mustache:1:1: error: gone.mustache 引用了自己; "
            "去掉这个标记");
  auto templates = shipped_templates();
  templates["gone.mustache"] = "{{> basis}}";
  templates["basis.mustache"] = "{{> gone}}";
  auto found = check_templates(shipped_plan(), templates, "templates");
  EXPECT_THAT(found, Contains(testing::Field(&Diagnostic::code, "template-recursion")));
}

TEST(TemplateCheck, PartialsInPartialsAreBounded) {
  auto templates = shipped_templates();
  for (std::size_t depth = 0; depth <= limits::template_depth; ++depth) {
    templates["deep" + std::to_string(depth) + ".mustache"] =
        "{{> deep" + std::to_string(depth + 1) + "}}";
  }
  templates["deep" + std::to_string(limits::template_depth + 1) + ".mustache"] = "到底了";
  templates["gone.mustache"] = "{{> deep0}}";
  auto found = check_templates(shipped_plan(), templates, "templates");
  EXPECT_EQ(only_error(found).code, "template-recursion");
}

TEST(TemplateCheck, PartialsThatMultiplyAreBounded) {
  auto templates = shipped_templates();
  for (int depth = 0; depth < 6; ++depth) {
    auto& text = templates["wide" + std::to_string(depth) + ".mustache"];
    for (int i = 0; i < 1000; ++i) text += "{{> wide" + std::to_string(depth + 1) + "}}";
  }
  templates["wide6.mustache"] = "满";
  templates["gone.mustache"] = "{{> wide0}}";
  auto found = check_templates(shipped_plan(), templates, "templates");
  EXPECT_THAT(found, Contains(testing::Field(&Diagnostic::code, "template-too-large")));
}

// Twenty lists of two inside each other are a million lines; the first message would never end.
TEST(TemplateCheck, AListInsideItselfIsRefused) {
  EXPECT_EQ(line_of_only_error("gone.mustache",
                               "{{#items}}{{name}}{{#items}}{{name}}{{/items}}{{/items}}"),
            "templates/gone.mustache:1:19: error: {{#items}} 在另一列里面,那一列每一条都会把它"
            "再写一遍; 先收尾,再写 {{#items}}");
}

TEST(TemplateCheck, AListInsideAnotherOfTheSameMessageIsRefused) {
  auto found = only_error(check_with("list.mustache", "{{#undated}}{{#drafts}}{{/drafts}}"
                                                      "{{/undated}}"));
  EXPECT_EQ(found.code, "list-in-list");
  EXPECT_EQ(found.place.column, 13U);
}

TEST(TemplateCheck, AListIsNotReachedAgainThroughWhatHoldsIt) {
  EXPECT_EQ(only_error(check_with("gone.mustache", "{{#items}}{{#gone}}{{#items}}{{name}}{{/items}}"
                                                   "{{/gone}}{{/items}}"))
                .code, "list-in-list");
}

TEST(TemplateCheck, PartialsThatAddUpToMoreThanAMessageAreRefused) {
  auto with_copies = [](std::size_t count) {
    auto templates = shipped_templates();
    templates["long.mustache"] = std::string(limits::template_bytes, 'x');
    templates["gone.mustache"].clear();
    for (std::size_t i = 0; i < count; ++i) templates["gone.mustache"] += "{{> long}}";
    return check_templates(shipped_plan(), templates, "templates");
  };
  constexpr auto fit = limits::message_bytes / limits::template_bytes;
  EXPECT_THAT(with_copies(fit - 1), IsEmpty());
  EXPECT_THAT(with_copies(fit), Contains(testing::Field(&Diagnostic::code, "template-too-large")));
}

// Found by fuzzing: one mistake ran over many lines of the screen.
TEST(TemplateCheck, ATagOverSeveralLinesIsShownInOne) {
  EXPECT_EQ(line_of_only_error("gone.mustache", "{{#items}}{{na\nme}}{{/items}}"),
            "templates/gone.mustache:1:11: error: 这里没有 {{na?me}} 这个名称; "
            "是不是 name?");
  auto longest = format_line(only_error(check_with("gone.mustache",
                                                   "{{> " + std::string(5000, 'x') + "}}")));
  EXPECT_LT(longest.size(), 300U);
}

TEST(TemplateCheck, ATemplateOverItsBoundIsRefused) {
  EXPECT_EQ(only_error(check_with("gone.mustache", std::string(limits::template_bytes + 1, 'x')))
                .code, "template-too-large");
}

TEST(TemplateCheck, ATemplateThatIsNoUtf8IsRefused) {
  EXPECT_EQ(only_error(check_with("gone.mustache", "\xB2\xBB\xD3\xC3")).code, "not-utf8");
}

TEST(TemplateCheck, ATemplateThatMustExistAndDoesNotIsMissed) {
  auto templates = shipped_templates();
  templates.erase("subject.mustache");
  auto found = only_error(check_templates(shipped_plan(), templates, "templates"));
  EXPECT_EQ(found.code, "missing-template");
  EXPECT_EQ(found.place.file, "templates/subject.mustache");
}

TEST(TemplateCheck, ThePagesTemplatesAreCheckedAndMayBeMissing) {
  EXPECT_EQ(only_error(check_with("web-today.html.mustache", "{{#days}}{{dya}}{{/days}}")).code,
            "unknown-name");
  auto templates = shipped_templates();
  EXPECT_THAT(missing_web_templates(templates), IsEmpty());
  std::erase_if(templates, [](const auto& one) { return one.first.starts_with("web-"); });
  EXPECT_THAT(check_templates(shipped_plan(), templates, "templates"), IsEmpty());
  EXPECT_THAT(missing_web_templates(templates), Contains("web-today.html.mustache"));
}

TEST(TemplateCheck, AGroupShownAsTextIsNoText) {
  EXPECT_EQ(only_error(check_with("gone.mustache", "{{items}}")).code, "no-text");
}

TEST(TemplateCheck, OtherDelimitersAreRefused) {
  EXPECT_EQ(only_error(check_with("gone.mustache", "{{=<% %>=}}")).code, "template-delimiter");
}

TEST(TemplateCheck, APlansOwnTemplateWinsAndIsNamedByItsFolder) {
  auto plan = shipped_plan();
  plan.templates["gone.mustache"] = "{{#items}}{{nam}}{{/items}}";
  auto found = only_error(check_templates(plan, shipped_templates(), "templates"));
  EXPECT_TRUE(found.place.file.ends_with("plans/wuhan-2022-1/gone.mustache")) << found.place.file;
}

TEST(TemplateCheck, AFileThatNothingIncludesIsAWarningWithTheNearestName) {
  auto found = check_with("remnd.mustache", "x");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].severity, Severity::warning);
  EXPECT_EQ(found[0].mend.chinese, "是不是 remind.mustache?");
}

// Mustache looks outwards for what it does not find, so a name must not stand at two depths.
void expect_no_shadow(const std::vector<Name>& names, std::vector<std::string_view> outer) {
  for (const auto& name : names) {
    EXPECT_THAT(outer, testing::Not(Contains(name.name)));
  }
  for (const auto& name : names) outer.push_back(name.name);
  for (const auto& name : names) expect_no_shadow(name.inside, outer);
}

TEST(Views, NoNameStandsAtTwoDepths) {
  expect_no_shadow(names_of<NoticeView>(), {});
  expect_no_shadow(names_of<PageView>(), {});
  expect_no_shadow(names_of<SubjectView>(), {});
  for_each_web_view([]<class View>() { expect_no_shadow(names_of<View>(), {}); });
}

}  // namespace
}  // namespace duban::message
