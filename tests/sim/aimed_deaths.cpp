#include "sim/aimed_deaths.h"

#include <algorithm>
#include <array>

namespace duban::sim {
namespace {

constexpr std::uint64_t one_of = 7, that_one = 2;
// Where the daemon waits seldom; tests/sim/points.py names them all.
constexpr std::array steps{"reply", "connect", "send", "record", "shift", "resolve"};
constexpr int nth_at_most = 3;

void aim_those_there(Story& story, std::uint64_t turn) {
  for (auto& happening : story.happenings) {
    auto* down = std::get_if<Down>(&happening.what);
    if (down == nullptr || down->at_await == 0) continue;
    down->at_step = steps.at(turn++ % steps.size());
    down->at_await = 1 + down->at_await % nth_at_most;
  }
}

// What an endpoint still has to get is put off when it fails, and then only.
void die_putting_off(Story& story, std::uint64_t turn) {
  auto fails = std::ranges::find_if(story.happenings, [](const Happening& one) {
    return std::holds_alternative<Weather>(one.what);
  });
  if (fails == story.happenings.end()) return;
  const auto nth = static_cast<int>(1 + turn % nth_at_most);
  story.happenings.insert(
      fails + 1, {fails->at, Down{.back_after = 20, .at_await = nth, .at_step = "postpone"}});
}

}  // namespace

void aim_deaths(Story& story, std::uint64_t seed) {
  if (seed % one_of != that_one) return;
  const auto turn = seed / one_of;
  aim_those_there(story, turn);
  if (turn % 2 == 0) die_putting_off(story, turn / 2);
}

}  // namespace duban::sim
