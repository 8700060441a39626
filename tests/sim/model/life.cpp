#include "sim/model/life.h"

#include <algorithm>

namespace duban::sim::model {
namespace {

using Kind = Event::Kind;

/// After the clock was set: until it is known whether that is believed, and acted upon.
constexpr Second clock_settles = 10;

bool meet(const std::vector<Span>& spans, Second from, Second to) {
  return std::ranges::any_of(
      spans, [&](const Span& span) { return span.from <= to && from <= span.to; });
}

}  // namespace

// Goes through the events and closes a calm stretch wherever something happens to the daemon.
struct Life::Walk {
  Life& life;
  bool up = false, troubled = false, held = false, suspended = false;
  std::optional<Second> calm_from, down_from, trouble_from;
  Second not_before = 0;
  /// The latest that the wall clock has shown.
  Second latest_wall = 0;

  bool is_calm() const { return up && !troubled && !held && !suspended; }
  void close(std::optional<Second>& from, std::vector<Span>& spans, Second at) {
    if (from && *from < at) spans.push_back({*from, at});
    from.reset();
  }
  void settle(Second at) {
    bool gone = !up || suspended;
    if (is_calm() && !calm_from) calm_from = std::max(at, not_before);
    if (!is_calm()) close(calm_from, life.calm_, at);
    if (gone && !down_from) down_from = at;
    if (!gone) close(down_from, life.down_, at);
    if (troubled && !trouble_from) trouble_from = at;
    if (!troubled) close(trouble_from, life.trouble_, at);
  }
  void apply(const Event& event, Second set_by) {
    switch (event.kind) {
      case Kind::up: up = true; held = false; break;
      case Kind::down: up = false; break;
      case Kind::trouble_begins: troubled = true; break;
      case Kind::trouble_ends: troubled = false; break;
      case Kind::clock_held: held = life.clock_was_held_ = true; break;
      case Kind::clock_accepted: held = false; break;
      case Kind::suspended: suspended = true; break;
      case Kind::resumed: suspended = false; break;
      case Kind::clock_set: clock_set(event, set_by); break;
      default: break;
    }
    settle(event.at.since);
    latest_wall = std::max(latest_wall, event.at.wall);
  }
  // Set back: until it shows what it has not shown before.
  void clock_set(const Event& event, Second by) {
    close(calm_from, life.calm_, event.at.since);
    latest_wall = std::max(latest_wall, event.at.wall - by);
    auto again = std::max<Second>(latest_wall - event.at.wall, 0);
    not_before = event.at.since + again + clock_settles;
    held = false;
  }
};

Life::Life(const Story& story, const Outcome& outcome) : ends_(story.ends) {
  clock_.push_back({story.begins, story.begins});
  note_weather(story);
  Walk walk{.life = *this};
  walk.down_from = story.begins;
  walk.latest_wall = story.begins;
  for (const auto& event : outcome.events) {
    Second by = 0;
    if (event.kind == Kind::clock_set && event.happening) {
      const auto& what = story.happenings.at(*event.happening).what;
      if (const auto* set = std::get_if<ClockSet>(&what)) by = set->by;
    }
    if (by != 0) {
      clock_was_set_ = true;
      sets_.push_back(event.at.since);
      set_back_ += std::max<Second>(-by, 0);
      clock_.push_back({event.at.wall - by, event.at.since});
    }
    clock_.push_back(event.at);
    if (event.kind == Kind::looked) looks_.push_back(event.at);
    walk.apply(event, by);
  }
  walk.up = false;
  walk.settle(ends_);
  walk.up = true;
  walk.suspended = walk.troubled = false;
  walk.settle(ends_ + 1);
  auto last = clock_.back();
  clock_.push_back({last.wall + (ends_ - last.since), ends_});
}

void Life::note_weather(const Story& story) {
  for (const auto& happening : story.happenings) {
    if (std::holds_alternative<ClockDrift>(happening.what)) clock_drifted_ = true;
    const auto* weather = std::get_if<Weather>(&happening.what);
    if (weather == nullptr) continue;
    // One that comes after a suspension comes later than it says.
    weather_.push_back({happening.at, happening.at + weather->how_long + 3600});
  }
}

Second Life::wall_at(Second since) const {
  std::size_t next = 1;
  while (next + 1 < clock_.size() && clock_[next].since <= since) ++next;
  if (next >= clock_.size()) return since;
  const auto& a = clock_[next - 1];
  const auto& b = clock_[next];
  auto length = b.since - a.since;
  auto gained = b.wall - a.wall - length;
  if (length <= 0) return b.wall + (since - b.since);
  return a.wall + (since - a.since) + gained * (since - a.since) / length;
}

std::optional<Second> Life::since_of(Second wall, Second not_before) const {
  for (std::size_t i = 1; i < clock_.size(); ++i) {
    const auto& a = clock_[i - 1];
    const auto& b = clock_[i];
    if (b.since < not_before || b.wall < wall) continue;
    auto from = std::max(a.since, not_before);
    if (b.since == a.since || wall_at(from) >= wall) return from;
    return std::clamp(b.since - (b.wall - wall), from, b.since);
  }
  return std::nullopt;
}

std::optional<Second> Life::written_at(Second wall, Second not_before) const {
  for (std::size_t i = 1; i < clock_.size(); ++i) {
    const auto& a = clock_[i - 1];
    const auto& b = clock_[i];
    bool runs = a.since < b.since && b.since >= not_before;
    auto from = std::max(a.since, not_before);
    if (!runs || wall > b.wall || wall + 1 < wall_at(from)) continue;
    return std::clamp(b.since - (b.wall - wall), from, b.since);
  }
  return since_of(wall, not_before);
}

bool Life::is_calm(Second from, Second to) const {
  return std::ranges::any_of(
      calm_, [&](const Span& span) { return span.from <= from && to <= span.to; });
}

bool Life::was_hurt(Second from, Second to) const {
  return meet(down_, from, to) || meet(trouble_, from, to);
}

bool Life::clock_was_set(Second from, Second to) const {
  return std::ranges::any_of(sets_, [&](Second at) { return from <= at && at <= to; });
}

bool Life::had_weather(Second from, Second to) const { return meet(weather_, from, to); }

}  // namespace duban::sim::model
