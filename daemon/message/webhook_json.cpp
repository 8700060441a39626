#include "message/webhook_json.h"

#include <algorithm>
#include <boost/json.hpp>

namespace duban::message {
namespace {

namespace json = boost::json;

json::value or_null(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(json::string(text));
}

json::array clauses_of(const PlanFacts& facts, const schedule::AssignmentKey& key) {
  json::array clauses;
  const auto* duty = facts.duty(key.duty);
  if (!duty) return clauses;
  for (const auto* task : facts.rows(*duty, key.unit, key.slice)) {
    clauses.emplace_back(json::string(task->id));
  }
  // A milestone and an action fill no row.
  if (clauses.empty() && !duty->task.empty()) clauses.emplace_back(json::string(duty->task));
  return clauses;
}

// The due time told; where it is still known, with what the assignment knows of it.
std::string due_words(const Scene& scene, const schedule::Telling& telling) {
  const auto& due = telling.item.due;
  const auto* assignment = scene.assignment(telling);
  bool has_hour = due && time_of(scene.zone().to_civil(*due)) != end_of_day;
  return scene.due_words(due, has_hour, assignment && assignment->provisional);
}

json::object item_json(const Scene& scene, const schedule::Telling& telling, bool group) {
  const auto& [key, planned_at, due, was_due, late, reason] = telling.item;
  const auto* duty = scene.duty(key.about);
  json::object item;
  item.reserve(11);
  item["kind"] = to_word(key.kind);
  item["unit"] = group ? json::value(nullptr) : or_null(key.about.unit);
  item["duty"] = or_null(key.about.duty);
  item["name"] = or_null(duty ? std::string_view{duty->name} : std::string_view{});
  item["clauses"] = group ? json::array() : clauses_of(scene.facts, key.about);
  item["period"] = or_null(key.about.period);
  item["stage"] = or_null(key.stage);
  item["audience"] = to_word(key.audience);
  item["due"] = due ? or_null(scene.zone().format(*due)) : json::value(nullptr);
  item["due_text"] = key.about.duty.empty() ? json::value(nullptr)
                                            : or_null(due_words(scene, telling));
  item["late"] = late;
  return item;
}

}  // namespace

std::string webhook_json(const PlanFacts& facts, const RenderContext& context,
                         const schedule::NoticePlan& notice, const std::string& id,
                         const Message& message, const std::string& text) {
  auto now = context.timetable.zone().to_civil(context.now);
  Scene scene{facts, context, now, day_of(now)};
  json::array items;
  for (const auto& telling : notice.tellings) {
    auto item = item_json(scene, telling, message.group);
    bool twice = message.group && std::ranges::find(items, json::value(item)) != items.end();
    if (!twice) items.push_back(std::move(item));
  }
  json::object data{{"notice", id},
                    {"plan", facts.plan().id},
                    {"items", std::move(items)},
                    {"text", text},
                    {"reply", nullptr}};
  json::object body{{"type", "duban.notice"},
                    {"timestamp", scene.zone().format(context.now)},
                    {"data", std::move(data)}};
  return json::serialize(body);
}

}  // namespace duban::message
