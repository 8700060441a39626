#pragma once
// `[[manner]]` of a rehearsal's file: how some units behave as a rule. See behave_file.h.

#include <map>
#include <string>
#include <vector>

#include "control/names.h"
#include "engine/manner.h"
#include "settings/section.h"

namespace duban::ctl {

/// By plan id, in the order of the file; whom a `share` means is drawn by the seed from those whom
/// no manner names. What is wrong is reported.
std::map<std::string, std::vector<engine::Manner>> read_manners(settings::Section& file,
                                                                std::uint64_t seed,
                                                                control::Timetables plans);

}  // namespace duban::ctl
