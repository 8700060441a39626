#include "document/sheet.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "document/separated.h"
#include "document/workbook.h"

namespace duban::document {
namespace {

constexpr std::string_view zip_mark = "PK\x03\x04", compound_mark = "\xD0\xCF\x11\xE0";
constexpr BilingualView use_our_table{
    "请填在我办发的 .xlsx 表上再报", "fill in the .xlsx table from the office and hand it in"};

// Within a compound file names are written in two bytes a letter.
bool names_package(std::string_view bytes) {
  std::string wanted;
  for (char c : std::string_view{"EncryptedPackage"}) wanted += c, wanted += '\0';
  return bytes.contains(wanted);
}

std::unexpected<TableFault> compound_refusal(std::string_view bytes) {
  if (names_package(bytes)) {
    return std::unexpected(TableFault{
        "encrypted", {"文件加了密码,打不开", "the file has a password and cannot be opened"},
        {"去掉密码,另存为 .xlsx 再报",
         "remove the password, save it as .xlsx and hand it in again"}});
  }
  return std::unexpected(TableFault{
      "old-form",
      {"这是旧版文件(.xls 或 .doc),读不出来",
       "this is an old file (.xls or .doc) and cannot be read"},
      {"用 Excel 或 WPS 打开,另存为 .xlsx 再报",
       "open it in Excel or WPS, save it as .xlsx and hand it in again"}});
}

bool is_paper(std::string_view bytes) {
  constexpr std::array<std::string_view, 5> marks{"%PDF", "\x89PNG", "\xFF\xD8\xFF", "GIF8",
                                                  "{\\rtf"};
  return std::ranges::any_of(marks, [&](auto mark) { return bytes.starts_with(mark); });
}

}  // namespace

std::expected<Cells, TableFault> read_sheet(std::string_view bytes) {
  if (bytes.size() > limits::package_bytes) {
    return std::unexpected(TableFault{
        "too-large",
        {"文件太大,多半贴了图片", "the file is too large, probably because of pictures"},
        {"图片删去或另附,表格存成 .xlsx 再报",
         "remove the pictures or attach them separately, and hand in the table as .xlsx"}});
  }
  if (bytes.starts_with(compound_mark)) return compound_refusal(bytes);
  if (is_paper(bytes)) {
    return std::unexpected(TableFault{
        "not-a-table",
        {"这是扫描件或文档,不是表格", "this is a scan or a document, not a table"},
        use_our_table});
  }
  auto cells = bytes.starts_with(zip_mark) ? read_workbook(bytes) : read_separated(bytes);
  if (cells && cells->empty()) {
    return std::unexpected(
        TableFault{"empty", {"表是空的", "the table is empty"}, use_our_table});
  }
  return cells;
}

}  // namespace duban::document
