#include "document/word_form.h"

#include "document/name_check.h"
#include "document/package.h"
#include "document/package_writing.h"
#include "document/word_cells.h"
#include "document/word_tags.h"
#include "message/template_program.h"
#include "settings/report.h"

namespace duban::document {
namespace {

using message::Name;

bool is_filled(std::string_view part) {
  return part == "word/document.xml" ||
         ((part.starts_with("word/header") || part.starts_with("word/footer")) &&
          part.ends_with(".xml"));
}

// XML knows no control characters.
std::string without_controls(std::string text) {
  std::erase_if(text, [](char c) { return c >= 0 && c < ' ' && c != '\n' && c != '\t'; });
  return text;
}

class FormFiller {
 public:
  FormFiller(const WordForm& form, const std::vector<Name>& names, const void* view)
      : form_(form), names_(names), view_(view) {}

  std::expected<std::string, Diagnostics> fill() {
    auto package = Package::open(form_.bytes);
    if (!package) return refused(package.error().message, package.error().mend);
    if (package->has("word/vbaProject.bin")) {
      return refused({"模板带宏,不用", "templates with macros are not used"},
                     {"另存为不带宏的 .docx", "save it as .docx without macros"});
    }
    if (!package->has("word/document.xml")) {
      return refused({"不是 Word 文档", "not a Word document"},
                     {"用 Word 另存为 .docx", "save it as .docx in Word"});
    }
    std::vector<std::pair<std::string, std::string>> parts;
    for (const auto& name : package->names()) {
      auto part = package->part(name);
      if (!part) return refused(part.error().message, part.error().mend);
      if (is_filled(name)) fill_part(**part);
      parts.emplace_back(name, std::move(**part));
    }
    if (!wrong_.empty()) return std::unexpected(std::move(wrong_));
    return packed(parts);
  }

 private:
  std::unexpected<Diagnostics> refused(const Bilingual& what, const Bilingual& mend) {
    settings::error(wrong_, {form_.path, 0, 0}, "bad-form", what, mend);
    return std::unexpected(std::move(wrong_));
  }

  void fill_part(std::string& xml) {
    auto text = template_of_part(xml);
    if (!text) {
      settings::error(wrong_, {form_.path, 0, 0}, "bad-form", text.error(),
                      {"改模板里的标签", "correct the tags of the template"});
      return;
    }
    auto unknown = check_names(*text, names_, form_.path);
    wrong_.insert(wrong_.end(), unknown.begin(), unknown.end());
    message::TemplateProgram program{*text, names_, message::Escaping::html};
    auto finished = finished_part(without_controls(program.render(view_)));
    if (finished) xml = std::move(*finished);
    else {
      settings::error(wrong_, {form_.path, 0, 0}, "bad-form",
                      {"模板里有一对标签套错了", "a pair of tags in the template crosses others"},
                      {"{{#…}} 和 {{/…}} 放在同一段、同一行表格,或各自单独成段",
                       "put {{#…}} and {{/…}} in one paragraph or one row of a table, or each in a "
                       "paragraph of its own"});
    }
  }

  const WordForm& form_;
  const std::vector<Name>& names_;
  const void* view_;
  Diagnostics wrong_;
};

template <class View>
std::expected<std::string, Diagnostics> filled(const View& view, const WordForm& form) {
  auto names = message::names_of<View>();
  return FormFiller{form, names, &view}.fill();
}

}  // namespace

std::expected<std::string, Diagnostics> write_word(const DispatchView& view,
                                                   const WordForm& form) {
  auto whole = completed(view);
  for (auto& row : whole.rows) {
    if (row.begins) continue;
    for (auto text : {&DispatchRowView::serial, &DispatchRowView::clause, &DispatchRowView::task,
                      &DispatchRowView::state, &DispatchRowView::change}) {
      row.*text = ditto;
    }
    row.colour.clear();
  }
  return filled(whole, form);
}

std::expected<std::string, Diagnostics> write_word(const BriefingView& view,
                                                   const WordForm& form) {
  return filled(completed(view), form);
}

std::expected<std::string, Diagnostics> write_word(const VisitView& view, const WordForm& form) {
  return filled(completed(view), form);
}

}  // namespace duban::document
