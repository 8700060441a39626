#pragma once
// Which document is asked for, read from the parameters of a query: names as people type them.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "control/names.h"
#include "control/requests.h"

namespace duban::control {

/// What somebody asks for, in the words of `report`.
struct DocumentRequest {
  engine::DocumentOrder order;
  /// Every type that it can be had as, the one to edit first.
  std::vector<document::FileType> types;
};

/// `plan`, `form` (dispatch, briefing, register, visit), `duty` where several write that form,
/// `period` (else the newest whose draft is due by now), `unit` (of a visit, in the order of the
/// pages, commas between), `at`, `type` (docx, xlsx, html, txt; else the one to edit).
Found<DocumentRequest> document_request(const Fields& query,
                                        std::span<const engine::PlanRun* const> plans, Instant now);

/// The answer as JSON: which it is, its cut-off, its types, its name, and its bytes in Base64.
std::string written_document(const DocumentRequest& request,
                             const engine::WrittenDocument& written, const calendar::Zone& zone);

}  // namespace duban::control
