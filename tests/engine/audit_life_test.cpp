// A false alarm would have somebody chased wrongly: whatever happens in a healthy year, an audit
// agrees. DUBAN_AUDIT_LIVES=200 lives more of them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "engine/audit_desk.h"

namespace duban::engine {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

/// Things that happen to a desk, by a seed.
class Fate {
 public:
  explicit Fate(unsigned seed) : seed_(seed), random_(seed), desk_("03-03T09:00:00") {}

  void live_a_year() {
    auto end = AuditDesk::at("12-31T23:00:00");
    while (desk_.clock.now() < end && !::testing::Test::HasFailure()) {
      happen();
      audit();
    }
    desk_.run_to(std::max(end, desk_.clock.now()) + days{2});
    audit();
  }

 private:
  int up_to(int most) { return std::uniform_int_distribution<int>{0, most}(random_); }
  std::size_t any(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>{0, count - 1}(random_);
  }

  void audit() {
    if (up_to(1) > 0) return;
    SCOPED_TRACE("seed " + std::to_string(seed_) + ", after: " + said_);
    EXPECT_EQ(desk_.audit(), "") << format_rfc3339(desk_.clock.now(), hours{8});
  }
  void say(const std::string& what) {
    said_ += format_rfc3339(desk_.clock.now(), hours{8}).substr(5, 11) + " " + what + "; ";
    if (said_.size() > 600) said_.erase(0, said_.size() - 600);
  }

  void happen() {
    switch (up_to(11)) {
      case 0: return go_down();
      case 1: return silence();
      case 2: return edit();
      case 3: return restart();
      case 4: return set_clock();
      case 5: return lift_or_void();
      case 6: return try_in_vain();
      case 7: return release();
      default: return go_on();
    }
  }
  void go_on() {
    auto until = desk_.clock.now() + minutes{up_to(12 * 24 * 60)};
    deliver_until(until);
    for (int i = up_to(30); i > 0; --i) hand_in();
    if (up_to(2) == 0) check();
  }
  void deliver_until(Instant until) { desk_.run_to(until); }

  const schedule::Timetable::Slot& any_slot() {
    const auto& slots = desk_.run().timetable().slots();
    return slots[any(slots.size())];
  }
  void record(schedule::Fact fact) {
    fact.at = std::min(fact.at, desk_.clock.now());
    static_cast<void>(desk_.ask(desk_.engine->record(Desk::plan, {std::move(fact)})));
    desk_.look();
  }
  // Mostly of what is due about now.
  void hand_in() {
    for (int i = 0; i < 20; ++i) {
      const auto& slot = any_slot();
      const auto& due = desk_.run().timetable().occurrences()[slot.occurrence].due;
      bool near = due && std::chrono::abs(*due - desk_.clock.now()) < days{20};
      if (!near) continue;
      auto fact = desk_.fact(FactKind::received, "");
      fact.about = slot.key;
      if (up_to(5) == 0) {
        fact.kind = up_to(1) == 0 ? FactKind::excused : FactKind::extended;
        fact.time = desk_.clock.now() + days{1 + up_to(20)};
        fact.note = "why";
      } else {
        fact.at -= hours{up_to(100)};
      }
      return record(std::move(fact));
    }
  }
  void check() {
    say("checked");
    for (int i = 0; i < 40; ++i) {
      auto fact = desk_.fact(FactKind::checked, "");
      const auto& slot = any_slot();
      fact.about = {slot.key.duty, slot.key.period, "", ""};
      static_cast<void>(desk_.ask(desk_.engine->record(Desk::plan, {std::move(fact)})));
    }
    desk_.look();
  }
  // Nobody looks: a daemon that is down, or a machine that is.
  void go_down() {
    say("down");
    desk_.clock.pass(minutes{up_to(9 * 24 * 60)});
    if (up_to(1) == 0) desk_.start();
    desk_.look();
  }
  void silence() {
    say("silence");
    auto fact = desk_.fact(FactKind::silenced, "");
    fact.about = {up_to(2) == 0 ? any_slot().key.duty : "", "",
                  up_to(3) == 0 ? "" : any_slot().key.unit, ""};
    fact.time = desk_.clock.now() + hours{1 + up_to(400)};
    fact.note = "why";
    record(std::move(fact));
  }
  void lift_or_void() {
    const auto& facts = desk_.record().facts();
    for (int i = 0; i < 30; ++i) {
      const auto& fact = facts[any(facts.size())];
      bool can = fact.kind == FactKind::received || fact.kind == FactKind::silenced ||
                 fact.kind == FactKind::excused || fact.kind == FactKind::checked;
      if (!can) continue;
      say("void");
      auto made = desk_.fact(FactKind::voided, "");
      made.about = fact.about;
      made.refers = fact.seq;
      return record(std::move(made));
    }
  }
  // Its dates go to and fro, all at once: often more than the storm lets pass.
  void edit() {
    say("edit");
    static const std::vector<std::pair<std::string, std::string>> edits{
        {"due    = \"25 17:00\"", "due    = \"22 17:00\""},
        {"remind   = \"-3wd 09:00\"", "remind   = \"-4wd 09:00\""},
        {"overdue  = { at = \"+1wd 14:00\"", "overdue  = { at = \"+1wd 10:00\""},
        {"storm    = 20", "storm    = 2"},
        {"hours = \"08:30..17:30\"", "hours = \"09:00..12:00\""}};
    const auto& [one, other] = edits[any(edits.size())];
    auto text = contract::EditedConfig::text(desk_.config.plan_file());
    bool forth = text.find(one) != std::string::npos;
    contract::EditedConfig::edit(desk_.config.plan_file(), forth ? one : other,
                                 forth ? other : one);
    static_cast<void>(desk_.ask(desk_.engine->reload("alice")));
    if (up_to(1) == 0) desk_.look();
  }
  void restart() {
    say("restart");
    desk_.start();
    if (up_to(1) == 0) desk_.look();
  }
  void set_clock() {
    auto by = minutes{up_to(100) - 50};
    say("clock " + std::to_string(by.count()));
    desk_.clock.set_wall(by);
    desk_.look();
  }
  // Claimed and not settled; settled as not delivered; settled much later.
  void try_in_vain() {
    say("in vain");
    auto wake = desk_.run().next_wake();
    if (wake && *wake > desk_.clock.now()) desk_.clock.pass(*wake - desk_.clock.now());
    desk_.turn();
    auto batch = desk_.ask(desk_.store->settle_and_claim({}, "vain", 100, Seconds{120},
                                                         desk_.clock.now(), {}));
    audit();
    std::vector<ledger::Settlement> settled;
    for (const auto& claimed : batch.value().claimed) {
      auto one = contract::delivered(claimed, desk_.clock.now());
      if (up_to(2) > 0) {
        one.outcome = AttemptOutcome::retry;
        one.reason = Reason::connect_failed;
        one.ends.reset();
        one.next_at = desk_.clock.now() + hours{up_to(24)};
        if (up_to(3) == 0) one.ends = NoticeState::failed;
        one.end_reason = Reason::tries_exhausted;
        if (one.ends) one.next_at.reset();
      }
      settled.push_back(std::move(one));
    }
    static_cast<void>(desk_.ask(desk_.store->settle_and_claim(
        std::move(settled), "vain", 0, Seconds{120}, desk_.clock.now(), {})));
    if (up_to(1) == 0) desk_.turn();
  }
  void release() {
    say("release");
    static_cast<void>(desk_.ask(desk_.engine->release("storm", "alice")));
    auto open = desk_.record().open_notices();
    for (const auto& [id, notice] : open) {
      if (notice.state != NoticeState::drafted || up_to(2) > 0) continue;
      static_cast<void>(desk_.ask(desk_.engine->release(id, "alice")));
    }
    desk_.look();
  }

  unsigned seed_;
  std::mt19937 random_;
  AuditDesk desk_;
  std::string said_;
};

TEST(AuditOfAHealthyYear, AgreesWhateverHappens) {
  const auto* more = std::getenv("DUBAN_AUDIT_LIVES");
  auto lives = more == nullptr ? 1U : static_cast<unsigned>(std::atoi(more));
  for (unsigned seed = 1; seed <= lives && !HasFailure(); ++seed) Fate{seed}.live_a_year();
}

}  // namespace
}  // namespace duban::engine
