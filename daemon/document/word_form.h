#pragma once
// Documents as .docx, made of a form that an office can write in Word: its own layout and red head,
// with tags (`{{title}}`, `{{#behind}}…{{/behind}}`) where the document's texts stand.

#include <expected>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "document/briefing.h"
#include "document/dispatch.h"
#include "document/visit.h"

namespace duban::document {

/// A form, by its bytes and by the path that diagnostics show.
struct WordForm {
  std::string_view bytes;
  std::string path;
};

/// Filled in with the completed view. The same view and form give the same bytes. What is wrong
/// with the form (no .docx, macros, tags that do not close, names that are not known) comes as
/// diagnostics.
std::expected<std::string, Diagnostics> write_word(const DispatchView& view, const WordForm& form);
std::expected<std::string, Diagnostics> write_word(const BriefingView& view, const WordForm& form);
std::expected<std::string, Diagnostics> write_word(const VisitView& view, const WordForm& form);

}  // namespace duban::document
