#pragma once
// `dubanctl status`: one screen, read at three in the morning. What is wrong comes first, each with
// its mend; then what a person looks at to believe that all is well.

#include <functional>
#include <string>

#include "ctl/console.h"

namespace duban::ctl {

/// Prints a status document; what an older daemon does not say is left out. `year_of`: a plan's
/// year, for times of that year; no_year where it is not known.
void print_status(const std::string& document,
                  const std::function<int(const std::string& plan)>& year_of,
                  const Console& console);

}  // namespace duban::ctl
