#pragma once
// Workbooks made by hand, part by part, as hostile as a test wants them.

#include <map>
#include <string>

namespace duban::document {

using Parts = std::map<std::string, std::string>;

/// A zip of parts, in the order of their names.
std::string zipped(const Parts& parts);
/// A workbook of one sheet with these rows (`<row …>…</row>`) and what follows them.
Parts workbook_parts(const std::string& rows, const std::string& after_rows = {});
std::string workbook(const std::string& rows, const std::string& after_rows = {});
/// `<c r="A1" t="inlineStr">…`.
std::string text_cell(const std::string& place, const std::string& text);

}  // namespace duban::document
