#pragma once
// The stages of a plan in time order: what was told as the ledger has it, what comes as the
// schedule computes it. Pure: a timetable and a record in, rows out; an empty record is a plan not
// yet lived.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "schedule/assignment.h"
#include "schedule/record.h"

namespace duban::engine {

/// One row per duty, period, stage, audience and state (and per time and due time, where an
/// extension makes them differ).
struct AgendaRow {
  Instant at{};
  std::string plan, duty, period;
  /// The stage's key, `remind -3wd 09:00`.
  std::string stage;
  Audience audience = Audience::liaison;
  std::optional<Instant> due;
  /// In the document's order, also those that nobody can reach.
  std::vector<std::string> units;
  /// A notice state, or `planned` (as if nobody hands in), `answered`, `silent`.
  std::string_view state;
  /// 暂定: the instant or the due time stands on a work calendar that is not published.
  bool provisional = false;
};

struct AgendaFilter {
  /// Days in the plan's zone, both included.
  std::optional<Day> from, to;
  /// Ids; empty: all.
  std::string unit, duty;
};

std::vector<AgendaRow> agenda(const schedule::Timetable& timetable, const schedule::Record& record,
                              Instant now, const AgendaFilter& filter);

}  // namespace duban::engine
