#include "engine/draft_files.h"

#include <ranges>
#include <spdlog/spdlog.h>

#include "base/limits.h"
#include "document/writing.h"

namespace duban::engine {
namespace {

// To be edited, and to be checked: that one has the names behind each number.
constexpr std::size_t types_sent = 2;

void log_fault(const schedule::AssignmentKey& about, const Diagnostics& faults) {
  for (const auto& one : faults) {
    spdlog::error("draft of {} {}: {}: {}", about.duty, about.period, one.place.file,
                  one.message.english);
  }
}

// Those that could be written.
std::vector<document::DocumentFile> drafts_of(const schedule::Timetable& timetable,
                                              const schedule::Record& record,
                                              const schedule::Telling& telling,
                                              const document::Forms& forms) {
  const auto& about = telling.item.key.about;
  const auto& duty = *timetable.plan().find_duty(about.duty);
  document::Standpoint then{timetable.plan_ptr(), record, telling.item.planned_at};
  std::vector<document::DocumentFile> files;
  for (auto type : document::types_of(duty.document->form) | std::views::take(types_sent)) {
    auto file = document::write_document(then, duty, about.period, type, forms);
    if (file) files.push_back(std::move(*file));
    else log_fault(about, file.error());
  }
  return files;
}

bool has_document(const plan::Plan& plan, const schedule::Telling& telling) {
  if (telling.item.key.kind != ItemKind::document) return false;
  const auto* duty = plan.find_duty(telling.item.key.about.duty);
  return duty != nullptr && duty->document;
}

}  // namespace

std::vector<ledger::Attachment> draft_files(const schedule::Timetable& timetable,
                                            const schedule::Record& record,
                                            const schedule::NoticePlan& notice,
                                            const document::Forms& forms) {
  std::vector<ledger::Attachment> files;
  std::size_t bytes = 0;
  for (const auto& telling : notice.tellings) {
    if (!has_document(timetable.plan(), telling)) continue;
    for (auto& file : drafts_of(timetable, record, telling, forms)) {
      bytes += file.bytes.size();
      if (files.size() >= limits::attachments || bytes > limits::attachment_bytes) {
        const auto& about = telling.item.key.about;
        spdlog::error("draft of {} {}: too much for one message", about.duty, about.period);
        return files;
      }
      files.push_back({std::move(file.name), std::move(file.type), std::move(file.bytes)});
    }
  }
  return files;
}

}  // namespace duban::engine
