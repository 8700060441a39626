#pragma once
// Who watches over duban: `[metrics]`, fetched on this machine, and `[heartbeat]`, which calls out.

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "base/limits.h"
#include "settings/local_address.h"
#include "settings/secret_ref.h"

namespace duban::settings {

class Section;

/// Where /metrics, /livez and /readyz are fetched.
struct MetricsSettings {
  LocalAddress listen;
  /// The table's header.
  Place place = {};

  /// Wherever it stands in the file.
  bool operator==(const MetricsSettings& other) const {
    return listen.host == other.listen.host && listen.port == other.listen.port;
  }
};

/// A beat that another machine waits for. Whoever knows its URL can beat too: it is a secret.
struct HeartbeatSettings {
  SecretRef url;
  std::chrono::seconds every = limits::heartbeat_every;
  /// A file of certificates to trust, absolute; empty: the system's.
  std::filesystem::path ca;
  /// Empty: none.
  std::string proxy;
  /// Whether it may be in a network that is not public.
  bool allow_private = false;
  /// The table's header.
  Place place = {};
};

/// Nothing when there is no such table, or when it has a mistake. Relative files count from
/// `folder`.
std::optional<MetricsSettings> read_metrics(Section& root);
std::optional<HeartbeatSettings> read_heartbeat(Section& root,
                                                const std::filesystem::path& folder);

}  // namespace duban::settings
