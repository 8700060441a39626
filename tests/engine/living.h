#pragma once
// An engine lived on in virtual time as a forecast assumes: every delivery a success, and people
// doing what the behaviour says.

#include <algorithm>

#include "engine/behaviour.h"
#include "engine/desk.h"

namespace duban::engine {

class Living {
 public:
  explicit Living(Desk& desk) : desk_(desk) { deliver_all(); }

  /// Up to and without `until`.
  void live(Instant until, const Behaviour& behaviour = {}) {
    const auto* run = desk_.engine->find_plan(Desk::plan);
    auto done = deeds(run->timetable(), run->record(), desk_.clock.now(), behaviour);
    auto deed = done.begin();
    for (;;) {
      auto now = run->next_wake();
      if (deed != done.end() && (!now || deed->recorded_at <= *now)) now = deed->recorded_at;
      if (!now || *now >= until) return;
      std::vector<schedule::Fact> facts;
      while (deed != done.end() && deed->recorded_at == *now) facts.push_back(*deed++);
      desk_.clock.pass(*now - desk_.clock.now());
      if (!facts.empty()) desk_.ask(desk_.store->record(Desk::plan, facts)).value();
      desk_.turn();
      deliver_all();
    }
  }

  void deliver_all() {
    std::vector<ledger::Settlement> settled;
    do {
      auto batch = desk_.ask(desk_.store->settle_and_claim(std::move(settled), "living", 1000,
                                                           Seconds{120}, desk_.clock.now(), {}));
      settled.clear();
      for (const auto& claimed : batch.value().claimed) settled.push_back(delivered(claimed));
    } while (!settled.empty());
    desk_.turn();
  }

 private:
  ledger::Settlement delivered(const ledger::Claimed& claimed) const {
    ledger::Settlement made;
    made.plan = claimed.plan;
    made.notice = claimed.notice.head.id;
    made.at = made.business_at = desk_.clock.now();
    made.outcome = AttemptOutcome::delivered;
    made.reason = made.end_reason = Reason::accepted;
    made.ends = NoticeState::delivered;
    made.number = claimed.tries + 1;
    return made;
  }

  Desk& desk_;
};

}  // namespace duban::engine
