#include "document/workbook.h"

#include <optional>
#include <pugixml.hpp>

#include "base/limits.h"
#include "document/package.h"
#include "document/worksheet.h"
#include "document/xml_names.h"

namespace duban::document {
namespace {

constexpr BilingualView use_our_table{"请填在我办发的 .xlsx 表上",
                                      "fill in the .xlsx table from the office"};

TableFault damaged() {
  return {"damaged",
          {"表格文件坏了,读不出来", "the table is damaged and cannot be read"},
          {"用 Excel 或 WPS 打开,另存为 .xlsx 再报",
           "open it in Excel or WPS, save it as .xlsx and hand it in again"}};
}

std::optional<TableFault> refusal(const Package& package) {
  if (package.has("xl/vbaProject.bin")) {
    return TableFault{"macros",
                      {"文件带宏,不收", "files with macros are not accepted"},
                      {"另存为不带宏的 .xlsx 再报",
                       "save it as .xlsx without macros and hand it in again"}};
  }
  if (package.has("word/document.xml")) {
    return TableFault{"not-a-table",
                      {"这是 Word 文档,不是表格", "this is a Word document, not a table"},
                      use_our_table};
  }
  if (!package.has("xl/workbook.xml")) {
    return TableFault{"not-a-table",
                      {"这不是 Excel 表格", "this is not an Excel table"}, use_our_table};
  }
  return std::nullopt;
}

// Where a relation of the workbook leads, as a name in the package.
std::string target_of(const pugi::xml_node& relation) {
  auto target = attribute_named(relation, "Target");
  if (target.starts_with('/')) return std::string{target.substr(1)};
  return "xl/" + std::string{target};
}

bool is_hidden(const pugi::xml_node& sheet) {
  auto state = attribute_named(sheet, "state");
  return !state.empty() && state != "visible";
}

class WorkbookReader {
 public:
  explicit WorkbookReader(Package& package) : package_(package) {}

  std::expected<Cells, TableFault> read() {
    if (!load("xl/workbook.xml", book_) || !load("xl/_rels/workbook.xml.rels", relations_)) {
      return std::unexpected(fault_.value_or(damaged()));
    }
    read_parts();
    Cells cells;
    auto sheets = child_named(book_.document_element(), "sheets");
    std::size_t looked_at = 0;
    for (auto sheet : sheets.children()) {
      if (fault_ || ++looked_at > limits::package_entries) break;
      if (!is_named(sheet, "sheet") || is_hidden(sheet)) continue;
      auto xml = part(target_of(relation_with("Id", attribute_named(sheet, "id"))));
      if (!xml) continue;
      auto read = read_worksheet(*xml, parts_);
      if (!read) return read;
      if (!read->empty()) return read;
    }
    if (fault_) return std::unexpected(*fault_);
    return cells;
  }

 private:
  std::optional<std::string> part(const std::string& name) {
    auto read = package_.part(name);
    if (read) return std::move(*read);
    fault_ = read.error();
    return std::nullopt;
  }

  bool load(const std::string& name, pugi::xml_document& into) {
    auto xml = part(name);
    return xml && read_xml(into, *xml);
  }

  pugi::xml_node relation_with(std::string_view attribute, std::string_view value) const {
    for (auto relation : relations_.document_element().children()) {
      if (attribute_named(relation, attribute) == value) return relation;
    }
    return {};
  }

  // By the end of its type: the part before differs between the two editions of the standard.
  std::optional<std::string> part_of_type(std::string_view ending) {
    for (auto relation : relations_.document_element().children()) {
      if (attribute_named(relation, "Type").ends_with(ending)) return part(target_of(relation));
    }
    return std::nullopt;
  }

  void read_parts() {
    if (auto xml = part_of_type("/sharedStrings")) parts_.shared_texts = read_shared_texts(*xml);
    if (auto xml = part_of_type("/styles")) parts_.formats = read_formats(*xml);
    auto properties = child_named(book_.document_element(), "workbookPr");
    auto date_1904 = attribute_named(properties, "date1904");
    parts_.from_1904 = date_1904 == "1" || date_1904 == "true";
  }

  Package& package_;
  pugi::xml_document book_, relations_;
  WorkbookParts parts_;
  std::optional<TableFault> fault_;
};

}  // namespace

std::expected<Cells, TableFault> read_workbook(std::string_view bytes) {
  auto package = Package::open(bytes);
  if (!package) return std::unexpected(package.error());
  if (auto refused = refusal(*package)) return std::unexpected(*refused);
  return WorkbookReader{*package}.read();
}

}  // namespace duban::document
