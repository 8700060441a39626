// The milestones or actions there are.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <map>
#include <ostream>
#include <set>

#include "control/json_parts.h"
#include "ctl/client.h"
#include "ctl/json_reading.h"
#include "ctl/once_entry.h"
#include "ctl/plan_files.h"
#include "ctl/show_parts.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;
using control::text_list;
using control::text_or_null;
using control::time_or_null;

/// By plan and duty: who has handed in.
using Answered = std::map<std::pair<std::string, std::string>, std::set<std::string>>;

// Nothing where no daemon answers.
std::optional<Answered> answered_by(const Command& command, const PlanFiles& files) {
  auto target = with_query("/api/v1/agenda", {{"plan", command.plan}});
  auto reply = request(files.tree.settings->socket, "GET", target);
  if (!reply || reply->status != 200) return std::nullopt;
  Answered answered;
  for (const auto& one : list_of(reply->body, "stages")) {
    const auto& stage = one.as_object();
    if (text_in(stage, "state") != "answered") continue;
    auto& units = answered[{text_in(stage, "plan"), text_in(stage, "duty")}];
    for (auto& unit : texts_in(stage, "units")) units.insert(std::move(unit));
  }
  return answered;
}

struct Row {
  const schedule::Timetable* timetable = nullptr;
  const calendar::Occurrence* occurrence = nullptr;
  const plan::Duty* duty = nullptr;
  /// Absent where the daemon does not answer.
  std::optional<std::size_t> done;
};

std::vector<Row> rows_of(const PlanFiles& files, const OnceKind& kind,
                         const std::optional<Answered>& answered) {
  std::vector<Row> rows;
  for (const auto* timetable : files.all()) {
    const auto& duties = timetable->plan().duties;
    for (const auto& occurrence : timetable->occurrences()) {
      const auto& duty = duties[occurrence.duty];
      if (duty.origin != kind.origin) continue;
      Row row{timetable, &occurrence, &duty, std::nullopt};
      if (answered) {
        auto found = answered->find({timetable->plan().id, duty.id});
        row.done = found == answered->end() ? 0 : found->second.size();
      }
      rows.push_back(row);
    }
  }
  return rows;
}

std::string state_of(const Row& row) {
  if (!row.done) return "";
  auto all = row.duty->who.size();
  if (*row.done == 0) return "在办";
  return *row.done >= all ? "已办结" : fmt::format("{}家办结{}家", all, *row.done);
}

std::string document_of(const std::vector<Row>& rows, const OnceKind& kind) {
  json::array list;
  for (const auto& row : rows) {
    const auto& duty = *row.duty;
    json::object one{{"id", duty.id},
                     {"plan", row.timetable->plan().id},
                     {"name", duty.name},
                     {"clause", text_or_null(duty.clause)},
                     {"task", text_or_null(duty.task)},
                     {"units", text_list(duty.who)},
                     {"to", text_list(duty.to)},
                     {"source", text_or_null(duty.source)},
                     {"closes", text_or_null(duty.closes)},
                     {"due", time_or_null(row.occurrence->due, &row.timetable->zone())},
                     {"done", row.done ? json::value(*row.done) : json::value(nullptr)}};
    list.push_back(std::move(one));
  }
  return json::serialize(json::object{{fmt::format("{}s", kind.key), std::move(list)}});
}

void print(const std::vector<Row>& rows, const OnceKind& kind, const Console& console) {
  if (rows.empty()) {
    console.out << fmt::format("没有{}。登记:dubanctl {} --help 看例子\n", kind.name.chinese,
                               kind.key);
    return;
  }
  auto head = once_head(kind.origin);
  if (rows.front().done) head.emplace_back("状态");
  Table table{std::move(head)};
  for (const auto& row : rows) {
    auto cells = once_cells(*row.timetable, *row.occurrence);
    if (row.done) cells.push_back(state_of(row));
    table.add(std::move(cells));
  }
  table.print(console);
}

}  // namespace

int list_once(const Command& command, const OnceKind& kind, Console& console) {
  auto files = read_plans(command, console);
  if (!files) return not_asked;
  auto rows = rows_of(*files, kind, answered_by(command, *files));
  if (command.json) {
    console.out << document_of(rows, kind) << '\n';
  } else {
    print(rows, kind, console);
  }
  return well;
}

}  // namespace duban::ctl
