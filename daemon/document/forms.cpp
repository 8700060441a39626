#include "document/forms.h"

#include <fstream>
#include <iterator>
#include <optional>

#include "base/limits.h"
#include "document/text_form.h"
#include "plan/templates_file.h"
#include "settings/report.h"

namespace duban::document {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_package(const fs::path& path, Diagnostics& out) {
  auto shown = plan::shown_path(path);
  std::error_code failure;
  auto bytes = fs::file_size(path, failure);
  std::ifstream stream{path, std::ios::binary};
  if (failure || !stream) {
    settings::error(out, {shown, 0, 0}, "unreadable",
                    {"读不了这个文件", "this file cannot be read"});
    return std::nullopt;
  }
  if (bytes > limits::package_bytes) {
    settings::error(out, {shown, 0, 0}, "too-large",
                    both("超过{}字节", "over {} bytes", limits::package_bytes),
                    {"去掉图片等大块内容", "remove pictures and other large things"});
    return std::nullopt;
  }
  return std::string{std::istreambuf_iterator<char>{stream}, {}};
}

template <class View>
void check_texts(const Forms& forms, Diagnostics& out) {
  for (auto form : {TextForm::text, TextForm::html}) {
    auto made = write_text(View{}, form, forms.texts);
    if (made) continue;
    auto wrong = made.error();
    wrong.place.file = forms.folder + "/" + wrong.place.file;
    out.push_back(std::move(wrong));
  }
}

template <class View>
void check_package(const Forms& forms, const std::string& name, Diagnostics& out) {
  auto form = word_form_of(forms, name);
  auto made = form ? write_word(View{}, *form) : std::unexpected(form.error());
  if (!made) out.insert(out.end(), made.error().begin(), made.error().end());
}

}  // namespace

Forms read_forms(const fs::path& folder, Diagnostics& out) {
  Forms forms;
  forms.folder = plan::shown_path(folder);
  plan::Sources sources;
  forms.texts = plan::read_templates(folder, out, sources);
  Diagnostics listed;  // of an unreadable folder the templates said so already
  for (const auto& path : plan::list_folder(folder, listed)) {
    if (path.extension() != ".docx") continue;
    // What Word keeps beside a file that is open in it.
    if (path.filename().string().starts_with("~$")) continue;
    if (auto bytes = read_package(path, out)) {
      forms.packages[path.filename().string()] = std::move(*bytes);
    }
  }
  return forms;
}

std::expected<WordForm, Diagnostics> word_form_of(const Forms& forms, const std::string& name) {
  auto path = forms.folder + "/" + name;
  auto found = forms.packages.find(name);
  if (found != forms.packages.end()) return WordForm{found->second, path};
  return std::unexpected(
      Diagnostics{{Severity::error, {path, 0, 0}, "missing-template",
                   both("没有模板 {}", "there is no template {}", name),
                   {"把随程序带的那一份放回来", "put back the one that comes with the program"}}});
}

Diagnostics check_forms(const Forms& forms) {
  Diagnostics wrong;
  check_texts<DispatchView>(forms, wrong);
  check_texts<BriefingView>(forms, wrong);
  check_texts<RegisterView>(forms, wrong);
  check_texts<VisitView>(forms, wrong);
  check_package<DispatchView>(forms, "dispatch.docx", wrong);
  check_package<BriefingView>(forms, "briefing.docx", wrong);
  check_package<VisitView>(forms, "visit.docx", wrong);
  return wrong;
}

}  // namespace duban::document
