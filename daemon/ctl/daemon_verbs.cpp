// The verbs that ask the daemon: what is, what went out, what happened.

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "ctl/client.h"
#include "ctl/fact_screen.h"
#include "ctl/json_reading.h"
#include "ctl/plan_files.h"
#include "ctl/status_screen.h"
#include "ctl/words.h"
#include "settings/report.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;

std::string or_dash(const std::string& text) { return text.empty() ? "—" : text; }

void print_notices(const std::string& document, const PlanFiles& names, const Console& console) {
  Table table{{"时间", "id", "收件", "通道", "状态", "标题"}};
  for (const auto& one : list_of(document, "notices")) {
    const auto& notice = one.as_object();
    auto contact = text_in(notice, "contact");
    auto attempts = objects_in(notice, "attempts");
    auto state = state_words(text_in(notice, "state"));
    if (attempts.size() > 1) state += fmt::format("({}次)", attempts.size());
    auto year = names.year_of(text_in(notice, "plan"));
    table.add({when_words(text_in(notice, "at"), year), text_in(notice, "id"),
               contact.empty() ? text_in(notice, "endpoint") : contact,
               text_in(notice, "channel"), state, text_in(notice, "subject")});
  }
  if (table.empty()) {
    console.out << "没有这样的通知\n";
  } else {
    table.print(console);
  }
}

FactKind fact_kind(const Command& command) {
  bool answers = command.verb == "extend" || command.verb == "not-ours";
  if (answers && command.refuse) return FactKind::declined;
  if (command.verb == "extend") return command.asked ? FactKind::asked : FactKind::extended;
  if (command.verb == "void") return FactKind::voided;
  if (command.verb == "excuse") return FactKind::excused;
  if (command.verb == "accept") return FactKind::accepted;
  if (command.verb == "return") return FactKind::returned;
  if (command.verb == "reassign") return FactKind::reassigned;
  return from_word<FactKind>(command.verb).value();
}

json::object fact_body(const Command& command) {
  json::object body{{"kind", to_word(fact_kind(command))}};
  auto put = [&](const char* key, const std::string& text) {
    if (!text.empty()) body[key] = text;
  };
  put("plan", command.plan);
  put("note", command.note);
  auto number = command.verb == "void" && command.period.empty() ? fact_number(command.duty) : 0;
  if (number != 0) {
    body["seq"] = number;
    return body;
  }
  put("duty", command.duty);
  put("period", command.period);
  put("clause", command.clause);
  put("at", command.at);
  put("until", command.until);
  put("to", command.to);
  if (!command.units.empty()) {
    body["units"] = json::array(command.units.begin(), command.units.end());
  }
  return body;
}

int print_or(const std::expected<std::string, int>& reply, const Command& command,
             Console& console, const std::string& said) {
  if (!reply) return reply.error();
  console.out << (command.json ? *reply : said) << '\n';
  return well;
}

}  // namespace

int status(const Command& command, Console& console) {
  auto target = with_query("/api/v1/status", {{"plan", command.plan}});
  auto reply = ask(command, "GET", target, {}, console);
  if (!reply) return reply.error();
  auto object = object_of(*reply);
  if (command.json) {
    console.out << *reply << '\n';
  } else {
    auto names = read_names(command);
    print_status(*reply, [&](const std::string& plan) { return names.year_of(plan); }, console);
  }
  return flag_in(object, "well") ? well : wrong;
}

int notices(const Command& command, Console& console) {
  auto target = with_query("/api/v1/notices", {{"plan", command.plan},
                                               {"unit", command.unit},
                                               {"state", command.state},
                                               {"since", command.since}});
  auto reply = ask(command, "GET", target, {}, console);
  if (!reply) return reply.error();
  if (command.json) {
    console.out << *reply << '\n';
  } else {
    print_notices(*reply, read_names(command), console);
    if (flag_in(object_of(*reply), "more")) {
      console.err << "只列了最近的,更早的没有列;加 --since、--unit、--state 或 --plan 缩小范围\n";
    }
  }
  return well;
}

int record(const Command& command, Console& console) {
  auto body = json::serialize(fact_body(command));
  auto reply = ask(command, "POST", "/api/v1/facts", body, console);
  if (!reply) return reply.error();
  if (command.json) {
    console.out << *reply << '\n';
  } else {
    print_facts(*reply, command, console);
  }
  return well;
}

int today(const Command& command, Console& console) {
  auto reply = ask(command, "GET", with_query("/api/v1/today", {{"plan", command.plan}}), {},
                   console);
  if (!reply) return reply.error();
  if (command.json) {
    console.out << *reply << '\n';
    return well;
  }
  for (const auto& one : list_of(*reply, "plans")) {
    const auto& plan = one.as_object();
    if (flag_in(plan, "empty")) {
      console.out << text_in(plan, "id") << ":今天没有要定的、要催的\n";
      continue;
    }
    console.out << console.paint(Console::Hue::yellow, text_in(plan, "subject")) << '\n'
                << text_in(plan, "text") << '\n';
  }
  return well;
}

int draft(const Command& command, Console& console) {
  json::object body{{"notice", command.id}};
  bool names_plan = command.verb == "release" && !command.plan.empty();
  if (names_plan) body["plan"] = command.plan;
  if (!command.until.empty()) body["until"] = command.until;
  auto reply = ask(command, "POST", "/api/v1/" + command.verb, json::serialize(body), console);
  std::string said = command.id == "storm" ? "已放行压下的全部" : "已点发 " + command.id;
  if (command.verb == "defer") said = "已缓发 " + command.id + ",到 " + command.until;
  if (command.verb == "resend" && reply) {
    said = "已补发,新的 id 是 " + text_in(object_of(*reply), "notice");
  }
  return print_or(reply, command, console, said);
}

namespace {

// What would go over the wire, endpoint by endpoint.
void print_requests(const std::string& reply, Console& console) {
  for (const auto& one : list_of(reply, "shown")) {
    const auto& shown = one.as_object();
    console.out << "—— " << text_in(shown, "endpoint") << " " << text_in(shown, "channel")
                << "\n" << or_dash(text_in(shown, "request")) << "\n";
  }
}

}  // namespace

int send_test(const Command& command, Console& console) {
  json::object body{{"unit", command.unit}};
  if (!command.plan.empty()) body["plan"] = command.plan;
  if (command.show) {
    body["show"] = "request";
    auto shown = ask(command, "POST", "/api/v1/send-test", json::serialize(body), console);
    if (!shown) return shown.error();
    if (command.json) console.out << *shown << '\n';
    else print_requests(*shown, console);
    return well;
  }
  auto reply = ask(command, "POST", "/api/v1/send-test", json::serialize(body), console);
  if (!reply) return reply.error();
  auto sent = list_of(*reply, "sent");
  bool all = std::ranges::all_of(sent, [](const json::value& one) {
    return text_in(one.as_object(), "outcome") == "delivered";
  });
  if (command.json) {
    console.out << *reply << '\n';
  } else {
    Table table{{"联络人", "地址", "通道", "结果", "对方说"}};
    for (const auto& one : sent) {
      const auto& test = one.as_object();
      table.add({or_dash(text_in(test, "contact")), text_in(test, "endpoint"),
                 text_in(test, "channel"), outcome_words(text_in(test, "outcome")),
                 text_in(test, "detail")});
    }
    table.print(console);
  }
  return all ? well : wrong;
}

namespace {

constexpr std::size_t plans_named = 10;

// What kept a plan back, and what a reload cannot take; other warnings are for `check`.
Diagnostics worth_saying(const json::object& reloaded) {
  auto all = diagnostics_in(reloaded);
  std::erase_if(all, [](const Diagnostic& one) {
    return one.severity != Severity::error && one.code != "needs-restart";
  });
  return all;
}

}  // namespace

int reload(const Command& command, Console& console) {
  json::object body;
  if (!command.plan.empty()) body["plan"] = command.plan;
  if (!command.only_if.empty()) body["if"] = command.only_if;
  auto reply = ask(command, "POST", "/api/v1/reload", json::serialize(body), console);
  if (!reply) return reply.error();
  auto object = object_of(*reply);
  auto kept = texts_in(object, "kept");
  if (command.json) {
    console.out << *reply << '\n';
    return kept.empty() ? well : wrong;
  }
  auto files = engine::read_tree(command.config);
  auto taken = texts_in(object, "taken");
  if (!taken.empty()) console.out << "已用新文件:" << few_of(taken, plans_named, "个方案") << '\n';
  if (!kept.empty()) {
    Bilingual few{few_of(kept, plans_named, "个方案"), settings::listed(kept).english};
    console.err << both("仍用原来的:{}\n", "still running the old files: {}\n", few)
                       .in(console.language);
  }
  auto said = worth_saying(object);
  print_diagnostics(said, files.sources, console, console.err);
  return kept.empty() ? well : wrong;
}

int clock_accept(const Command& command, Console& console) {
  auto reply = ask(command, "POST", "/api/v1/clock/accept", {}, console);
  return print_or(reply, command, console, "已认可现在的时间,接着走");
}

}  // namespace duban::ctl
