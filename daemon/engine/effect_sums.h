#pragma once
// Changes added up for a person to look over: by duty, week, month and unit. Pure.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "calendar/zone.h"
#include "engine/effect.h"

namespace duban::engine {

struct Tally {
  std::size_t items = 0;
  /// Distinct messages that carry them (drafts too), and units that they are about.
  std::size_t notices = 0, units = 0;
};

/// What some of the changes come to.
struct Tallies {
  /// By ChangeKind.
  std::array<Tally, change_kinds> by_kind{};
  /// Units that any of them is about.
  std::size_t units = 0;

  const Tally& of(ChangeKind kind) const { return by_kind.at(static_cast<std::size_t>(kind)); }
  bool operator==(const Tallies&) const = default;
};

/// Messages that go out by each future; drafts are not counted.
struct Messages {
  std::size_t before = 0, after = 0;
};

/// One duty's period. The office's lists, and troubles, have no duty and count as one.
struct DutyEffect {
  std::string duty, period;
  /// The earliest due times that the changed items tell; absent: they tell none, or 待定.
  std::optional<Instant> due_before, due_after;
  Tallies tallies;
};

/// A week (`2022-W27`) or a month (`2022-07`), by the moment shown (see Change::shown).
struct SpanEffect {
  std::string id;
  Day from, to;
  Messages messages;
  Tallies tallies;
};

struct UnitEffect {
  std::string unit;
  /// Those to its leader count for the unit's leader, not for it.
  Messages messages;
  Tallies tallies;
};

struct EffectSums {
  Tallies all;
  Messages messages;
  /// Only what some change is about; by id, duties that stand in `order` first and in its order.
  std::vector<DutyEffect> duties;
  std::vector<SpanEffect> weeks, months;
  /// Also where only the number of messages differs.
  std::vector<UnitEffect> units;
};

/// The order in which a plan names its duties and units.
struct EffectOrder {
  std::vector<std::string> duties, units;
};

EffectSums sum_up(const std::vector<Change>& changes, const std::vector<Prospect>& before,
                  const std::vector<Prospect>& after, const calendar::Zone& zone,
                  const EffectOrder& order);

}  // namespace duban::engine
