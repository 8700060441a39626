#include "document/kept_record.h"

#include <algorithm>

#include "message/office_desk.h"

namespace duban::document {
namespace {

plan::Duty once(const std::string& id, const std::string& unit, const std::string& name,
                unsigned month, unsigned day) {
  plan::Duty duty;
  duty.id = id;
  duty.name = name;
  duty.who = {unit};
  duty.to = {std::string{plan::office_id}};
  duty.due = {.rule = plan::DueDate{month, day}, .time = {}, .text = {}};
  return duty;
}

}  // namespace

KeptRecord::KeptRecord() : plan_(message::shipped_plan()) {
  const std::string since = "2022-03-15 09:00";
  in_force("", "", since);
  for (const auto& unit : plan_.units) in_force("", unit.id, since);
  for (const auto& duty : plan_.duties) in_force(duty.id, "", since);
}

void KeptRecord::in_force(const std::string& duty, const std::string& unit,
                          const std::string& since) {
  fact(FactKind::in_force, duty, "", unit, since, since);
}

void KeptRecord::milestone(const std::string& id, const std::string& unit,
                           const std::string& task, const std::string& name, unsigned month,
                           unsigned day, const std::string& since) {
  auto duty = once(id, unit, name, month, day);
  duty.origin = plan::Origin::milestone;
  duty.basis = plan::Basis::unit;
  duty.task = task;
  plan_.duties.push_back(std::move(duty));
  in_force(id, "", since);
}

void KeptRecord::action(const std::string& id, const std::string& unit, const std::string& name,
                        const std::string& source, unsigned month, unsigned day,
                        const std::string& since) {
  auto duty = once(id, unit, name, month, day);
  duty.origin = plan::Origin::action;
  duty.source = source;
  plan_.duties.push_back(std::move(duty));
  in_force(id, "", since);
}

Instant KeptRecord::at(const std::string& civil) {
  return parse_rfc3339(civil.substr(0, 10) + "T" + civil.substr(11) + ":00+08:00").value();
}

schedule::Fact& KeptRecord::fact(FactKind kind, const std::string& duty, const std::string& period,
                                 const std::string& unit, const std::string& happened,
                                 const std::string& recorded) {
  schedule::Fact made;
  made.seq = static_cast<std::int64_t>(facts_.size()) + 1;
  made.kind = kind;
  made.about = {duty, period, unit, ""};
  made.at = at(happened);
  made.recorded_at = recorded.empty() ? made.at + std::chrono::minutes{1} : at(recorded);
  facts_.push_back(std::move(made));
  return facts_.back();
}

void KeptRecord::table(const std::string& period, const std::string& unit,
                       const std::string& happened, std::vector<schedule::SubmittedRow> rows) {
  fact(FactKind::submitted, "monthly-table", period, unit, happened).rows = std::move(rows);
}

void KeptRecord::tables(const std::string& period, const std::string& happened,
                        const std::vector<std::string>& but) {
  const auto& duty = *plan_.find_duty("monthly-table");
  for (const auto& unit : table_reporters()) {
    if (std::ranges::find(but, unit) != but.end()) continue;
    std::vector<schedule::SubmittedRow> rows;
    for (const auto* task : plan_.rows_of(duty, unit, "")) {
      rows.push_back({.clause = task->id, .unchanged = true});
    }
    table(period, unit, happened, std::move(rows));
  }
}

void KeptRecord::told(const std::string& duty, const std::string& period, const std::string& unit,
                      ItemKind kind, const std::string& stage, const std::string& arrived) {
  schedule::Item item;
  item.key.about = {duty, period, unit, ""};
  item.key.kind = kind;
  item.key.stage = stage;
  if (unit == plan::office_id) item.key.audience = Audience::office;
  item.planned_at = at(arrived);
  tellings_.push_back({item, at(arrived)});
}

schedule::Record KeptRecord::record() const {
  schedule::Record record;
  for (const auto& one : facts_) record.apply(one);
  for (const auto& one : tellings_) {
    schedule::NoticeHead head;
    head.id = "ntc_" + std::to_string(&one - tellings_.data());
    head.queued_at = one.arrived;
    record.apply(head, {one.item});
    record.attempted(head.id, AttemptOutcome::delivered, Reason::accepted, one.arrived);
    record.end_notice(head.id, NoticeState::delivered, Reason::accepted, one.arrived);
  }
  return record;
}

Standpoint KeptRecord::standpoint(const std::string& civil) const {
  return {std::make_shared<const plan::Plan>(plan_), record(), at(civil)};
}

schedule::SubmittedRow row(const std::string& task, const std::string& progress, RowState state,
                           const std::string& problem) {
  return {.clause = task, .progress = progress, .state = state, .problem = problem};
}

const std::vector<std::string>& table_reporters() {
  return message::shipped_plan().find_duty("monthly-table")->who;
}

}  // namespace duban::document
