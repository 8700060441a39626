#pragma once
// What people send to the daemon, hostile until it has been parsed here: a bounded JSON object with
// known fields only. Then facts are made of it, with names found in the plans in force. Pure.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "control/names.h"
#include "schedule/record.h"

namespace duban::control {

/// {"kind","plan","duty","period","units":[],"clause","at","until","note","to","number","digest",
/// "rows":[],"files":[],"seq"}: words as typed.
struct FactRequest {
  FactKind kind = FactKind::received;
  /// `to`: the unit that owes it now. `number`, `digest`: of what was issued.
  std::string plan, duty, period, clause, at, until, note, to, number, digest;
  std::vector<std::string> units;
  /// submitted: what was handed in; lacking units as typed.
  std::vector<schedule::SubmittedRow> rows;
  std::vector<schedule::SubmittedFile> files;
  /// voided: the fact's number; 0: the newest about each of `units` (or about the period).
  std::int64_t seq = 0;
};
Found<FactRequest> parse_fact_request(std::string_view body);

/// The texts of an object that may hold `allowed` fields only; those in `required` must be there.
using Fields = std::map<std::string, std::string>;
Found<Fields> parse_fields(std::string_view body, const std::vector<std::string>& allowed,
                           const std::vector<std::string>& required);
/// What a field says; empty where it is not there.
std::string value_of(const Fields& fields, const std::string& key);

/// The plan that a body names, whatever else is wrong with it; empty where it names none.
std::string plan_in_body(std::string_view body);

/// A request's target: its path, and the parameters of its query, decoded.
struct Target {
  std::string path;
  Fields query;
};
Found<Target> parse_target(std::string_view target);

/// The facts that a request comes to.
struct Facts {
  std::string plan;
  std::vector<schedule::Fact> facts;
};
Found<Facts> make_facts(const FactRequest& request, std::span<const engine::PlanRun* const> plans,
                        Instant now, const std::string& by);

}  // namespace duban::control
