#include "engine/draft_files.h"

#include <spdlog/spdlog.h>

#include "base/limits.h"
#include "document/writing.h"

namespace duban::engine {
namespace {

std::expected<document::DocumentFile, Diagnostics> draft_of(const schedule::Timetable& timetable,
                                                            const schedule::Record& record,
                                                            const schedule::Telling& telling,
                                                            const document::Forms& forms) {
  const auto& plan = timetable.plan();
  const auto& duty = *plan.find_duty(telling.item.key.about.duty);
  document::Standpoint then{timetable.plan_ptr(), record, telling.item.planned_at};
  auto type = document::types_of(duty.document->form).front();
  return document::write_document(then, duty, telling.item.key.about.period, type, forms);
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
    const auto& about = telling.item.key.about;
    auto file = draft_of(timetable, record, telling, forms);
    if (!file) {
      for (const auto& one : file.error()) {
        spdlog::error("draft of {} {}: {}: {}", about.duty, about.period, one.place.file,
                      one.message);
      }
      continue;
    }
    bytes += file->bytes.size();
    if (files.size() >= limits::attachments || bytes > limits::attachment_bytes) {
      spdlog::error("draft of {} {}: too much for one message", about.duty, about.period);
      break;
    }
    files.push_back({std::move(file->name), std::move(file->type), std::move(file->bytes)});
  }
  return files;
}

}  // namespace duban::engine
