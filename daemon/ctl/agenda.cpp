// `agenda`: from the daemon, which knows the past, or computed from the files as if nobody hands
// in.

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <ostream>

#include "base/clock.h"
#include "control/queries.h"
#include "ctl/client.h"
#include "ctl/json_reading.h"
#include "ctl/plan_files.h"
#include "ctl/words.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;
using control::Found;

// Of the daemon by its address, of the files as it reads them.
Query query_of(const Command& command) {
  return {{"plan", command.plan}, {"from", command.from}, {"to", command.to},
          {"unit", command.unit}, {"duty", command.duty}};
}

Found<std::string> computed(const Command& command, const PlanFiles& files) {
  std::vector<engine::AgendaRow> rows;
  std::optional<engine::Refusal> refused;
  bool any = false;
  auto plans = files.all();
  for (const auto* one : plans) {
    auto filter = control::agenda_filter(query_of(command), *one, plans);
    if (!filter) {
      refused = filter.error();
      continue;
    }
    any = true;
    auto more = engine::agenda(*one, {}, SystemClock{}.now(), *filter);
    rows.insert(rows.end(), more.begin(), more.end());
  }
  if (!any && refused) return std::unexpected(*refused);
  return control::agenda_document(std::move(rows), files.zones());
}

std::optional<HttpReply> from_daemon(const Command& command, const PlanFiles& files) {
  if (command.offline || !files.tree.settings) return std::nullopt;
  auto target = with_query("/api/v1/agenda", query_of(command));
  auto reply = request(files.tree.settings->socket, "GET", target);
  if (!reply) return std::nullopt;
  return std::move(*reply);
}

const plan::Plan* plan_of(const PlanFiles& files, const std::string& id) {
  for (const auto& one : files.timetables) {
    if (one->plan().id == id) return &one->plan();
  }
  return nullptr;
}

void add_row(const json::object& row, const PlanFiles& files, Table& table) {
  const auto* plan = plan_of(files, text_in(row, "plan"));
  auto year = plan == nullptr ? 0 : plan->year;
  auto id = text_in(row, "duty");
  const auto* duty = plan == nullptr ? nullptr : plan->find_duty(id);
  std::vector<std::string> units;
  for (const auto& unit : texts_in(row, "units")) {
    units.push_back(plan == nullptr ? unit : plan->name_of(unit));
  }
  auto state = state_words(text_in(row, "state"));
  if (flag_in(row, "provisional")) state += "(暂定)";
  auto audience = text_in(row, "audience");
  auto stage = stage_words(text_in(row, "stage"));
  if (audience == "leader") stage += "(" + audience_words(audience) + ")";
  table.add({when_words(text_in(row, "at"), year), duty == nullptr ? id : duty->name,
             text_in(row, "period"), stage, when_words(text_in(row, "due"), year), state,
             few_of(units, 3)});
}

void print(const std::string& document, const PlanFiles& files, const Console& console) {
  Table table{{"时间", "事项", "期", "节点", "截止", "状态", "单位"}};
  auto stages = list_of(document, "stages");
  for (const auto& row : stages) add_row(row.as_object(), files, table);
  if (table.empty()) {
    console.out << "这段时间没有节点\n";
  } else {
    table.print(console);
  }
}

}  // namespace

int agenda(const Command& command, Console& console) {
  auto files = read_plans(command, console);
  if (!files) return not_asked;
  if (files->timetables.empty()) {
    print_refusal({"no-plan", both("配置里没有方案", "there is no plan in the configuration"),
                   both("在 plans 目录下放一个方案", "put a plan into the folder plans")},
                  console);
    return not_asked;
  }
  auto document = computed(command, *files);
  if (!document) {
    print_refusal(document.error(), console);
    return not_asked;
  }
  if (auto reply = from_daemon(command, *files); reply && reply->status == 200) {
    *document = std::move(reply->body);
  }
  if (command.json) {
    console.out << *document << '\n';
  } else {
    print(*document, *files, console);
  }
  return well;
}

}  // namespace duban::ctl
