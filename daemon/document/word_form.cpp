#include "document/word_form.h"

#include <algorithm>
#include <span>

#include "document/package.h"
#include "document/package_writing.h"
#include "document/word_cells.h"
#include "document/word_tags.h"
#include "message/template_program.h"
#include "message/template_scan.h"
#include "settings/report.h"

namespace duban::document {
namespace {

using message::Name;
using message::Tag;

bool is_filled(std::string_view part) {
  return part == "word/document.xml" ||
         ((part.starts_with("word/header") || part.starts_with("word/footer")) &&
          part.ends_with(".xml"));
}

// Names that no view has: what renders would say nothing of them.
class NameCheck {
 public:
  NameCheck(const std::vector<Name>& names, std::string path) : path_(std::move(path)) {
    sight_.emplace_back(names);
  }

  Diagnostics check(std::string_view text) {
    for (const auto& tag : message::scan(text).tags) visit(tag);
    return std::move(found_);
  }

 private:
  const Name* look_up(std::string_view name) const {
    for (auto level = sight_.rbegin(); level != sight_.rend(); ++level) {
      auto found = std::ranges::find(*level, name, &Name::name);
      if (found != level->end()) return &*found;
    }
    return nullptr;
  }

  void visit(const Tag& tag) {
    bool opens = tag.kind == Tag::Kind::section || tag.kind == Tag::Kind::inverted;
    if (tag.kind == Tag::Kind::close) {
      if (adds_.back()) sight_.pop_back();
      adds_.pop_back();
      return;
    }
    if (tag.kind == Tag::Kind::comment) return;
    const auto* name = look_up(tag.name);
    bool group = name && name->shape == Name::Shape::group;
    if (!name) unknown(tag.name);
    else if (!opens && name->shape != Name::Shape::text) section_only(tag.name);
    if (!opens) return;
    adds_.push_back(group && tag.kind == Tag::Kind::section);
    if (adds_.back()) sight_.emplace_back(name->inside);
  }

  void unknown(std::string_view name) {
    std::vector<std::string> candidates;
    for (const auto& level : sight_) {
      for (const auto& known : level) candidates.emplace_back(known.name);
    }
    settings::error(found_, {path_, 0, 0}, "unknown-name",
                    "没有 {{" + settings::shortened(name) + "}}",
                    settings::suggest(name, candidates));
  }

  void section_only(std::string_view name) {
    settings::error(found_, {path_, 0, 0}, "no-text",
                    "{{" + settings::shortened(name) + "}} 不是文字",
                    "写成 {{#" + std::string{name} + "}}…{{/" + std::string{name} + "}}");
  }

  std::string path_;
  std::vector<std::span<const Name>> sight_;
  std::vector<bool> adds_;
  Diagnostics found_;
};

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
      return refused("模板带宏,不用", "另存为不带宏的 .docx");
    }
    if (!package->has("word/document.xml")) {
      return refused("不是 Word 文档", "用 Word 另存为 .docx");
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
  std::unexpected<Diagnostics> refused(const std::string& what, const std::string& mend) {
    settings::error(wrong_, {form_.path, 0, 0}, "bad-form", what, mend);
    return std::unexpected(std::move(wrong_));
  }

  void fill_part(std::string& xml) {
    auto text = template_of_part(xml);
    if (!text) {
      settings::error(wrong_, {form_.path, 0, 0}, "bad-form", text.error(), "改模板里的标签");
      return;
    }
    auto unknown = NameCheck{names_, form_.path}.check(*text);
    wrong_.insert(wrong_.end(), unknown.begin(), unknown.end());
    message::TemplateProgram program{*text, names_, message::Escaping::html};
    auto finished = finished_part(without_controls(program.render(view_)));
    if (finished) xml = std::move(*finished);
    else {
      settings::error(wrong_, {form_.path, 0, 0}, "bad-form", "模板里有一对标签套错了",
                      "{{#…}} 和 {{/…}} 放在同一段、同一行表格,或各自单独成段");
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
