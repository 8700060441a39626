#pragma once
// The files of a document: which there are, by which moment's knowledge they are written, and
// their bytes.

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "document/forms.h"
#include "document/standpoint.h"
#include "plan/plan.h"
#include "schedule/assignment.h"

namespace duban::document {

struct DocumentFile {
  /// As an office would call it, UTF-8: `月调度通报(2022年6月)送审稿.docx`.
  std::string name;
  /// A MIME type.
  std::string type;
  std::string bytes;
};

/// docx, xlsx, html, txt.
enum class FileType { word, sheet, html, text };

/// The ending of a file's name: `docx`, `xlsx`, `html`, `txt`.
std::string_view ending_of(FileType type);
/// Those that a form is written as, the one to edit first: dispatch and briefing word, html, text;
/// register sheet, html, text.
std::vector<FileType> types_of(plan::Form form);
/// Those of 一页纸.
std::vector<FileType> types_of_visit();

/// By which moment's knowledge a period's document is written: of the newest draft that was told
/// and stands; else when the draft is due to be made, if that is past; else `now`.
Instant cut_off_of(const schedule::Timetable& timetable, const schedule::Record& record,
                   const plan::Duty& duty, std::string_view period, Instant now);

/// A duty that has a document, and a period that it has. The same standpoint and forms give the
/// same bytes. The error: what is wrong with the form, or a type that it is not written as.
std::expected<DocumentFile, Diagnostics> write_document(const Standpoint& standpoint,
                                                        const plan::Duty& duty,
                                                        std::string_view period, FileType type,
                                                        const Forms& forms);

/// 一页纸: a page for each of these units (ids), in this order.
std::expected<DocumentFile, Diagnostics> write_visit(const Standpoint& standpoint,
                                                     const std::vector<std::string>& units,
                                                     FileType type, const Forms& forms);

}  // namespace duban::document
