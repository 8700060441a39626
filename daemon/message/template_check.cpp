// Everything that can be wrong with a template is found before a message is made of it: what
// renders says nothing of unknown names and never looks into sections that are not shown.

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <set>
#include <span>

#include "base/limits.h"
#include "base/text.h"
#include "message/render.h"
#include "message/template_check.h"
#include "message/template_scan.h"
#include "message/template_set.h"
#include "message/view_names.h"
#include "message/web_view.h"
#include "settings/report.h"

namespace duban::message {
namespace {

struct Source {
  /// As diagnostics show it.
  std::string path;
  std::string_view text;
};
using Sources = std::map<std::string, Source>;

// The names in sight: the innermost section last.
struct Level {
  std::span<const Name> names;
  /// Of a list's entry.
  bool many = false;
};
using Sight = std::vector<Level>;

Place place_of(const Source& source, std::size_t offset) {
  auto before = source.text.substr(0, offset);
  auto newline = before.rfind('\n');
  auto line_start = newline == std::string_view::npos ? 0 : newline + 1;
  return {source.path, static_cast<unsigned>(1 + std::ranges::count(before, '\n')),
          static_cast<unsigned>(1 + decode_utf8(before.substr(line_start)).size())};
}

std::string quoted(std::string_view name, std::string_view sign = "") {
  return fmt::format("{{{{{}{}}}}}", sign, settings::shortened(name));
}

Bilingual meant(const std::string& name) { return both("是不是 {}?", "did you mean {}?", name); }

struct InSight {
  const Name* name = nullptr;
  /// It stands outside of a list that is being gone through.
  bool across_list = false;
};

InSight find_name(const Sight& sight, std::string_view name) {
  InSight seen;
  for (auto level = sight.rbegin(); level != sight.rend(); ++level) {
    auto found = std::ranges::find(level->names, name, &Name::name);
    if (found != level->names.end()) {
      seen.name = &*found;
      return seen;
    }
    seen.across_list = seen.across_list || level->many;
  }
  return {};
}

std::string nearest_name(const Sight& sight, std::string_view name) {
  std::vector<std::string> candidates;
  for (auto level = sight.rbegin(); level != sight.rend(); ++level) {
    for (const auto& known : level->names) candidates.emplace_back(known.name);
  }
  return did_you_mean(name, candidates);
}

class Check {
 public:
  explicit Check(const Sources& sources, Tongue language = Tongue::chinese)
      : sources_(sources), language_(language) {}

  void root(const std::string& file, const std::vector<Name>& names,
            const std::string& shared_folder) {
    if (!sources_.contains(file)) {
      auto lost = file_of(file, language_);
      report({shared_folder + "/" + lost, 0, 0}, "missing-template",
             both("没有模板 {}", "there is no template {}", lost),
             {"把随程序带的那一份放回来", "put back the one that comes with the program"});
      return;
    }
    size_ = 0;
    walk(file, {{.names = names}});
  }

  bool used(const std::string& file) const { return used_.contains(file); }
  Diagnostics take() { return std::move(found_); }

  void report(Place place, std::string code, Bilingual message, Bilingual mend,
              Severity severity = Severity::error) {
    Diagnostic diagnostic{severity, std::move(place), std::move(code), std::move(message),
                          std::move(mend)};
    bool known = std::ranges::find(found_, diagnostic) != found_.end();
    if (!known) found_.push_back(std::move(diagnostic));
  }

 private:
  struct Open {
    Tag tag;
    /// The section adds names (it is a group and not inverted).
    bool adds = false;
  };

  void walk(const std::string& file, Sight sight) {
    used_.insert(file);
    const auto& source = sources_.at(file);
    size_ += source.text.size();
    if (size_ > limits::message_bytes) {
      report({source.path, 1, 1}, "template-too-large",
             both("连同引用的模板,超过{}字节", "over {} bytes with what it includes",
                  limits::message_bytes),
             {"少引用一些", "include less"});
      return;
    }
    auto scanned = scan(source.text);
    path_.push_back(file);
    std::vector<Open> open;
    for (const auto& tag : scanned.tags) visit(source, tag, sight, open);
    path_.pop_back();
    if (scanned.unclosed) {
      report(place_of(source, *scanned.unclosed), "unclosed-tag",
             {"这个 {{ 没有收尾", "this {{ is not closed"}, {"用 }} 收尾", "close it with }}"});
    }
    for (const auto& left : open) {
      report(place_of(source, left.tag.begin), "unclosed-section",
             both("{} 没有收尾", "{} is not closed", quoted(left.tag.name, "#")),
             both("用 {} 收尾", "close it with {}", quoted(left.tag.name, "/")));
    }
  }

  void visit(const Source& source, const Tag& tag, Sight& sight, std::vector<Open>& open) {
    switch (tag.kind) {
      case Tag::Kind::comment: return;
      case Tag::Kind::delimiter:
        report(place_of(source, tag.begin), "template-delimiter",
               {"不能改用 {{ }} 以外的记号", "no delimiters but {{ }} can be used"},
               {"去掉这个标记", "remove this tag"});
        return;
      case Tag::Kind::partial: return include(source, tag, sight);
      case Tag::Kind::close: return close(source, tag, sight, open);
      case Tag::Kind::section:
      case Tag::Kind::inverted: return enter(source, tag, sight, open);
      case Tag::Kind::variable:
      case Tag::Kind::raw: return show(source, tag, sight);
    }
  }

  InSight known(const Source& source, const Tag& tag, const Sight& sight) {
    auto seen = find_name(sight, tag.name);
    if (seen.name) return seen;
    auto near = nearest_name(sight, tag.name);
    report(place_of(source, tag.begin), "unknown-name",
           both("这里没有 {} 这个名称", "there is no name {} here", quoted(tag.name)),
           near.empty() ? Bilingual{"能用的名称见随程序带的模板",
                                    "see the templates that come with the program for the names"}
                        : meant(near));
    return seen;
  }

  void show(const Source& source, const Tag& tag, const Sight& sight) {
    const auto* name = known(source, tag, sight).name;
    if (!name || name->shape == Name::Shape::text) return;
    report(place_of(source, tag.begin), "no-text",
           both("{} 本身没有文字", "{} has no text of its own", quoted(tag.name)),
           both("写成 {}…{}", "write {}…{}", quoted(tag.name, "#"), quoted(tag.name, "/")));
  }

  void enter(const Source& source, const Tag& tag, Sight& sight, std::vector<Open>& open) {
    auto seen = known(source, tag, sight);
    const auto* name = seen.name;
    bool adds = name && name->shape == Name::Shape::group && tag.kind == Tag::Kind::section;
    open.push_back({tag, adds});
    if (!adds) return;
    sight.push_back({name->inside, name->many});
    // Lists inside lists that do not hold them multiply: twenty of two are a million.
    if (!seen.across_list) return;
    report(place_of(source, tag.begin), "list-in-list",
           both("{} 在另一列里面,那一列每一条都会把它再写一遍",
                "{} is inside another list, each entry of which would write it again",
                quoted(tag.name, "#")),
           both("先收尾,再写 {}", "close that list before {}", quoted(tag.name, "#")));
  }

  void close(const Source& source, const Tag& tag, Sight& sight, std::vector<Open>& open) {
    if (open.empty()) {
      report(place_of(source, tag.begin), "mismatched-section",
             both("{} 前面没有开头", "{} closes nothing", quoted(tag.name, "/")),
             {"去掉它", "remove it"});
      return;
    }
    auto last = open.back();
    open.pop_back();
    if (last.adds) sight.pop_back();
    if (last.tag.name == tag.name) return;
    report(place_of(source, tag.begin), "mismatched-section",
           both("{0} 收的却是第{2}行开头的 {1}", "{0} would close {1}, which opens in line {2}",
                quoted(tag.name, "/"), quoted(last.tag.name, "#"),
                place_of(source, last.tag.begin).line),
           both("写 {}", "write {}", quoted(last.tag.name, "/")));
  }

  void include(const Source& source, const Tag& tag, const Sight& sight) {
    auto file = std::string{tag.name} + std::string{template_suffix};
    auto place = [&] { return place_of(source, tag.begin); };
    if (!sources_.contains(file)) {
      std::vector<std::string> names;
      for (const auto& [known, unused] : sources_) {
        names.push_back(known.substr(0, known.size() - template_suffix.size()));
      }
      auto near = did_you_mean(tag.name, names);
      report(place(), "unknown-partial",
             both("没有模板 {}", "there is no template {}",
                  settings::shortened(file_of(file, language_))),
             near.empty() ? Bilingual{} : meant(near));
      return;
    }
    if (std::ranges::find(path_, file) != path_.end()) {
      report(place(), "template-recursion", both("{} 引用了自己", "{} includes itself", file),
             {"去掉这个标记", "remove this tag"});
      return;
    }
    if (path_.size() > limits::template_depth) {
      report(place(), "template-recursion",
             both("模板套模板,超过{}层", "templates are nested more than {} deep",
                  limits::template_depth),
             {"少引用一些", "include less"});
      return;
    }
    if (size_ <= limits::message_bytes) walk(file, sight);
  }

  const Sources& sources_;
  Tongue language_;
  Diagnostics found_;
  std::vector<std::string> path_;
  std::set<std::string> used_;
  /// Bytes of the root and what it includes, again for each time it does.
  std::size_t size_ = 0;
};

// A plan's own templates lie beside its files.
std::string folder_of(const plan::Plan& plan) {
  if (plan.duties.empty()) return plan.id;
  return std::filesystem::path{plan.duties.front().place.file}.parent_path().string();
}

Sources sources_of(const plan::Plan& plan, const Templates& shared,
                   const std::string& shared_folder) {
  Sources sources;
  for (const auto& [file, text] : shared) {
    auto name = known_as(file, plan.language);
    if (!name.empty()) sources[name] = {shared_folder + "/" + file, text};
  }
  auto own = folder_of(plan);
  for (const auto& [name, text] : plan.templates) sources[name] = {own + "/" + name, text};
  return sources;
}

bool is_sound(const std::string& file, const Source& source, Check& check) {
  if (!file.ends_with(template_suffix)) {
    check.report({source.path, 0, 0}, "template-name",
                 {"模板的文件名以 .mustache 结尾", "the name of a template ends in .mustache"},
                 {"改文件名", "rename the file"});
    return false;
  }
  if (source.text.size() > limits::template_bytes) {
    check.report({source.path, 0, 0}, "template-too-large",
                 both("超过{}字节", "over {} bytes", limits::template_bytes),
                 {"消息是在手机上看的,请写短些", "write it shorter: messages are read on phones"});
    return false;
  }
  if (is_utf8_text(source.text)) return true;
  check.report({source.path, 0, 0}, "not-utf8", {"不是 UTF-8 文本", "not UTF-8 text"},
               {"另存为 UTF-8", "save it as UTF-8"});
  return false;
}

void check_unused(const Sources& sources, Check& check) {
  std::vector<std::string> used;
  for (const auto& [file, source] : sources) {
    if (check.used(file)) used.push_back(file);
  }
  for (const auto& [file, source] : sources) {
    if (check.used(file)) continue;
    auto near = did_you_mean(file, used);
    check.report({source.path, 0, 0}, "unused-template",
                 both("没有谁引用 {}", "nothing includes {}", file),
                 near.empty() ? Bilingual{"引用它,或拿走它", "include it, or take it away"}
                              : meant(near),
                 Severity::warning);
  }
}

}  // namespace

Diagnostics check_template_text(const std::string& text, const std::vector<Name>& names,
                                const Place& place) {
  const Sources sources{{"", {place.file, text}}};
  Check check{sources};
  check.root("", names, "");
  auto found = check.take();
  for (auto& each : found) each.place = place;
  return found;
}

Diagnostics check_templates(const plan::Plan& plan, const Templates& shared,
                            const std::string& shared_folder) {
  auto sources = sources_of(plan, shared, shared_folder);
  Check check{sources, plan.language};
  bool sound = true;
  for (const auto& [file, source] : sources) sound = is_sound(file, source, check) && sound;
  if (!sound) return check.take();
  check.root("subject.mustache", names_of<SubjectView>(), shared_folder);
  check.root("notice.mustache", names_of<NoticeView>(), shared_folder);
  check.root("group.mustache", names_of<NoticeView>(), shared_folder);
  check.root("page.html.mustache", names_of<PageView>(), shared_folder);
  // A tree without the office's pages is none the worse.
  for_each_web_view([&]<class View>() {
    const auto* file = web_template<View>;
    if (sources.contains(file)) check.root(file, names_of<View>(), shared_folder);
  });
  check_unused(sources, check);
  auto found = check.take();
  sort_by_place(found);
  return found;
}

}  // namespace duban::message
