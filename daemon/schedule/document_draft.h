#pragma once
// Drafts of documents, told to the office: each once, at its time, until the paper itself is
// issued.

#include <vector>

#include "schedule/step.h"

namespace duban::schedule {

/// A draft that the office was not told of.
struct DraftToCome {
  /// Index into the assignments.
  std::size_t assignment = 0;
  /// Its cut-off: the draft's time, or since when the duty is in force where that is later.
  Instant planned{};
  /// When the office hears of it, from `step.now` on.
  Instant at{};
  Route route;
  int telling = 1;
};

/// Of every assignment that is open and has a document.
std::vector<DraftToCome> drafts_to_come(const Step& step, const std::vector<Assignment>& all);
void want_drafts(const Step& step, const Decision& decision, std::vector<Wanted>& wanted);
/// Why a draft that was written and not sent is none any more; none while it stands.
Reason document_gone_because(const Step& step, const ItemKey& key, const Assignment& assignment);

}  // namespace duban::schedule
