#pragma once
// What both kinds of page say of a duty, a period and a stage. Internal to the pages.

#include <memory>
#include <vector>

#include "engine/cited.h"
#include "engine/explain_causes.h"

namespace duban::engine {

/// A text, the record of a moment, and the assignments as they stood at it.
class Scene {
 public:
  /// By the text that was in force by `record`; the present one where that was not kept.
  Scene(const Past& past, const schedule::Record& record, Instant at);

  const plan::Plan& plan() const { return *text_->plan; }
  const schedule::Timetable& timetable() const { return timetable_; }
  const schedule::Record& record() const { return record_; }
  const Causes& causes() const { return causes_; }
  const TextInForce& text() const { return in_force_; }
  Citing cite() const { return Citing{*text_}; }
  Instant at() const { return at_; }
  /// The assignment as it stood; null when the text has none.
  const schedule::Assignment* assignment(const schedule::AssignmentKey& key) const;
  /// A unit, a party or the office by the name it bore.
  std::string name_of(const std::string& id) const;

  /// The page's head.
  Page page(const Past& past) const;
  /// A duty of this text or, of one that has left it, of the last text that had it.
  DutyPart duty(const schedule::AssignmentKey& about) const;
  /// How the due time came about; of what has left the text only its name.
  PeriodPart period(const schedule::AssignmentKey& about) const;
  /// A ladder's stage, heard at `heard`.
  StagePart stage(const schedule::AssignmentKey& about, const std::string& key,
                  std::optional<Instant> heard) const;

 private:
  static std::shared_ptr<const Text> choose(const Past& past, const schedule::Record& record,
                                            TextInForce& in_force);

  const schedule::Record& record_;
  Instant at_;
  TextInForce in_force_;
  std::shared_ptr<const Text> text_;
  schedule::Timetable timetable_;
  std::vector<schedule::Assignment> all_;
  Causes causes_;
};

/// A fact about a stage of this kind that was told: `escalate` of `escalate +2wd 09:00`.
std::optional<StageKind> kind_of(const std::string& stage_key);

}  // namespace duban::engine
