#pragma once
// Names as people type them, found in the plans in force: ids, Chinese names, aliases. What is not
// found is refused with the name that was probably meant.

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "schedule/assignment.h"

namespace duban::control {

template <class T>
using Found = std::expected<T, engine::Refusal>;
using Timetables = std::span<const schedule::Timetable* const>;

/// The timetables of plans that run, in their order.
std::vector<const schedule::Timetable*> timetables_of(
    std::span<const engine::PlanRun* const> plans);

/// A plan by id; with an empty word the only plan there is.
Found<const schedule::Timetable*> find_plan(Timetables plans, std::string_view word);

struct FoundDuty {
  const schedule::Timetable* timetable;
  const plan::Duty* duty;
};
/// A duty by id or name, in the plan named, else in whichever plan has it.
Found<FoundDuty> find_duty(Timetables plans, std::string_view plan, std::string_view word);
/// A unit's id by id, name (of any date) or alias; the office by `office` or its names.
Found<std::string> find_unit(const plan::Plan& plan, std::string_view word);
struct FoundUnit {
  const schedule::Timetable* timetable;
  std::string unit;
};
/// The same in the plan named, else in the only plan that has one of that name.
Found<FoundUnit> find_unit(Timetables plans, std::string_view plan, std::string_view word);
/// A period's id by id or its short form: `2022-05`, `05`, `5`, `Q2`; the year for what happens
/// once.
Found<std::string> find_period(const FoundDuty& duty, std::string_view word);
/// A clause by its task id.
Found<std::string> find_clause(const plan::Plan& plan, std::string_view word);

}  // namespace duban::control
