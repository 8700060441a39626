// A plan's files through the loader that daemon and check use: every mistake has a place in the
// file it is of, and a plan that is taken has its dates.
#include <ranges>

#include "calendar/occurrence.h"
#include "calendar/zone.h"
#include "fuzz/input.h"
#include "fuzz/scratch.h"
#include "plan/load.h"
#include "plan/small_plan.h"

namespace {

using namespace duban;
using namespace duban::fuzz;

// What an input does not hold is the small plan's.
const std::map<std::string, std::string>& small_texts() {
  static const std::map<std::string, std::string> texts{
      {"cn.toml", plan::small::calendar},
      {"plan.toml", plan::small::plan},
      {"units.toml", plan::small::units},
      {"tasks.toml", plan::small::tasks},
      {"contacts.private.toml", ""},
  };
  return texts;
}

plan::Loaded load(const std::map<std::string, std::string>& pieces) {
  static Scratch scratch;
  for (const auto& [name, text] : small_texts()) {
    auto piece = pieces.find(name);
    auto folder = name == "cn.toml" ? "calendars/" : "plans/p/";
    scratch.put(folder + name, piece == pieces.end() ? text : piece->second);
  }
  const auto& root = scratch.root();
  return plan::load({.plans = root / "plans",
                     .calendars = root / "calendars",
                     .templates = root / "templates",
                     .channels = {"mail", "folder", "chat"}});
}

// Of many mistakes the first are as good as all.
constexpr std::size_t looked_at = 20;

void check_all(const Diagnostics& diagnostics, const plan::Sources& sources) {
  for (const auto& one : diagnostics | std::views::take(looked_at)) {
    auto source = sources.find(one.place.file);
    // A file that cannot be read at all is no source, nor are the private contacts.
    if (source != sources.end()) {
      check_diagnostic(one, source->second);
      continue;
    }
    bool brief = one.message.chinese.size() < 2048 && one.message.english.size() < 2048;
    require(brief, "a mistake is short");
  }
}

void check_plan(const plan::Plan& plan, const plan::Sources& sources) {
  for (const auto& duty : plan.duties) {
    auto again = plan::parse_due(plan::format_due(duty.due));
    require(again.has_value(), "a due date as written is read", duty.due.text);
  }
  auto wrong = calendar::diagnose(plan);
  check_all(wrong, sources);
  if (has_errors(wrong)) return;
  auto zone = calendar::Zone::find(plan.zone);
  if (!zone) return;
  for (const auto& one : calendar::occurrences(plan, *zone, {})) {
    require(one.duty < plan.duties.size(), "an occurrence is of a duty");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto loaded = load(pieces_of(text_of(data, size)));
  check_all(loaded.diagnostics, loaded.sources);
  for (const auto& one : loaded.plans) {
    auto sources = one.sources;
    sources.insert(loaded.sources.begin(), loaded.sources.end());
    check_all(one.diagnostics, sources);
    require(one.plan || has_errors(one.diagnostics) || has_errors(loaded.diagnostics),
            "a plan that is refused has a mistake");
    require(!one.plan || !has_errors(one.diagnostics), "a plan with a mistake is refused");
    if (one.plan) check_plan(*one.plan, sources);
  }
  return 0;
}
