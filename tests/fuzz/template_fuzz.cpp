// Templates as an admin edits them: what the check lets through is compiled and filled, soon and
// within bounds (-timeout and -rss_limit_mb are among them); what it does not has a place.
#include "base/limits.h"
#include "fuzz/input.h"
#include "fuzz/shipped_templates.h"
#include "message/mustache.h"
#include "message/render.h"
#include "message/web_view.h"

namespace {

using namespace duban;
using namespace duban::fuzz;

// A view in which everything is there, each list twice.
template <class T>
void fill(T& view);

void fill(std::string& text) { text = "5月<b>"; }
void fill(bool& flag) { flag = true; }

template <class T>
void fill(std::optional<T>& group) {
  group.emplace();
  fill(*group);
}

template <class T>
void fill(std::vector<T>& views) {
  views.resize(2);
  for (auto& view : views) fill(view);
}

template <class T>
void fill(T& view) {
  std::apply([&](const auto&... field) { (fill(view.*field.member), ...); },
             fields(static_cast<const T*>(&view)));
}

template <class View>
void render(const std::string& file, const message::Templates& templates) {
  auto text = message::expand(file, templates);
  require(text.size() <= 4 * limits::message_bytes, "what is expanded is bounded", file);
  View full;
  fill(full);
  for (auto escaping : {message::Escaping::none, message::Escaping::html}) {
    message::Mustache<View> compiled{text, escaping};
    auto shown = compiled.render(full);
    require(!shown.contains("\n\n\n"), "no two empty lines in a row", shown);
    require(!shown.starts_with('\n'), "no empty line at the beginning", shown);
    require(shown.size() <= 64 * limits::message_bytes, "what is rendered is bounded", file);
    compiled.render(View{});
  }
}

bool is_file_name(std::string_view name) {
  return is_utf8_text(name) && name.size() < 100 && !name.contains('/') && !name.contains('\r');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  plan::Plan plan;
  plan.id = "p";
  // What an input does not hold is the shipped template.
  plan.templates = pieces_of(text_of(data, size));
  std::erase_if(plan.templates, [](const auto& one) { return !is_file_name(one.first); });
  const auto& shared = shipped_templates();
  auto wrong = message::check_templates(plan, shared, "templates");
  auto templates = plan.templates;
  templates.insert(shared.begin(), shared.end());
  for (const auto& one : wrong) {
    auto name = one.place.file.substr(one.place.file.rfind('/') + 1);
    auto source = templates.find(name);
    check_diagnostic(one, source == templates.end() ? "" : source->second);
  }
  if (has_errors(wrong)) return 0;
  render<message::SubjectView>("subject.mustache", templates);
  render<message::NoticeView>("notice.mustache", templates);
  render<message::NoticeView>("group.mustache", templates);
  render<message::PageView>("page.html.mustache", templates);
  message::for_each_web_view(
      [&]<class View>() { render<View>(message::web_template<View>, templates); });
  return 0;
}
