#pragma once
// What every message of a plan says of its units and duties, looked up once.

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/tongue.h"
#include "calendar/workdays.h"
#include "plan/plan.h"

namespace duban::message {

class Wording;

struct UnitFacts {
  const plan::Unit* unit = nullptr;
  /// Clauses that name it, and of these the ones whose row it fills; in the document's order.
  std::vector<const plan::Task*> named, reported;
};

/// Immutable after construction. The plan must outlive it.
class PlanFacts {
 public:
  explicit PlanFacts(const plan::Plan& plan);

  const plan::Plan& plan() const { return plan_; }
  /// Of the plan's language.
  const Wording& wording() const { return wording_; }
  /// As people work, made-up days too; and as an office chases, without them.
  const calendar::Workdays& workdays() const { return workdays_; }
  const calendar::Workdays& plain_workdays() const { return plain_workdays_; }
  const plan::Duty* duty(std::string_view id) const;
  /// Null for the office, a party, or nobody.
  const UnitFacts* unit(std::string_view id) const;
  /// The clauses a unit's assignment of a duty reports on.
  std::vector<const plan::Task*> rows(const plan::Duty& duty, std::string_view unit,
                                      std::string_view slice) const;

 private:
  const plan::Plan& plan_;
  const Wording& wording_;
  calendar::Workdays workdays_, plain_workdays_;
  std::unordered_map<std::string_view, const plan::Duty*> duties_;
  std::unordered_map<std::string_view, UnitFacts> units_;
};

/// 5月月调度表: the duty with its period (and its clause, where it is owed clause by clause). Pages
/// and documents are Chinese whatever the plan's language is.
std::string full_name(const plan::Plan& plan, const plan::Duty& duty, std::string_view period,
                      std::string_view slice, Tongue language = Tongue::chinese);

}  // namespace duban::message
