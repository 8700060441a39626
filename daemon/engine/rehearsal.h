#pragma once
// A plan's year lived in virtual time: every message that would go out, and how much each unit
// gets.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/forecast.h"

namespace duban::engine {

struct RehearsalOptions {
  /// Both days included, civil days of the plan's zone.
  Day from, to;
  Behaviour behaviour;
  /// Drafts of documents are written by these; none: they are told without their files.
  std::shared_ptr<const document::Forms> forms = nullptr;
  /// Where the life is written down; null: nowhere.
  LifeBook* book = nullptr;
};

/// What makes the notice ids of every rehearsal, and is its ledger's (which wants 16 letters).
inline constexpr std::string_view rehearsal_salt = "rehearsal of a year";

/// One unit's share: messages in all, and by month (`2022-05`) those before a due time and the
/// things asked for.
struct Share {
  std::size_t messages = 0;
  std::map<std::string, std::size_t> pre_due, requests;
};

/// A month of a unit that is over the plan's budget.
struct Breach {
  /// Told before a due time, or things asked for.
  enum class What { pre_due, requests };
  std::string unit, month;
  What what = What::pre_due;
  std::size_t count = 0, budget = 0;
};
/// `到期前的提醒`; and the whole as a sentence for a person.
std::string breach_words(Breach::What what);
std::string breach_words(const Breach& breach, const plan::Plan& plan);

struct Rehearsal {
  /// In the order of time, as the ledger would hold them; drafts are there as drafts.
  std::vector<ledger::Notice> notices;
  /// By unit id, in the document's order, units that got nothing included.
  std::vector<std::pair<std::string, Share>> shares;
  std::vector<Breach> breaches;
};

Rehearsal rehearse(std::shared_ptr<const plan::Plan> plan, const message::Templates& templates,
                   const RehearsalOptions& options);
/// The same for a run that nothing is recorded of; it is lived.
Rehearsal rehearse(PlanRun& run, const RehearsalOptions& options);

}  // namespace duban::engine
