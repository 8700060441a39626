#pragma once
// Who has not handed in, as the office's list says it: the counts of the period, and of each unit
// what was tried. Internal to message.

#include "message/compose.h"

namespace duban::message {

/// `monthly-table 2022-05 edu`, for a command to copy.
std::string command_of(const schedule::AssignmentKey& key);

/// A paper that duban drafts for the office; handed on to a unit it is that unit's to hand in.
bool is_drafted(const plan::Duty& duty, const schedule::AssignmentKey& key);

/// What the office types when a paper that duban drafts was issued: it takes the file, so that the
/// next one builds on it.
std::string issued_command(const Scene& scene, const plan::Duty& duty, std::string_view period);

/// `应报28:按时22、迟报1(市科技局)、未报4`; zeros are left out, who is on time is only counted.
std::string tally_words(const Scene& scene, const schedule::Tally& tally);
std::vector<EntryView> missing_entries(const Scene& scene);

}  // namespace duban::message
