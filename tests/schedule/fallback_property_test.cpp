// Channels that fail, and mail that comes back, in any life: each item stands at one channel at a
// time, goes on in order, and stops at the last.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>

#include "base/limits.h"
#include "schedule/any_story.h"
#include "schedule/progress.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;

// Between the half hours, at which everything else happens, and too late for a list of that hour.
constexpr auto look = 25 * half_hour, off_beat = limits::late_after + Seconds{180};

/// The liaisons have two or three addresses each, and sometimes a time for all of them.
void give_channels(plan::Plan& plan, int channels, Seconds within) {
  for (auto& contact : plan.contacts) {
    if (contact.role != plan::Role::liaison || contact.unit == plan::office_id) continue;
    auto first = contact.endpoints.front();
    for (int i = 2; i <= channels; ++i) {
      auto id = first + "-" + std::to_string(i);
      contact.endpoints.push_back(id);
      bool known = std::ranges::find(plan.endpoints, id, &plan::Endpoint::id) !=
                   plan.endpoints.end();
      if (known) continue;
      plan.endpoints.push_back({.id = id, .channel = "c" + std::to_string(i), .address = id});
    }
    contact.within = within;
  }
}

/// What becomes of notices: of each the same, whoever lives it.
class Receivers {
 public:
  Receivers(Life& life, std::size_t salt, std::size_t bad) : life_(life), salt_(salt), bad_(bad) {
    life.deliver = false;
  }
  /// What was taken before comes back; what is open ends, or waits.
  void settle() {
    auto back = std::exchange(coming_back_, {});
    for (const auto& id : back) life_.bounce(life_.heads().at(id), Reason::bad_address);
    auto open = life_.past().open_notices();
    for (const auto& [id, notice] : open) {
      if (notice.state == NoticeState::drafted) continue;
      auto fate = fate_of(notice);
      if (fate == Fate::waits) continue;
      life_.settle(id, fate == Fate::fails ? NoticeState::failed : NoticeState::delivered);
      if (fate == Fate::comes_back) coming_back_.push_back(id);
    }
  }
  void mend() { bad_ = 0; }

 private:
  enum class Fate { arrives, fails, waits, comes_back };
  Fate fate_of(const NoticeHead& notice) const {
    std::hash<std::string> hash;
    auto seed = salt_ ^ hash(notice.endpoint);
    for (const auto& key : notice.items) {
      seed = (seed ^ AssignmentKeyHash{}(key.about) ^ hash(key.stage)) * 0x9e3779b97f4a7c15ULL;
    }
    seed ^= seed >> 29;
    if (seed % 100 >= bad_) return Fate::arrives;
    constexpr std::array fates{Fate::fails, Fate::waits, Fate::comes_back};
    return fates.at(seed / 100 % fates.size());
  }

  Life& life_;
  const std::size_t salt_;
  std::size_t bad_;
  std::vector<std::string> coming_back_;
};

struct Trouble {
  Story story;
  std::size_t salt, bad;
};

Trouble any_trouble(Seconds within) {
  Trouble trouble{any_story(), *rc::gen::inRange<std::size_t>(0, 1'000'000),
                  *rc::gen::element<std::size_t>(30, 60, 100)};
  auto channels = *rc::gen::inRange(2, 4);
  give_channels(trouble.story.plan, channels, within);
  give_channels(trouble.story.edited, channels, within);
  return trouble;
}

// The first after a moment.
Instant next_half_hour(Instant after) {
  return beginning + ((after - beginning) / half_hour + 1) * half_hour;
}

Lines by_half_hours(Life& life, Instant until) {
  Lines lines;
  for (auto now = next_half_hour(*life.cursor()); now <= until; now += half_hour) {
    auto more = life.step(now);
    lines.insert(lines.end(), more.begin(), more.end());
  }
  return lines;
}

Seconds any_share() { return *rc::gen::element(Seconds{0}, Seconds{6 * 3600}); }

/// Lives it, settling now and then; `check` looks after each.
Lines live_with(Life& life, const Trouble& trouble, const Between& between,
                const std::function<void()>& check) {
  Receivers receivers{life, trouble.salt, trouble.bad};
  auto now = beginning + look + off_beat;
  auto settled = [&](Life& lived, Instant until) {
    Lines lines;
    auto add = [&](Lines more) { lines.insert(lines.end(), more.begin(), more.end()); };
    for (; now < until; now += look) {
      add(between(lived, now));
      receivers.settle();
      add(lived.step(now));
      check();
    }
    add(between(lived, until));
    return lines;
  };
  auto lines = live(life, trouble.story, settled);
  receivers.mend();
  auto after = settled(life, end + std::chrono::days{4});
  lines.insert(lines.end(), after.begin(), after.end());
  return lines;
}

bool is_lost(NoticeState state) {
  return state == NoticeState::failed || state == NoticeState::bounced;
}

// Notices that an item stands in: under way, or at somebody's.
std::size_t standing(const Life& life, const Told& told) {
  return static_cast<std::size_t>(std::ranges::count_if(told.notices, [&](const auto& id) {
    auto state = life.past().state_of(id);
    return state == NoticeState::delivered || life.past().open_notices().contains(id);
  }));
}

void for_each_told(const Life& life, const std::function<void(const Told&)>& look_at) {
  for (const auto& [about, all] : life.past().told()) {
    for (const auto& told : all) look_at(told);
  }
}

// A channel's share of the time may be spent off the half hours: there is none.
RC_GTEST_PROP(FallbackProperty, LookingAtWakesTellsTheSameAsLookingEveryHalfHour, ()) {
  auto trouble = any_trouble(Seconds{0});
  Life woken{trouble.story.plan}, watched{trouble.story.plan};
  auto one = joined(live_with(woken, trouble, by_wakes, [] {}));
  auto other = joined(live_with(watched, trouble, by_half_hours, [] {}));
  RC_ASSERT(one == other);
}

RC_GTEST_PROP(FallbackProperty, AnItemStandsAtOneChannelAtATime, ()) {
  auto trouble = any_trouble(any_share());
  Life life{trouble.story.plan};
  std::string twice;
  live_with(life, trouble, by_wakes, [&] {
    for_each_told(life, [&](const Told& told) {
      if (standing(life, told) < 2) return;
      twice += told.item.key.about.unit + " " + told.item.key.about.duty + " " +
               told.item.key.stage + "\n";
    });
  });
  RC_ASSERT(twice == "");
  RC_ASSERT(!testing::Test::HasFailure());
}

const plan::Contact& liaison_of(const plan::Plan& plan, const std::string& unit) {
  return *std::ranges::find_if(plan.contacts, [&](const plan::Contact& contact) {
    return contact.unit == unit && contact.role == plan::Role::liaison;
  });
}

// Where on a contact's list an endpoint stands.
std::size_t rank_of(const plan::Contact& contact, const std::string& endpoint) {
  auto found = std::ranges::find(contact.endpoints, endpoint);
  return static_cast<std::size_t>(found - contact.endpoints.begin());
}

RC_GTEST_PROP(FallbackProperty, ChannelsAreTriedInTheirOrderAndEachOnce, ()) {
  auto trouble = any_trouble(any_share());
  trouble.story.edited = trouble.story.plan;
  Life life{trouble.story.plan};
  live_with(life, trouble, by_wakes, [] {});
  for_each_told(life, [&](const Told& told) {
    std::map<std::string, std::string> last;
    for (const auto& id : told.notices) {
      const auto& head = life.heads().at(id);
      const auto* contact = life.plan().find_contact(head.contact);
      if (contact == nullptr) continue;
      auto before = std::exchange(last[head.contact], id);
      if (before.empty()) continue;
      auto rank = rank_of(*contact, head.endpoint);
      auto former = rank_of(*contact, life.heads().at(before).endpoint);
      // What went out with something that is no longer asked is written anew, to the same address.
      bool anew = life.past().state_of(before) == NoticeState::superseded;
      RC_ASSERT((rank > former || (anew && rank == former)));
    }
  });
}

// What a unit should know, and nobody has it, nothing being in the way of telling it.
RC_GTEST_PROP(FallbackProperty, NothingStopsBeforeTheLastChannel, ()) {
  auto trouble = any_trouble(any_share());
  std::erase_if(trouble.story.events, [](const Event& event) {
    return event.what == 7 || event.what == 8;  // silences, edits
  });
  Life life{trouble.story.plan};
  live_with(life, trouble, by_wakes, [] {});
  auto now = *life.cursor();
  auto all = assignments(life.timetable(), life.past(), now);
  for_each_told(life, [&](const Told& told) {
    const auto& key = told.item.key;
    if (told.withdrawn || key.kind != ItemKind::stage || key.audience != Audience::liaison) return;
    auto one = std::ranges::find(all, key.about, &Assignment::key);
    if (one == all.end() || one->standing != Standing::open) return;
    for (const auto& other : *life.past().told_about(key.about)) {
      bool newer = other.item.key.audience == key.audience &&
                   other.item.planned_at > told.item.planned_at;
      if (newer) return;
    }
    const auto& head = life.heads().at(told.notices.back());
    bool in_time = !head.expires_at || *head.expires_at > now;
    if (!is_lost(life.past().state_of(head.id)) || !in_time) return;
    RC_ASSERT(rank_of(liaison_of(life.plan(), key.about.unit), head.endpoint) + 1 ==
              liaison_of(life.plan(), key.about.unit).endpoints.size());
  });
}

}  // namespace
}  // namespace duban::schedule
