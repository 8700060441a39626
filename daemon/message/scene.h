#pragma once
// What a message is composed in: plan, decision and moment, and how they are said in the plan's
// language. Internal to message.

#include <optional>
#include <string>
#include <string_view>

#include "message/plan_facts.h"
#include "message/render.h"
#include "message/wording.h"

namespace duban::message {

/// The moment and the decision that a message is composed for.
struct Scene {
  const PlanFacts& facts;
  const RenderContext& context;
  Civil now;
  Day today;

  int year() const { return facts.plan().year; }
  const Wording& wording() const { return facts.wording(); }
  const Phrases& say() const { return facts.wording().say(); }
  /// Dates and moments in words, with the year where it is not the plan's.
  std::string day_words(Day day) const { return wording().day(day, year()); }
  std::string weekday_words(Day day) const { return wording().weekday(day, year()); }
  std::string moment_words(Instant at) const {
    return wording().moment(zone().to_civil(at), year());
  }
  std::string due_words(std::optional<Instant> due, bool has_hour, bool provisional) const;
  const calendar::Zone& zone() const { return context.timetable.zone(); }
  const schedule::Assignment* assignment(const schedule::Telling& telling) const;
  /// The duty of a key, in this plan or in the one before the edit; null when in neither.
  const plan::Duty* duty(const schedule::AssignmentKey& key) const;
  std::string name(const schedule::AssignmentKey& key) const;
  std::string name(const plan::Duty& duty, std::string_view period,
                   std::string_view slice = {}) const;
  /// Who owes it, short: 我办 for the office, with the clause's name where it is owed by clause.
  std::string short_unit(const schedule::AssignmentKey& key) const;
  /// A unit's (party's, the office's) name today.
  std::string unit_name(std::string_view id) const;
};

}  // namespace duban::message
