#pragma once
// Where a listener of this machine's own stands: a loopback address and a port.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bilingual.h"

namespace duban::settings {

class Section;

struct LocalAddress {
  /// Of this machine: in 127.0.0.0/8, or ::1.
  std::string host;
  std::uint16_t port = 0;
};

/// Reads `"127.0.0.1:8622"` or `"[::1]:8622"`, which must be there; `example` is shown as a mend,
/// `what` names what is heard there, as many things. Any other machine's address is an error.
std::optional<LocalAddress> read_local_address(Section& section, std::string_view key,
                                               std::string_view example, BilingualView what);

}  // namespace duban::settings
