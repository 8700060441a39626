#include "sim/world.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <vector>

namespace duban::sim {
namespace {

World* the_world = nullptr;
constexpr std::int64_t million = 1'000'000;

}  // namespace

World::World(Second begins, std::uint64_t seed)
    : begins_(begins), wall_then_(begins * 1000), dice_(seed) {
  if (the_world != nullptr) throw std::logic_error("two worlds at once");
  the_world = this;
}

World::~World() { the_world = nullptr; }

World& World::present() { return *the_world; }

Millis World::wall_millis() const {
  auto passed = since_ - drifts_from_;
  return wall_then_ + passed + passed * ppm_ / million;
}

void World::set_wall(Second by) {
  wall_then_ += by * 1000;
  ++times_set_;
  // Whoever waits for a moment of the wall clock hears of it (TFD_TIMER_CANCEL_ON_SET).
  auto waiting = std::exchange(alarms_, {});
  for (auto& [id, alarm] : waiting) alarm.act(false);
}

void World::drift(int ppm) {
  wall_then_ = wall_millis();
  drifts_from_ = since_;
  ppm_ = ppm;
}

// The first millisecond at which it is shown.
Millis World::when_wall_shows(Second moment) const {
  auto missing = moment * 1000 - wall_millis();
  if (missing <= 0) return since_;
  auto wait = missing * million / (million + ppm_);
  auto shown = [&](Millis at) {
    auto passed = at - drifts_from_;
    return wall_then_ + passed + passed * ppm_ / million >= moment * 1000;
  };
  auto at = since_ + wait;
  while (shown(at - 1) && at > since_) --at;
  while (!shown(at)) ++at;
  return at;
}

World::Ticket World::after(Millis wait, std::function<void()> act) {
  Ticket ticket{since_ + std::max<Millis>(wait, 0), ++tickets_};
  plans_.emplace(ticket, std::move(act));
  return ticket;
}

std::uint64_t World::at_wall(Second moment, std::function<void(bool)> act) {
  alarms_.emplace(++tickets_, WallAlarm{moment, std::move(act)});
  return tickets_;
}

bool World::turn() {
  if (++turns_ > turns_at_most) return false;
  loop_.restart();
  if (loop_.poll_one() > 0) return true;
  constexpr auto never = std::numeric_limits<Millis>::max();
  auto planned = plans_.empty() ? never : plans_.begin()->first.first;
  auto ringing = std::ranges::min_element(alarms_, {}, [](const auto& alarm) {
    return std::pair{alarm.second.moment, alarm.first};
  });
  auto rings = ringing == alarms_.end() ? never : when_wall_shows(ringing->second.moment);
  if (planned == never && rings == never) return false;
  if (planned <= rings) {
    since_ = std::max(since_, planned);
    auto act = std::move(plans_.begin()->second);
    plans_.erase(plans_.begin());
    act();
  } else {
    since_ = std::max(since_, rings);
    auto act = std::move(ringing->second.act);
    alarms_.erase(ringing);
    act(true);
  }
  return true;
}

void World::settle() {
  loop_.restart();
  while (loop_.poll_one() > 0) {
  }
}

void World::pass_point(std::string_view kind, std::string_view step) {
  std::string name{kind};
  name += '@';
  name += step;
  count(name);
  if (dead_) return;
  auto comes = [](int& left) { return left > 0 && --left == 0; };
  bool await = kind == "await";
  bool counts = !await || doom_.step.empty() || doom_.step == step;
  bool dies = counts && comes(await ? doom_.awaits : doom_.disk);
  if (kind == "fsync") dies |= comes(doom_.fsyncs);
  if (!dies) return;
  count("death " + name);
  die(doom_.power_lost);
}

void World::die(bool power_lost) {
  if (dead_) return;
  dead_ = true;
  death_ = {power_lost};
  doom_ = {};
}

void World::revive() { dead_ = false; }

void World::count(std::string_view what, std::int64_t by) {
  auto found = counts_.find(what);
  if (found == counts_.end()) found = counts_.emplace(std::string{what}, 0).first;
  found->second += by;
}

}  // namespace duban::sim
