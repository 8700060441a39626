#include "control/explain_route.h"

#include <algorithm>

#include "control/explain_text.h"

namespace duban::control {
namespace {

using engine::Refusal;

struct Asked {
  std::string plan;
  schedule::AssignmentKey about;
};

// What a plan told once and has no more is asked for by its ids.
std::optional<Asked> told_once(const engine::Engine& engine, const Fields& query) {
  auto duty = value_of(query, "duty");
  auto period = value_of(query, "period");
  for (const auto* run : engine.plans()) {
    auto unit = find_unit(run->plan(), value_of(query, "unit"));
    auto unit_id = unit ? *unit : value_of(query, "unit");
    for (const auto& [key, told] : run->record().told()) {
      bool same = key.duty == duty && key.unit == unit_id &&
                  (period.empty() || key.period == period);
      if (same) return Asked{run->plan().id, {duty, period, unit_id, ""}};
    }
  }
  return std::nullopt;
}

Found<Asked> read(Timetables plans, const Fields& query) {
  auto duty = find_duty(plans, value_of(query, "plan"), value_of(query, "duty"));
  if (!duty) return std::unexpected(duty.error());
  const auto& plan = duty->timetable->plan();
  auto unit = find_unit(plan, value_of(query, "unit"));
  if (!unit) return std::unexpected(unit.error());
  Asked asked{plan.id, {duty->duty->id, "", *unit, ""}};
  if (auto word = value_of(query, "period"); !word.empty()) {
    auto period = find_period(*duty, word);
    if (!period) return std::unexpected(period.error());
    asked.about.period = *period;
  }
  return asked;
}

Found<Asked> asked_about(const engine::Engine& engine, const Fields& query) {
  if (!query.contains("unit") || !query.contains("duty")) {
    return std::unexpected(Refusal{
        "bad-request", {"没有说要解释什么", "what to explain is not said"},
        {"写通知的 id(ntc_…),或 --unit 单位 --duty 事项",
         "write the id of a notice (ntc_…), or --unit UNIT --duty DUTY"}});
  }
  auto plans = timetables_of(engine.plans());
  auto found = read(plans, query);
  if (found) return found;
  auto once = told_once(engine, query);
  return once ? Found<Asked>{*once} : found;
}

// In the language asked for, else in the plan's.
Reply page_in(const engine::Engine& engine, const engine::Page& page,
              std::optional<Tongue> wanted) {
  const auto* run = engine.find_plan(page.plan);
  auto own = run ? run->plan().language : Tongue::chinese;
  return {.status = 200,
          .body = explain_document(page, explain_text(page, wanted.value_or(own)))};
}

}  // namespace

boost::asio::awaitable<Reply> explain(engine::Engine& engine, Fields query) {
  auto word = value_of(query, "lang");
  auto tongue = tongue_of(word);
  if (!tongue && !word.empty()) {
    co_return refused({"bad-request", both("没有语言“{}”", "there is no language “{}”", word),
                       {"写 zh 或 en", "write zh or en"}});
  }
  if (auto id = value_of(query, "notice"); !id.empty()) {
    auto page = co_await engine.explain_notice(id);
    if (!page) co_return refused(page.error());
    co_return page_in(engine, *page, tongue);
  }
  auto asked = asked_about(engine, query);
  if (!asked) co_return refused(asked.error());
  auto page = co_await engine.explain_assignment(asked->plan, asked->about);
  if (!page) co_return refused(page.error());
  co_return page_in(engine, *page, tongue);
}

}  // namespace duban::control
