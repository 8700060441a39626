#pragma once
// What the service manager says through the environment. Only settings/ reads the environment.

namespace duban::settings {

/// Standard error goes to the journal: it can carry fields (sd_journal_send).
bool logs_to_journal();

}  // namespace duban::settings
