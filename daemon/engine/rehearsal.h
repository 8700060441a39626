#pragma once
// A plan's year lived in virtual time: every message that would go out, and how much each unit
// gets. The same steps as the daemon's, with every delivery a success.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/plan_run.h"

namespace duban::engine {

/// How the units and the office behave. Whatever else, the office records 收件已核 at the ladder's
/// hour where it is awaited and no event records it.
struct Behaviour {
  /// Who is not spoken for hands in, or holds, at 08:00 of the day asked for; else never.
  bool punctual = false;
  /// What happens in particular, in the order of time.
  std::vector<schedule::Fact> events;
  /// The assignments that the events speak for.
  std::set<schedule::AssignmentKey> spoken_for;
};

struct RehearsalOptions {
  /// Both days included, civil days of the plan's zone.
  Day from, to;
  Behaviour behaviour;
};

/// One unit's share: messages in all, and by month (`2022-05`) those before a due time and the
/// things asked for.
struct Share {
  std::size_t messages = 0;
  std::map<std::string, std::size_t> pre_due, requests;
};

struct Rehearsal {
  /// In the order of time, as the ledger would hold them; drafts are there as drafts.
  std::vector<ledger::Notice> notices;
  /// By unit id, in the document's order, units that got nothing included.
  std::vector<std::pair<std::string, Share>> shares;
  /// `unit: month: what` for each breach of the plan's budget, as sentences for a person.
  std::vector<std::string> breaches;
};

Rehearsal rehearse(std::shared_ptr<const plan::Plan> plan, const message::Templates& templates,
                   const RehearsalOptions& options);

}  // namespace duban::engine
