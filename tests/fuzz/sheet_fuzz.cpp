// A handed-in table, as a workbook or as text: through what reads it into the record. A workbook is
// mostly checksums and packed bytes; the pieces of an input are zipped here, so that the parts
// themselves are what varies.
#include <zip.h>

#include "base/limits.h"
#include "document/table_reading.h"
#include "fuzz/input.h"
#include "plan/plan.h"

namespace {

using namespace duban;
using namespace duban::fuzz;

plan::Plan make_plan() {
  plan::Plan plan;
  plan.units.push_back({.id = "a", .name = "市甲局"});
  plan.units.push_back({.id = "b", .name = "乙区管委会"});
  plan.suffixes.push_back({.text = "管委会", .units = {"b"}});
  for (const char* id : {"2.1", "2.2a", "2.2b"}) {
    plan.tasks.push_back({.id = id,
                          .clause = std::string{"二(二)"} + id[2],
                          .name = std::string{"任务"} + id,
                          .reporters = {"a"}});
  }
  plan.duties.push_back({.id = "table", .rows = plan::Rows::reporter});
  return plan;
}

void check_fault(const document::TableFault& fault) {
  require(!fault.code.empty() && !fault.message.empty(), "it says what is wrong", fault.code);
  require(is_utf8_text(fault.message.chinese), "in text", fault.code);
  require(is_utf8_text(fault.message.english), "in text", fault.code);
}

void check_cells(const document::Cells& cells) {
  std::size_t bytes = 0;
  require(!cells.empty() && cells.size() <= limits::sheet_rows, "rows are bounded");
  for (const auto& row : cells) {
    require(row.size() <= limits::sheet_columns, "columns are bounded");
    for (const auto& cell : row) {
      require(is_utf8_text(cell), "a cell is text", cell);
      require(cell.size() <= limits::sheet_cell_bytes, "a cell is bounded", cell);
      bytes += cell.size();
    }
  }
  require(bytes <= limits::sheet_text_bytes, "all text is bounded");
}

void check(std::string_view bytes) {
  static const plan::Plan plan = make_plan();
  auto cells = document::read_sheet(bytes);
  if (!cells) return check_fault(cells.error());
  check_cells(*cells);
  auto read = document::read_table(*cells, {plan, plan.duties.front(), "a", {}});
  if (!read) return check_fault(read.error());
  require(!read->rows.empty(), "it says something");
  for (const auto& remark : read->remarks) check_fault(remark);
  for (const auto& row : read->rows) {
    require(!row.clause.empty(), "a row names a clause");
    require(row.progress.size() <= limits::sheet_cell_bytes, "a row is bounded");
  }
}

std::string zipped(const std::map<std::string, std::string>& parts) {
  auto* source = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_source_keep(source);
  auto* zip = zip_open_from_source(source, ZIP_TRUNCATE, nullptr);
  for (const auto& [name, text] : parts) {
    auto* part = zip_source_buffer(zip, text.data(), text.size(), 0);
    auto index = zip_file_add(zip, name.c_str(), part, 0);
    if (index < 0) zip_source_free(part);
    else zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
  }
  std::string bytes;
  if (zip_close(zip) == 0 && zip_source_open(source) == 0) {
    zip_stat_t stat;
    zip_source_stat(source, &stat);
    bytes.resize(stat.size);
    zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
  } else {
    zip_discard(zip);
  }
  zip_source_free(source);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = text_of(data, size);
  check(text);
  if (auto parts = pieces_of(text); !parts.empty()) check(zipped(parts));
  return 0;
}
