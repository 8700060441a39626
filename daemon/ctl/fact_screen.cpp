#include "ctl/fact_screen.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <ostream>

#include "ctl/json_reading.h"
#include "ctl/plan_files.h"
#include "ctl/words.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;

std::string fact_words(const json::object& fact, const PlanFiles& names, const std::string& id) {
  const auto* plan = names.find(id);
  auto duty_id = text_in(fact, "duty");
  auto unit = text_in(fact, "unit");
  const auto* duty = plan == nullptr ? nullptr : plan->find_duty(duty_id);
  if (plan != nullptr && !unit.empty()) unit = plan->name_of(unit);
  auto text = fmt::format("{} {} {}", text_in(fact, "period"),
                          duty == nullptr ? duty_id : duty->name, unit);
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

std::string kind_of_fact(const std::string& kind) {
  if (kind == "received") return "收到";
  if (kind == "checked") return "收件已核";
  if (kind == "held") return "已召开";
  if (kind == "extended") return "延期";
  if (kind == "excused") return "免报";
  if (kind == "voided") return "作废";
  if (kind == "silenced") return "静默";
  if (kind == "submitted") return "报来";
  if (kind == "accepted") return "采用";
  if (kind == "returned") return "退回";
  if (kind == "asked") return "申请延期";
  if (kind == "declined") return "不同意";
  if (kind == "not-ours") return "不归本单位办";
  if (kind == "reassigned") return "改派";
  if (kind == "called") return "通话记要";
  if (kind == "issued") return "印发";
  return kind;
}

}  // namespace

void print_facts(const std::string& document, const Command& command, const Console& console) {
  auto names = read_names(command);
  auto object = object_of(document);
  auto year = names.year_of(text_in(object, "plan"));
  for (const auto& one : objects_in(object, "facts")) {
    const auto& fact = one.as_object();
    auto until = text_in(fact, "until");
    console.out << fmt::format(
        "已登记 {}:{} {},{}{}\n", number_in(fact, "seq"), kind_of_fact(text_in(fact, "kind")),
        fact_words(fact, names, text_in(object, "plan")),
        when_words(text_in(fact, "at"), year),
        until.empty() ? "" : ",延至" + when_words(until, year));
  }
}

}  // namespace duban::ctl
