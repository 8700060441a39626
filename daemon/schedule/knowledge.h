#pragma once
// What somebody knows about an assignment by what they were told: the half of the level-triggered
// rule that looks back.

#include <optional>
#include <vector>

#include "schedule/record.h"

namespace duban::schedule {

struct Knowledge {
  /// They know that they owe it (a start, stage or change stands, and no gone after it).
  bool told = false;
  /// They were told that it fell away.
  bool gone = false;
  /// The due time they know; absent: 待定.
  std::optional<Instant> due;
  /// The stages that stand since the due time they know was told, in the order told.
  std::vector<const Told*> stages;
  /// When the due time they know was told as a change: it stands for every stage before.
  std::optional<Instant> changed_at;
  /// The highest telling used so far, withdrawn ones too; 0: none.
  int telling = 0;
};

/// `told` may be null: nothing was ever told.
Knowledge knowledge_of(const std::vector<Told>* told, Audience audience);

}  // namespace duban::schedule
