#include "ctl/rehearsal_folder.h"

#include "ctl/rehearsed_documents.h"
#include "ctl/rehearsed_messages.h"

namespace duban::ctl {
namespace {

namespace fs = std::filesystem;

engine::Refusal not_written(const fs::path& folder, const Bilingual& why = {}) {
  auto said = both("写不了目录 {}", "cannot write the folder {}", folder.string());
  return {"not-written", why.empty() ? said : both("{}:{}", "{}: {}", said, why), {}};
}

bool make_folders(const fs::path& out) {
  std::error_code error;
  for (const auto* part : {"mail", "webhook", "bot", "lists", "documents"}) {
    fs::create_directories(out / part, error);
    if (error) return false;
  }
  return true;
}

}  // namespace

std::expected<RehearsalFolder, engine::Refusal> RehearsalFolder::make(const fs::path& folder) {
  RehearsalFolder made{folder};
  if (folder.empty()) return made;
  if (!make_folders(folder)) return std::unexpected(not_written(folder));
  auto ledger = engine::make_kept_ledger(folder / "ledger.db");
  if (!ledger) return std::unexpected(not_written(folder, ledger.error()));
  made.ledger_ = std::move(*ledger);
  made.lines_.open(folder / "notices.jsonl", std::ios::binary | std::ios::trunc);
  return made;
}

std::optional<engine::Refusal> RehearsalFolder::write(const PlanFiles& files,
                                                      const schedule::Timetable& timetable,
                                                      const engine::Rehearsal& lived) {
  if (folder_.empty()) return std::nullopt;
  if (!ledger_->trouble().empty()) return not_written(folder_, alike(ledger_->trouble()));
  bool written = write_messages(folder_, files, timetable, lived.notices, lines_) &&
                 lists_.write(folder_ / "lists", timetable, lived.notices) &&
                 write_documents(folder_ / "documents", lived.notices);
  return written ? std::nullopt : std::optional{not_written(folder_)};
}

}  // namespace duban::ctl
