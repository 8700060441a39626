#pragma once
// The rows and files of a request that hands something in. Internal to control: names Boost.JSON,
// so only its .cpp files include it.

#include "control/request_parts.h"
#include "schedule/submission.h"

namespace duban::control {

/// What bears a secrecy mark (document/secrecy.h) is refused whoever sends it; nothing where the
/// mark is empty.
std::optional<engine::Refusal> refusal_of_mark(const std::string& mark);

/// {"clause","unchanged","progress","state","problem","asks_whom","asks_what","asks_by","lacks":
/// []}, each but the clause may be left out. Clauses and lacking units are as typed. None bears a
/// secrecy mark, nor does a file's name.
Found<std::vector<schedule::SubmittedRow>> rows_of(const boost::json::value& value);
/// {"name","digest","bytes"} of a file that the daemon keeps already.
Found<std::vector<schedule::SubmittedFile>> files_of(const boost::json::value& value);

/// The same rows with the plan's ids where its names are known; the others stay as they were typed.
std::vector<schedule::SubmittedRow> with_ids(std::vector<schedule::SubmittedRow> rows,
                                             const plan::Plan& plan);

}  // namespace duban::control
