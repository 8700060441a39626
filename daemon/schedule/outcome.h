#pragma once
// What became of each thing that was to be handed in, as an office counts it:
// 应报 = 按时 + 迟报 + 延期 + 免报 + 未报, always. Pure; computed from assignments, never kept.

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "schedule/assignment.h"

namespace duban::schedule {

/// 按时, 迟报, 延期, 免报, 未报.
enum class Outcome { on_time, late, extended, excused, missing };
inline constexpr std::size_t outcomes = 5;
/// `on-time`, `late`, `extended`, `excused`, `missing`.
std::string_view to_word(Outcome outcome);

/// As of a moment; nothing where it is not owed (handed on to another unit, due before it came into
/// force, recorded only when it happens). On time is judged by the first time it was handed in,
/// against the due time of the plan, never `ask_by`; an extension counts as such only if it was
/// asked for before that. (Office page, chapters 3 and 5.)
std::optional<Outcome> outcome_of(const Assignment& assignment, Instant as_of);

/// The assignments of one period of a duty by what became of them: indexes into the list counted.
struct Tally {
  std::array<std::vector<std::size_t>, outcomes> by_outcome;
  const std::vector<std::size_t>& of(Outcome outcome) const {
    return by_outcome.at(static_cast<std::size_t>(outcome));
  }
  std::size_t count(Outcome outcome) const { return of(outcome).size(); }
  /// 应报.
  std::size_t owed() const;
};

Tally tally_of(const std::vector<Assignment>& all, std::string_view duty, std::string_view period,
               Instant as_of);

}  // namespace duban::schedule
