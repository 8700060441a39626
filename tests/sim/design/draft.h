#pragma once
// A story while it is designed: situations put happenings into it, in any order; an edit is a
// change of whatever plan is in force then, so that edits of several situations add up.

#include <functional>
#include <initializer_list>
#include <utility>
#include <variant>
#include <vector>

#include "sim/design/choice.h"
#include "sim/design/spots.h"
#include "sim/story.h"

namespace duban::sim::design {

using What = decltype(Happening::what);
using Change = std::function<void(Plan&)>;

class Draft {
 public:
  Draft(std::uint64_t seed, Choice made_with);

  Choice choice;
  const Plan& plan() const { return story_.plan; }
  Second begins() const { return story_.begins; }
  Second faults_end() const { return story_.faults_end; }

  /// One of the plan's moments, of these kinds if there is one: none told yet, and time for what
  /// follows.
  Spot spot(std::initializer_list<Spot::Kind> kinds);
  /// A stage, now and then of the kind that is named.
  Spot stage(std::initializer_list<Stage::Kind> kinds);
  /// The first address of a unit that owes a spot's duty; empty (all of them) if it has none.
  std::string address_of(const Spot& spot) const;
  /// A unit that owes a spot's duty.
  std::string unit_of(const Spot& spot);

  void at(Second moment, What what);
  void edit(Second moment, Change change, bool diffed = false);
  Story finish() &&;

 private:
  struct Pending {
    Second at = 0;
    std::variant<What, std::pair<Change, bool>> what;
  };
  Story story_;
  std::vector<Spot> spots_;
  std::vector<Pending> pending_;
};

}  // namespace duban::sim::design
