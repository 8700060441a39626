// Forms as Word saves them, filled in.
#include "document/word_form.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "document/june.h"
#include "document/made_workbook.h"
#include "document/package.h"
#include "document/package_writing.h"
#include "document/word_cells.h"
#include "document/word_tags.h"

namespace duban::document {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string run(const std::string& text) { return "<w:r><w:t>" + text + "</w:t></w:r>"; }
std::string para(const std::string& runs) { return "<w:p>" + runs + "</w:p>"; }
std::string body(const std::string& blocks) {
  return "<w:document><w:body>" + blocks + "</w:body></w:document>";
}

std::string as_template(const std::string& blocks) {
  auto text = template_of_part(body(blocks));
  EXPECT_TRUE(text.has_value()) << text.error().chinese;
  return text.value_or("");
}

std::string part_of(const std::string& bytes, const std::string& name) {
  auto package = Package::open(bytes);
  EXPECT_TRUE(package.has_value());
  if (!package) return {};
  return package->part(name).value_or(std::nullopt).value_or("");
}

std::string document_of(const std::string& bytes) { return part_of(bytes, "word/document.xml"); }

std::string filled(const std::string& blocks, const DispatchView& view) {
  auto form = zipped({{"word/document.xml", body(blocks)}});
  auto made = write_word(view, {form, "own.docx"});
  EXPECT_TRUE(made.has_value()) << made.error().front().message.chinese;
  return made ? document_of(*made) : "";
}

Diagnostics wrong_with(const Parts& parts) {
  auto form = zipped(parts);
  auto made = write_word(june_dispatch(), {form, "own.docx"});
  EXPECT_FALSE(made.has_value());
  return made ? Diagnostics{} : made.error();
}

TEST(WordTags, ATagThatWordCutIntoRunsIsPutTogetherWhereItBegins) {
  EXPECT_THAT(as_template(para(run("截至{") + run("{as_") + run("of}") + run("},应报"))),
              HasSubstr(">截至{{as_of}}</w:t>"));
  EXPECT_THAT(as_template(para(run("{{title}}"))), HasSubstr("<w:t>{{title}}</w:t>"));
}

TEST(WordTags, ASectionInOneParagraphStaysThere) {
  EXPECT_THAT(as_template(para(run("{{#issue}}{{issue}}{{/issue}}"))),
              HasSubstr("<w:t>{{#issue}}{{issue}}{{/issue}}</w:t>"));
}

TEST(WordTags, ASectionOverParagraphsHoldsThemWhole) {
  auto text = as_template(para(run("{{#dates}}")) + para(run("{{when}}")) +
                          para(run("{{/dates}}")));
  EXPECT_THAT(text, HasSubstr("<w:body>{{#dates}}<w:p><w:r><w:t>{{when}}</w:t></w:r></w:p>"
                              "{{/dates}}</w:body>"));
  auto nested = as_template(para(run("{{#sections}}{{#entries}}")) + para(run("{{text}}")) +
                            para(run("{{/entries}}")) + para(run("{{/sections}}")));
  EXPECT_THAT(nested, HasSubstr("<w:body>{{#sections}}{{#entries}}<w:p>"));
  EXPECT_THAT(nested, HasSubstr("</w:p>{{/entries}}{{/sections}}</w:body>"));
}

TEST(WordTags, ASectionOverCellsHoldsTheRow) {
  auto row = "<w:tr><w:tc>" + para(run("{{#rows}}{{serial}}")) + "</w:tc><w:tc>" +
             para(run("{{unit}}{{/rows}}")) + "</w:tc></w:tr>";
  auto text = as_template("<w:tbl>" + row + "</w:tbl>");
  EXPECT_THAT(text, HasSubstr("<w:tbl>{{#rows}}<w:tr>"));
  EXPECT_THAT(text, HasSubstr("</w:tr>{{/rows}}</w:tbl>"));
}

TEST(WordTags, WhatDoesNotCloseIsSaid) {
  for (const auto& blocks : {para(run("{{#rows}}")), para(run("{{/rows}}")), para(run("{{title")),
                             para(run("{{&amp;title}}")), para(run("{{#a}}{{#b}}{{/a}}{{/b}}"))}) {
    EXPECT_FALSE(template_of_part(body(blocks)).has_value()) << blocks;
  }
  EXPECT_FALSE(template_of_part("<w:p>").has_value());
}

TEST(WordForm, RowsAreRepeatedAndTextsEscaped) {
  DispatchView view{.title = "甲<乙>&丙", .dates = {{"7月1日", "一"}, {"7月2日", "二\n三"}}};
  auto text = filled(para(run("{{title}}")) + para(run("{{#dates}}")) +
                         para(run("{{when}}{{what}}")) + para(run("{{/dates}}")),
                     view);
  EXPECT_THAT(text, HasSubstr("甲&lt;乙&gt;&amp;丙"));
  EXPECT_THAT(text, HasSubstr("7月1日一"));
  EXPECT_THAT(text, HasSubstr("7月2日二</w:t><w:br/><w:t xml:space=\"preserve\">三"));
  EXPECT_THAT(text, Not(HasSubstr("{{")));
}

TEST(WordForm, CellsOfOneClauseBecomeOne) {
  auto cell = [](const std::string& text) { return "<w:tc>" + para(run(text)) + "</w:tc>"; };
  auto table = body("<w:tbl><w:tr>" + cell("一") + cell("甲") + "</w:tr><w:tr>" + cell("〃") +
                    cell("乙") + "</w:tr><w:tr>" + cell("〃") + cell("丙") + "</w:tr></w:tbl>");
  auto text = finished_part(table).value_or("");
  EXPECT_THAT(text, HasSubstr("<w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>一"));
  EXPECT_THAT(text, HasSubstr("<w:vMerge/></w:tcPr><w:p><w:r><w:t></w:t></w:r></w:p></w:tc>"
                              "<w:tc><w:p><w:r><w:t>丙"));
  EXPECT_THAT(text, Not(HasSubstr("〃")));
}

TEST(WordForm, WhatIsWrongWithAnOwnFormIsSaid) {
  auto unknown = wrong_with({{"word/document.xml", body(para(run("{{titel}}")))}});
  ASSERT_EQ(unknown.size(), 1U);
  EXPECT_EQ(unknown.front().code, "unknown-name");
  EXPECT_THAT(unknown.front().mend.chinese, HasSubstr("title"));
  EXPECT_EQ(wrong_with({{"word/document.xml", body(para(run("{{rows}}")))}}).front().code,
            "no-text");
  EXPECT_EQ(wrong_with({{"a.xml", ""}}).front().code, "bad-form");
  EXPECT_EQ(wrong_with({{"word/document.xml", body("")}, {"word/vbaProject.bin", ""}}).front().code,
            "bad-form");
  auto torn = "<w:p><w:r><w:t>{{#dates}}</w:t></w:r><w:hyperlink><w:r><w:t>{{/dates}}</w:t></w:r>"
              "</w:hyperlink></w:p>";
  EXPECT_EQ(wrong_with({{"word/document.xml", body(torn)}}).front().code, "bad-form");
}

TEST(WordForm, TheShippedFormsAreFilledWithoutALeftover) {
  for (const auto& [name, made] :
       {std::pair{"dispatch", write_word(june_dispatch(), {shipped_form("dispatch.docx"), ""})},
        std::pair{"briefing", write_word(second_quarter(), {shipped_form("briefing.docx"), ""})},
        std::pair{"visit", write_word(june_visit(), {shipped_form("visit.docx"), ""})}}) {
    ASSERT_TRUE(made.has_value()) << name << made.error().front().message.chinese;
    EXPECT_THAT(document_of(*made), Not(HasSubstr("{{"))) << name;
    EXPECT_THAT(part_of(*made, "word/header1.xml"), HasSubstr("送审稿")) << name;
  }
}

TEST(WordForm, TheShippedFormsAreWhatTheirScriptWrites) {
  EXPECT_EQ(std::system(DUBAN_SOURCE_DIR "/tests/forms/make --check"), 0);
}

TEST(WordForm, TheLayoutIsTheStandards) {
  auto form = shipped_form("dispatch.docx");
  auto text = document_of(form);
  // 37, 26, 35, 28 mm in twentieths of a point, on A4.
  EXPECT_THAT(text, HasSubstr("w:pgSz w:w=\"11906\" w:h=\"16838\""));
  EXPECT_THAT(text, HasSubstr("w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\""));
  auto styles = part_of(form, "word/styles.xml");
  auto face = [&](const std::string& font, const std::string& closer, const std::string& size) {
    EXPECT_THAT(styles, HasSubstr("w:eastAsia=\"" + font + "\"/><w:spacing w:val=\"" + closer +
                                  "\"/><w:sz w:val=\"" + size + "\"/>"));
  };
  face("方正小标宋简体", "0", "44");
  face("仿宋_GB2312", "-4", "32");
  EXPECT_THAT(styles, HasSubstr("w:line=\"580\" w:lineRule=\"exact\""));
}

TEST(WordForm, TheSameGivesTheSameBytesWhereverItIs) {
  auto form = shipped_form("dispatch.docx");
  auto here = write_word(june_dispatch(), {form, ""});
  setenv("TZ", "America/New_York", 1);
  auto there = write_word(june_dispatch(), {form, ""});
  unsetenv("TZ");
  ASSERT_TRUE(here.has_value() && there.has_value());
  EXPECT_EQ(*here, *there);
}

}  // namespace
}  // namespace duban::document
