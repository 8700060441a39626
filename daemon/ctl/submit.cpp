// `submit DUTY PERIOD UNIT --from FILE`: the table is read here, so that what is wrong with it is
// said where it lies; its rows and the file itself go to the daemon.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/limits.h"
#include "base/text.h"
#include "ctl/client.h"
#include "ctl/fact_screen.h"
#include "ctl/handed_file.h"
#include "ctl/json_reading.h"
#include "ctl/plan_files.h"
#include "ctl/words.h"
#include "document/secrecy.h"
#include "document/table_reading.h"

namespace duban::ctl {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using control::Found;
using schedule::SubmittedRow;

json::object row_object(const SubmittedRow& row) {
  json::object out{{"clause", row.clause}};
  auto put = [&](const char* key, const std::string& text) {
    if (!text.empty()) out[key] = text;
  };
  if (row.unchanged) out["unchanged"] = true;
  put("progress", row.progress);
  if (row.state != RowState::unsaid) out["state"] = to_word(row.state);
  put("problem", row.problem);
  put("asks_whom", row.asks_whom);
  put("asks_what", row.asks_what);
  put("asks_by", row.asks_by);
  if (!row.lacks.empty()) out["lacks"] = json::array(row.lacks.begin(), row.lacks.end());
  return out;
}

engine::Refusal refusal_of(const document::TableFault& fault, const std::string& from) {
  auto place = document::place_words(fault);
  auto where = place.empty() ? alike(from) : both("{}:{}", "{}: {}", from, place);
  return {fault.code, both("{}:{}", "{}: {}", where, fault.message), fault.mend};
}

std::string name_of(const std::string& from) {
  return from == "-" ? std::string{"标准输入"} : fs::path{from}.filename().string();
}

// Looked for before anything is sent to the daemon.
std::optional<engine::Refusal> secret(const Command& command, const std::string& bytes) {
  auto mark = document::secrecy_mark_in_name(name_of(command.from));
  if (mark.empty()) mark = document::secrecy_mark_in_file(bytes);
  if (mark.empty()) mark = document::secrecy_mark_in(command.note);
  auto fault = document::secrecy_fault(mark);
  if (!fault) return std::nullopt;
  return refusal_of(*fault, command.from.empty() ? "--note" : command.from);
}

// What is handed in: rows of a table, 无变化 for all, or a paper of which only the file is kept.
Found<document::TableReading> read(const Command& command, const std::string& bytes,
                                   const document::TableOf& table) {
  if (command.unchanged) return document::TableReading{document::rows_unchanged(table), {}};
  if (command.paper) return document::TableReading{};
  auto cells = document::read_sheet(bytes);
  if (!cells) return std::unexpected(refusal_of(cells.error(), command.from));
  auto reading = document::read_table(*cells, table);
  if (!reading) return std::unexpected(refusal_of(reading.error(), command.from));
  return std::move(*reading);
}

int refused(const engine::Refusal& refusal, Console& console) {
  print_refusal(refusal, console);
  return not_asked;
}

json::object body_of(const Command& command, const document::TableReading& reading) {
  json::array rows;
  for (const auto& row : reading.rows) rows.push_back(row_object(row));
  json::object body{{"kind", to_word(FactKind::submitted)},
                    {"duty", command.duty},
                    {"period", command.period},
                    {"units", json::array(command.units.begin(), command.units.end())},
                    {"rows", std::move(rows)}};
  for (auto [key, text] : {std::pair{"plan", &command.plan}, std::pair{"clause", &command.clause},
                           std::pair{"at", &command.at}, std::pair{"note", &command.note}}) {
    if (!text->empty()) body[key] = *text;
  }
  return body;
}

}  // namespace

int submit(const Command& command, Console& console) {
  auto files = read_plans(command, console);
  if (!files) return not_asked;
  auto plans = files->all();
  auto duty = control::find_duty(plans, command.plan, command.duty);
  if (!duty) return refused(duty.error(), console);
  const auto& plan = duty->timetable->plan();
  auto unit = control::find_unit(plan, command.units.front());
  if (!unit) return refused(unit.error(), console);
  if (command.from.empty() && !command.unchanged) {
    return refused({"bad-request",
                    both("没有说报的是哪个文件", "no file to hand in is given"),
                    both("加上 --from 文件;各条都没有新进展的,加上 --unchanged",
                         "add --from FILE, or --unchanged if no clause has any progress")},
                   console);
  }
  auto bytes = command.from.empty() ? Found<std::string>{} : bytes_from(command.from);
  if (!bytes) return refused(bytes.error(), console);
  if (auto marked = secret(command, *bytes)) return refused(*marked, console);
  auto reading = read(command, *bytes, {plan, *duty->duty, *unit, command.clause});
  if (!reading) return refused(reading.error(), console);
  auto body = body_of(command, *reading);
  if (!bytes->empty()) {
    auto digest = keep_file(command, *bytes, console);
    if (!digest) return digest.error();
    body["files"] = json::array{json::object{
        {"name", name_of(command.from)}, {"digest", *digest}, {"bytes", bytes->size()}}};
  }
  auto reply = ask(command, "POST", "/api/v1/facts", json::serialize(body), console);
  if (!reply) return reply.error();
  if (command.json) {
    console.out << *reply << '\n';
    return well;
  }
  print_facts(*reply, command, console);
  for (const auto& remark : reading->remarks) {
    auto said = refusal_of(remark, command.from);
    auto line = said.mend.empty() ? said.message
                                  : both("{}({})", "{} ({})", said.message, said.mend);
    console.err << "  " << line.in(console.language) << '\n';
  }
  return well;
}

}  // namespace duban::ctl
