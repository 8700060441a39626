#pragma once
// The office's own forms: what documents look like, by the names of config/templates/documents.

#include <expected>
#include <filesystem>
#include <map>
#include <string>

#include "base/diagnostic.h"
#include "document/word_form.h"
#include "message/template_expand.h"

namespace duban::document {

struct Forms {
  /// `dispatch.txt.mustache`, `dispatch.html.mustache`, …, by file name.
  message::Templates texts;
  /// `dispatch.docx`, …: the bytes, by file name.
  std::map<std::string, std::string> packages;
  /// As diagnostics show it.
  std::string folder;
};

/// Reads what is there. Each file is bounded (limits::template_bytes, limits::package_bytes); one
/// that is refused is reported and left out.
Forms read_forms(const std::filesystem::path& folder, Diagnostics& out);

/// A .docx of them by its file name; the error is that it is not there. The forms must outlive it.
std::expected<WordForm, Diagnostics> word_form_of(const Forms& forms, const std::string& name);

/// What is wrong with each form (missing, not readable, tags that no document has), found by
/// writing an empty document of every kind.
Diagnostics check_forms(const Forms& forms);

}  // namespace duban::document
