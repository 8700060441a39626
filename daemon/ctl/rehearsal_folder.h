#pragma once
// The folder that `rehearse --out` fills: notices.jsonl and the messages, the ledger, the office's
// daily lists, the drafts of its documents. What each folder of it holds has a file of its own here
// (rehearsed_*.h).

#include <expected>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

#include "ctl/plan_files.h"
#include "ctl/rehearsed_lists.h"
#include "engine/engine.h"
#include "engine/kept_ledger.h"
#include "engine/rehearsal.h"

namespace duban::ctl {

class RehearsalFolder {
 public:
  /// Makes it ready; of an empty path it is none, and keeps nothing.
  static std::expected<RehearsalFolder, engine::Refusal> make(const std::filesystem::path& folder);

  /// For engine::RehearsalOptions: ledger.db; null where there is no folder.
  engine::LifeBook* book() const { return ledger_.get(); }
  /// What one plan's year left, once it is lived; or why it was not kept.
  std::optional<engine::Refusal> write(const PlanFiles& files,
                                       const schedule::Timetable& timetable,
                                       const engine::Rehearsal& lived);

 private:
  explicit RehearsalFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  std::filesystem::path folder_;
  std::unique_ptr<engine::KeptLedger> ledger_;
  std::ofstream lines_;
  RehearsedLists lists_;
};

}  // namespace duban::ctl
