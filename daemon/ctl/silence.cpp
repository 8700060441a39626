// `silence`: units are left alone for a while. Without words it lists the silences that stand.

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <ostream>

#include "ctl/client.h"
#include "ctl/json_reading.h"
#include "ctl/plan_files.h"
#include "ctl/words.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;

std::string name_of(const PlanFiles& names, const std::string& plan, const std::string& id) {
  for (const auto* one : names.all()) {
    if (one->plan().id != plan) continue;
    if (const auto* duty = one->plan().find_duty(id)) return duty->name;
    return one->plan().name_of(id);
  }
  return id;
}

std::string whom_words(const json::object& silence, const PlanFiles& names) {
  std::string words;
  for (const auto* key : {"units", "duties"}) {
    for (const auto& id : texts_in(silence, key)) {
      if (!words.empty()) words += "、";
      words += name_of(names, text_in(silence, "plan"), id);
    }
  }
  auto stage = text_in(silence, "stage");
  if (!stage.empty()) words += (words.empty() ? "各单位的" : "的") + stage_words(stage);
  return words.empty() ? "各单位" : words;
}

void print_list(const std::string& document, const PlanFiles& names, const Console& console) {
  Table table{{"编号", "静默", "起", "止", "原因"}};
  for (const auto& one : list_of(document, "silences")) {
    const auto& silence = one.as_object();
    auto seq = number_in(silence, "seq");
    table.add({seq == 0 ? "方案里写的" : fmt::format("{}", seq), whom_words(silence, names),
               when_words(text_in(silence, "from"), no_year),
               when_words(text_in(silence, "until"), no_year), text_in(silence, "why")});
  }
  if (table.empty()) {
    console.out << "没有静默\n";
  } else {
    table.print(console);
  }
}

int list(const Command& command, Console& console) {
  auto reply = ask(command, "GET", "/api/v1/status", {}, console);
  if (!reply) return reply.error();
  if (command.json) {
    auto silences = object_of(*reply)["silences"];
    console.out << json::serialize(json::object{{"silences", silences}}) << '\n';
  } else {
    print_list(*reply, read_names(command), console);
  }
  return well;
}

int end(const Command& command, Console& console) {
  json::object body{{"kind", "voided"}, {"seq", fact_number(command.end)}};
  if (!command.plan.empty()) body["plan"] = command.plan;
  if (!command.why.empty()) body["note"] = command.why;
  auto reply = ask(command, "POST", "/api/v1/facts", json::serialize(body), console);
  if (!reply) return reply.error();
  console.out << (command.json ? *reply : "静默 " + command.end + " 已结束") << '\n';
  return well;
}

}  // namespace

int silence(const Command& command, Console& console) {
  bool any = !command.unit.empty() || !command.duty.empty() || !command.stage.empty() ||
             !command.until.empty();
  if (!command.end.empty()) return end(command, console);
  if (!any) return list(command, console);
  json::object body;
  for (auto [key, text] : {std::pair{"plan", &command.plan}, std::pair{"unit", &command.unit},
                           std::pair{"duty", &command.duty}, std::pair{"stage", &command.stage},
                           std::pair{"from", &command.from}, std::pair{"until", &command.until},
                           std::pair{"why", &command.why}}) {
    if (!text->empty()) body[key] = *text;
  }
  auto reply = ask(command, "POST", "/api/v1/silence", json::serialize(body), console);
  if (!reply) return reply.error();
  if (command.json) {
    console.out << *reply << '\n';
    return well;
  }
  for (const auto& one : list_of(*reply, "facts")) {
    const auto& fact = one.as_object();
    console.out << fmt::format("已静默 {}:{}起,{}止;结束时补一次最新的\n", number_in(fact, "seq"),
                               when_words(text_in(fact, "at"), no_year),
                               when_words(text_in(fact, "until"), no_year));
  }
  return well;
}

}  // namespace duban::ctl
