#pragma once
// What must not come over this platform, which is not for secrets: texts, names and files that bear
// a secrecy mark as 国家秘密 are marked (`秘密★1年`, `机密★`, 密级:绝密). A mark is looked for, not
// a secret: `商业秘密保护` is an ordinary matter.

#include <optional>
#include <string>
#include <string_view>

#include "document/table_fault.h"

namespace duban::document {

/// The mark that a text bears, as `秘密★`: a level with a star anywhere in it; or a level that is
/// all the text, in brackets or after 密级. Empty: none.
std::string secrecy_mark_in(std::string_view text);

/// Of a file's name also a level set off by its ends, signs or brackets: `5月表(机密).xlsx`.
std::string secrecy_mark_in_name(std::string_view name);

/// Of a file whatever it shows anybody: of an .xlsx the cells of all sheets, their names, heads,
/// feet and notes; of a .docx its paragraphs; of text its fields; of an old .xls or .doc a level
/// with a star. Scans and PDF are pictures to this: only their names tell.
std::string secrecy_mark_in_file(std::string_view bytes);

/// What is said to who hands it in; nothing where the mark is empty.
std::optional<TableFault> secrecy_fault(const std::string& mark);

}  // namespace duban::document
