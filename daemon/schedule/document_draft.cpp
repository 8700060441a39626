#include "schedule/document_draft.h"

#include <algorithm>

#include "schedule/draft_time.h"

namespace duban::schedule {
namespace {

bool is_draft_of(const plan::Document& document, const ItemKey& key) {
  return key.kind == ItemKind::document && key.stage == document.key;
}

// Nothing was recorded before: a draft as of then would be empty. What is recorded in a second is
// known after it.
Instant in_force_from(const Step& step, const std::string& duty) {
  Instant from = step.timetable.begins();
  for (const auto& scope : {std::string{}, duty}) {
    auto since = step.record.in_force_since(scope, "").value_or(step.now);
    from = std::max(from, since + Seconds{1});
  }
  return from;
}

// The number under which it is told next; nothing while it stands as told.
std::optional<int> telling_of(const Record& record, const AssignmentKey& about,
                              const plan::Document& document) {
  const auto* told = record.told_about(about);
  int telling = 1;
  if (told == nullptr) return telling;
  for (const auto& one : *told) {
    if (one.item.key.kind != ItemKind::document) continue;
    if (!one.withdrawn) return std::nullopt;
    if (is_draft_of(document, one.item.key)) {
      telling = std::max(telling, one.item.key.telling + 1);
    }
  }
  return telling;
}

}  // namespace

std::vector<DraftToCome> drafts_to_come(const Step& step, const std::vector<Assignment>& all) {
  std::vector<DraftToCome> drafts;
  const std::string office{plan::office_id};
  const auto& route = step.timetable.route_to(office, Audience::office, false);
  if (!route) return drafts;
  for (std::size_t slot = 0; slot < all.size(); ++slot) {
    const auto& assignment = all[slot];
    const auto& document = step.plan().duties[assignment.duty].document;
    // What was handed on to a unit is its own to write.
    bool writes = document && assignment.key.unit == office;
    if (!writes || assignment.standing != Standing::open) continue;
    auto at = draft_at(step.timetable, step.timetable.slots()[slot].occurrence);
    auto telling = telling_of(step.record, assignment.key, *document);
    if (!at || !telling) continue;
    auto planned = std::max(*at, in_force_from(step, assignment.key.duty));
    auto heard = step.quiet().at_once(assignment.key, route, std::max(planned, step.now),
                                      assignment.due);
    drafts.push_back({slot, planned, heard.at, *route, *telling});
  }
  return drafts;
}

void want_drafts(const Step& step, const Decision& decision, std::vector<Wanted>& wanted) {
  for (auto& draft : drafts_to_come(step, decision.assignments)) {
    if (draft.at > step.now) continue;
    const auto& assignment = decision.assignments[draft.assignment];
    bool late = step.missed(draft.planned);
    Telling telling;
    telling.item = {.key = {assignment.key, ItemKind::document,
                            step.plan().duties[assignment.duty].document->key, Audience::office,
                            draft.telling},
                    .planned_at = draft.planned,
                    .due = assignment.due,
                    .late = late,
                    .reason = late ? Reason::late : Reason::on_time};
    telling.assignment = draft.assignment;
    wanted.push_back({std::move(telling), std::move(draft.route), NoticeState::queued,
                      std::nullopt});
  }
}

Reason document_gone_because(const Step& step, const ItemKey& key, const Assignment& assignment) {
  const auto& document = step.plan().duties[assignment.duty].document;
  return document && is_draft_of(*document, key) ? Reason::none : Reason::removed;
}

}  // namespace duban::schedule
