#pragma once
// What the daemon tells systemd (sd_notify). Without a service manager every call does nothing.

#include <string>

namespace duban::io::service_manager {

/// Started, or done with a reload.
void ready();
/// A reload has begun; ends with ready().
void reloading();
void stopping();
/// One line for `systemctl status`; the first line of `text` is told.
void status(const std::string& text);

}  // namespace duban::io::service_manager
