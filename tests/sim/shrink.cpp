#include "sim/shrink.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace duban::sim {
namespace {

std::string shown(Second at) { return fmt::format("{:%m-%d %H:%M:%S}Z", fmt::gmtime(at)); }

std::string shown(const Happening& happening) {
  struct Words {
    std::string operator()(const Said& said) const {
      return fmt::format("said {} {} {} {} {} ago {} until {}", static_cast<int>(said.what),
                         said.duty, said.period, said.unit, said.to, said.ago, shown(said.until));
    }
    std::string operator()(const Edited& edited) const {
      return edited.diffed ? "edited (diffed)" : "edited";
    }
    std::string operator()(const Down& down) const {
      constexpr std::array<const char*, 3> how{"killed", "power lost", "stopped"};
      return fmt::format("{} (await {} {}, disk {}, fsync {}), back after {} s",
                         how.at(static_cast<std::size_t>(down.how)), down.at_step, down.at_await,
                         down.at_disk, down.at_fsync, down.back_after);
    }
    std::string operator()(const ClockSet& set) const {
      return fmt::format("clock set by {} s", set.by);
    }
    std::string operator()(const ClockDrift& drift) const {
      return fmt::format("clock drifts {} ppm", drift.ppm);
    }
    std::string operator()(const Suspended& slept) const {
      return fmt::format("suspended for {} s", slept.how_long);
    }
    std::string operator()(const Weather& weather) const {
      return fmt::format("weather {} at '{}' for {} s, {} %, retry-after {}",
                         static_cast<int>(weather.kind), weather.address, weather.how_long,
                         weather.percent, weather.retry_after);
    }
    std::string operator()(const DiskTrouble& trouble) const {
      return fmt::format("disk trouble {} for {} s, {} %", static_cast<int>(trouble.kind),
                         trouble.how_long, trouble.percent);
    }
    std::string operator()(const LostAnswers& lost) const {
      return fmt::format("answers lost for {} s, {} %", lost.how_long, lost.percent);
    }
  };
  return std::visit(Words{}, happening.what);
}

const char* name_of(Event::Kind kind) {
  constexpr std::array<const char*, 18> names{
      "up", "down", "fact taken", "fact refused", "fact unknown", "edit taken", "edit refused",
      "edit unknown", "clock set", "trouble begins", "trouble ends", "looked", "clock held",
      "clock accepted", "suspended", "resumed"};
  return names.at(static_cast<std::size_t>(kind));
}

}  // namespace

Story without(Story story, const std::vector<std::size_t>& happenings) {
  std::vector<Happening> kept;
  for (std::size_t index = 0; index < story.happenings.size(); ++index) {
    bool left_out = std::ranges::find(happenings, index) != happenings.end();
    if (!left_out) kept.push_back(std::move(story.happenings[index]));
  }
  story.happenings = std::move(kept);
  return story;
}

std::vector<std::size_t> shrink(const Story& story,
                                const std::function<bool(const Story&)>& fails) {
  std::vector<std::size_t> needless;
  for (std::size_t index = story.happenings.size(); index-- > 0;) {
    needless.push_back(index);
    if (!fails(without(story, needless))) needless.pop_back();
  }
  std::ranges::sort(needless);
  return needless;
}

void tell(const Story& story, const Played& played) {
  for (std::size_t index = 0; index < story.happenings.size(); ++index) {
    const auto& one = story.happenings[index];
    fmt::print("{:3} {} {}\n", index, shown(one.at), shown(one));
  }
  for (const auto& event : played.outcome.events) {
    if (event.kind == Event::Kind::looked) continue;
    fmt::print("    {} ({}) {} {}\n", shown(event.at.since), shown(event.at.wall),
               name_of(event.kind), event.happening ? std::to_string(*event.happening) : "");
  }
  for (const auto& notice : played.outcome.notices) {
    fmt::print("    {} notice {} to {} {} ended {} ({}), {} attempt(s)\n", shown(notice.queued_at),
               notice.id, notice.endpoint, notice.state, notice.ended.value_or("open"),
               notice.end_reason, notice.attempts.size());
  }
  for (const auto& item : played.outcome.items) {
    fmt::print("    item {} {} {} {} {} '{}' {} telling {} planned {} late {} ended {}\n", item.seq,
               item.duty, item.period, item.unit, item.kind, item.stage, item.audience,
               item.telling, shown(item.planned_at), item.late, item.ended_reason.value_or("-"));
  }
  for (const auto& arrival : played.outcome.arrivals) {
    fmt::print("    {} arrival {} at {} taken {} answered {} settled {}\n",
               shown(arrival.at.since), arrival.notice, arrival.address, arrival.taken,
               arrival.answered, arrival.settled);
  }
}

}  // namespace duban::sim
