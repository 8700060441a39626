// `rehearse`: the year in virtual time, what each unit gets of it, and with --out all of it as
// files (rehearsal_folder.h).

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "base/limits.h"
#include "control/time_words.h"
#include "ctl/behave_file.h"
#include "ctl/plan_files.h"
#include "ctl/rehearsal_folder.h"
#include "settings/report.h"
#include "settings/text_file.h"

namespace duban::ctl {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using control::Found;

using Behaviours = std::map<std::string, engine::Behaviour>;

// By plan id; what is wrong with a file is printed.
std::optional<Behaviours> behaviours_of(const Command& command, const PlanFiles& files,
                                        Console& console) {
  Behaviours behaviours;
  const auto& word = command.behave;
  bool built_in = word.empty() || word == "nobody" || word == "punctual";
  for (const auto& timetable : files.timetables) {
    behaviours[timetable->plan().id].punctual = word == "punctual";
  }
  if (built_in) return behaviours;
  if (!fs::exists(word)) {
    print_refusal({"bad-behaviour",
                   both("没有这种办法,也没有这个文件:{}",
                        "no such behaviour and no such file: {}",
                        settings::in_quotes(word)),
                   both("写 punctual(都按时)、一个文件,或不写(都不报)",
                        "write punctual (all hand in on time) or a file, or leave it out (nobody "
                        "hands in)")},
                  console);
    return std::nullopt;
  }
  Diagnostics diagnostics;
  plan::Sources sources;
  std::optional<Behaviours> read;
  if (auto text = settings::read_text_file(word, word, limits::plan_file_bytes, diagnostics)) {
    read = read_behaviours(*text, word, files.all(), diagnostics);
    sources[word] = std::move(*text);
  }
  tell_in(console.language, diagnostics);
  print_diagnostics(diagnostics, sources, console, console.err);
  return read;
}

Found<engine::RehearsalOptions> options_for(const Command& command,
                                            const schedule::Timetable& timetable) {
  const auto& zone = timetable.zone();
  engine::RehearsalOptions options{.from = zone.day_of(timetable.begins()),
                                   .to = zone.day_of(timetable.ends() - Seconds{1})};
  for (auto [word, into] : {std::pair{&command.from, &options.from},
                            std::pair{&command.to, &options.to}}) {
    if (word->empty()) continue;
    auto day = control::read_day(*word, timetable.plan().year);
    if (!day) return std::unexpected(day.error());
    *into = *day;
  }
  return options;
}

std::size_t most_of(const std::map<std::string, std::size_t>& months) {
  std::size_t most = 0;
  for (const auto& [month, count] : months) most = std::max(most, count);
  return most;
}

std::string how(const std::string& behave) {
  if (behave == "punctual") return "各单位都按时办";
  if (behave.empty() || behave == "nobody") return "没有一家报、也没有登记";
  return "照 " + behave + " 办";
}

void print(const plan::Plan& plan, const engine::Rehearsal& lived, const Command& command,
           const Console& console) {
  bool punctual = command.behave == "punctual";
  console.out << fmt::format("{} {}年,{}:共{}条通知\n", plan.id, plan.year,
                             how(command.behave), lived.notices.size());
  Table table{{"单位", "消息", "到期前最多的一月", "要交的最多的一月"}};
  for (const auto& [unit, share] : lived.shares) {
    table.add({plan.name_of(unit), std::to_string(share.messages),
               std::to_string(most_of(share.pre_due)), std::to_string(most_of(share.requests))});
  }
  table.print(console);
  if (!punctual) return;  // the budget is judged on a year in which all hand in
  for (const auto& breach : lived.breaches) {
    console.out << console.paint(Console::Hue::yellow, "超出预算 ")
                << engine::breach_words(breach, plan) << '\n';
  }
  if (lived.breaches.empty()) console.out << "没有单位超出预算\n";
}

json::object months_object(const std::map<std::string, std::size_t>& months) {
  json::object object;
  for (const auto& [month, count] : months) object[month] = count;
  return object;
}

json::object plan_object(const plan::Plan& plan, const engine::Rehearsal& lived,
                         const Command& command) {
  json::array units;
  for (const auto& [unit, share] : lived.shares) {
    units.push_back(json::object{{"id", unit},
                                 {"messages", share.messages},
                                 {"pre_due", months_object(share.pre_due)},
                                 {"requests", months_object(share.requests)}});
  }
  json::array breaches;
  for (const auto& one : lived.breaches) {
    breaches.emplace_back(engine::breach_words(one, plan));
  }
  return {{"id", plan.id},
          {"behave", command.behave.empty() ? "nobody" : command.behave},
          {"notices", lived.notices.size()},
          {"units", std::move(units)},
          {"breaches", std::move(breaches)}};
}

int refused(const engine::Refusal& refusal, Console& console) {
  print_refusal(refusal, console);
  return not_asked;
}

}  // namespace

int rehearse(const Command& command, Console& console) {
  auto files = read_plans(command, console);
  if (!files) return not_asked;
  auto behaviours = behaviours_of(command, *files, console);
  if (!behaviours) return not_asked;
  auto folder = RehearsalFolder::make(command.out);
  if (!folder) return refused(folder.error(), console);
  json::array plans;
  for (const auto& timetable : files->timetables) {
    auto options = options_for(command, *timetable);
    if (!options) return refused(options.error(), console);
    options->behaviour = std::move(behaviours->at(timetable->plan().id));
    options->book = folder->book();
    options->forms = files->tree.forms;
    if (console.progress) console.err << "排演 " << timetable->plan().id << " …\n";
    auto lived = engine::rehearse(timetable->plan_ptr(), files->tree.templates, *options);
    if (auto unwritten = folder->write(*files, *timetable, lived)) {
      return refused(*unwritten, console);
    }
    plans.push_back(plan_object(timetable->plan(), lived, command));
    if (!command.json) print(timetable->plan(), lived, command, console);
  }
  if (command.json) console.out << json::serialize(json::object{{"plans", plans}}) << '\n';
  return well;
}

}  // namespace duban::ctl
