#include "schedule/knowledge.h"

#include <algorithm>

namespace duban::schedule {
namespace {

void learn(Knowledge& known, const Told& told) {
  const auto& item = told.item;
  switch (item.key.kind) {
    case ItemKind::start:
      known.told = true;
      known.gone = false;
      known.due = item.due;
      break;
    case ItemKind::change:
    case ItemKind::answer:
      known.told = true;
      known.due = item.due;
      known.changed_at = item.planned_at;
      known.stages.clear();
      break;
    case ItemKind::stage:
      known.told = true;
      known.due = item.due;
      known.stages.push_back(&told);
      break;
    case ItemKind::gone:
      known = {.gone = true, .telling = known.telling};
      break;
    default:
      break;
  }
}

}  // namespace

Knowledge knowledge_of(const std::vector<Told>* told, Audience audience) {
  Knowledge known;
  if (told == nullptr) return known;
  for (const auto& one : *told) {
    const auto& key = one.item.key;
    // A draft of a document says nothing of what is owed.
    if (key.audience != audience || key.kind == ItemKind::document) continue;
    known.telling = std::max(known.telling, key.telling);
    if (!one.withdrawn) learn(known, one);
  }
  return known;
}

}  // namespace duban::schedule
