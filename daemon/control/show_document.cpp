// The plan as understood. Addresses are never shown, and no contact of contacts.private.toml
// differs here from any other: an id, a post, the names of its channels.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "control/documents.h"
#include "control/json_parts.h"

namespace duban::control {
namespace {

namespace json = boost::json;

json::array phases_of(const plan::Plan& plan) {
  json::array list;
  for (const auto& phase : plan.phases) {
    list.push_back(json::object{{"id", phase.id},
                                {"name", phase.name},
                                {"from", day_or_null(phase.from)},
                                {"to", day_or_null(phase.to)}});
  }
  return list;
}

json::array contacts_of(const plan::Plan& plan, std::string_view unit) {
  json::array list;
  for (const auto& contact : plan.contacts) {
    if (contact.unit != unit) continue;
    std::vector<std::string> channels;
    for (const auto& id : contact.endpoints) {
      const auto* endpoint = plan.find_endpoint(id);
      if (endpoint != nullptr) channels.push_back(endpoint->channel);
    }
    list.push_back(json::object{{"id", contact.id},
                                {"name", text_or_null(contact.name)},
                                {"role", contact.role == plan::Role::leader ? "leader" : "liaison"},
                                {"channels", text_list(channels)}});
  }
  return list;
}

json::array units_of(const plan::Plan& plan) {
  json::array list;
  for (const auto& unit : plan.units) {
    list.push_back(json::object{{"id", unit.id},
                                {"name", unit.name},
                                {"aliases", text_list(unit.aliases)},
                                {"groups", text_list(unit.groups)},
                                {"contacts", contacts_of(plan, unit.id)}});
  }
  return list;
}

json::array parties_of(const plan::Plan& plan) {
  json::array list;
  for (const auto& party : plan.parties) {
    list.push_back(json::object{{"id", party.id}, {"name", party.name}});
  }
  return list;
}

json::array tasks_of(const plan::Plan& plan) {
  json::array list;
  for (const auto& task : plan.tasks) {
    list.push_back(json::object{{"id", task.id},
                                {"clause", task.clause},
                                {"text", task.text},
                                {"leads", text_list(task.leads)},
                                {"responsible", text_list(task.responsible)},
                                {"reporters", text_list(task.reporters)}});
  }
  return list;
}

json::array periods_of(const schedule::Timetable& timetable, std::size_t duty) {
  json::array list;
  for (const auto& occurrence : timetable.occurrences()) {
    if (occurrence.duty != duty) continue;
    bool provisional = occurrence.provisional || occurrence.ask_by_provisional;
    list.push_back(json::object{{"id", occurrence.period},
                                {"due", time_or_null(occurrence.due, &timetable.zone())},
                                {"ask_by", time_or_null(occurrence.ask_by, &timetable.zone())},
                                {"decided", occurrence.dating == calendar::Dating::dated},
                                {"provisional", provisional}});
  }
  return list;
}

std::vector<std::string> owners_of(const plan::Plan& plan, const plan::Duty& duty) {
  if (!duty.by_clause) return duty.who;
  std::vector<std::string> owners;
  for (const auto& unit : plan.units) {
    bool owes = std::ranges::any_of(duty.units_of_clause, [&](const auto& clause) {
      return std::ranges::find(clause.second, unit.id) != clause.second.end();
    });
    if (owes) owners.push_back(unit.id);
  }
  return owners;
}

std::string_view origin_word(plan::Origin origin) {
  switch (origin) {
    case plan::Origin::duty: return "duty";
    case plan::Origin::milestone: return "milestone";
    case plan::Origin::action: return "action";
  }
  return "";
}

json::value span_or_null(const std::optional<plan::NumberSpan>& span) {
  return span ? json::value(plan::format_span(*span)) : json::value(nullptr);
}

json::value flag_or_null(std::optional<bool> flag) {
  return flag ? json::value(*flag) : json::value(nullptr);
}

json::object condition_object(const plan::LampCondition& condition) {
  json::array reported;
  for (auto state : condition.reported) reported.emplace_back(to_word(state));
  return {{"milestone", flag_or_null(condition.milestone)},
          {"done", flag_or_null(condition.done)},
          {"extended", flag_or_null(condition.extended)},
          {"left", span_or_null(condition.left)},
          {"behind", span_or_null(condition.behind)},
          {"moved", span_or_null(condition.moved)},
          {"reminders", span_or_null(condition.reminders)},
          {"reported", std::move(reported)},
          {"by_hand", condition.by_hand},
          {"tasks", text_list(condition.tasks)}};
}

json::array lamps_of(const plan::Plan& plan) {
  json::array list;
  for (const auto& lamp : plan.lamps) {
    json::array when;
    for (const auto& condition : lamp.when) when.push_back(condition_object(condition));
    list.push_back(json::object{{"word", lamp.word},
                                {"colour", plan::to_word(lamp.colour)},
                                {"when", std::move(when)},
                                {"rule", plan::lamp_rule(lamp)},
                                {"regrade", lamp.by_month ? json::value("month")
                                                          : json::value(nullptr)}});
  }
  return list;
}

json::array duties_of(const schedule::Timetable& timetable) {
  const auto& plan = timetable.plan();
  json::array list;
  for (std::size_t index = 0; index < plan.duties.size(); ++index) {
    const auto& duty = plan.duties[index];
    list.push_back(json::object{{"id", duty.id},
                                {"name", duty.name},
                                {"origin", origin_word(duty.origin)},
                                {"clause", text_or_null(duty.clause)},
                                {"task", text_or_null(duty.task)},
                                {"source", text_or_null(duty.source)},
                                {"closes", text_or_null(duty.closes)},
                                {"not_ours", duty.not_ours},
                                {"basis", basis_word(duty.basis)},
                                {"to", text_list(duty.to)},
                                {"copy", text_list(duty.copy)},
                                {"units", text_list(owners_of(plan, duty))},
                                {"periods", periods_of(timetable, index)}});
  }
  return list;
}

json::object plan_object(const schedule::Timetable& timetable) {
  const auto& plan = timetable.plan();
  return {{"id", plan.id},
          {"title", plan.title},
          {"document", text_or_null(plan.document)},
          {"year", plan.year},
          {"zone", plan.zone},
          {"office", plan.office.name},
          {"phases", phases_of(plan)},
          {"units", units_of(plan)},
          {"parties", parties_of(plan)},
          {"tasks", tasks_of(plan)},
          {"duties", duties_of(timetable)},
          {"lamps", lamps_of(plan)}};
}

}  // namespace

std::string_view basis_word(plan::Basis basis) {
  switch (basis) {
    case plan::Basis::source: return "source";
    case plan::Basis::office: return "office";
    case plan::Basis::unit: return "unit";
  }
  return "";
}

std::string show_document(Timetables plans) {
  json::array list;
  for (const auto* timetable : plans) list.push_back(plan_object(*timetable));
  return json::serialize(json::object{{"plans", std::move(list)}});
}

}  // namespace duban::control
