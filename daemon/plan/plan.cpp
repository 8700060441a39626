#include "plan/plan.h"

#include <algorithm>

namespace duban::plan {
namespace {

template <class Entry>
const Entry* find_by_id(const std::vector<Entry>& entries, std::string_view id) {
  auto found = std::ranges::find(entries, id, &Entry::id);
  return found == entries.end() ? nullptr : &*found;
}

bool contains(const std::vector<std::string>& ids, std::string_view id) {
  return std::ranges::find(ids, id) != ids.end();
}

}  // namespace

const std::string& Unit::name_on(Day day) const {
  const std::string* found = &name;
  for (const auto& dated : names) {
    if (!dated.from || *dated.from <= day) found = &dated.name;
  }
  return *found;
}

const Unit* Plan::find_unit(std::string_view wanted) const { return find_by_id(units, wanted); }
const Party* Plan::find_party(std::string_view wanted) const { return find_by_id(parties, wanted); }
const Duty* Plan::find_duty(std::string_view wanted) const { return find_by_id(duties, wanted); }
const Task* Plan::find_task(std::string_view wanted) const { return find_by_id(tasks, wanted); }

const Endpoint* Plan::find_endpoint(std::string_view wanted) const {
  return find_by_id(endpoints, wanted);
}

const Contact* Plan::find_contact(std::string_view wanted) const {
  return find_by_id(contacts, wanted);
}

const Contact* Plan::reachable(std::string_view unit, Role role) const {
  auto found = std::ranges::find_if(contacts, [&](const Contact& contact) {
    return contact.unit == unit && contact.role == role && !contact.endpoints.empty();
  });
  return found == contacts.end() ? nullptr : &*found;
}

std::string Plan::name_of(std::string_view wanted) const {
  if (wanted == office_id) return office.short_name;
  if (const auto* unit = find_unit(wanted)) return unit->name;
  if (const auto* party = find_party(wanted)) return party->name;
  return std::string{wanted};
}

std::string Plan::name_of(std::string_view wanted, Day day) const {
  if (const auto* unit = find_unit(wanted)) return unit->name_on(day);
  return name_of(wanted);
}

const Ladder* Plan::ladder_of(const Duty& duty) const {
  return duty.ladder ? &ladders[*duty.ladder] : nullptr;
}

std::vector<const Task*> Plan::rows_of(const Duty& duty, std::string_view unit,
                                       std::string_view slice) const {
  std::vector<const Task*> rows;
  for (const auto& task : tasks) {
    bool named = contains(task.leads, unit) || contains(task.responsible, unit);
    bool reported = duty.rows == Rows::reporter && contains(task.reporters, unit);
    bool wanted = slice.empty() ? reported || (duty.rows == Rows::named && named)
                                : task.id == slice;
    if (wanted) rows.push_back(&task);
  }
  return rows;
}

}  // namespace duban::plan
