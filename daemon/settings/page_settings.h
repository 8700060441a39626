#pragma once
// `[page]` of duband.toml: where the office's own proxy fetches the pages. Loopback only: who may
// look, and as whom, is the proxy's to judge.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace duban::settings {

class Section;

struct PageSettings {
  /// Of this machine: 127.0.0.0/8 or ::1.
  std::string address;
  std::uint16_t port = 0;
  /// What stands before the pages' paths where a browser sees them: `/duban`, or empty.
  std::string base;
  /// Names of the proxy, in small letters, that a request may be for beside this machine's own.
  std::vector<std::string> hosts;
  /// The table's header.
  Place place = {};

  /// Wherever it stands in the file.
  bool operator==(const PageSettings& other) const {
    return address == other.address && port == other.port && base == other.base &&
           hosts == other.hosts;
  }
};

/// Nothing when there is no `[page]`, or when it has a mistake.
std::optional<PageSettings> read_page(Section& root);

}  // namespace duban::settings
