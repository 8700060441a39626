// A handed-in file as cells: what Excel, LibreOffice and WPS write, and what nobody should.
#include "document/sheet.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "base/limits.h"
#include "document/made_workbook.h"

namespace duban::document {
namespace {

using ::testing::ElementsAre;
using Row = std::vector<std::string>;

std::string sample(const std::string& name) {
  std::ifstream stream{DUBAN_SOURCE_DIR "/tests/document/samples/" + name, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{stream}, {}};
  EXPECT_FALSE(bytes.empty()) << name;
  return bytes;
}

Cells cells_of(std::string_view bytes) {
  auto read = read_sheet(bytes);
  if (read) return *read;
  ADD_FAILURE() << read.error().code << " " << read.error().message.chinese;
  return {};
}

TableFault fault_of(std::string_view bytes) {
  auto read = read_sheet(bytes);
  EXPECT_FALSE(read.has_value());
  if (read) return {};
  EXPECT_FALSE(read.error().mend.empty()) << read.error().message.chinese;
  return read.error();
}

const Cells as_filled_in{
    {"2022年5月月调度表"},
    {"条款", "任务", "本月进展", "节点状态", "完成比例", "节点"},
    {"二(二)2", "路网建设", "开工3条\n其余前期", "正常", "85%", "2022-05-25"},
    {"", "四网融合", "5", "滞后", "33.3", "2022-06-30 17:00"},
    {},
    {"注:含在建", "", "", "", "TRUE"},
};

TEST(Sheet, WhatExcelsFormHoldsIsReadAsAPersonSeesIt) {
  EXPECT_EQ(cells_of(sample("openpyxl.xlsx")), as_filled_in);
}

TEST(Sheet, TheSameSavedByLibreOfficeIsTheSame) {
  EXPECT_EQ(cells_of(sample("libreoffice.xlsx")), as_filled_in);
}

TEST(Sheet, PrefixedElementsSharedTextsAndRunsAreRead) {
  auto parts = workbook_parts("");
  parts["xl/worksheets/sheet1.xml"] =
      "<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row><x:c t=\"s\"><x:v>0</x:v></x:c>"
      "<x:c t=\"s\"><x:v>9</x:v></x:c><x:c t=\"s\"><x:v>1</x:v></x:c></x:row></x:sheetData>"
      "</x:worksheet>";
  parts["xl/sharedStrings.xml"] =
      "<sst><si><r><t>无</t></r><r><t>变化</t></r><rPh><t>wu</t></rPh></si>"
      "<si><t>甲_x000D_\n乙_x4E59_</t></si></sst>";
  EXPECT_THAT(cells_of(zipped(parts)), ElementsAre(Row{"无变化", "", "甲\n乙乙"}));
}

TEST(Sheet, OfMergedCellsOnlyTheFirstHasTheValue) {
  auto rows = "<row>" + text_cell("A1", "甲") + text_cell("B1", "乙") + "</row><row r=\"2\">" +
              text_cell("A2", "丙") + text_cell("B2", "丁") + "</row>";
  EXPECT_THAT(cells_of(workbook(rows, "<mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>")),
              ElementsAre(Row{"甲", "乙"}, Row{"", "丁"}));
  // Endless ones, and ones that end before they begin, cost nothing.
  std::string many = "<mergeCells>";
  for (int i = 0; i < 5000; ++i) {
    many += "<mergeCell ref=\"B1:XFD1048576\"/><mergeCell ref=\"B2:A1\"/>";
  }
  EXPECT_THAT(cells_of(workbook(rows, many + "</mergeCells>")),
              ElementsAre(Row{"甲", "乙"}, Row{"丙", ""}));
}

TEST(Sheet, AHiddenOrEmptySheetIsPassedOver) {
  auto parts = workbook_parts("<row/>");
  parts["xl/workbook.xml"] =
      "<workbook><sheets><sheet state=\"hidden\" id=\"rId4\"/><sheet id=\"rId1\"/>"
      "<sheet id=\"rId5\"/></sheets></workbook>";
  parts["xl/_rels/workbook.xml.rels"] =
      "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
      "<Relationship Id=\"rId4\" Target=\"worksheets/other.xml\"/>"
      "<Relationship Id=\"rId5\" Target=\"worksheets/third.xml\"/></Relationships>";
  auto sheet_of = [](const std::string& text) {
    return "<worksheet><sheetData><row>" + text_cell("A1", text) + "</row></sheetData></worksheet>";
  };
  parts["xl/worksheets/other.xml"] = sheet_of("藏起来的");
  parts["xl/worksheets/third.xml"] = sheet_of("看得见的");
  EXPECT_THAT(cells_of(zipped(parts)), ElementsAre(Row{"看得见的"}));
}

TEST(Sheet, NoEntityIsExpanded) {
  auto parts = workbook_parts("");
  parts["xl/worksheets/sheet1.xml"] =
      "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">"
      "<!ENTITY f SYSTEM \"file:///etc/hostname\">]>"
      "<worksheet><sheetData><row>" + text_cell("A1", "&b;&f;&lt;") +
      "</row></sheetData></worksheet>";
  EXPECT_THAT(cells_of(zipped(parts)), ElementsAre(Row{"&b;&f;<"}));
}

TEST(Sheet, WhatUnpacksBeyondTheBoundIsRefused) {
  auto parts = workbook_parts("");
  parts["xl/worksheets/sheet1.xml"] =
      "<worksheet>" + std::string(limits::package_unpacked_bytes, ' ') + "</worksheet>";
  EXPECT_EQ(fault_of(zipped(parts)).code, "too-large");
  EXPECT_EQ(fault_of("PK\x03\x04" + std::string(limits::package_bytes, 'x')).code, "too-large");
  for (std::size_t i = 0; i <= limits::package_entries; ++i) parts["a" + std::to_string(i)] = "";
  EXPECT_EQ(fault_of(zipped(parts)).code, "too-large");
}

TEST(Sheet, RowsColumnsAndTextsAreBounded) {
  auto beyond = std::to_string(limits::sheet_rows + 1);
  EXPECT_EQ(fault_of(workbook("<row>" + text_cell("A" + beyond, "x") + "</row>")).code,
            "too-large");
  static_assert(limits::sheet_columns == 50);
  EXPECT_EQ(fault_of(workbook("<row>" + text_cell("AY1", "x") + "</row>")).code, "too-large");
  EXPECT_EQ(cells_of(workbook("<row>" + text_cell("AX1", "x") + "</row>")).front().size(),
            limits::sheet_columns);
  // Lines that somebody coloured down to the last one take no room.
  EXPECT_EQ(cells_of(workbook("<row>" + text_cell("A1", "x") + text_cell("XFD1048576", "") +
                              "</row>")).size(),
            1U);
  auto long_cell = fault_of(
      workbook("<row>" + text_cell("B1", std::string(limits::sheet_cell_bytes + 1, 'x')) +
               "</row>"));
  EXPECT_EQ(long_cell.code, "cell-too-long");
  EXPECT_EQ(place_words(long_cell), (Bilingual{"第1行B列", "row 1, column B"}));
  // One text of the file in every cell.
  auto parts = workbook_parts("");
  std::string cells;
  for (int i = 0; i < 200; ++i) cells += "<row><c t=\"s\"><v>0</v></c></row>";
  parts["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData>" + cells + "</sheetData></worksheet>";
  parts["xl/sharedStrings.xml"] =
      "<sst><si><t>" + std::string(limits::sheet_cell_bytes, 'x') + "</t></si></sst>";
  static_assert(200 * limits::sheet_cell_bytes > limits::sheet_text_bytes);
  EXPECT_EQ(fault_of(zipped(parts)).code, "too-large");
}

TEST(Sheet, WhatIsNoTableIsRefusedWithWhatToDoInstead) {
  auto parts = workbook_parts("");
  parts["xl/vbaProject.bin"] = "x";
  EXPECT_EQ(fault_of(zipped(parts)).code, "macros");
  EXPECT_EQ(fault_of(zipped({{"word/document.xml", "<w/>"}})).code, "not-a-table");
  EXPECT_EQ(fault_of(zipped({{"a.txt", "x"}})).code, "not-a-table");
  EXPECT_EQ(fault_of("PK\x03\x04 and nothing more").code, "damaged");
  auto cut = workbook("<row>" + text_cell("A1", "x") + "</row>");
  EXPECT_EQ(fault_of(cut.substr(0, cut.size() / 2)).code, "damaged");
  std::string letters;
  for (char c : std::string{"EncryptedPackage"}) letters += c, letters += '\0';
  EXPECT_EQ(fault_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + letters).code, "encrypted");
  EXPECT_EQ(fault_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1Workbook").code, "old-form");
  EXPECT_EQ(fault_of("%PDF-1.7").code, "not-a-table");
  EXPECT_EQ(fault_of(std::string{"a\0b", 3}).code, "not-a-table");
  EXPECT_EQ(fault_of("\xFF\xFF\xFF").code, "not-a-table");
  EXPECT_EQ(fault_of("").code, "empty");
  EXPECT_EQ(fault_of(workbook("<row/>")).code, "empty");
}

TEST(Sheet, CommasQuotesAndLineEndsOfTextAreRead) {
  EXPECT_THAT(cells_of("\xEF\xBB\xBF条款,进展\r\n"
                       "\"二(二)5\",\"两行\r\n\"\"引号\"\",逗号\"\r\n,\r\n3,"),
              ElementsAre(Row{"条款", "进展"}, Row{"二(二)5", "两行\n\"引号\",逗号"}, Row{},
                          Row{"3"}));
  EXPECT_THAT(cells_of("甲\t乙,丙\n丁\t戊"), ElementsAre(Row{"甲", "乙,丙"}, Row{"丁", "戊"}));
  EXPECT_THAT(cells_of("甲;乙"), ElementsAre(Row{"甲", "乙"}));
  auto open = fault_of("甲,乙\n丙,\"丁\n戊");
  EXPECT_EQ(open.code, "open-quote");
  EXPECT_EQ(place_words(open).chinese, "第2行B列");
}

TEST(Sheet, TextIsReadInTheEncodingsThatExcelWrites) {
  // 条款,进展 in GB18030, then in UTF-16 with its mark, as 文本(Unicode) is saved.
  EXPECT_THAT(cells_of("\xCC\xF5\xBF\xEE,\xBD\xF8\xD5\xB9\r\n"), ElementsAre(Row{"条款", "进展"}));
  EXPECT_THAT(cells_of(std::string_view{"\xFF\xFE\x61\x67\x3E\x6B\x09\x00\xDB\x8F\x55\x5C", 12}),
              ElementsAre(Row{"条款", "进展"}));
}

}  // namespace
}  // namespace duban::document
