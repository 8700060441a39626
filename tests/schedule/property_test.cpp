// What holds for any plan, facts, edits and downtimes: RapidCheck over small lives.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

#include "schedule/life.h"
#include "schedule/outcome.h"
#include "schedule/plain_rule.h"
#include "schedule/progress.h"
#include "schedule/wake.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;

constexpr auto half_hour = Seconds{1800};

// Something that happens in a life, at a half hour.
struct Event {
  int half_hours;
  int what;
  int whom;
  int how_much;
};

struct Story {
  plan::Plan plan, edited;
  std::vector<Event> events;
};

plan::Ladder any_ladder() {
  std::vector<std::pair<StageKind, std::string>> stages;
  auto reminders = *rc::gen::inRange(0, 3);
  if (reminders == 2) stages.push_back({StageKind::remind, "-5wd 09:00"});
  if (reminders >= 1) stages.push_back({StageKind::remind, "-2d 09:00"});
  if (*rc::gen::arbitrary<bool>()) stages.push_back({StageKind::due, "0d 09:00"});
  auto chase = *rc::gen::inRange(0, 3);
  if (chase >= 1) stages.push_back({StageKind::overdue, "+1wd 14:00"});
  if (chase == 2) stages.push_back({StageKind::escalate, "+2wd 09:00"});
  auto ladder = ladder_of(std::move(stages));
  auto checks = *rc::gen::arbitrary<bool>();
  for (auto& stage : ladder.stages) stage.after_checked = stage.after_checked && checks;
  ladder.skip_made_up = *rc::gen::arbitrary<bool>();
  return ladder;
}

plan::Plan any_plan() {
  std::vector<plan::Duty> duties;
  auto count = *rc::gen::inRange(1, 4);
  for (int i = 0; i < count; ++i) {
    auto id = std::string(1, static_cast<char>('p' + i));
    if (*rc::gen::inRange(0, 5) == 0) {
      duties.push_back(undated(id, "2022-05-20"));
      continue;
    }
    auto hour = *rc::gen::element(std::string{""}, std::string{"08:00"}, std::string{"17:00"});
    auto who = *rc::gen::element(std::vector<std::string>{"a"}, std::vector<std::string>{"a", "b"},
                                 std::vector<std::string>{"b", "c"},
                                 std::vector<std::string>{"office"});
    duties.push_back(paper(id, 5, static_cast<unsigned>(*rc::gen::inRange(3, 31)), hour, who));
  }
  auto plan = office_of(std::move(duties));
  plan.ladders = {any_ladder()};
  plan.storm = *rc::gen::element(1U, 2U, 20U);
  if (*rc::gen::inRange(0, 3) == 0) {
    plan.units[0].window.hours = DaySpan{Seconds{14 * 3600}, Seconds{17 * 3600}};
  }
  plan.endpoints[0].group = *rc::gen::inRange(0, 4) == 0;
  if (*rc::gen::inRange(0, 3) == 0) plan.contacts[2].endpoints = plan.contacts[0].endpoints;
  return plan;
}

Story any_story() {
  Story story{any_plan(), any_plan(), {}};
  auto count = *rc::gen::inRange(0, 7);
  for (int i = 0; i < count; ++i) {
    story.events.push_back({*rc::gen::inRange(1, 48 * 33), *rc::gen::inRange(0, 17),
                            *rc::gen::inRange(0, 6), *rc::gen::inRange(1, 10)});
  }
  std::ranges::stable_sort(story.events, {}, &Event::half_hours);
  return story;
}

const Instant beginning = at("04-28 10:00");
const Instant end = at("06-02 10:00");

// What the daemon would refuse: an answer to what was not asked, a return of what did not come.
bool can_be(const Life& life, const Fact& fact, Instant when) {
  auto all = assignments(life.timetable(), life.past(), when);
  auto one = std::ranges::find(all, fact.about, &Assignment::key);
  if (one == all.end()) return false;
  if (fact.kind == FactKind::returned) return one->standing == Standing::answered;
  if (one->standing != Standing::open) return false;
  if (fact.kind == FactKind::declined) return one->pending.has_value();
  if (fact.kind != FactKind::reassigned) return true;
  auto to = fact.about;
  to.unit = fact.subject;
  return !life.timetable().slot_of(to) && fact.about.unit != plan::office_id &&
         (fact.time || !one->due || *one->due > when);
}

// What a unit asks for, what the office says to it, and what else is noted.
std::optional<Fact> asked_or_said(const Life& life, const Event& event, Fact made) {
  constexpr std::array kinds{FactKind::asked,     FactKind::declined, FactKind::returned,
                             FactKind::called,    FactKind::submitted, FactKind::accepted,
                             FactKind::not_ours,  FactKind::reassigned};
  made.kind = kinds.at(static_cast<std::size_t>(event.what - 9));
  made.note = "why";
  auto later = made.at + (96 + event.how_much * 29) * half_hour;
  if (made.kind == FactKind::returned) made.time = later;
  if (made.kind == FactKind::submitted) made.rows = {{.clause = "1.1", .progress = "x"}};
  if (made.kind == FactKind::reassigned) {
    made.subject = made.about.unit == "a" ? "b" : "a";
    if (event.how_much % 2 == 0) made.time = later;
  }
  bool free = made.kind == FactKind::called || made.kind == FactKind::submitted ||
              made.kind == FactKind::accepted;
  return free || can_be(life, made, made.at) ? std::optional{made} : std::nullopt;
}

Lines happen(Life& life, const Story& story, const Event& event) {
  auto when = beginning + event.half_hours * half_hour;
  const auto& slots = life.timetable().slots();
  auto slot = slots[static_cast<std::size_t>(event.whom) % slots.size()].key;
  Fact made;
  made.at = when;
  made.about = slot;
  switch (event.what) {
    case 0:
    case 1:
      made.kind = FactKind::received;
      made.at = when - event.how_much * 7 * half_hour;
      break;
    case 2:
    case 3:
      made.kind = FactKind::checked;
      made.about = {slot.duty, slot.period, "", ""};
      break;
    case 4:
      made.kind = FactKind::extended;
      made.time = when + event.how_much * 31 * half_hour;
      break;
    case 5: {
      auto drafts = life.drafts();
      if (drafts.empty()) return {};
      made.kind = FactKind::released;
      made.about = {};
      made.subject = drafts.front();
      break;
    }
    case 6: {
      const auto& facts = life.past().facts();
      auto wrong = std::ranges::find_if(facts, [&](const Fact& one) {
        return one.kind == FactKind::received && !life.past().is_voided(one.seq);
      });
      if (wrong == facts.end()) return {};
      made.kind = FactKind::voided;
      made.refers = wrong->seq;
      made.about = wrong->about;
      break;
    }
    case 7:
      // The office hears its list whatever is silenced; the verb does not take it.
      if (slot.unit == plan::office_id) return {};
      made.kind = FactKind::silenced;
      made.about = {event.how_much % 3 == 0 ? slot.duty : "", "", slot.unit, ""};
      made.at = when + event.how_much % 2 * 10 * half_hour;
      made.time = made.at + event.how_much * 23 * half_hour;
      if (event.how_much == 5) made.subject = to_word(StageKind::remind);
      break;
    case 8: return life.edit(when, story.edited);
    default: {
      auto said = asked_or_said(life, event, made);
      return said ? life.record(when, *said) : Lines{};
    }
  }
  return life.record(when, made);
}

using Between = std::function<Lines(Life&, Instant)>;

Lines live(Life& life, const Story& story, const Between& between) {
  auto lines = life.step(beginning);
  auto add = [&](Lines more) { lines.insert(lines.end(), more.begin(), more.end()); };
  for (const auto& event : story.events) {
    add(between(life, beginning + event.half_hours * half_hour));
    add(happen(life, story, event));
  }
  add(between(life, end));
  return lines;
}

Lines by_wakes(Life& life, Instant until) { return life.run_to(until); }

std::string joined(const Lines& lines) {
  std::string text = "\n";
  for (const auto& line : lines) text += line + "\n";
  return text;
}

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
