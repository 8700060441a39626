#pragma once
// How some units behave as a rule while a plan is rehearsed: what each does about each paper is
// drawn by a seed, so that the same file and seed are the same year, byte for byte.

#include <cstdint>
#include <string>
#include <vector>

#include "schedule/assignment.h"

namespace duban::engine {

/// From `least` to `most`, both included.
struct Spread {
  int least = 1, most = 1;
  /// Else working days.
  bool in_hours = false;
};

struct Manner {
  enum class HandsIn { early, last_day, late, never };

  /// Ids.
  std::vector<std::string> units;
  /// Of all who have no manner of their own about a duty, the office aside.
  bool rest = false;
  /// Ids; without any: all that are handed in.
  std::vector<std::string> duties;
  HandsIn hands_in = HandsIn::last_day;
  /// How long before the day asked for, or after the due time.
  Spread by;
  // Of its papers, from 0 to 1:

  /// For how many it asks for more time, a working day before.
  double asks = 0;
  /// How many of these the office grants, in the morning after.
  double grants = 0.8;
  /// How many come on paper, so that the office records them a working day or two later.
  double paper_first = 0;
  /// How many answer the wrong thing and are given back for three working days.
  double wrong = 0;

  bool is_of(const std::string& unit) const;
  bool is_about(const std::string& duty) const;
};

/// The manner by which an assignment is played: of those about its duty the first of its unit, else
/// the first of the rest; null: none.
const Manner* manner_of(const std::vector<Manner>& manners, const schedule::AssignmentKey& key);

/// What is done about one dated assignment, in the order in which it is recorded. Pure.
std::vector<schedule::Fact> play(const Manner& manner, const schedule::Timetable& timetable,
                                 const schedule::Assignment& assignment, std::uint64_t seed);

/// A number from 0 to below 1, by the seed and what it is drawn for.
double drawn(std::uint64_t seed, std::string_view what);

}  // namespace duban::engine
