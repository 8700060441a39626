#include "control/today_document.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <set>
#include <utility>

#include "calendar/workdays.h"
#include "control/json_parts.h"
#include "message/plan_facts.h"
#include "schedule/outcome.h"

namespace duban::control {
namespace {

namespace json = boost::json;
using message::EntryView;
using schedule::Outcome;
using Today = engine::PlanRun::Today;
using Thing = std::pair<std::string, std::string>;  // duty, period

json::array entries(const std::vector<EntryView>& list) {
  json::array out;
  for (const auto& entry : list) {
    json::array commands;
    for (const auto* command : {&entry.type_this, &entry.or_this}) {
      if (!command->empty()) commands.emplace_back(*command);
    }
    const auto& units = entry.units.empty() ? entry.unit_name : entry.units;
    const auto& since = entry.since.empty() ? entry.sends : entry.since;
    out.push_back(json::object{{"what", text_or_null(entry.what)},
                               {"units", text_or_null(units)},
                               {"count", text_or_null(entry.count)},
                               {"since", text_or_null(since)},
                               {"why", text_or_null(entry.why)},
                               {"tally", text_or_null(entry.tally)},
                               {"commands", std::move(commands)}});
  }
  return out;
}

// In the plan's order.
std::vector<Thing> counted(const engine::PlanRun& run, const Today& today) {
  std::set<Thing> listed;
  auto add = [&](std::size_t index) {
    const auto& key = today.assignments[index].key;
    listed.emplace(key.duty, key.period);
  };
  for (const auto& one : today.list.overdue) add(one.assignment);
  for (const auto& one : today.list.unclear) add(one.assignment);
  for (auto index : today.list.asked) add(index);
  const auto& zone = run.timetable().zone();
  auto first = zone.day_of(today.at);
  auto last = calendar::Workdays{run.plan().calendar}.add(first, 1);
  for (std::size_t index = 0; index < today.assignments.size(); ++index) {
    const auto& due = today.assignments[index].due;
    if (due && zone.day_of(*due) >= first && zone.day_of(*due) <= last) add(index);
  }
  std::vector<Thing> things;
  for (const auto& slot : run.timetable().slots()) {
    auto node = listed.extract({slot.key.duty, slot.key.period});
    if (!node.empty()) things.push_back(std::move(node.value()));
  }
  return things;
}

json::object counts_object(const engine::PlanRun& run, const Today& today, const Thing& thing) {
  const auto& [duty, period] = thing;
  auto tally = schedule::tally_of(today.assignments, duty, period, today.at);
  json::object out{
      {"duty", duty},
      {"period", period},
      {"name", message::full_name(run.plan(), *run.plan().find_duty(duty), period, {})},
      {"owed", tally.owed()}};
  for (auto [key, outcome] : {std::pair{"on_time", Outcome::on_time},
                              std::pair{"late", Outcome::late},
                              std::pair{"extended", Outcome::extended},
                              std::pair{"excused", Outcome::excused},
                              std::pair{"missing", Outcome::missing}}) {
    json::array units;
    for (auto index : tally.of(outcome)) units.emplace_back(today.assignments[index].key.unit);
    out[key] = std::move(units);
  }
  return out;
}

json::object plan_object(const engine::PlanRun& run, Instant now) {
  auto today = run.today(now);
  const auto& lines = today.words.lines;
  json::array counts;
  for (const auto& thing : counted(run, today)) counts.push_back(counts_object(run, today, thing));
  return {{"id", run.plan().id},
          {"at", time_or_null(now, &run.timetable().zone())},
          {"subject", today.words.subject},
          {"text", today.words.text},
          {"empty", today.list.empty()},
          {"decide", lines.decisions},
          {"counts", std::move(counts)},
          {"asked", entries(lines.asked)},
          {"undated", entries(lines.undated)},
          {"drafts", entries(lines.drafts)},
          {"unclear", entries(lines.unclear)},
          {"storm", text_or_null(lines.storm)},
          {"missing", entries(lines.missing)},
          {"by_hand", entries(lines.by_hand)},
          {"tomorrow", entries(lines.tomorrow)},
          {"silences", entries(lines.silences)}};
}

}  // namespace

std::string today_document(const std::vector<const engine::PlanRun*>& runs, Instant now) {
  json::array plans;
  for (const auto* run : runs) plans.push_back(plan_object(*run, now));
  return json::serialize(json::object{{"plans", std::move(plans)}});
}

}  // namespace duban::control
