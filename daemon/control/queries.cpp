#include "control/queries.h"

#include <algorithm>

#include "control/names.h"
#include "control/time_words.h"
#include "settings/report.h"

namespace duban::control {

using engine::Refusal;

namespace {

Found<std::optional<Day>> day_in(const Fields& query, const std::string& key, int year) {
  auto word = value_of(query, key);
  if (word.empty()) return std::nullopt;
  auto day = read_day(word, year);
  if (!day) return std::unexpected(day.error());
  return std::optional{*day};
}

Found<Instant> read_since(std::string_view word, Instant now, const calendar::Zone& zone) {
  // A day begins with its first second here.
  if (auto day = read_day(word, year_of(zone.day_of(now)))) return zone.to_instant(Civil{*day});
  return read_past(word, now, zone);
}

// Of one plan: a unit is called by its name there, a day begins in its zone.
Found<ledger::NoticeQuery> notice_query(const Fields& query, const schedule::Timetable& plan,
                                        Instant now) {
  ledger::NoticeQuery asked{.plan = plan.plan().id};
  if (query.contains("unit")) {
    auto unit = find_unit(plan.plan(), value_of(query, "unit"));
    if (!unit) return std::unexpected(unit.error());
    asked.unit = *unit;
  }
  if (auto word = value_of(query, "state"); !word.empty()) {
    asked.state = from_word<NoticeState>(word);
    if (!asked.state) {
      return std::unexpected(Refusal{
          "bad-request", both("没有状态{}", "there is no state {}", settings::in_quotes(word)),
          {"如 delivered、failed、drafted、retrying",
           "write one such as delivered, failed, drafted or retrying"}});
    }
  }
  if (auto word = value_of(query, "since"); !word.empty()) {
    auto since = read_since(word, now, plan.zone());
    if (!since) return std::unexpected(since.error());
    asked.since = *since;
  }
  return asked;
}

bool share_a_zone(Timetables plans) {
  return std::ranges::all_of(plans, [&](const auto* one) {
    return one->plan().zone == plans.front()->plan().zone;
  });
}

}  // namespace

Found<engine::AgendaFilter> agenda_filter(const Fields& query, const schedule::Timetable& plan,
                                          Timetables plans) {
  engine::AgendaFilter filter;
  for (auto [key, into] : {std::pair{"from", &filter.from}, std::pair{"to", &filter.to}}) {
    auto day = day_in(query, key, plan.plan().year);
    if (!day) return std::unexpected(day.error());
    *into = *day;
  }
  if (auto word = value_of(query, "unit"); !word.empty()) {
    auto unit = find_unit(plan.plan(), word);
    if (!unit) return std::unexpected(unit.error());
    filter.unit = *unit;
  }
  if (auto word = value_of(query, "duty"); !word.empty()) {
    auto duty = find_duty(plans, value_of(query, "plan"), word);
    if (!duty) return std::unexpected(duty.error());
    filter.duty = duty->duty->id;
  }
  return filter;
}

Found<std::vector<ledger::NoticeQuery>> notice_queries(const Fields& query, Timetables plans,
                                                       Instant now) {
  auto id = value_of(query, "plan");
  if (!id.empty()) {
    auto plan = find_plan(plans, id);
    if (!plan) return std::unexpected(plan.error());
  }
  bool of_any = id.empty() && !query.contains("unit") && !plans.empty() && share_a_zone(plans);
  if (of_any) {
    auto one = notice_query(query, *plans.front(), now);
    if (!one) return std::unexpected(one.error());
    one->plan.clear();
    return std::vector{std::move(*one)};
  }
  std::vector<ledger::NoticeQuery> queries;
  std::optional<Refusal> refusal;
  for (const auto* one : plans) {
    if (!id.empty() && one->plan().id != id) continue;
    auto asked = notice_query(query, *one, now);
    if (asked) {
      queries.push_back(std::move(*asked));
    } else {
      refusal = asked.error();
    }
  }
  if (queries.empty() && refusal) return std::unexpected(*refusal);
  return queries;
}

}  // namespace duban::control
