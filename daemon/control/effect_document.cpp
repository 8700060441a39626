#include "control/effect_document.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "control/documents.h"
#include "control/json_parts.h"

namespace duban::control {
namespace {

namespace json = boost::json;
using engine::PlanEffect;

void add_tallies(const engine::Tallies& tallies, json::object& object) {
  for (std::size_t i = 0; i < engine::change_kinds; ++i) {
    const auto& tally = tallies.by_kind.at(i);
    object[engine::to_word(static_cast<engine::ChangeKind>(i))] = json::object{
        {"items", tally.items}, {"notices", tally.notices}, {"units", tally.units}};
  }
  object["units"] = tallies.units;
}

json::object messages_object(const engine::Messages& messages) {
  return {{"before", messages.before}, {"after", messages.after}};
}

json::value name_of(const std::map<std::string, std::string>& names, const std::string& id) {
  auto found = names.find(id);
  return text_or_null(found == names.end() ? id : found->second);
}

json::array duty_list(const PlanEffect& effect) {
  json::array list;
  for (const auto& one : effect.sums.duties) {
    json::object due{{"before", time_or_null(one.due_before, &effect.zone)},
                     {"after", time_or_null(one.due_after, &effect.zone)}};
    json::object object{{"id", text_or_null(one.duty)},
                        {"name", name_of(effect.duties, one.duty)},
                        {"period", text_or_null(one.period)},
                        {"due", std::move(due)}};
    add_tallies(one.tallies, object);
    list.push_back(std::move(object));
  }
  return list;
}

json::array span_list(const std::vector<engine::SpanEffect>& spans) {
  json::array list;
  for (const auto& one : spans) {
    json::object object{{"id", one.id},
                        {"first", format_day(one.from)},
                        {"last", format_day(one.to)},
                        {"messages", messages_object(one.messages)}};
    add_tallies(one.tallies, object);
    list.push_back(std::move(object));
  }
  return list;
}

json::array unit_list(const PlanEffect& effect) {
  json::array list;
  for (const auto& one : effect.sums.units) {
    json::object object{{"id", text_or_null(one.unit)},
                        {"name", name_of(effect.units, one.unit)},
                        {"messages", messages_object(one.messages)}};
    json::object tally;
    add_tallies(one.tallies, tally);
    tally.erase("units");
    object.insert(tally.begin(), tally.end());
    list.push_back(std::move(object));
  }
  return list;
}

json::array breach_list(const std::vector<engine::Breach>& breaches, const PlanEffect& effect) {
  json::array list;
  for (const auto& one : breaches) {
    bool pre_due = one.what == engine::Breach::What::pre_due;
    list.push_back(json::object{{"unit", one.unit},
                                {"name", name_of(effect.units, one.unit)},
                                {"month", one.month},
                                {"what", pre_due ? "pre_due" : "requests"},
                                {"count", one.count},
                                {"budget", one.budget}});
  }
  return list;
}

json::value side_object(const std::optional<engine::Prospect>& side, const calendar::Zone& zone) {
  if (!side) return {};
  return json::object{{"at", time_or_null(side->at, &zone)},
                      {"stage", text_or_null(side->item.key.stage)},
                      {"due", time_or_null(side->item.due, &zone)},
                      {"was_due", time_or_null(side->item.was_due, &zone)},
                      {"notice", side->notice},
                      {"contact", text_or_null(side->contact)},
                      {"endpoint", side->endpoint},
                      {"draft", side->drafted}};
}

json::array change_list(const PlanEffect& effect) {
  json::array list;
  for (const auto& one : effect.changes) {
    const auto& key = one.key();
    list.push_back(json::object{{"change", engine::to_word(one.kind)},
                                {"kind", to_word(key.kind)},
                                {"duty", text_or_null(key.about.duty)},
                                {"period", text_or_null(key.about.period)},
                                {"unit", text_or_null(key.about.unit)},
                                {"clause", text_or_null(key.about.slice)},
                                {"audience", to_word(key.audience)},
                                {"telling", key.telling},
                                {"before", side_object(one.from, effect.zone)},
                                {"after", side_object(one.to, effect.zone)}});
  }
  return list;
}

}  // namespace

json::object effect_object(const PlanEffect& effect) {
  json::object all;
  add_tallies(effect.sums.all, all);
  return {{"id", effect.plan},
          {"year", effect.year},
          {"from", time_or_null(effect.from, &effect.zone)},
          {"from_the_beginning", effect.from_the_beginning},
          {"messages", messages_object(effect.sums.messages)},
          {"all", std::move(all)},
          {"duties", duty_list(effect)},
          {"weeks", span_list(effect.sums.weeks)},
          {"months", span_list(effect.sums.months)},
          {"units", unit_list(effect)},
          {"breaches", json::object{{"before", breach_list(effect.breaches_before, effect)},
                                    {"after", breach_list(effect.breaches_after, effect)}}},
          {"changes", change_list(effect)}};
}

std::string difference_document(const engine::Difference& difference) {
  json::value plan;
  if (difference.effect) plan = effect_object(*difference.effect);
  return json::serialize(json::object{{"plan", std::move(plan)},
                                      {"diagnostics", diagnostics_list(difference.diagnostics)}});
}

}  // namespace duban::control
