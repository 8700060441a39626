// What people, and whoever else reaches the socket, send to the daemon: the target of a request and
// its body, read as the routes read them against a plan in force.
#include <algorithm>
#include <filesystem>

#include "base/limits.h"
#include "control/edited_request.h"
#include "control/queries.h"
#include "control/requests.h"
#include "control/silences.h"
#include "engine/plan_run.h"
#include "fuzz/input.h"
#include "fuzz/scratch.h"
#include "fuzz/shipped_templates.h"
#include "plan/small_plan.h"

namespace {

using namespace duban;
using namespace duban::fuzz;
using control::Found;
namespace fs = std::filesystem;

struct Daemon {
  Scratch scratch;
  std::unique_ptr<engine::PlanRun> run;
  std::vector<const engine::PlanRun*> runs;
  std::vector<const schedule::Timetable*> timetables;
  Instant now = *parse_rfc3339("2022-05-25T17:30:00+08:00");

  Daemon() {
    scratch.put("calendars/cn.toml", plan::small::calendar);
    scratch.put("plans/p/plan.toml", plan::small::plan);
    scratch.put("plans/p/units.toml", plan::small::units);
    scratch.put("plans/p/tasks.toml", plan::small::tasks);
    const auto& root = scratch.root();
    auto loaded = plan::load({.plans = root / "plans",
                              .calendars = root / "calendars",
                              .templates = root / "templates",
                              .channels = {"mail", "folder", "chat"}});
    run = std::make_unique<engine::PlanRun>(loaded.plans.at(0).plan, shipped_templates());
    runs = {run.get()};
    timetables = control::timetables_of(runs);
  }
};

Daemon& daemon() {
  static Daemon one;
  return one;
}

// A refusal goes back over the socket and onto a screen.
template <class T>
bool is_taken(const Found<T>& found) {
  if (found) return true;
  const auto& refusal = found.error();
  for (auto tongue : {Tongue::chinese, Tongue::english}) {
    auto shown = refusal.message.in(tongue) + refusal.mend.in(tongue);
    bool says_why = !refusal.code.empty() && !refusal.message.in(tongue).empty();
    require(says_why, "a refusal says why", shown);
    require(is_utf8_text(shown), "a refusal is text", shown);
    require(shown.size() < 4096, "a refusal is short", shown);
  }
  return false;
}

void check_facts(const Found<control::Facts>& made) {
  if (!is_taken(made)) return;
  require(made->plan == "p", "facts are of a plan", made->plan);
  require(made->facts.size() <= limits::plan_entries, "facts are bounded");
  const auto& plan = daemon().run->plan();
  for (const auto& fact : made->facts) {
    const auto& about = fact.about;
    bool known = about.duty.empty() || plan.find_duty(about.duty) != nullptr;
    require(known, "a fact is about a duty of the plan", about.duty);
    bool of_unit = about.unit.empty() || about.unit == "office" || plan.find_unit(about.unit);
    require(of_unit, "a fact is about a unit of the plan", about.unit);
    require(fact.note.size() <= limits::request_field_bytes && is_utf8_text(fact.note),
            "a note is a bounded text", fact.note);
  }
}

void read_body(std::string_view body) {
  auto& desk = daemon();
  auto fact = control::parse_fact_request(body);
  if (is_taken(fact)) check_facts(control::make_facts(*fact, desk.runs, desk.now, "alice"));
  check_facts(control::make_silence(body, desk.runs, desk.now, "alice"));
  auto fields = control::parse_fields(body, {"plan", "notice", "until", "if", "unit"}, {});
  if (is_taken(fields)) {
    for (const auto& [key, value] : *fields) {
      require(value.size() <= limits::request_field_bytes, "a field is bounded", key);
    }
  }
  auto edited = control::parse_edited_request(body);
  if (!is_taken(edited)) return;
  require(edited->texts.size() <= limits::edited_files, "files are bounded");
  for (const auto& [path, text] : edited->texts) {
    require(std::ranges::count(fs::path{path}, fs::path{".."}) == 0 && !path.starts_with('/'),
            "a path leads nowhere else", path);
    require(is_utf8_text(text), "a file is text", path);
  }
}

void read_target(std::string_view text) {
  auto& desk = daemon();
  auto target = control::parse_target(text);
  if (!is_taken(target)) return;
  is_taken(control::agenda_filter(target->query, *desk.timetables.front(), desk.timetables));
  auto queries = control::notice_queries(target->query, desk.timetables, desk.now);
  if (is_taken(queries)) require(queries->size() <= 1, "one plan, one question");
}

}  // namespace

// The first line is the target, the rest the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto rest = text_of(data, size);
  read_target(take_line(rest));
  read_body(rest);
  return 0;
}
