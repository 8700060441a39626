#include "settings/environment.h"

#include <cstdlib>

namespace duban::settings {

bool logs_to_journal() { return std::getenv("JOURNAL_STREAM") != nullptr; }

}  // namespace duban::settings
