#include "message/office_desk.h"

#include <algorithm>
#include <stdexcept>

#include "plan/load.h"

namespace duban::message {
namespace {

const plan::Loaded& shipped() {
  static const plan::Loaded loaded = [] {
    const std::filesystem::path config = DUBAN_SOURCE_DIR "/config";
    return plan::load({.plans = config / "plans",
                       .calendars = config / "calendars",
                       .templates = config / "templates",
                       .channels = {"folder", "drop"}});
  }();
  return loaded;
}

}  // namespace

const plan::Plan& shipped_plan() {
  const auto& plans = shipped().plans;
  if (plans.empty() || !plans.front().plan) throw std::runtime_error{"the shipped plan is broken"};
  return *plans.front().plan;
}

const Templates& shipped_templates() { return shipped().templates; }

OfficeDesk::OfficeDesk(plan::Plan plan)
    : timetable_(std::make_shared<const plan::Plan>(std::move(plan)), {}),
      renderer_(timetable_.plan(), shipped_templates()) {}

Instant OfficeDesk::at(const std::string& civil) const {
  auto day = parse_day(civil.substr(0, 10)).value();
  return timetable_.zone().to_instant(day + parse_time_of_day(civil.substr(11)).value());
}

std::size_t OfficeDesk::assign(const std::string& duty, const std::string& period,
                               const std::string& unit) {
  schedule::AssignmentKey key{duty, period, unit, {}};
  auto known = std::ranges::find(assignments_, key, &schedule::Assignment::key);
  if (known != assignments_.end()) {
    return static_cast<std::size_t>(known - assignments_.begin());
  }
  auto found = std::ranges::find_if(timetable_.occurrences(), [&](const auto& occurrence) {
    return plan().duties[occurrence.duty].id == duty && occurrence.period == period;
  });
  if (found == timetable_.occurrences().end()) {
    throw std::runtime_error{"no such period: " + duty + " " + period};
  }
  schedule::Assignment made;
  made.key = key;
  made.duty = found->duty;
  made.dating = found->dating;
  made.due = found->due;
  made.ask_by = found->ask_by;
  made.due_has_hour = found->due_has_hour;
  made.ask_by_has_hour = found->ask_by_has_hour;
  made.provisional = found->provisional;
  assignments_.push_back(made);
  return assignments_.size() - 1;
}

schedule::Telling OfficeDesk::stage(std::size_t assignment, const std::string& key) const {
  auto telling = this->telling(assignment, ItemKind::stage);
  telling.item.key.stage = key;
  return telling;
}

schedule::Telling OfficeDesk::telling(std::size_t assignment, ItemKind kind) const {
  schedule::Telling telling;
  telling.item.key.about = assignments_[assignment].key;
  telling.item.key.kind = kind;
  telling.item.due = assignments_[assignment].due;
  telling.assignment = assignment;
  return telling;
}

std::vector<schedule::Telling> OfficeDesk::start(const std::string& unit) {
  std::vector<schedule::Telling> tellings;
  for (const auto& occurrence : timetable_.occurrences()) {
    const auto& duty = plan().duties[occurrence.duty];
    bool owes = std::ranges::find(duty.who, unit) != duty.who.end();
    if (!owes || occurrence.dating == calendar::Dating::never) continue;
    tellings.push_back(telling(assign(duty.id, occurrence.period, unit), ItemKind::start));
  }
  return tellings;
}

schedule::NoticePlan OfficeDesk::notice(std::vector<schedule::Telling> tellings,
                                        const std::string& endpoint) const {
  schedule::NoticePlan notice;
  const auto& key = tellings.at(0).item.key;
  auto role = key.audience == Audience::leader ? plan::Role::leader : plan::Role::liaison;
  auto unit = key.audience == Audience::office ? std::string{plan::office_id} : key.about.unit;
  const auto* contact = plan().reachable(unit, role);
  if (contact) notice.contact = contact->id;
  notice.endpoint = !endpoint.empty() ? endpoint : contact ? contact->endpoints.front() : "";
  notice.tellings = std::move(tellings);
  return notice;
}

ledger::Content OfficeDesk::render(const schedule::NoticePlan& notice,
                                   const std::string& now) const {
  auto whole = decision;
  whole.assignments = assignments_;
  return renderer_.render({timetable_, whole, at(now)}, notice,
                          "ntc_01G4000000000000000000TEST");
}

ledger::Content OfficeDesk::render(std::vector<schedule::Telling> tellings,
                                   const std::string& now) const {
  return render(notice(std::move(tellings)), now);
}

std::vector<schedule::Telling> tables(OfficeDesk& desk, const std::string& stage,
                                      std::initializer_list<const char*> units) {
  std::vector<schedule::Telling> tellings;
  for (const auto* unit : units) {
    tellings.push_back(desk.stage(desk.assign("monthly-table", "2022-05", unit), stage));
  }
  return tellings;
}

}  // namespace duban::message
