#pragma once
// Documents as text and as one HTML file, of Mustache templates by the names
// `dispatch.txt.mustache` and `dispatch.html.mustache`.

#include <expected>
#include <string>

#include "base/diagnostic.h"
#include "document/briefing.h"
#include "document/dispatch.h"
#include "document/register.h"
#include "document/visit.h"
#include "message/template_expand.h"

namespace duban::document {

enum class TextForm { text, html };

/// Filled in with the completed view. The same view and templates give the same bytes. The error:
/// which template is missing, or what stands in it that its view does not have.
std::expected<std::string, Diagnostic> write_text(const DispatchView& view, TextForm form,
                                                  const message::Templates& templates);
std::expected<std::string, Diagnostic> write_text(const BriefingView& view, TextForm form,
                                                  const message::Templates& templates);
std::expected<std::string, Diagnostic> write_text(const RegisterView& view, TextForm form,
                                                  const message::Templates& templates);
std::expected<std::string, Diagnostic> write_text(const VisitView& view, TextForm form,
                                                  const message::Templates& templates);

}  // namespace duban::document
