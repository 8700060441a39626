#pragma once
// Signs as Chinese papers have them (GB/T 15834).

#include <string>
#include <string_view>

namespace duban::document {

/// Plans, tables and templates are typed with the signs that are quick to type; in a document for
/// issue a comma, colon, semicolon or bracket beside Chinese characters is a full-width one.
/// Between digits and letters (17:00, 1,500) it stays.
std::string full_width(std::string_view text);
/// The same in a page of HTML: tags, styles and entities stay as they are.
std::string full_width_page(std::string_view page);

}  // namespace duban::document
