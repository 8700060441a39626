#pragma once
// 一页纸 from the record.

#include <string>
#include <vector>

#include "document/standpoint.h"
#include "document/visit.h"

namespace duban::document {

/// A page for each unit (ids of the plan), in this order: the clauses that it reports on, else
/// those that name it. What a page has no room for is named with its state; what is stuck, or asks
/// for something, goes before it.
VisitView visit_view(const Standpoint& standpoint, const std::vector<std::string>& units);

}  // namespace duban::document
