#pragma once
// The JSON documents that others read: one shape for the daemon's socket and for `dubanctl --json`.
// Each returns the whole document as UTF-8 text. Unknown is null, empty is [], nothing is left out;
// times are RFC 3339 with the plan's offset.

#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "calendar/zone.h"
#include "control/names.h"
#include "engine/agenda.h"
#include "engine/engine.h"
#include "ledger/store.h"
#include "schedule/assignment.h"

namespace duban::control {

/// The zone of each plan by its id; a time of an unknown plan is written in UTC.
using Zones = std::map<std::string, calendar::Zone>;

std::string show_document(Timetables plans);
/// Rows of all plans by time.
std::string agenda_document(std::vector<engine::AgendaRow> rows, const Zones& zones);
std::string check_document(const Diagnostics& diagnostics);
/// `more`: older ones were left off.
std::string notices_document(const std::vector<ledger::NoticeView>& notices, Timetables plans,
                             bool more = false);
/// One notice as in the document above, with where its message was written: a line of
/// notices.jsonl.
std::string rehearsed_line(const ledger::NoticeView& notice, Timetables plans,
                           const std::string& message);
/// Times are business time. `next` and the outbox's `oldest_at` are the earliest of all plans;
/// `years_left` counts from this year on.
std::string status_document(const engine::Status& status, const Zones& zones, long pid);
/// {"plan","facts":[{"seq","kind","duty","period","unit","clause","at","recorded_at","by","until",
/// "refers","note"}]}
std::string facts_document(const std::string& plan, const std::vector<schedule::Fact>& facts,
                           const calendar::Zone& zone);
/// {"taken":[plan],"kept":[plan],"diagnostics":[…]}
std::string reload_document(const engine::Reloaded& reloaded);
/// {"plans":[{"id","hash"}]}: see Engine::texts_in_force.
std::string texts_document(const std::map<std::string, std::string>& hashes);
/// {"plan": effect or null, "diagnostics":[…]}
std::string difference_document(const engine::Difference& difference);
/// {"notice": id}
/// {"digest"}: of a file that is kept now.
std::string file_document(const std::string& digest);
std::string notice_document(const std::string& notice);
/// {"done":true}
std::string done_document();
/// {"error":{"code","message","mend"}}
std::string error_document(const engine::Refusal& refusal, Tongue language);

}  // namespace duban::control
