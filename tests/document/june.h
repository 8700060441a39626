#pragma once
// June 2022 of the shipped plan as an office would have it on its desk: 28 units, 24 clauses, some
// late, some stuck.

#include "document/briefing.h"
#include "document/dispatch.h"
#include "document/register.h"
#include "document/visit.h"
#include "message/template_expand.h"

namespace duban::document {

DispatchView june_dispatch();
BriefingView second_quarter();
RegisterView june_register();
VisitView june_visit();
/// The text templates that are shipped, by file name.
const message::Templates& document_templates();
/// A file of the folder that they lie in.
std::string shipped_form(const std::string& name);

}  // namespace duban::document
