#include "document/worksheet.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <pugixml.hpp>

#include "base/limits.h"
#include "document/cell_store.h"
#include "document/cell_text.h"
#include "document/xml_names.h"

namespace duban::document {
namespace {

std::optional<std::size_t> number_of(std::string_view digits) {
  std::size_t number = 0;
  auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  bool whole = read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
  return whole && !digits.empty() ? std::optional{number} : std::nullopt;
}

// What <si> and <is> hold: one <t>, or runs of text; how it is read aloud (<rPh>) is left out.
std::string text_of(const pugi::xml_node& holder) {
  std::string text;
  for (auto node : holder.children()) {
    if (is_named(node, "t")) text += node.child_value();
    else if (is_named(node, "r")) text += child_named(node, "t").child_value();
  }
  return without_escapes(text);
}

struct CellPlace {
  std::size_t row = 0, column = 0;
};

// `B5`, from 1 both; nothing when it is none.
std::optional<CellPlace> place_of(std::string_view reference) {
  constexpr std::size_t letters_at_most = 3;
  CellPlace place;
  std::size_t at = 0;
  for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z'; ++at) {
    place.column = place.column * 26 + static_cast<std::size_t>(reference[at] - 'A' + 1);
    if (at >= letters_at_most) return std::nullopt;
  }
  auto row = number_of(reference.substr(at));
  if (at == 0 || !row || *row == 0) return std::nullopt;
  place.row = *row;
  return place;
}

class SheetReader {
 public:
  explicit SheetReader(const WorkbookParts& parts) : parts_(parts) {}

  std::expected<Cells, TableFault> read(const pugi::xml_node& sheet) {
    CellPlace at;
    for (auto row : child_named(sheet, "sheetData").children()) {
      if (!is_named(row, "row")) continue;
      at.row = number_of(attribute_named(row, "r")).value_or(at.row + 1);
      at.column = 0;
      for (auto cell : row.children()) {
        if (!is_named(cell, "c")) continue;
        ++at.column;
        if (auto place = place_of(attribute_named(cell, "r"))) at = *place;
        if (auto fault = store_.put(at.row, at.column, shown(cell))) {
          return std::unexpected(*fault);
        }
      }
    }
    for (auto merged : child_named(sheet, "mergeCells").children()) {
      if (is_named(merged, "mergeCell")) unite(attribute_named(merged, "ref"));
    }
    return store_.take();
  }

 private:
  std::string shown(const pugi::xml_node& cell) const {
    auto type = attribute_named(cell, "t");
    if (type == "inlineStr") return text_of(child_named(cell, "is"));
    std::string_view value = child_named(cell, "v").child_value();
    if (type == "s") {
      auto index = number_of(value);
      return index && *index < parts_.shared_texts.size() ? parts_.shared_texts[*index] : "";
    }
    if (type == "b") return value == "1" ? "TRUE" : "FALSE";
    if (type == "str" || type == "e" || type == "d") return without_escapes(value);
    auto style = number_of(attribute_named(cell, "s")).value_or(0);
    auto format = style < parts_.formats.size() ? parts_.formats[style] : CellFormat::plain;
    return shown_number(value, format, parts_.from_1904);
  }

  void unite(std::string_view range) {
    auto colon = std::min(range.find(':'), range.size());
    auto first = place_of(range.substr(0, colon));
    auto last = place_of(range.substr(std::min(colon + 1, range.size())));
    if (first && last) store_.unite(first->row, first->column, last->row, last->column);
  }

  const WorkbookParts& parts_;
  CellStore store_;
};

}  // namespace

std::vector<std::string> read_shared_texts(std::string_view xml) {
  pugi::xml_document document;
  std::vector<std::string> texts;
  if (!read_xml(document, xml)) return texts;
  for (auto node : document.document_element().children()) {
    if (is_named(node, "si")) texts.push_back(text_of(node));
  }
  return texts;
}

std::vector<CellFormat> read_formats(std::string_view xml) {
  pugi::xml_document document;
  std::vector<CellFormat> formats;
  if (!read_xml(document, xml)) return formats;
  auto sheet = document.document_element();
  std::map<std::size_t, CellFormat> own;
  for (auto node : child_named(sheet, "numFmts").children()) {
    auto id = number_of(attribute_named(node, "numFmtId"));
    if (id) own[*id] = format_of(attribute_named(node, "formatCode"));
  }
  for (auto node : child_named(sheet, "cellXfs").children()) {
    if (!is_named(node, "xf")) continue;
    auto id = number_of(attribute_named(node, "numFmtId")).value_or(0);
    auto found = own.find(id);
    constexpr std::size_t first_own = 164;
    formats.push_back(found != own.end() ? found->second
                      : id < first_own   ? builtin_format(static_cast<int>(id))
                                         : CellFormat::plain);
  }
  return formats;
}

std::expected<Cells, TableFault> read_worksheet(std::string_view xml, const WorkbookParts& parts) {
  pugi::xml_document document;
  if (!read_xml(document, xml)) {
    return std::unexpected(TableFault{
        "damaged",
        {"表格文件坏了,读不出来", "the table is damaged and cannot be read"},
        {"用 Excel 或 WPS 打开,另存为 .xlsx 再报",
         "open it in Excel or WPS, save it as .xlsx and hand it in again"}});
  }
  return SheetReader{parts}.read(document.document_element());
}

}  // namespace duban::document
