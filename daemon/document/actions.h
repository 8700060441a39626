#pragma once
// Actions (交办项) as documents tell of them.

#include <optional>
#include <string>
#include <vector>

#include "document/standpoint.h"

namespace duban::document {

struct ActionLine {
  const plan::Duty* duty = nullptr;
  /// Who does it, all that still owe it or have done it.
  std::string doer;
  /// `7月15日`; 未定期限.
  std::string due;
  /// `已销号(6月20日书面答复)`, `未办结,已过期3日`, `正在办理`.
  std::string outcome;
};

/// Those that were open after `since` (of all time: absent), in the plan's order: what was closed
/// before was told of before.
std::vector<ActionLine> action_lines(const Standpoint& standpoint, std::optional<Instant> since);

/// Ordered on a visit of members or in a meeting with them: its source says so.
bool is_opinion(const plan::Duty& action);

}  // namespace duban::document
