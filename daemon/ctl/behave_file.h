#pragma once
// How everybody behaves in a rehearsal, as a file says it:
//
//     rest = "punctual"                  # who is not named: punctual, or nobody (the default)
//     seed = 2022                        # another number draws another year
//
//     [[manner]]                         # how some behave as a rule, about what they hand in
//     units    = ["市教育局", "water"] # or share = 0.2: that part of those whom no manner names,
//                                        #   drawn; neither: all others but the office
//     duties   = ["monthly-table"]       # left out: all
//     hands_in = "late"                  # early, last-day, late or never
//     by       = "1wd..4wd"              # early, late: so long before or after; or "2h..20h"
//     asks     = 0.3                     # for so many it asks for more time the working day before
//     grants   = 0.8                     # of these the office grants so many, the next morning
//     paper_first = 0.1                  # so many come on paper, recorded a day or two later
//     wrong    = 0.1                     # so many are the wrong thing, given back for 3 wd
//
//     [[event]]
//     what   = "received"                # received, checked, held, extended, excused; or nothing:
//     duty   = "monthly-table"           #   never handed in, whatever the rest does
//     period = "2022-05"
//     units  = ["市教育局", "water"]      # left out: everybody who owes it
//     at     = "05-26 16:40"
//     # until = "05-30 17:00"            # extended: the new due time
//     # why   = "防汛期间免报"            # excused

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "control/names.h"
#include "engine/rehearsal.h"

namespace duban::ctl {

/// By plan id, for every plan of `plans`. Empty, with diagnostics that show the file as `shown`,
/// when its text (settings/text_file.h) cannot be taken whole.
std::optional<std::map<std::string, engine::Behaviour>> read_behaviours(
    std::string_view text, const std::string& shown, control::Timetables plans,
    Diagnostics& out);

}  // namespace duban::ctl
