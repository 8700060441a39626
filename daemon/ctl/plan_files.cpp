#include "ctl/plan_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "settings/report.h"
#include "ctl/words.h"

namespace duban::ctl {
namespace {

// Leaves the plan that was asked for, and mistakes that are its own or everybody's.
bool keep_only(engine::Tree& tree, const std::string& plan) {
  if (plan.empty()) return true;
  std::erase_if(tree.plans, [&](const plan::LoadedPlan& one) {
    if (one.id == plan) return false;
    std::erase_if(tree.diagnostics, [&](const Diagnostic& diagnostic) {
      return std::ranges::find(one.diagnostics, diagnostic) != one.diagnostics.end();
    });
    return true;
  });
  return !tree.plans.empty();
}

engine::Refusal unknown_plan(const engine::Tree& tree, const std::string& plan) {
  std::vector<std::string> ids;
  for (const auto& one : tree.plans) ids.push_back(one.id);
  return {"unknown-plan", both("没有方案{}", "there is no plan {}", settings::in_quotes(plan)),
          settings::suggest(plan, ids)};
}

std::string_view line_of(std::string_view text, unsigned line) {
  for (unsigned at = 1; at < line; ++at) {
    auto end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

// The excerpt under a mistake must not show a secret that was written as a value (I8): not on a
// line that one was found on, nor on one that may hold one and could not be read.
bool may_show(const Diagnostic& diagnostic, const Diagnostics& all, std::string_view source) {
  auto line = line_of(source, diagnostic.place.line);
  if (line.contains("password") || line.contains("secret")) return false;
  return std::ranges::none_of(all, [&](const Diagnostic& one) {
    return one.code.starts_with("secret-") && one.place.file == diagnostic.place.file &&
           one.place.line == diagnostic.place.line;
  });
}

std::string coloured(const Diagnostic& diagnostic, const std::string& text,
                     const Console& console) {
  bool error = diagnostic.severity == Severity::error;
  std::string_view word = error ? "error:" : "warning:";
  auto at = text.find(word);
  if (at == std::string::npos) return text;
  auto hue = error ? Console::Hue::red : Console::Hue::yellow;
  return text.substr(0, at) + console.paint(hue, word) + text.substr(at + word.size());
}

}  // namespace

std::vector<const schedule::Timetable*> PlanFiles::all() const {
  std::vector<const schedule::Timetable*> pointers;
  for (const auto& one : timetables) pointers.push_back(one.get());
  return pointers;
}

control::Zones PlanFiles::zones() const {
  control::Zones zones;
  for (const auto& one : timetables) zones.emplace(one->plan().id, one->zone());
  return zones;
}

const plan::Plan* PlanFiles::find(const std::string& id) const {
  for (const auto& one : timetables) {
    if (one->plan().id == id) return &one->plan();
  }
  return nullptr;
}

int PlanFiles::year_of(const std::string& id) const {
  const auto* plan = find(id);
  return plan == nullptr ? no_year : plan->year;
}

PlanFiles with_timetables(engine::Tree tree) {
  PlanFiles files{std::move(tree), {}};
  for (const auto& loaded : files.tree.plans) {
    if (!loaded.plan) continue;
    files.timetables.push_back(
        std::make_unique<schedule::Timetable>(loaded.plan, schedule::Bearings{}));
  }
  return files;
}

std::optional<PlanFiles> read_plans(const Command& command, Console& console) {
  PlanFiles files{engine::read_tree(command.config), {}};
  auto whole = files.tree.plans;
  if (!keep_only(files.tree, command.plan)) {
    files.tree.plans = std::move(whole);
    print_refusal(unknown_plan(files.tree, command.plan), console);
    return std::nullopt;
  }
  if (has_errors(files.tree.diagnostics)) {
    std::erase_if(files.tree.diagnostics,
                  [](const Diagnostic& one) { return one.severity != Severity::error; });
    print_diagnostics(files.tree.diagnostics, files.tree.sources, console, console.err);
    return std::nullopt;
  }
  return with_timetables(std::move(files.tree));
}

PlanFiles read_names(const Command& command) {
  return with_timetables(engine::read_tree(command.config));
}

void print_diagnostics(const Diagnostics& diagnostics, const plan::Sources& sources,
                       const Console& console, std::ostream& to) {
  if (diagnostics.empty()) return;
  for (const auto& one : diagnostics) {
    auto source = sources.find(one.place.file);
    bool shown = source != sources.end() && may_show(one, diagnostics, source->second);
    auto text = format_with_caret(one, shown ? std::string_view{source->second} : "");
    to << coloured(one, text, console) << '\n';
  }
  auto errors = std::ranges::count(diagnostics, Severity::error, &Diagnostic::severity);
  auto warnings = static_cast<std::ptrdiff_t>(diagnostics.size()) - errors;
  if (errors != 0) {
    to << both("{}处错误,{}处提醒\n", "errors: {}, warnings: {}\n", errors, warnings)
              .in(console.language);
  } else {
    to << both("没有错误,{}处提醒\n", "no errors, warnings: {}\n", warnings).in(console.language);
  }
}

void print_refusal(const engine::Refusal& refusal, Console& console) {
  console.err << "dubanctl: " << refusal.message.in(console.language);
  if (!refusal.mend.empty()) console.err << "\n  " << refusal.mend.in(console.language);
  console.err << '\n';
}

int check(const Command& command, Console& console) {
  auto tree = engine::read_tree(command.config);
  if (!command.lang.empty()) tell_in(console.language, tree.diagnostics);
  auto whole = tree;
  if (tree.settings && !keep_only(tree, command.plan)) {
    print_refusal(unknown_plan(whole, command.plan), console);
    return not_asked;
  }
  if (command.json) {
    console.out << control::check_document(tree.diagnostics) << '\n';
  } else {
    print_diagnostics(tree.diagnostics, tree.sources, console, console.out);
  }
  return has_errors(tree.diagnostics) ? wrong : well;
}

}  // namespace duban::ctl
