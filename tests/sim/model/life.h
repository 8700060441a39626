#pragma once
// The daemon's life in a story: when it was up and nothing disturbed it, what the clocks showed,
// when it looked at its plan.

#include <optional>
#include <vector>

#include "sim/model/civil.h"
#include "sim/outcome.h"

namespace duban::sim::model {

/// By the clock that only goes on; `to` is not included.
struct Span {
  Second from = 0, to = 0;
  bool contains(Second at) const { return from <= at && at < to; }
};

class Life {
 public:
  Life(const Story& story, const Outcome& outcome);

  /// What the wall clock showed.
  Second wall_at(Second since) const;
  /// The first moment from `not_before` on at which it showed `wall` or later; nothing: never.
  std::optional<Second> since_of(Second wall, Second not_before) const;
  /// The same of what was written by that clock: it showed just that, and did not jump over it.
  std::optional<Second> written_at(Second wall, Second not_before) const;

  /// Up, no disk trouble, no lost answers, no held or just set clock, not suspended.
  const std::vector<Span>& calm() const { return calm_; }
  bool is_calm(Second from, Second to) const;
  /// Dead or stopped, its start included; and with it suspended.
  const std::vector<Span>& down() const { return down_; }
  /// Disk trouble or lost answers.
  const std::vector<Span>& trouble() const { return trouble_; }
  /// Dead, suspended or in trouble at some moment in between.
  bool was_hurt(Second from, Second to) const;
  /// A receiver behaved badly at some moment in between.
  bool had_weather(Second from, Second to) const;
  /// The wall clock was set, or ran fast or slow.
  bool clock_was_set() const { return clock_was_set_; }
  bool clock_was_set(Second from, Second to) const;
  bool clock_drifted() const { return clock_drifted_; }
  /// How far it was set back, all in all.
  Second set_back() const { return set_back_; }
  bool clock_was_held() const { return clock_was_held_; }
  /// When a cursor was seen to be committed.
  const std::vector<Moment>& looks() const { return looks_; }
  Second ends() const { return ends_; }

 private:
  struct Walk;
  void note_clock(const Story& story, const Event& event);
  void note_weather(const Story& story);

  std::vector<Moment> clock_;
  std::vector<Span> calm_, down_, trouble_, weather_;
  std::vector<Moment> looks_;
  std::vector<Second> sets_;
  bool clock_was_set_ = false, clock_drifted_ = false, clock_was_held_ = false;
  Second set_back_ = 0, ends_ = 0;
};

}  // namespace duban::sim::model
