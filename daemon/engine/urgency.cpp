#include "engine/urgency.h"

#include <algorithm>
#include <array>

namespace duban::engine {
namespace {

constexpr std::array<std::string_view, 5> everything{"ledger-damaged", "ledger-failing",
                                                     "clock-step", "plan-not-running",
                                                     "step-refused"};
constexpr std::array<std::string_view, 3> can_wait{"bad-files", "plan-folder-gone",
                                                   "calendar-missing"};

}  // namespace

int urgency(std::string_view code) {
  const auto* first = std::ranges::find(everything, code);
  if (first != everything.end()) return static_cast<int>(first - everything.begin());
  const auto* last = std::ranges::find(can_wait, code);
  const auto some = static_cast<int>(everything.size());
  return last == can_wait.end() ? some : some + 1 + static_cast<int>(last - can_wait.begin());
}

}  // namespace duban::engine
