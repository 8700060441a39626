#include "message/template_program.h"

#include <algorithm>
#include <span>

#include "message/template_expand.h"
#include "message/template_scan.h"

namespace duban::message {
namespace {

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

// Around tags that show nothing empty lines are left: of the empty lines of the result only the
// template's own, which are marked, stay.
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

// Reads a text into steps, with the names in sight at each place.
class TemplateProgram::Reader {
 public:
  Reader(std::string_view text, const std::vector<Name>& names, Escaping escaping)
      : text_(text), escapes_(escaping != Escaping::none) {
    sight_.emplace_back(names);
  }

  std::vector<Step> read() {
    auto scanned = scan(text_);
    for (const auto& tag : scanned.tags) {
      if (!visit(tag)) return {};
    }
    if (scanned.unclosed || !open_.empty()) return {};
    add(text_.size());
    return std::move(steps_);
  }

 private:
  struct Open {
    std::string_view name;
    std::size_t step = 0;
    /// The section adds names.
    bool adds = false;
  };

  // A step with what stands before it, up to `until`.
  Step& add(std::size_t until) {
    auto& step = steps_.emplace_back();
    step.before = text_.substr(done_, until - done_);
    return step;
  }

  // The innermost of that name; the step is told of all.
  const Name* look_up(std::string_view name, Step& step) const {
    const Name* innermost = nullptr;
    for (auto level = sight_.size(); level-- > 0;) {
      auto found = std::ranges::find(sight_[level], name, &Name::name);
      if (found == sight_[level].end()) continue;
      if (!innermost) innermost = &*found;
      step.places.push_back({level, found->reach});
    }
    return innermost;
  }

  // False when the sections do not match.
  bool visit(const Tag& tag) {
    auto& step = add(tag.begin);
    done_ = tag.end;
    switch (tag.kind) {
      case Tag::Kind::variable:
      case Tag::Kind::raw: show(tag, step); return true;
      case Tag::Kind::section:
      case Tag::Kind::inverted: enter(tag, step); return true;
      case Tag::Kind::close: return close(tag);
      case Tag::Kind::partial:
      case Tag::Kind::comment:
      case Tag::Kind::delimiter: return true;
    }
    return true;
  }

  void show(const Tag& tag, Step& step) const {
    const auto* name = look_up(tag.name, step);
    if (!name || name->shape != Name::Shape::text) return;
    step.kind = Step::Kind::text;
    step.escaped = escapes_ && tag.kind == Tag::Kind::variable;
  }

  void enter(const Tag& tag, Step& step) {
    bool inverted = tag.kind == Tag::Kind::inverted;
    const auto* name = look_up(tag.name, step);
    step.kind = inverted ? Step::Kind::inverted : Step::Kind::section;
    bool adds = name && name->shape == Name::Shape::group && !inverted;
    if (adds) sight_.emplace_back(name->inside);
    open_.push_back({tag.name, steps_.size() - 1, adds});
  }

  bool close(const Tag& tag) {
    if (open_.empty() || open_.back().name != tag.name) return false;
    steps_[open_.back().step].end = steps_.size();
    if (open_.back().adds) sight_.pop_back();
    open_.pop_back();
    return true;
  }

  std::string_view text_;
  bool escapes_;
  std::size_t done_ = 0;
  std::vector<std::span<const Name>> sight_;
  std::vector<Open> open_;
  std::vector<Step> steps_;
};

TemplateProgram::TemplateProgram(std::string_view text, const std::vector<Name>& names,
                                 Escaping escaping)
    : escaping_(escaping), steps_(Reader{text, names, escaping}.read()) {}

std::string TemplateProgram::render(const void* view) const { return tidy(fill(view)); }

std::string TemplateProgram::fill(const void* view) const {
  std::string out;
  out.reserve(4096);
  Sight sight;
  sight.reserve(8);
  sight.push_back(view);
  run(0, steps_.size(), sight, out);
  return out;
}

const TemplateProgram::Place* TemplateProgram::found(const Step& step, const Sight& sight) {
  for (const auto& place : step.places) {
    if (place.reach.count(sight[place.level]) > 0) return &place;
  }
  return nullptr;
}

void TemplateProgram::run(std::size_t from, std::size_t end, Sight& sight,
                          std::string& out) const {
  for (auto at = from; at < end; ++at) {
    const auto& step = steps_[at];
    out += step.before;
    if (step.kind == Step::Kind::nothing) continue;
    if (step.kind != Step::Kind::text) {
      enter(at, sight, out);
      at = step.end - 1;
      continue;
    }
    const auto* place = found(step, sight);
    if (!place) continue;
    const auto& text = place->reach.text(sight[place->level]);
    if (step.escaped) append_escaped(out, text, escaping_);
    else out += text;
  }
}

void TemplateProgram::enter(std::size_t section, Sight& sight, std::string& out) const {
  const auto& step = steps_[section];
  const auto* place = found(step, sight);
  if (step.kind == Step::Kind::inverted) {
    if (!place) run(section + 1, step.end, sight, out);
    return;
  }
  if (!place) return;
  const auto* holder = sight[place->level];
  auto count = place->reach.count(holder);
  for (std::size_t n = 0; n < count; ++n) {
    if (place->reach.inside) sight.push_back(place->reach.inside(holder, n));
    run(section + 1, step.end, sight, out);
    if (place->reach.inside) sight.pop_back();
  }
}

}  // namespace duban::message
