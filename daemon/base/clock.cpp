#include "base/clock.h"

#include <ctime>

namespace duban {
namespace {

std::chrono::milliseconds read_clock(clockid_t id) {
  timespec now{};
  clock_gettime(id, &now);
  return std::chrono::seconds{now.tv_sec} + std::chrono::milliseconds{now.tv_nsec / 1'000'000};
}

}  // namespace

Instant SystemClock::now() const { return machine_now(); }

Instant SystemClock::machine_now() const {
  return Instant{std::chrono::floor<Seconds>(read_clock(CLOCK_REALTIME))};
}

Seconds SystemClock::since_boot() const {
  return std::chrono::floor<Seconds>(read_clock(CLOCK_BOOTTIME));
}

PretendedClock::PretendedClock(Instant start, int speed)
    : start_(start), made_at_(read_clock(CLOCK_BOOTTIME)), speed_(speed) {}

Instant PretendedClock::now() const {
  auto passed = (read_clock(CLOCK_BOOTTIME) - made_at_) * speed_;
  return start_ + std::chrono::floor<Seconds>(passed);
}

Instant PretendedClock::machine_now() const { return machine_.machine_now(); }

Seconds PretendedClock::since_boot() const { return machine_.since_boot(); }

}  // namespace duban
