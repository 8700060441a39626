#pragma once
// What a message follows from: the fact, or the edit, that made it due. Internal to the pages.

#include <functional>
#include <optional>

#include "engine/explain.h"

namespace duban::engine {

/// The record of an earlier moment, and the texts that it names.
class Causes {
 public:
  /// Refers to both, which must outlive it.
  Causes(const schedule::Record& record, const TextOf& text_of)
      : record_(record), text_of_(text_of) {}

  /// A fact by its number; nothing for 0 or an unknown one.
  std::optional<schedule::Fact> fact(std::int64_t seq) const;
  /// The last fact of a kind.
  std::optional<schedule::Fact> last(FactKind kind) const;
  /// Since when the assignment is in force: the latest of plan, duty and unit.
  std::optional<schedule::Fact> in_force(const schedule::AssignmentKey& about) const;
  /// The outage that a moment fell into.
  std::optional<schedule::Fact> outage_over(Instant at) const;
  /// 收件已核 of a period, the first at or after `since`.
  std::optional<schedule::Fact> checked(const schedule::AssignmentKey& about,
                                        Instant since) const;
  /// The text whose coming into force made `holds` true, which it has been since: the edit. Looks
  /// no further back than `not_before`, nor past a text that was not kept: then the first known.
  std::optional<schedule::Fact> edit(const std::function<bool(const plan::Plan&)>& holds,
                                     Instant not_before = Instant::min()) const;
  /// The newest text that has this duty; null when none is known.
  std::shared_ptr<const Text> text_with_duty(const std::string& duty) const;
  /// What moved a due time to `due`: an extension, a meeting's recorded date, a fact that was
  /// voided, or an edit.
  std::optional<schedule::Fact> moved_due(const schedule::Assignment& assignment,
                                          std::optional<Instant> due) const;

 private:
  std::vector<const schedule::Fact*> texts() const;

  const schedule::Record& record_;
  const TextOf& text_of_;
};

}  // namespace duban::engine
