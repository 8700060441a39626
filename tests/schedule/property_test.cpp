// What holds for any plan, facts, edits and downtimes: RapidCheck over small lives.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "schedule/any_story.h"
#include "schedule/life.h"
#include "schedule/outcome.h"
#include "schedule/plain_rule.h"
#include "schedule/progress.h"
#include "schedule/wake.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;

RC_GTEST_PROP(LifeProperty, LookingAtWakesTellsTheSameAsLookingEveryHalfHour, ()) {
  auto story = any_story();
  Life woken{story.plan}, watched{story.plan};
  auto by_clock = [](Life& life, Instant until) { return life.look_every(half_hour, until); };
  auto one = joined(live(woken, story, by_wakes));
  auto other = joined(live(watched, story, by_clock));
  RC_ASSERT(one == other);
}

RC_GTEST_PROP(LifeProperty, EveryWakeUpHasACause, ()) {
  auto story = any_story();
  Life life{story.plan};
  live(life, story, by_wakes);
  RC_ASSERT(joined(life.idle_wakes()) == "\n");
}

// The harness itself fails on an item told twice or before its time.
RC_GTEST_PROP(LifeProperty, NothingIsToldTwiceOrTooEarlyWhateverTheDowntimes, ()) {
  auto story = any_story();
  Life life{story.plan};
  auto up_and_down = [](Life& lived, Instant until) {
    auto lines = lived.run_to(until - *rc::gen::inRange(0, 400) * half_hour);
    if (!*rc::gen::arbitrary<bool>()) return lines;
    auto more = lived.run_to(until);
    lines.insert(lines.end(), more.begin(), more.end());
    return lines;
  };
  auto lines = live(life, story, up_and_down);
  RC_ASSERT(!testing::Test::HasFailure());
  life.step(end);
  auto again = life.step(end + Seconds{60});
  RC_ASSERT(joined(again) == "\n");
}

// 应报 = 按时 + 迟报 + 延期 + 免报 + 未报, at every moment, counted a second way: one by one.
RC_GTEST_PROP(LifeProperty, EverythingOwedIsInExactlyOneCount, ()) {
  auto story = any_story();
  Life life{story.plan};
  live(life, story, by_wakes);
  auto when = beginning + *rc::gen::inRange(0, 48 * 33) * half_hour;
  auto all = assignments(life.timetable(), life.past().known_by(when), when);
  std::map<std::pair<std::string, std::string>, std::size_t> owed;
  for (const auto& one : all) {
    bool counts = one.standing == Standing::open || one.standing == Standing::answered ||
                  one.standing == Standing::excused || one.standing == Standing::dated_too_late;
    if (counts) ++owed[{one.key.duty, one.key.period}];
  }
  for (const auto& [key, count] : owed) {
    auto tally = tally_of(all, key.first, key.second, when);
    RC_ASSERT(tally.owed() == count);
    std::set<std::size_t> each;
    for (const auto& of : tally.by_outcome) each.insert(of.begin(), of.end());
    RC_ASSERT(each.size() == count);
  }
}

RC_GTEST_PROP(LifeProperty, TheSameLifeIsTheSame, ()) {
  auto story = any_story();
  Life one{story.plan}, other{story.plan};
  RC_ASSERT(live(one, story, by_wakes) == live(other, story, by_wakes));
  RC_ASSERT(one.items() == other.items());
}

std::optional<Instant> wake_after(const Life& life, Instant looked) {
  return next_wake(life.timetable(), life.past(), looked, looked);
}

RC_GTEST_PROP(LifeProperty, EverySecondUntilTheNextWakeGivesTheSameWake, ()) {
  auto story = any_story();
  Life life{story.plan};
  life.step(beginning);
  life.run_to(beginning + *rc::gen::inRange(0, 48 * 33) * half_hour);
  auto next = life.wake();
  if (!next) return;
  auto span = static_cast<int>((*next - *life.cursor()).count());
  for (int i = 0; i < 20; ++i) {
    auto from = *life.cursor() + Seconds{*rc::gen::inRange(0, span)};
    RC_ASSERT(wake_after(life, from) == next);
  }
  RC_ASSERT(wake_after(life, *next - Seconds{1}) == next);
}

Instant any_moment(Instant from) { return from + *rc::gen::inRange(0, 86400 * 33) * Seconds{1}; }

RC_GTEST_PROP(LifeProperty, TheNextWakeIsAfterAndNeverEarlierForALaterMoment, ()) {
  auto story = any_story();
  Life life{story.plan};
  live(life, story, by_wakes);
  auto one = any_moment(beginning);
  auto later = any_moment(one);
  auto next = wake_after(life, one);
  auto after_later = wake_after(life, later);
  if (next) RC_ASSERT(*next > one);
  if (after_later && (!next || *next > *after_later)) {
    RC_LOG() << "from " << format_rfc3339(one) << ": " << (next ? format_rfc3339(*next) : "never")
             << "; from " << format_rfc3339(later) << ": " << format_rfc3339(*after_later) << "\n";
  }
  if (after_later) RC_ASSERT(next && *next <= *after_later);
}

// What each of a unit's audiences knows of each assignment when it was last told.
std::map<std::string, std::string> newest_known(const Life& life) {
  std::map<std::string, std::string> known;
  for (const auto& item : life.items()) {
    const auto& key = item.key;
    if (key.kind != ItemKind::stage) continue;
    auto about = key.about.duty + "/" + key.about.unit + "/" + std::string{to_word(key.audience)};
    known[about] = key.stage;
  }
  return known;
}

// I5: however late the look, it comes to the newest stage of each assignment and audience. A ladder
// without chase: after the due time a late chase begins anew on purpose.
RC_GTEST_PROP(LifeProperty, OneLateLookComesToTheStagesThatManyLooksComeTo, ()) {
  auto duties = std::vector{paper("p", 5, static_cast<unsigned>(*rc::gen::inRange(6, 31))),
                            paper("q", 5, static_cast<unsigned>(*rc::gen::inRange(6, 31)), "17:00",
                                  {"a", "b"})};
  auto plan = office_of(std::move(duties));
  plan.ladders = {ladder_of({{StageKind::remind, "-5wd 09:00"}, {StageKind::remind, "-2d 09:00"},
                             {StageKind::due, "0d 09:00"}})};
  Life watched{plan}, slept{plan};
  watched.step(beginning);
  slept.step(beginning);
  auto look = at("05-05 10:00") + *rc::gen::inRange(0, 25) * std::chrono::days{1};
  auto before = std::ranges::any_of(watched.timetable().occurrences(), [&](const auto& one) {
    return *one.due < look;
  });
  RC_PRE(!before);
  // What was missed outside the hours waits for them.
  auto settled = look + std::chrono::days{3};
  watched.run_to(settled);
  slept.step(look);
  slept.run_to(settled);
  RC_ASSERT(newest_known(slept) == newest_known(watched));
}

void lift_a_silence(Life& life, Instant when) {
  auto silenced = life.past().silenced();
  if (silenced.empty()) return;
  Fact made;
  made.kind = FactKind::voided;
  made.at = when;
  made.refers = silenced.front()->seq;
  made.about = silenced.front()->about;
  life.record(when, made);
}

// A false alarm would have somebody chased wrongly: whatever happens, the plain rule finds nothing
// in a life in which all was told. A text that was edited is judged from then on.
RC_GTEST_PROP(LifeProperty, ThePlainRuleFindsNothingMissing, ()) {
  auto story = any_story();
  Life life{story.plan};
  auto since = beginning;
  std::string found;
  auto judged = [&](Life& lived, Instant until) {
    Lines lines;
    bool asleep = *rc::gen::inRange(0, 4) == 0;
    auto sleep = *rc::gen::inRange(1, 200) * half_hour;
    auto from = *lived.cursor() + half_hour;
    if (asleep) from += sleep;
    for (auto now = from; now <= until; now += 5 * half_hour) {
      auto more = lived.run_to(now);
      if (asleep) lived.step(now);
      asleep = false;
      lines.insert(lines.end(), more.begin(), more.end());
      for (const auto& one : plainly_unheard(lived.timetable(), lived.past(), since, now)) {
        found += std::to_string((now - beginning).count()) + " " + one.about.unit + " " +
                 one.about.duty + " " + one.stage + "\n";
      }
    }
    auto more = lived.run_to(until);
    lines.insert(lines.end(), more.begin(), more.end());
    return lines;
  };
  life.step(beginning);
  for (const auto& event : story.events) {
    auto when = beginning + event.half_hours * half_hour;
    judged(life, when);
    happen(life, story, event);
    if (event.how_much > 7) lift_a_silence(life, when);
    if (event.what == 8) since = when;
  }
  judged(life, end);
  RC_ASSERT(found == "");
}

}  // namespace
}  // namespace duban::schedule
