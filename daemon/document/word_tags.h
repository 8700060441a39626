#pragma once
// The tags of a form that was written in Word, as a template that Mustache can read.

#include <expected>
#include <string>
#include <string_view>

#include "base/bilingual.h"

namespace duban::document {

/// A part of a form (document, header, footer) as a template. Word cuts what is typed into runs
/// wherever it likes: a tag is put together again where it begins. A section whose ends stand in
/// different paragraphs holds whole paragraphs, one whose ends stand in different cells of a row
/// holds the row; paragraphs that held nothing but such a tag go. The error is in an admin's words.
std::expected<std::string, Bilingual> template_of_part(std::string_view xml);

}  // namespace duban::document
