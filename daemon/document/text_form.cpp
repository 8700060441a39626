#include "document/text_form.h"

#include "document/punctuation.h"
#include "message/mustache.h"

namespace duban::document {
namespace {

template <class View>
std::expected<std::string, Diagnostic> filled(const View& view, const std::string& name,
                                              TextForm form,
                                              const message::Templates& templates) {
  bool html = form == TextForm::html;
  auto file = name + (html ? ".html.mustache" : ".txt.mustache");
  if (!templates.contains(file)) {
    return std::unexpected(Diagnostic{Severity::error, {file, 0, 0}, "missing-template",
                                      "没有模板 " + file, "把随程序带的那一份放回来"});
  }
  auto escaping = html ? message::Escaping::html : message::Escaping::none;
  auto text = message::Mustache<View>{message::expand(file, templates), escaping}.render(view);
  return html ? full_width_page(text) : full_width(text);
}

}  // namespace

std::expected<std::string, Diagnostic> write_text(const DispatchView& view, TextForm form,
                                                  const message::Templates& templates) {
  return filled(completed(view), "dispatch", form, templates);
}

std::expected<std::string, Diagnostic> write_text(const BriefingView& view, TextForm form,
                                                  const message::Templates& templates) {
  return filled(completed(view), "briefing", form, templates);
}

std::expected<std::string, Diagnostic> write_text(const RegisterView& view, TextForm form,
                                                  const message::Templates& templates) {
  return filled(view, "register", form, templates);
}

std::expected<std::string, Diagnostic> write_text(const VisitView& view, TextForm form,
                                                  const message::Templates& templates) {
  return filled(completed(view), "visit", form, templates);
}

}  // namespace duban::document
