#include "io/service_manager.h"

#include <fmt/format.h>
#include <systemd/sd-daemon.h>

#include <cstdint>
#include <ctime>

namespace duban::io::service_manager {
namespace {

// Not being under a service manager is no error, and one that cannot be told is not ours to mend.
void tell(const std::string& state) { static_cast<void>(sd_notify(0, state.c_str())); }

}  // namespace

void ready() { tell("READY=1"); }

void reloading() {
  // Type=notify-reload wants CLOCK_MONOTONIC, which is no wall clock and decides nothing here.
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  tell(fmt::format("RELOADING=1\nMONOTONIC_USEC={}", now.tv_sec * 1'000'000 + now.tv_nsec / 1000));
}

void stopping() { tell("STOPPING=1"); }

void status(const std::string& text) { tell("STATUS=" + text.substr(0, text.find('\n'))); }

std::optional<std::chrono::microseconds> watchdog() {
  std::uint64_t within = 0;
  if (sd_watchdog_enabled(0, &within) <= 0) return std::nullopt;
  return std::chrono::microseconds{within};
}

void alive() { tell("WATCHDOG=1"); }

}  // namespace duban::io::service_manager
