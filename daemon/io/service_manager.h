#pragma once
// What the daemon tells systemd (sd_notify). Without a service manager every call does nothing.

#include <chrono>
#include <optional>
#include <string>

namespace duban::io::service_manager {

/// Started, or done with a reload.
void ready();
/// A reload has begun; ends with ready().
void reloading();
void stopping();
/// One line for `systemctl status`; the first line of `text` is told.
void status(const std::string& text);
/// Within how long it wants alive() each time, or it ends the daemon; nothing where it watches
/// nobody, or another process (WATCHDOG_USEC, WATCHDOG_PID).
std::optional<std::chrono::microseconds> watchdog();
void alive();

}  // namespace duban::io::service_manager
