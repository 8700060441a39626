#include "document/text_form.h"

#include <optional>

#include "base/limits.h"
#include "document/name_check.h"
#include "document/punctuation.h"
#include "message/mustache.h"
#include "message/template_scan.h"

namespace duban::document {
namespace {

std::optional<Diagnostic> missing_among(const std::string& file,
                                        const message::Templates& templates,
                                        std::size_t depth = 0) {
  if (depth > limits::template_depth) {
    return Diagnostic{Severity::error, {file, 0, 0}, "template-loop",
                      {"模板引用了它自己", "the template includes itself"},
                      {"去掉其中一处 {{> …}}", "remove one {{> …}}"}};
  }
  auto found = templates.find(file);
  if (found == templates.end()) {
    return Diagnostic{Severity::error, {file, 0, 0}, "missing-template",
                      both("没有模板 {}", "there is no template {}", file),
                      {"把随程序带的那一份放回来", "put back the one that comes with the program"}};
  }
  for (const auto& tag : message::scan(found->second).tags) {
    if (tag.kind != message::Tag::Kind::partial) continue;
    auto partial = std::string{tag.name} + std::string{message::template_suffix};
    if (auto missing = missing_among(partial, templates, depth + 1)) return missing;
  }
  return std::nullopt;
}

template <class View>
std::expected<std::string, Diagnostic> filled(const View& view, const std::string& name,
                                              TextForm form,
                                              const message::Templates& templates) {
  bool html = form == TextForm::html;
  auto file = name + (html ? ".html.mustache" : ".txt.mustache");
  if (auto missing = missing_among(file, templates)) return std::unexpected(*missing);
  auto expanded = message::expand(file, templates);
  auto wrong = check_names(expanded, message::names_of<View>(), file);
  if (!wrong.empty()) return std::unexpected(wrong.front());
  auto escaping = html ? message::Escaping::html : message::Escaping::none;
  auto text = message::Mustache<View>{expanded, escaping}.render(view);
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
