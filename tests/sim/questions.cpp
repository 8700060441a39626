#include "sim/questions.h"

#include <algorithm>

#include "sim/design/spots.h"
#include "sim/dice.h"

namespace duban::sim {
namespace {

using design::Spot;
using What = Said::What;

constexpr Second hour = 3600, day = 24 * hour;

class Asking {
 public:
  Asking(Story& story, std::uint64_t seed) : story_(story), dice_(seed * 131 + 17) {
    for (auto& spot : design::spots_of(story.plan)) {
      bool about = spot.kind == Spot::Kind::stage || spot.kind == Spot::Kind::due;
      bool in_time = spot.at > story.begins + hour && spot.at < story.faults_end - hour;
      if (about && in_time) spots_.push_back(std::move(spot));
    }
  }

  void run() {
    if (spots_.empty()) return;
    auto count = dice_.between(1, 4);
    for (int i = 0; i < count; ++i) ask();
    std::ranges::stable_sort(story_.happenings, {}, &Happening::at);
  }

 private:
  Second around() {
    return dice_.one_of(std::vector<Second>{-day, -hour, -60, -1, 0, 1, 60, hour});
  }

  void add(Second at, Said said) {
    bool inside = at > story_.begins && at < story_.faults_end;
    if (inside) story_.happenings.push_back({at, std::move(said)});
  }

  Said about(const Spot& spot, What what) {
    auto duty = std::ranges::find(story_.plan.duties, spot.duty, &Duty::id);
    Said said{.what = what, .duty = spot.duty, .period = spot.period,
              .unit = dice_.one_of(duty->who), .stage = std::nullopt};
    return said;
  }

  void ask();
  void ask_for_time(const Spot& spot, Second at);
  void give_back(const Spot& spot, Second at);
  void hand_on(const Spot& spot, Second at);

  Story& story_;
  Dice dice_;
  std::vector<Spot> spots_;
};

// Decided soon, late, or never.
void Asking::ask_for_time(const Spot& spot, Second at) {
  auto said = about(spot, What::asked);
  if (dice_.in_hundred(60)) said.until = at + dice_.between(2, 9) * day;
  add(at, said);
  if (dice_.in_hundred(20)) return;
  at += dice_.one_of(std::vector<Second>{1, hour, day, 2 * day, 5 * day});
  said.what = dice_.in_hundred(50) ? What::declined : What::extended;
  said.until = said.what == What::declined ? 0 : at + dice_.between(1, 8) * day;
  add(at, said);
  if (!dice_.in_hundred(30)) return;
  said.what = What::asked;
  said.until = 0;
  add(at + day, said);
}

void Asking::give_back(const Spot& spot, Second at) {
  auto said = about(spot, dice_.in_hundred(50) ? What::submitted : What::received);
  add(at, said);
  said.what = What::returned;
  at += dice_.one_of(std::vector<Second>{1, hour, day, 3 * day});
  said.until = at + dice_.between(3, 12) * day;
  add(at, said);
  if (dice_.in_hundred(40)) return;
  said.what = What::submitted;
  said.until = 0;
  add(at + dice_.between(1, 10 * day), said);
}

void Asking::hand_on(const Spot& spot, Second at) {
  auto said = about(spot, What::not_ours);
  add(at, said);
  if (dice_.in_hundred(25)) return;
  at += dice_.one_of(std::vector<Second>{1, hour, day, 2 * day});
  said.what = dice_.in_hundred(30) ? What::declined : What::reassigned;
  if (said.what == What::reassigned) {
    said.to = dice_.one_of(story_.plan.units).id;
    if (dice_.in_hundred(50)) said.until = at + dice_.between(2, 10) * day;
  }
  add(at, said);
}

void Asking::ask() {
  auto spot = dice_.one_of(spots_);
  auto at = spot.at + around();
  auto what = dice_.between(0, 99);
  if (what < 35) return ask_for_time(spot, at);
  if (what < 55) return give_back(spot, at);
  if (what < 75) return hand_on(spot, at);
  add(at, about(spot, what < 85 ? What::submitted : what < 95 ? What::called : What::accepted));
}

}  // namespace

void add_questions(Story& story, std::uint64_t seed) {
  // The seeds that a rare planted defect is looked for in are none of these.
  constexpr std::uint64_t one_in = 5;
  bool asked = seed % one_in == 0 || seed % one_in == 3;
  // Known, in RECORD.md: what waits for the hours while the clock was set back is told late.
  bool set_back = std::ranges::any_of(story.happenings, [](const Happening& one) {
    const auto* set = std::get_if<ClockSet>(&one.what);
    return set != nullptr && set->by < 0;
  });
  if (asked && !set_back && !story.plan.shipped) Asking{story, seed}.run();
}

}  // namespace duban::sim
