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
      if (!about || !in_time) continue;
      if (spot.stage == Stage::Kind::escalate) above_.push_back(spot);
      spots_.push_back(std::move(spot));
    }
  }

  void run() {
    if (spots_.empty()) return;
    auto count = dice_.between(1, 4);
    for (int i = 0; i < count; ++i) ask();
    if (tells_more()) tell_more();
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
  // What came last has a die of its own, and is in none of the seeds named by rare planted defects.
  bool tells_more() const { return story_.seed % 5 == 3; }
  void tell_more();
  void ask_for_time(const Spot& spot, Second at);
  void give_back(const Spot& spot, Second at);
  void hand_on(const Spot& spot, Second at);
  void accept(const Spot& spot, Second at);
  void issue(const Spot& spot, Second at);
  void remove(const Spot& spot, Second at);
  void telephone(const Spot& spot);
  void answer_a_released_draft(const Spot& spot);
  void check(const Spot& above);

  Story& story_;
  Dice dice_;
  std::vector<Spot> spots_;
  /// Of those, the stages that go to a leader.
  std::vector<Spot> above_;
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

// A list or two may ask about its rows before somebody takes them as they are, or never does.
void Asking::accept(const Spot& spot, Second at) {
  auto said = about(spot, What::submitted);
  add(at, said);
  said.what = What::accepted;
  if (dice_.in_hundred(80)) add(at + dice_.between(1, 3 * day), said);
  if (dice_.in_hundred(70)) return;
  said.what = What::submitted;
  add(at + dice_.between(1, 5 * day), said);
}

// One paper for all, or one of a unit's own.
void Asking::issue(const Spot& spot, Second at) {
  auto said = about(spot, What::issued);
  if (dice_.in_hundred(60)) said.unit.clear();
  add(at, said);
  if (dice_.in_hundred(40)) remove(spot, at + dice_.between(1, 2 * day));
}

// An edit takes the duty out of the text that is in force by then.
void Asking::remove(const Spot& spot, Second at) {
  if (at <= story_.begins || at >= story_.faults_end) return;
  auto plan = story_.plan;
  for (const auto& one : story_.happenings) {
    const auto* edited = std::get_if<Edited>(&one.what);
    if (edited != nullptr && one.at <= at) plan = edited->plan;
  }
  std::erase_if(plan.duties, [&](const Duty& duty) { return duty.id == spot.duty; });
  if (!plan.duties.empty()) story_.happenings.push_back({at, Edited{std::move(plan)}});
}

// Without it there may be no draft.
void Asking::check(const Spot& above) {
  add(above.at - dice_.between(19, 39) * hour, about(above, What::checked));
}

// From the list before its time on a draft waits.
void Asking::telephone(const Spot& spot) {
  check(spot);
  auto at = spot.at - dice_.between(0, 15) * hour + dice_.between(0, 60);
  add(at, about(spot, What::called));
  if (dice_.in_hundred(50)) return;
  auto released = dice_.in_hundred(50) ? at - hour : at + dice_.between(1, 3 * hour);
  add(released, about(spot, What::release_draft));
}

void Asking::answer_a_released_draft(const Spot& spot) {
  check(spot);
  auto released = spot.at - dice_.between(3, 15) * hour;
  add(released, about(spot, What::release_draft));
  auto what = dice_.one_of(std::vector<What>{What::received, What::submitted, What::issued,
                                             What::called});
  add(released + dice_.between(1, 3 * hour), about(spot, what));
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

void Asking::tell_more() {
  dice_ = Dice{story_.seed * 137 + 29};
  auto count = dice_.between(1, 3);
  for (int i = 0; i < count; ++i) {
    auto what = dice_.between(0, 99);
    if (what < 50 && !above_.empty()) {
      auto above = dice_.one_of(above_);
      if (what < 25) telephone(above);
      else answer_a_released_draft(above);
      continue;
    }
    auto spot = dice_.one_of(spots_);
    auto at = spot.at + around();
    if (what % 2 == 0) accept(spot, at);
    else issue(spot, at);
  }
}

}  // namespace

void add_questions(Story& story, std::uint64_t seed) {
  // The seeds that a rare planted defect is looked for in are none of these.
  constexpr std::uint64_t one_in = 5;
  bool asked = seed % one_in == 0 || seed % one_in == 3;
  if (asked && !story.plan.shipped) Asking{story, seed}.run();
}

}  // namespace duban::sim
