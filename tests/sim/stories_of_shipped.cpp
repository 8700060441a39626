#include "sim/stories_of_shipped.h"

#include <algorithm>

#include "sim/dice.h"

namespace duban::sim {
namespace {

constexpr Second hour = 3600, day = 86400;
/// 2022-03-14 00:00 and 2023-01-01 00:00 in Shanghai.
constexpr Second issued = 1'647'187'200, next_year = 1'672'502'400;

const std::vector<std::string>& reporters() {
  static const std::vector<std::string> ids{"org",     "publicity", "edu",   "science", "industry",
                                            "finance", "labour",    "water", "transport",
                                            "investment", "data", "environment"};
  return ids;
}

class Writer {
 public:
  explicit Writer(std::uint64_t seed) : dice_(seed * 31 + 7) { story_.seed = seed; }
  Story write();

 private:
  Said any_said(Second at);
  void hand_in_tables();
  void go_wrong();
  void add(Second at, decltype(Happening::what) what) {
    if (at > story_.begins && at < story_.faults_end) story_.happenings.push_back({at, what});
  }

  Dice dice_;
  Story story_;
};

// Each month most hand in before the 25th, some after, some never.
void Writer::hand_in_tables() {
  for (int month = 4; month <= 10; ++month) {
    auto due = issued + (month - 3) * 30 * day + 12 * day + 17 * hour;
    auto period = "2022-" + std::string(month < 10 ? "0" : "") + std::to_string(month);
    for (const auto& unit : reporters()) {
      if (dice_.in_hundred(15)) continue;
      Said said;
      said.duty = "monthly-table";
      said.period = period;
      said.unit = unit;
      said.ago = dice_.in_hundred(80) ? 0 : dice_.between(0, 2 * day);
      add(due + dice_.between(-4 * day, 2 * day), said);
    }
    Said checked;
    checked.what = Said::What::checked;
    checked.duty = "monthly-table";
    checked.period = period;
    if (dice_.in_hundred(80)) add(due + dice_.between(0, 3 * day), checked);
  }
}

Said Writer::any_said(Second at) {
  Said said;
  using enum Said::What;
  said.what = dice_.one_of(std::vector<Said::What>{received, checked, extended, excused, silenced,
                                                   release_draft, release_draft, release_storm,
                                                   defer_draft, void_last_received, resend});
  said.duty = dice_.one_of(std::vector<std::string>{"liaisons", "work-plan", "summary",
                                                    "unit-final", "milestone-register"});
  said.period = "2022";
  said.unit = dice_.one_of(reporters());
  said.until = at + dice_.between(1, 15) * day;
  return said;
}

void Writer::go_wrong() {
  auto when = story_.begins + dice_.between(1, story_.faults_end - story_.begins - 1);
  // Where most is told: 09:00, 14:00, 16:30 in Shanghai.
  if (dice_.in_hundred(70)) {
    auto told = dice_.one_of(std::vector<Second>{hour, 6 * hour, 8 * hour + hour / 2});
    when = when / day * day + told + dice_.between(-2, 30);
  }
  auto what = dice_.between(0, 9);
  if (what < 4) {
    Down down;
    down.how = dice_.in_hundred(50) ? Down::How::killed : Down::How::power_lost;
    down.back_after = dice_.in_hundred(80) ? dice_.between(1, 60) : dice_.between(hour, 3 * day);
    auto by = dice_.between(0, 2);
    if (by == 0) down.at_await = static_cast<int>(dice_.between(1, 400));
    if (by == 1) down.at_disk = static_cast<int>(dice_.between(1, 600));
    if (by == 2) down.at_fsync = static_cast<int>(dice_.between(1, 40));
    add(when, down);
  } else if (what < 7) {
    Weather weather;
    weather.kind = static_cast<Weather::Kind>(dice_.between(0, 9));
    weather.how_long = dice_.between(60, 6 * hour);
    weather.percent = static_cast<int>(dice_.between(5, 60));
    add(when, weather);
  } else if (what == 7) {
    add(when, DiskTrouble{static_cast<DiskTrouble::Kind>(dice_.between(0, 3)),
                          dice_.between(10, 2 * hour), static_cast<int>(dice_.between(1, 60))});
  } else if (what == 8) {
    add(when, LostAnswers{dice_.between(60, day), 20});
  } else {
    add(when, any_said(when));
  }
}

Story Writer::write() {
  story_.plan.shipped = true;
  story_.plan.year = 2022;
  story_.begins = issued + 9 * hour;
  story_.faults_end = next_year - 2 * day;
  story_.ends = next_year + 8 * day;
  hand_in_tables();
  auto count = dice_.between(10, 30);
  for (int i = 0; i < count; ++i) go_wrong();
  std::ranges::stable_sort(story_.happenings, {}, &Happening::at);
  return std::move(story_);
}

}  // namespace

Story story_of_shipped(std::uint64_t seed) { return Writer{seed}.write(); }

}  // namespace duban::sim
