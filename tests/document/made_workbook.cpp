#include "document/made_workbook.h"

#include <zip.h>

#include <stdexcept>

namespace duban::document {
namespace {

constexpr const char* main_space =
    R"( xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")"
    R"( xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";
constexpr const char* types =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string relation(const std::string& id, const std::string& type, const std::string& target) {
  return "<Relationship Id=\"" + id + "\" Type=\"" + types + "/" + type + "\" Target=\"" + target +
         "\"/>";
}

}  // namespace

std::string zipped(const Parts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  auto* source = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(source);
  auto* zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  if (!zip) throw std::runtime_error{"no zip"};
  for (const auto& [name, text] : parts) {
    zip_file_add(zip, name.c_str(), zip_source_buffer(zip, text.data(), text.size(), 0), 0);
  }
  if (zip_close(zip) != 0) throw std::runtime_error{"not zipped"};
  zip_stat_t stat;
  zip_source_stat(source, &stat);
  std::string bytes(stat.size, '\0');
  zip_source_open(source);
  zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  zip_source_free(source);
  return bytes;
}

Parts workbook_parts(const std::string& rows, const std::string& after_rows) {
  return {{"xl/workbook.xml", std::string{"<workbook"} + main_space +
                                  R"(><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets>)"
                                  "</workbook>"},
          {"xl/_rels/workbook.xml.rels",
           "<Relationships>" + relation("rId1", "worksheet", "worksheets/sheet1.xml") +
               relation("rId2", "sharedStrings", "sharedStrings.xml") +
               relation("rId3", "styles", "/xl/styles.xml") + "</Relationships>"},
          {"xl/worksheets/sheet1.xml", std::string{"<worksheet"} + main_space + "><sheetData>" +
                                           rows + "</sheetData>" + after_rows + "</worksheet>"}};
}

std::string workbook(const std::string& rows, const std::string& after_rows) {
  return zipped(workbook_parts(rows, after_rows));
}

std::string text_cell(const std::string& place, const std::string& text) {
  return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}

}  // namespace duban::document
