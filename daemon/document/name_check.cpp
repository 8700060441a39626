#include "document/name_check.h"

#include <algorithm>
#include <span>

#include "message/template_scan.h"
#include "settings/report.h"

namespace duban::document {
namespace {

using message::Name;
using message::Tag;

std::string braced(std::string_view sign, std::string_view name) {
  return "{{" + std::string{sign} + std::string{name} + "}}";
}

class NameCheck {
 public:
  NameCheck(const std::vector<Name>& names, const std::string& path) : path_(path) {
    sight_.emplace_back(names);
  }

  Diagnostics check(std::string_view text) {
    auto scanned = message::scan(text);
    for (const auto& tag : scanned.tags) visit(tag);
    if (scanned.unclosed) {
      report("bad-form", {"“{{”没有收尾", "“{{” is not closed"}, {"补上 }}", "add }}"});
    }
    for (const auto& section : open_) {
      report("bad-form", both("{} 没有收尾", "{} is not closed", braced("#", section.name)),
             both("在这一段后面写 {}", "write {} after this section", braced("/", section.name)));
    }
    return std::move(found_);
  }

 private:
  struct Open {
    std::string name;
    /// The section adds names.
    bool adds = false;
  };

  void report(std::string_view code, Bilingual what, Bilingual mend) {
    settings::error(found_, {path_, 0, 0}, code, std::move(what), std::move(mend));
  }

  const Name* look_up(std::string_view name) const {
    for (auto level = sight_.rbegin(); level != sight_.rend(); ++level) {
      auto found = std::ranges::find(*level, name, &Name::name);
      if (found != level->end()) return &*found;
    }
    return nullptr;
  }

  void visit(const Tag& tag) {
    if (tag.kind == Tag::Kind::comment) return;
    if (tag.kind == Tag::Kind::close) return close(tag);
    bool opens = tag.kind == Tag::Kind::section || tag.kind == Tag::Kind::inverted;
    const auto* name = look_up(tag.name);
    if (!name) unknown(tag.name);
    else if (!opens && name->shape != Name::Shape::text) section_only(std::string{tag.name});
    if (!opens) return;
    bool adds = name && name->shape == Name::Shape::group && tag.kind == Tag::Kind::section;
    open_.push_back({std::string{tag.name}, adds});
    if (adds) sight_.emplace_back(name->inside);
  }

  void close(const Tag& tag) {
    if (open_.empty() || open_.back().name != tag.name) {
      report("bad-form",
             both("{} 前面没有对应的 {}", "{} has no matching {} before it",
                  braced("/", settings::shortened(tag.name)), "{{#"),
             {"{{#…}} 和 {{/…}} 要成对,不能交叉",
              "write {{#…}} and {{/…}} in pairs that do not cross"});
      return;
    }
    if (open_.back().adds) sight_.pop_back();
    open_.pop_back();
  }

  void unknown(std::string_view name) {
    std::vector<std::string> candidates;
    for (const auto& level : sight_) {
      for (const auto& known : level) candidates.emplace_back(known.name);
    }
    report("unknown-name",
           both("没有 {}", "there is no {}", braced("", settings::shortened(name))),
           settings::suggest(name, candidates));
  }

  void section_only(const std::string& name) {
    report("no-text", both("{} 不是文字", "{} is not text", braced("", name)),
           both("写成 {}…{}", "write {}…{}", braced("#", name), braced("/", name)));
  }

  std::string path_;
  std::vector<std::span<const Name>> sight_;
  std::vector<Open> open_;
  Diagnostics found_;
};

}  // namespace

Diagnostics check_names(std::string_view text, const std::vector<Name>& names,
                        const std::string& path) {
  return NameCheck{names, path}.check(text);
}

}  // namespace duban::document
