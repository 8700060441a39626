#pragma once
// The shipped plan on a desk: assignments and tellings made by hand, rendered with the shipped
// templates.

#include <initializer_list>
#include <string>
#include <vector>

#include "message/render.h"

namespace duban::message {

/// The shipped plan, loaded once; copy it to change it.
const plan::Plan& shipped_plan();
const Templates& shipped_templates();

class OfficeDesk {
 public:
  OfficeDesk() : OfficeDesk(shipped_plan()) {}
  explicit OfficeDesk(plan::Plan plan);
  OfficeDesk(const OfficeDesk&) = delete;
  OfficeDesk& operator=(const OfficeDesk&) = delete;

  const plan::Plan& plan() const { return timetable_.plan(); }
  /// `2022-05-26 14:00`, in the plan's zone.
  Instant at(const std::string& civil) const;
  /// Its assignment of the plan, made on first use; to be changed at will before `tell`.
  std::size_t assign(const std::string& duty, const std::string& period, const std::string& unit);
  schedule::Assignment& assignment(std::size_t index) { return assignments_[index]; }
  /// A stage of an assignment (`remind -3wd 09:00`), to the liaison.
  schedule::Telling stage(std::size_t assignment, const std::string& key) const;
  schedule::Telling telling(std::size_t assignment, ItemKind kind) const;
  /// Every assignment of a unit as tellings of the start letter.
  std::vector<schedule::Telling> start(const std::string& unit);
  /// Whom a notice is for, by the first telling, unless an endpoint is given.
  schedule::NoticePlan notice(std::vector<schedule::Telling> tellings,
                              const std::string& endpoint = {}) const;
  ledger::Content render(const schedule::NoticePlan& notice, const std::string& now) const;
  ledger::Content render(std::vector<schedule::Telling> tellings, const std::string& now) const;

  /// Its assignments are the desk's own.
  schedule::Decision decision;

 private:
  schedule::Timetable timetable_;
  std::vector<schedule::Assignment> assignments_;
  Renderer renderer_;
};

/// The May table of each unit, at a stage.
std::vector<schedule::Telling> tables(OfficeDesk& desk, const std::string& stage,
                                      std::initializer_list<const char*> units);

}  // namespace duban::message
