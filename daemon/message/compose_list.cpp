#include <algorithm>
#include <fmt/format.h>

#include "message/compose.h"
#include "message/missing.h"

namespace duban::message {
namespace {

// More units than that are counted, not named, in the line of tomorrow.
constexpr std::size_t named_tomorrow = 3;

// Once, however often it comes.
void append_new(const Scene& scene, std::string& list, const std::string& entry) {
  if (!list.ends_with(entry)) scene.wording().append(list, entry);
}

std::vector<EntryView> asked_entries(const Scene& scene) {
  const auto& say = scene.say();
  std::vector<EntryView> entries;
  for (auto index : scene.context.decision.list.asked) {
    const auto& a = scene.context.decision.assignments.at(index);
    auto command = command_of(a.key);
    EntryView entry;
    entry.what = scene.name(a.key);
    entry.unit_name = scene.unit_name(a.key.unit);
    entry.since = scene.moment_words(a.pending->at);
    entry.why = a.pending->why;
    entry.disputed = a.pending->kind == FactKind::not_ours;
    entry.after_due = !a.pending->stops_chase;
    if (entry.disputed) {
      entry.type_this = fmt::format("dubanctl reassign {} --to {}", command, say.unit_word);
      entry.or_this = fmt::format("dubanctl not-ours {} --refuse --why {}", command,
                                  say.reason_word);
    } else {
      std::string until{say.date_word};
      if (a.pending->until) {
        auto civil = scene.zone().to_civil(*a.pending->until);
        entry.wanted = scene.wording().moment(civil, scene.year());
        until = fmt::format("\"{:02}-{:02} {}\"", month_of(day_of(civil)),
                            day_of_month(day_of(civil)), format_time_of_day(time_of(civil)));
      }
      entry.type_this = fmt::format("dubanctl extend {} --until {}", command, until);
      entry.or_this =
          fmt::format("dubanctl extend {} --refuse --why {}", command, say.reason_word);
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<EntryView> unclear_entries(const Scene& scene) {
  std::vector<EntryView> entries;
  for (const auto& unclear : scene.context.decision.list.unclear) {
    const auto& a = scene.context.decision.assignments.at(unclear.assignment);
    EntryView entry;
    entry.what = scene.name(a.key);
    entry.unit_name = scene.unit_name(a.key.unit);
    entry.count = fmt::format("{}", unclear.rows.size());
    for (const auto& row : unclear.rows) {
      scene.wording().append(entry.why, scene.say().quoted(row.clause));
    }
    entry.type_this = "dubanctl accept " + command_of(a.key);
    entry.or_this = fmt::format("dubanctl return {} --until {} --why {}", command_of(a.key),
                                scene.say().date_word, scene.say().reason_word);
    entries.push_back(std::move(entry));
  }
  return entries;
}

// What falls due on the next working day, a line for each thing and hour.
std::vector<EntryView> tomorrow_entries(const Scene& scene) {
  auto tomorrow = scene.facts.workdays().add(scene.today, 1);
  std::vector<EntryView> entries;
  for (const auto& a : scene.context.decision.assignments) {
    auto asked = asked_of(a, scene.context.now);
    bool due = a.standing == schedule::Standing::open && asked.at &&
               scene.zone().day_of(*asked.at) == tomorrow;
    if (!due) continue;
    auto what = scene.name(scene.facts.plan().duties[a.duty], a.key.period);
    auto when = asked.has_hour ? hour_words(time_of(scene.zone().to_civil(*asked.at)))
                               : std::string{};
    auto found = std::ranges::find_if(entries, [&](const EntryView& one) {
      return one.what == what && one.sends == when;
    });
    if (found == entries.end()) {
      found = entries.insert(entries.end(), EntryView{});
      found->what = what;
      found->sends = when;
      found->since = scene.weekday_words(tomorrow);
    }
    scene.wording().append(found->units, scene.short_unit(a.key));
    found->count = fmt::format("{}", ++found->how_many);
  }
  // A long list of names is on the page of the duty; here the number is enough.
  for (auto& entry : entries) {
    if (entry.how_many > named_tomorrow) entry.units.clear();
  }
  return entries;
}

std::vector<EntryView> draft_entries(const Scene& scene) {
  std::vector<EntryView> entries;
  for (const auto& draft : scene.context.decision.list.drafts) {
    const auto& a = scene.context.decision.assignments.at(draft.assignment);
    auto sends = scene.zone().to_civil(draft.sends_at);
    auto later = scene.facts.plain_workdays().add(day_of(sends), 1);
    EntryView entry;
    entry.what = scene.name(a.key);
    entry.unit_name = scene.unit_name(a.key.unit);
    for (auto at : draft.told_before) {
      append_new(scene, entry.told, scene.day_words(scene.zone().day_of(at)));
    }
    entry.sends = scene.wording().weekday_moment(sends, scene.year());
    entry.type_this = "dubanctl release " + draft.notice;
    entry.or_this = fmt::format("dubanctl defer {} --until \"{:02}-{:02} {}\"", draft.notice,
                                month_of(later), day_of_month(later),
                                format_time_of_day(time_of(sends)));
    entries.push_back(std::move(entry));
  }
  return entries;
}

// A line for each unit and reason, with all that it should have been told.
std::vector<EntryView> by_hand_of_units(const Scene& scene) {
  std::vector<EntryView> entries;
  for (const auto& by_hand : scene.context.decision.list.by_hand) {
    const auto& a = scene.context.decision.assignments.at(by_hand.assignment);
    auto unit = scene.unit_name(a.key.unit);
    auto why = scene.wording().reason(by_hand.reason);
    auto found = std::ranges::find_if(entries, [&](const auto& entry) {
      return entry.units == unit && entry.why == why;
    });
    if (found == entries.end()) {
      found = entries.insert(entries.end(), EntryView{});
      found->units = unit;
      found->why = why;
    }
    auto asked = asked_of(a, scene.context.now).at ? scene.say().by(asked_words(scene, a))
                                                   : std::string{scene.say().no_date};
    scene.wording().append(found->what, scene.name(a.key) + scene.say().bracketed(asked));
  }
  return entries;
}

// Units that should be told the same stand in one line.
std::vector<EntryView> by_hand_entries(const Scene& scene) {
  std::vector<EntryView> entries;
  for (auto& one : by_hand_of_units(scene)) {
    auto found = std::ranges::find_if(entries, [&](const auto& entry) {
      return entry.what == one.what && entry.why == one.why;
    });
    if (found == entries.end()) found = entries.insert(entries.end(), EntryView{});
    scene.wording().append(found->units, one.units);
    found->what = one.what;
    found->why = one.why;
    found->count = fmt::format("{}", ++found->how_many);
  }
  return entries;
}

std::vector<EntryView> undated_entries(const Scene& scene) {
  std::vector<EntryView> entries;
  for (const auto& undated : scene.context.decision.list.undated) {
    const auto& duty = scene.facts.plan().duties.at(undated.duty);
    EntryView entry;
    entry.what = scene.name(duty, undated.period);
    if (undated.decide_by) {
      entry.decide_by = scene.weekday_words(*undated.decide_by);
      entry.late_choice = *undated.decide_by < scene.today;
    }
    entry.dated_too_late = undated.dated_too_late;
    entry.type_this = fmt::format("dubanctl set {} --due {}", duty.id, scene.say().date_word);
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::string silenced_words(const Scene& scene, const schedule::Silence& silence) {
  std::string whom, what;
  for (const auto& unit : silence.units) scene.wording().append(whom, scene.unit_name(unit));
  for (const auto& id : silence.duties) {
    const auto* duty = scene.facts.plan().find_duty(id);
    scene.wording().append(what, duty ? duty->name : id);
  }
  if (whom.empty()) whom = scene.say().all_units;
  if (what.empty() && !silence.stage) return whom;
  auto kind = silence.stage ? scene.wording().stage(*silence.stage) : std::string{};
  if (!what.empty() && !kind.empty()) what += scene.say().between_words;
  return scene.say().silenced(whom, what + kind);
}

std::vector<EntryView> silence_entries(const Scene& scene) {
  std::vector<EntryView> entries;
  for (const auto& silence : scene.context.decision.list.silences) {
    EntryView entry;
    entry.units = silenced_words(scene, silence);
    entry.since = scene.moment_words(silence.until);
    entry.why = silence.why;
    if (silence.seq != 0) entry.type_this = fmt::format("dubanctl silence --end {}", silence.seq);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

ListView compose_list(const RenderContext& context, const PlanFacts& facts) {
  auto now = context.timetable.zone().to_civil(context.now);
  return compose_list(Scene{facts, context, now, day_of(now)});
}

ListView compose_list(const Scene& scene) {
  ListView list{.undated = undated_entries(scene),
                .drafts = draft_entries(scene),
                .asked = asked_entries(scene),
                .unclear = unclear_entries(scene),
                .missing = missing_entries(scene),
                .by_hand = by_hand_entries(scene),
                .tomorrow = tomorrow_entries(scene),
                .silences = silence_entries(scene)};
  list.decisions = list.undated.size() + list.drafts.size() + list.asked.size() +
                   list.unclear.size() + (scene.context.decision.list.storm > 0 ? 1U : 0U);
  auto held = scene.context.decision.list.storm;
  if (held > 0) list.storm = fmt::format("{}", held);
  return list;
}

}  // namespace duban::message
