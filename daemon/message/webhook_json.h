#pragma once
// The body of a webhook, `duban.notice`, as other programs read it.

#include <string>

#include "message/compose.h"

namespace duban::message {

/// One JSON document, raw UTF-8. For a group no item names a unit or its clauses, and items that
/// are then alike stand once.
std::string webhook_json(const PlanFacts& facts, const RenderContext& context,
                         const schedule::NoticePlan& notice, const std::string& id,
                         const Message& message, const std::string& text);

}  // namespace duban::message
