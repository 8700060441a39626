// `report issued FILE --no 2`: what the office made of a draft and sent out. The file is kept, its
// number, day and digest are recorded.

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <ostream>

#include "ctl/client.h"
#include "ctl/fact_screen.h"
#include "ctl/handed_file.h"
#include "ctl/paper_name.h"
#include "ctl/plan_files.h"
#include "settings/report.h"

namespace duban::ctl {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using control::Found;

int refused(const engine::Refusal& refusal, Console& console) {
  print_refusal(refusal, console);
  return not_asked;
}

Found<NamedPaper> issued_paper(const Command& command, const std::string& file,
                               const PlanFiles& files) {
  auto plans = files.all();
  auto named = paper_named(fs::path{file}.filename().string(), plans);
  if (command.duty.empty() && command.period.empty()) {
    if (named) return *named;
    return std::unexpected(engine::Refusal{
        "which-paper",
        both("从文件名看不出是哪一期的什么:{}",
             "the file name does not say which document of which period it is: {}",
             settings::in_quotes(file)),
        both("加上 --duty 事项 --period 期;或用草稿原来的文件名",
             "add --duty DUTY --period PERIOD, or use the name that the draft had")});
  }
  auto word = command.duty.empty() && named ? named->duty : command.duty;
  auto duty = control::find_duty(plans, command.plan, word);
  if (!duty) return std::unexpected(duty.error());
  auto period = control::find_period(*duty, command.period.empty() && named ? named->period
                                                                            : command.period);
  if (!period) return std::unexpected(period.error());
  return NamedPaper{duty->timetable, duty->duty->id, std::move(*period)};
}

}  // namespace

int report_issued(const Command& command, Console& console) {
  if (command.units.size() != 1 || command.number.empty()) {
    return refused({"bad-request",
                    both("要写印发的文件和期号", "the issued file and its number must be given"),
                    both("dubanctl report issued 文件 --no 2 --date 06-30",
                         "dubanctl report issued FILE --no 2 --date 06-30")},
                   console);
  }
  auto files = read_plans(command, console);
  if (!files) return not_asked;
  const auto& file = command.units.front();
  auto paper = issued_paper(command, file, *files);
  if (!paper) return refused(paper.error(), console);
  auto bytes = bytes_from(file);
  if (!bytes) return refused(bytes.error(), console);
  if (bytes->empty()) {
    return refused({"bad-request", both("{} 是空的", "{} is empty", file), {}}, console);
  }
  auto digest = keep_file(command, *bytes, console);
  if (!digest) return digest.error();
  json::object body{{"kind", to_word(FactKind::issued)},
                    {"plan", paper->timetable->plan().id},
                    {"duty", paper->duty},
                    {"period", paper->period},
                    {"number", command.number},
                    {"digest", *digest}};
  if (!command.date.empty()) body["at"] = command.date;
  auto reply = ask(command, "POST", "/api/v1/facts", json::serialize(body), console);
  if (!reply) return reply.error();
  if (command.json) console.out << *reply << '\n';
  else print_facts(*reply, command, console);
  return well;
}

}  // namespace duban::ctl
