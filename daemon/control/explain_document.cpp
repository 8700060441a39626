// An explanation as JSON.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "control/explain_text.h"
#include "control/json_parts.h"

namespace duban::control {
namespace {

namespace json = boost::json;

std::string_view word_of(calendar::Dating dating) {
  switch (dating) {
    case calendar::Dating::dated: return "dated";
    case calendar::Dating::undecided: return "undecided";
    case calendar::Dating::never: return "never";
    case calendar::Dating::waiting: return "waiting";
    case calendar::Dating::excused: return "excused";
  }
  return {};
}

std::string_view word_of(schedule::Standing standing) {
  using enum schedule::Standing;
  switch (standing) {
    case open: return "open";
    case answered: return "answered";
    case excused: return "excused";
    case unchased: return "unchased";
    case before_the_beginning: return "before-the-beginning";
    case dated_too_late: return "dated-too-late";
    case reassigned: return "reassigned";
  }
  return {};
}

std::string_view word_of(calendar::Step::Kind kind) {
  using enum calendar::Step::Kind;
  switch (kind) {
    case by_rule: return "by-rule";
    case counted: return "counted";
    case extended: return "extended";
    case off_day: return "off-day";
    case unpublished: return "unpublished";
    case excused: return "excused";
    case never: return "never";
    case undecided: return "undecided";
    case waiting: return "waiting";
  }
  return {};
}

std::string_view word_of(engine::RoutePart::Choice choice) {
  using enum engine::RoutePart::Choice;
  switch (choice) {
    case first: return "first";
    case past_groups: return "past-groups";
    case around: return "around";
    case fallback: return "fallback";
    case unknown: return "unknown";
  }
  return {};
}

std::string_view word_of(calendar::StageCount::Base base) {
  using enum calendar::StageCount::Base;
  return base == due ? "due" : base == asked ? "ask_by" : "seen";
}

std::string_view word_of(calendar::Gap::Cause cause) {
  using enum calendar::Gap::Cause;
  return cause == weekend ? "weekend" : cause == holiday ? "holiday" : "made-up";
}

json::value reason_or_null(Reason reason) {
  return reason == Reason::none ? json::value() : json::value(to_word(reason));
}

json::value date_or_null(Day day) { return day == Day{} ? json::value() : day_or_null(day); }

json::object cited_object(const engine::Cited& cited) {
  json::value line;
  if (cited.line != 0) line = cited.line;
  return {{"file", text_or_null(cited.file)}, {"line", line}, {"text", text_or_null(cited.text)}};
}

json::array walked_list(const std::vector<calendar::Stride>& strides) {
  json::array list;
  for (const auto& stride : strides) {
    json::array skipped;
    for (const auto& gap : stride.skipped) {
      skipped.push_back(json::object{{"from", format_day(gap.first)},
                                     {"to", format_day(gap.last)},
                                     {"why", word_of(gap.cause)},
                                     {"holiday", text_or_null(gap.holiday)}});
    }
    list.push_back(json::object{{"count", stride.count},
                                {"day", format_day(stride.day.day)},
                                {"made_up", stride.day.made_up},
                                {"skipped", std::move(skipped)}});
  }
  return list;
}

json::object step_object(const calendar::Step& step) {
  json::value time;
  if (step.time) time = format_time_of_day(*step.time);
  return {{"kind", word_of(step.kind)},
          {"of", text_list(step.of)},
          {"softer", step.softer},
          {"period", text_or_null(step.period)},
          {"rule", text_or_null(step.rule)},
          {"from", date_or_null(step.from.day)},
          {"to", date_or_null(step.to.day)},
          {"time", time},
          {"days", step.count},
          {"why", text_or_null(step.excuse)},
          {"counted", walked_list(step.walked)}};
}

class Writer {
 public:
  explicit Writer(const engine::Page& page) : page_(page) {}
  json::object page() const;

 private:
  json::value time(std::optional<Instant> at) const { return time_or_null(at, &*page_.zone); }
  json::value fact(const std::optional<schedule::Fact>& fact) const {
    return fact ? json::value(fact_object(*fact, &*page_.zone)) : json::value();
  }
  json::object stage(const engine::StagePart& stage) const;
  json::object item(const engine::ItemPart& item) const;
  json::object period(const engine::PeriodPart& period) const;
  json::object duty(const engine::DutyPart& duty) const;
  json::object route(const engine::RoutePart& route) const;
  json::object notice(const engine::NoticePart& notice) const;
  json::object row(const engine::StageRow& row) const;
  json::object told(const engine::ToldRow& row) const;
  json::object assignment(const engine::AssignmentPart& part) const;

  const engine::Page& page_;
};

json::object Writer::stage(const engine::StagePart& stage) const {
  json::object object{{"key", stage.key}, {"line", cited_object(stage.line)}};
  object["counts_from"] = nullptr;
  object["base"] = nullptr;
  object["counted"] = json::array{};
  if (stage.count) {
    object["counts_from"] = format_day(day_of(stage.count->from));
    object["base"] = word_of(stage.count->base);
    object["counted"] = walked_list(stage.count->walked);
  }
  object["moved_to"] = time(stage.moved_to);
  object["moved_because"] = reason_or_null(stage.moved_because);
  return object;
}

json::object Writer::item(const engine::ItemPart& item) const {
  return {{"kind", to_word(item.kind)},
          {"audience", to_word(item.audience)},
          {"units", text_list(item.units)},
          {"subject", text_or_null(item.subject)},
          {"subject_fails", reason_or_null(item.subject_fails)},
          {"at", time(item.planned_at)},
          {"told_at", time(item.told_at)},
          {"due", time(item.due)},
          {"was_due", time(item.was_due)},
          {"telling", item.telling},
          {"late", item.late},
          {"reason", reason_or_null(item.reason)},
          {"stage", item.stage ? json::value(stage(*item.stage)) : json::value()},
          {"cause", fact(item.cause)},
          {"checked", fact(item.checked)},
          {"waited", reason_or_null(item.waited_because)}};
}

json::object Writer::period(const engine::PeriodPart& period) const {
  json::array steps, items;
  for (const auto& step : period.steps) steps.push_back(step_object(step));
  for (const auto& one : period.items) items.push_back(item(one));
  return {{"period", text_or_null(period.period)},
          {"clause", text_or_null(period.slice)},
          {"dating", word_of(period.dating)},
          {"due", time(period.due)},
          {"ask_by", time(period.ask_by)},
          {"provisional", period.provisional},
          {"decide_by", day_or_null(period.decide_by)},
          {"steps", std::move(steps)},
          {"extended", fact(period.extended)},
          {"items", std::move(items)}};
}

json::object Writer::duty(const engine::DutyPart& duty) const {
  json::array lines, periods;
  for (const auto& line : duty.lines) lines.push_back(cited_object(line));
  for (const auto& one : duty.periods) periods.push_back(period(one));
  return {{"duty", text_or_null(duty.id)},
          {"name", text_or_null(duty.name)},
          {"clause", text_or_null(duty.clause)},
          {"basis", basis_word(duty.basis)},
          {"lines", std::move(lines)},
          {"periods", std::move(periods)}};
}

json::object Writer::route(const engine::RoutePart& route) const {
  return {{"choice", word_of(route.choice)},
          {"endpoint", route.endpoint},
          {"channel", route.channel},
          {"contacts", text_list(route.contacts)},
          {"group", route.group},
          {"groups_passed", text_list(route.groups_passed)},
          {"line", cited_object(route.line)}};
}

json::object other_object(const engine::OtherNotice& other) {
  return {{"id", other.id},
          {"state", to_word(other.state)},
          {"reason", reason_or_null(other.reason)}};
}

json::object Writer::notice(const engine::NoticePart& notice) const {
  json::array attempts, decisions, replaced_by;
  for (const auto& one : notice.attempts) {
    attempts.push_back(json::object{{"at", time(one.at)},
                                    {"outcome", to_word(one.outcome)},
                                    {"reason", to_word(one.reason)},
                                    {"detail", text_or_null(one.detail)}});
  }
  for (const auto& one : notice.decisions) decisions.push_back(fact(one));
  for (const auto& one : notice.replaced_by) replaced_by.push_back(other_object(one));
  return {{"id", notice.id},
          {"subject", text_or_null(notice.subject)},
          {"state", to_word(notice.state)},
          {"reason", reason_or_null(notice.reason)},
          {"at", time(notice.queued_at)},
          {"expires_at", time(notice.expires_at)},
          {"ended_at", time(notice.ended_at)},
          {"items", notice.items},
          {"route", route(notice.route)},
          {"attempts", std::move(attempts)},
          {"decisions", std::move(decisions)},
          {"replaces", notice.replaces ? json::value(other_object(*notice.replaces))
                                       : json::value()},
          {"replaced_by", std::move(replaced_by)}};
}

json::object Writer::row(const engine::StageRow& row) const {
  bool told = !row.notice.empty();
  return {{"clause", text_or_null(row.slice)},
          {"stage", stage(row.stage)},
          {"audience", to_word(row.audience)},
          {"at", time(row.at)},
          {"notice", text_or_null(row.notice)},
          {"state", told ? json::value(to_word(row.state)) : json::value()},
          {"reason", reason_or_null(row.reason)},
          {"until", time(row.until)},
          {"fact", fact(row.fact)},
          {"newer", text_or_null(row.newer)}};
}

json::object Writer::told(const engine::ToldRow& row) const {
  return {{"clause", text_or_null(row.slice)},
          {"kind", to_word(row.kind)},
          {"stage", text_or_null(row.stage)},
          {"audience", to_word(row.audience)},
          {"at", time(row.at)},
          {"due", time(row.due)},
          {"was_due", time(row.was_due)},
          {"notice", row.notice},
          {"state", to_word(row.state)},
          {"withdrawn", row.withdrawn}};
}

json::object Writer::assignment(const engine::AssignmentPart& part) const {
  json::array stages, all_told, pending, periods;
  for (const auto& one : part.stages) stages.push_back(row(one));
  for (const auto& one : part.told) all_told.push_back(told(one));
  for (const auto& one : part.pending) {
    pending.push_back(json::object{{"clause", text_or_null(one.slice)},
                                   {"audience", to_word(one.audience)},
                                   {"reason", to_word(one.reason)},
                                   {"until", time(one.until)}});
  }
  for (const auto& one : part.other_periods) {
    periods.push_back(json::object{{"period", one.id},
                                   {"due", time(one.due)},
                                   {"standing", word_of(one.standing)}});
  }
  return {{"unit", part.unit},
          {"name", part.unit_name},
          {"standing", part.removed ? "removed" : word_of(part.standing)},
          {"settled_by", fact(part.removed ? part.removed_by : part.settled_by)},
          {"accepted_at", time(part.accepted_at)},
          {"accepted_by", fact(part.accepted_by)},
          {"accepted_from", time(part.accepted_from)},
          {"why", text_or_null(part.excuse)},
          {"stages", std::move(stages)},
          {"told", std::move(all_told)},
          {"pending", std::move(pending)},
          {"other_periods", std::move(periods)}};
}

json::object Writer::page() const {
  json::array duties;
  for (const auto& one : page_.duties) duties.push_back(duty(one));
  return {{"plan", page_.plan},
          {"now", time(page_.now)},
          {"text", json::object{{"digest", page_.text.digest},
                                {"since", fact(page_.text.since)},
                                {"kept", !page_.text.missing}}},
          {"notice", page_.notice ? json::value(notice(*page_.notice)) : json::value()},
          {"assignment",
           page_.assignment ? json::value(assignment(*page_.assignment)) : json::value()},
          {"duties", std::move(duties)}};
}

}  // namespace

std::string explain_document(const engine::Page& page, const std::string& text) {
  return json::serialize(json::object{{"explanation", Writer{page}.page()}, {"text", text}});
}

}  // namespace duban::control
