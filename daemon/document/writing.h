#pragma once
// The files of a document: which there are, and their bytes.

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "document/cut_off.h"
#include "document/forms.h"
#include "document/standpoint.h"
#include "plan/plan.h"

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
