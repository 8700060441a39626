#pragma once
// What was recorded, as the verbs that record it say it.

#include <string>

#include "ctl/command.h"

namespace duban::ctl {

/// A line for each fact of the daemon's answer.
void print_facts(const std::string& document, const Command& command, const Console& console);

}  // namespace duban::ctl
