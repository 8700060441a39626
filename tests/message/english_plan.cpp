#include "message/english_plan.h"

#include <algorithm>
#include <utility>

#include "message/office_desk.h"

namespace duban::message {
namespace {

// `monthly-table`: monthly table.
std::string words_of(std::string id) {
  std::ranges::replace(id, '-', ' ');
  return id;
}

std::string title_of(std::string id) {
  id = words_of(std::move(id));
  if (!id.empty() && id.front() >= 'a' && id.front() <= 'z') {
    id.front() = static_cast<char>(id.front() - 'a' + 'A');
  }
  return id;
}

}  // namespace

plan::Plan english_plan() {
  auto plan = shipped_plan();
  plan.language = Tongue::english;
  plan.title = "Work plan for proposal no. 1";
  plan.document = "No. 29 of 2022";
  plan.office.name = plan.office.short_name = "Office of the plan";
  for (auto& unit : plan.units) {
    unit.name = title_of(unit.id) + " Bureau";
    unit.names.clear();
  }
  for (auto& party : plan.parties) party.name = title_of(party.id);
  for (auto& contact : plan.contacts) {
    contact.name = contact.role == plan::Role::leader ? "deputy head" : "liaison";
  }
  for (auto& task : plan.tasks) {
    task.name = "task " + task.id;
    task.clause = "clause " + task.id;
  }
  for (auto& duty : plan.duties) {
    duty.name = words_of(duty.id);
    duty.clause = "clause 4(2)";
    if (!duty.text.empty()) duty.text = "One page is enough.";
  }
  return plan;
}

}  // namespace duban::message
