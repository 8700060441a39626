#include "schedule/any_story.h"

#include <rapidcheck.h>

#include <algorithm>
#include <array>

namespace duban::tests {

using namespace schedule;

const Instant beginning = at("04-28 10:00");
const Instant end = at("06-02 10:00");

namespace {

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

}  // namespace

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

}  // namespace duban::tests
