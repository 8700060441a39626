#include "control/document_request.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "control/json_parts.h"
#include "control/time_words.h"
#include "message/words.h"
#include "schedule/draft_time.h"
#include "settings/report.h"

namespace duban::control {
namespace {

namespace json = boost::json;
using document::FileType;
using engine::Refusal;
using message::form_word;

constexpr std::string_view visit_word = "visit";
constexpr std::array forms{plan::Form::dispatch, plan::Form::briefing, plan::Form::register_};

std::unexpected<Refusal> bad(Bilingual message, Bilingual mend) {
  return std::unexpected(Refusal{"bad-request", std::move(message), std::move(mend)});
}

// Nothing: 一页纸.
Found<std::optional<plan::Form>> form_of(const std::string& word) {
  if (word == visit_word) return std::nullopt;
  for (auto form : forms) {
    if (form_word(form) == word) return form;
  }
  std::vector<std::string> known{std::string{visit_word}};
  for (auto form : forms) known.emplace_back(form_word(form));
  auto near = settings::suggest(word, known);
  if (near.empty()) {
    near = {"写 dispatch、briefing、register 或 visit",
            "write dispatch, briefing, register or visit"};
  }
  return bad(both("没有这种文件{}", "there is no document {}", settings::in_quotes(word)),
             std::move(near));
}

bool writes(const plan::Duty& duty, plan::Form form) {
  return duty.document && duty.document->form == form;
}

Found<FoundDuty> duty_of(const Fields& query, Timetables plans, plan::Form form) {
  auto plan = value_of(query, "plan");
  if (auto word = value_of(query, "duty"); !word.empty()) {
    auto found = find_duty(plans, plan, word);
    if (!found || writes(*found->duty, form)) return found;
    return bad(both("{}不写 {}", "{} writes no {}", settings::in_quotes(found->duty->name),
                    form_word(form)),
               {"方案里写了 document 的事项才写", "name a duty that has document in the plan"});
  }
  std::vector<FoundDuty> found;
  Bilingual ids;
  for (const auto* timetable : plans) {
    if (!plan.empty() && timetable->plan().id != plan) continue;
    for (const auto& duty : timetable->plan().duties) {
      if (!writes(duty, form)) continue;
      found.push_back({timetable, &duty});
      auto id = both("{} 的 {}", "{1} of {0}", timetable->plan().id, duty.id);
      ids = ids.empty() ? std::move(id) : both("{}、{}", "{}, {}", ids, id);
    }
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return std::unexpected(Refusal{"unknown-document",
                                   both("没有事项写 {}", "no duty writes a {}", form_word(form)),
                                   {"在 plan.toml 那个事项里写 document",
                                    "write document in that duty in plan.toml"}});
  }
  return std::unexpected(Refusal{"which-duty",
                                 both("几个事项都写 {}:{}", "several duties write a {}: {}",
                                      form_word(form), ids),
                                 {"加上 --plan 或 --duty", "add --plan or --duty"}});
}

// The newest whose draft is due by now; before the first, that one.
Found<std::string> period_of(const Fields& query, const FoundDuty& duty, Instant now) {
  if (auto word = value_of(query, "period"); !word.empty()) return find_period(duty, word);
  const auto& occurrences = duty.timetable->occurrences();
  std::string chosen;
  for (std::size_t index = 0; index < occurrences.size(); ++index) {
    if (&duty.timetable->plan().duties[occurrences[index].duty] != duty.duty) continue;
    auto at = schedule::draft_at(*duty.timetable, index);
    if (chosen.empty() || (at && *at <= now)) chosen = occurrences[index].period;
  }
  if (!chosen.empty()) return chosen;
  return bad(both("{}没有期次", "{} has no period", settings::in_quotes(duty.duty->name)),
             {"看 dubanctl agenda", "see dubanctl agenda"});
}

std::vector<std::string> words_of(std::string_view list) {
  std::vector<std::string> words;
  while (!list.empty()) {
    auto comma = list.find(',');
    if (comma != 0) words.emplace_back(list.substr(0, comma));
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return words;
}

Found<const schedule::Timetable*> fill_visit(const Fields& query, Timetables plans,
                                             DocumentRequest& request) {
  auto words = words_of(value_of(query, "unit"));
  if (words.empty()) {
    return bad({"没有说去哪几个单位", "no unit to visit is named"},
               {"写单位,按走的次序,可以写几个", "write one or more units, in order of the visit"});
  }
  const schedule::Timetable* of = nullptr;
  for (const auto& word : words) {
    auto found = find_unit(plans, value_of(query, "plan"), word);
    if (!found) return std::unexpected(found.error());
    if (of != nullptr && found->timetable != of) {
      return bad({"这几个单位不在一个方案里", "these units are not in one plan"},
                 {"分开写,或加上 --plan", "ask for each plan's units apart, or add --plan"});
    }
    of = found->timetable;
    request.order.units.push_back(found->unit);
  }
  request.types = document::types_of_visit();
  return of;
}

Found<const schedule::Timetable*> fill_duty(const Fields& query, Timetables plans, plan::Form form,
                                            Instant now, DocumentRequest& request) {
  auto duty = duty_of(query, plans, form);
  if (!duty) return std::unexpected(duty.error());
  auto period = period_of(query, *duty, now);
  if (!period) return std::unexpected(period.error());
  request.order.duty = duty->duty->id;
  request.order.period = std::move(*period);
  request.types = document::types_of(form);
  return duty->timetable;
}

Found<FileType> type_of(const std::string& word, const std::vector<FileType>& types) {
  if (word.empty()) return types.front();
  std::vector<std::string> known;
  for (auto type : types) {
    if (document::ending_of(type) == word) return type;
    known.emplace_back(document::ending_of(type));
  }
  return bad(both("不写成{}", "it is not written as {}", settings::in_quotes(word)),
             both("写成 {}", "write it as one of: {}", settings::listed(known)));
}

}  // namespace

Found<DocumentRequest> document_request(const Fields& query,
                                        std::span<const engine::PlanRun* const> plans,
                                        Instant now) {
  auto form = form_of(value_of(query, "form"));
  if (!form) return std::unexpected(form.error());
  DocumentRequest request;
  auto timetables = timetables_of(plans);
  auto of = *form ? fill_duty(query, timetables, **form, now, request)
                  : fill_visit(query, timetables, request);
  if (!of) return std::unexpected(of.error());
  request.order.plan = (*of)->plan().id;
  auto type = type_of(value_of(query, "type"), request.types);
  if (!type) return std::unexpected(type.error());
  request.order.type = *type;
  // A register is of the day it is asked for; what its own duty gave out lies with that notice.
  if (*form == plan::Form::register_) request.order.as_of = now;
  if (auto at = value_of(query, "at"); !at.empty()) {
    auto moment = read_past(at, now, (*of)->zone());
    if (!moment) return std::unexpected(moment.error());
    request.order.as_of = *moment;
  }
  return request;
}

std::string written_document(const DocumentRequest& request,
                             const engine::WrittenDocument& written, const calendar::Zone& zone) {
  json::array types;
  for (auto type : request.types) types.emplace_back(document::ending_of(type));
  return json::serialize(json::object{{"plan", request.order.plan},
                                      {"duty", text_or_null(request.order.duty)},
                                      {"period", text_or_null(request.order.period)},
                                      {"as_of", time_or_null(written.as_of, &zone)},
                                      {"types", std::move(types)},
                                      {"name", written.file.name},
                                      {"type", written.file.type},
                                      {"bytes", encode_base64(written.file.bytes)}});
}

}  // namespace duban::control
