#include "message/mustache.h"

#include <algorithm>
#include <kainjow/mustache.hpp>

#include "message/template_expand.h"

namespace duban::message {
namespace {

namespace km = kainjow::mustache;

template <class T>
km::data to_data(const T& view);

void put(km::object& out, std::string_view name, km::data value) {
  out.emplace(std::string{name}, std::move(value));
}

void fill(km::object& out, std::string_view name, const std::string& text) {
  if (!text.empty()) put(out, name, km::data{text});
}

void fill(km::object& out, std::string_view name, bool flag) {
  if (flag) put(out, name, km::data{km::data::type::bool_true});
}

template <class T>
void fill(km::object& out, std::string_view name, const std::optional<T>& group) {
  if (group) put(out, name, to_data(*group));
}

template <class T>
void fill(km::object& out, std::string_view name, const std::vector<T>& views) {
  if (views.empty()) return;
  km::data list{km::data::type::list};
  // The library hands its list out as const and otherwise copies every element, deeply.
  auto& inside = const_cast<km::list&>(list.list_value());
  inside.reserve(views.size());
  for (const auto& view : views) inside.push_back(to_data(view));
  put(out, name, std::move(list));
}

template <class T>
km::data to_data(const T& view) {
  km::object filled;
  std::apply([&](const auto&... field) { (fill(filled, field.name, view.*field.member), ...); },
             fields(&view));
  km::data out{km::data::type::object};
  for (auto& [name, value] : filled) out[name] = std::move(value);
  return out;
}

// The library drops or leaves empty lines around sections as it happens: of the empty lines of the
// result only the template's own, which are marked, stay.
bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::string tidy(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool blank = false;
  while (!text.empty()) {
    auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    bool marked = line == std::string_view{&blank_line_mark, 1};
    if (marked) blank = !out.empty();
    if (marked || is_blank(line)) continue;
    if (blank) out += '\n';
    blank = false;
    out += line;
    out += '\n';
  }
  return out;
}

}  // namespace

struct Mustache::Compiled {
  // Rendering is not const in the library, though it writes only on errors of lambdas and partials,
  // and here are none.
  mutable km::mustache engine;

  template <class View>
  std::string render(const View& view) const {
    std::string out;
    out.reserve(2048);
    engine.render(to_data(view), [&out](const std::string& piece) { out += piece; });
    return tidy(out);
  }
};

Mustache::Mustache(const std::string& text, Escaping escaping)
    : compiled_(new Compiled{km::mustache{text}}) {
  if (escaping == Escaping::none) {
    compiled_->engine.set_custom_escape([](const std::string& plain) { return plain; });
  }
}
Mustache::~Mustache() = default;
Mustache::Mustache(Mustache&&) noexcept = default;
Mustache& Mustache::operator=(Mustache&&) noexcept = default;

std::string Mustache::render(const NoticeView& view) const { return compiled_->render(view); }
std::string Mustache::render(const SubjectView& view) const { return compiled_->render(view); }
std::string Mustache::render(const PageView& view) const { return compiled_->render(view); }

}  // namespace duban::message
