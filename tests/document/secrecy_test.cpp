// What bears a secrecy mark is found wherever a person would read it; what speaks of secrets is no
// mark.
#include "document/secrecy.h"

#include <gmock/gmock.h>

#include "document/made_workbook.h"

namespace duban::document {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Secrecy, ALevelWithAStarIsAMarkHoweverItIsSet) {
  for (const auto* text : {"秘密★", "秘密★1年", "机密★长期", "秘 密 ★ 1年", "密级:绝密★", "机密*",
                           "附件:机密★5月表", "秘密☆"}) {
    EXPECT_THAT(secrecy_mark_in(text), Not(IsEmpty())) << text;
  }
  EXPECT_EQ(secrecy_mark_in("机 密★长期"), "机密★");
}

TEST(Secrecy, ALevelAloneIsAMark) {
  for (const auto* text : {"秘密", "【机密】", "(绝密)", "密级:机密", "密级 秘密"}) {
    EXPECT_THAT(secrecy_mark_in(text), Not(IsEmpty())) << text;
  }
}

TEST(Secrecy, WhatSpeaksOfSecretsIsAnOrdinaryText) {
  for (const auto* text : {"", "商业秘密保护专项行动", "开展保守国家秘密教育", "机密级机房改造完工",
                           "与黄冈签约3所高校★", "密级:内部", "五星★★★"}) {
    EXPECT_THAT(secrecy_mark_in(text), IsEmpty()) << text;
  }
}

TEST(Secrecy, ANameMayBearTheLevelBetweenSigns) {
  for (const auto* name : {"机密-5月月调度表.xlsx", "5月表(秘密).xlsx", "【机密】5月.csv",
                           "绝密.xlsx", "秘密★5月.xlsx", "5月 机密 表.xlsx", "5月_机密.csv"}) {
    EXPECT_THAT(secrecy_mark_in_name(name), Not(IsEmpty())) << name;
  }
  for (const auto* name : {"5月月调度表.xlsx", "商业秘密保护.xlsx", "标准输入", "a秘密b.csv"}) {
    EXPECT_THAT(secrecy_mark_in_name(name), IsEmpty()) << name;
  }
}

TEST(Secrecy, AWorkbooksCellsBearIt) {
  EXPECT_EQ(secrecy_mark_in_file(workbook("<row>" + text_cell("A1", "机密★") + "</row>")), "机密★");
  EXPECT_THAT(secrecy_mark_in_file(workbook("<row>" + text_cell("A1", "签约3所高校") + "</row>")),
              IsEmpty());
}

TEST(Secrecy, RunsSplitItAndOtherSheetsHeadsNamesAndNotesBearIt) {
  auto with = [](const std::string& part, const std::string& xml) {
    auto parts = workbook_parts("<row>" + text_cell("A1", "条款") + "</row>");
    parts[part] = xml;
    return secrecy_mark_in_file(zipped(parts));
  };
  EXPECT_EQ(with("xl/sharedStrings.xml",
                 "<sst><si><r><t>秘</t></r><r><rPr><b/></rPr><t>密★</t></r></si></sst>"),
            "秘密★");
  EXPECT_EQ(with("xl/worksheets/sheet9.xml",
                 "<worksheet><headerFooter><oddHeader>&amp;C机密★1年</oddHeader></headerFooter>"
                 "</worksheet>"),
            "机密★");
  EXPECT_EQ(with("xl/other.xml", "<workbook><sheets><sheet name=\"机密\"/></sheets></workbook>"),
            "机密★");
  EXPECT_EQ(with("xl/comments1.xml",
                 "<comments><comment><text><r><t>秘密★</t></r></text></comment></comments>"),
            "秘密★");
  EXPECT_THAT(with("xl/sharedStrings.xml", "<sst><si><t>商业秘密</t></si><si><t>★</t></si></sst>"),
              IsEmpty())
      << "two cells";
}

TEST(Secrecy, AWordPapersParagraphsBearIt) {
  auto paper = [](const std::string& body) {
    return secrecy_mark_in_file(zipped(
        {{"word/document.xml", "<w:document xmlns:w=\"w\"><w:body>" + body + "</w:body>"
                               "</w:document>"}}));
  };
  EXPECT_EQ(paper("<w:p><w:r><w:t>绝密</w:t></w:r><w:r><w:t>★10年</w:t></w:r></w:p>"), "绝密★");
  EXPECT_THAT(paper("<w:p><w:r><w:t>工作方案</w:t></w:r></w:p>"), IsEmpty());
}

TEST(Secrecy, SeparatedTextBearsItInAnyOfItsEncodings) {
  EXPECT_EQ(secrecy_mark_in_file("密级:机密,,\n条款,任务,本月进展\n"), "机密★");
  EXPECT_EQ(secrecy_mark_in_file("\"秘密★1年\"\r\n条款,任务\r\n"), "秘密★");
  EXPECT_EQ(secrecy_mark_in_file("\xBB\xFA\xC3\xDC\xA1\xEF,a\n"), "机密★") << "GB18030";
  EXPECT_EQ(secrecy_mark_in_file(std::string{"\xFF\xFE\xD8\x79\xC6\x5B\x05\x26\x0A\x00", 10}),
            "秘密★")
      << "UTF-16";
  EXPECT_THAT(secrecy_mark_in_file("条款,任务,本月进展\n二(二)5,高校合作,签约3所\n"), IsEmpty());
}

TEST(Secrecy, AnOldFileBearsItInTwoByteLetters) {
  std::string old{"\xD0\xCF\x11\xE0\x00\x00", 6};
  EXPECT_EQ(secrecy_mark_in_file(old + "\x3A\x67\xC6\x5B\x05\x26"), "机密★");
  EXPECT_THAT(secrecy_mark_in_file(old), IsEmpty());
}

TEST(Secrecy, DeepElementsAreWalkedWithoutEnd) {
  constexpr int deep = 100'000;
  std::string xml;
  for (int i = 0; i < deep; ++i) xml += "<a>";
  xml += "<p>机密★</p>";
  for (int i = 0; i < deep; ++i) xml += "</a>";
  EXPECT_EQ(secrecy_mark_in_file(zipped({{"word/document.xml", xml}})), "机密★");
}

TEST(Secrecy, WhatIsSaidNamesTheMarkAndTheWay) {
  auto fault = secrecy_fault("机密★").value();
  EXPECT_EQ(fault.code, "secret");
  EXPECT_THAT(fault.message.chinese, HasSubstr("机密★"));
  EXPECT_THAT(fault.message.chinese, HasSubstr("非涉密平台"));
  EXPECT_FALSE(secrecy_fault(""));
}

}  // namespace
}  // namespace duban::document
