#pragma once
// Pilot mode (`redirect_all`): the message says whom it was for. Pure.

#include <string>

#include "base/tongue.h"
#include "ledger/store.h"

namespace duban::delivery {

/// The content with a line before subject, text and HTML that names whom it was for. The webhook
/// body stays as it is: it names its units itself.
ledger::Content redirected(ledger::Content content, const std::string& meant_for,
                           Tongue language = Tongue::chinese);

}  // namespace duban::delivery
