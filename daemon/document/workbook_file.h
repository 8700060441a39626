#pragma once
// A workbook being written, and its bytes. Of the .cpp files that write sheets.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"

// NOLINTBEGIN(readability-identifier-naming): their names.
struct lxw_workbook;
struct lxw_worksheet;
// NOLINTEND(readability-identifier-naming)

namespace duban::document {

/// How high a row must be, in points, for its wrapped texts to be seen: a cell's text and the width
/// of its column in letters. Excel would find out by itself, others do not.
double row_height(const std::vector<std::pair<std::string_view, double>>& cells);

/// The library writes to a path only, and packs through files without names in the folder for
/// temporary files: the path is that of a piece of memory. Throws where the machine has no room.
class WorkbookFile {
 public:
  /// `made` is all that the file says of when: the same calls give the same bytes.
  WorkbookFile(const std::string& title, Instant made);
  ~WorkbookFile();
  WorkbookFile(const WorkbookFile&) = delete;
  WorkbookFile& operator=(const WorkbookFile&) = delete;

  lxw_workbook* get() { return workbook_; }
  /// A sheet across, of A4 or A3, one page wide, with numbered pages; the rows before `body` (from
  /// 0) stay in sight, and the last `head` of them are printed on every page.
  lxw_worksheet* add_sheet(const std::string& name, unsigned head, unsigned body,
                           bool a3 = false);
  /// Ends it.
  std::string bytes();

 private:
  int memory_;
  lxw_workbook* workbook_;
};

}  // namespace duban::document
