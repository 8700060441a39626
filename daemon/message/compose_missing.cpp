#include <algorithm>
#include <fmt/format.h>

#include "message/missing.h"

namespace duban::message {
namespace {

using schedule::Assignment;
using schedule::Outcome;
using Overdue = schedule::OfficeList::Overdue;
using Group = std::vector<const Overdue*>;

const Assignment& assignment_of(const Scene& scene, const Overdue& overdue) {
  return scene.context.decision.assignments.at(overdue.assignment);
}

bool waits_for_check(const Scene& scene, const plan::Duty& duty) {
  const auto* ladder = scene.facts.plan().ladder_of(duty);
  return ladder && std::ranges::any_of(ladder->stages, &plan::Stage::after_checked);
}

// Those that are overdue of one thing since one time.
std::vector<Group> groups_of(const Scene& scene) {
  std::vector<Group> groups;
  for (const auto& overdue : scene.context.decision.list.overdue) {
    const auto& a = assignment_of(scene, overdue);
    auto found = std::ranges::find_if(groups, [&](const Group& group) {
      const auto& first = assignment_of(scene, *group.front());
      return first.duty == a.duty && first.key.period == a.key.period && first.due == a.due;
    });
    if (found == groups.end()) groups.push_back({&overdue});
    else found->push_back(&overdue);
  }
  return groups;
}

// How often it was told, what did not arrive, what was said on the telephone.
std::string tried_words(const Scene& scene, const Overdue& overdue) {
  std::string words;
  auto add = [&](const std::string& word) {
    if (!words.empty()) words += scene.say().between_tries;
    words += word;
  };
  if (!overdue.tried.empty()) add(scene.say().told(overdue.tried.size()));
  for (const auto& one : overdue.tried) {
    bool lost = one.state == NoticeState::failed || one.state == NoticeState::bounced;
    if (!lost) continue;
    add(scene.say().not_delivered(scene.day_words(scene.zone().day_of(one.at)),
                                  scene.wording().reason(one.reason)));
  }
  for (const auto& call : overdue.calls) {
    add(scene.say().called(scene.day_words(scene.zone().day_of(call.at)), call.note));
  }
  return words;
}

std::string unit_words(const Scene& scene, const Overdue& overdue) {
  auto name = scene.short_unit(assignment_of(scene, overdue).key);
  auto tried = tried_words(scene, overdue);
  return tried.empty() ? name : name + scene.say().bracketed(tried);
}

void fill_commands(const Scene& scene, const Group& group, const plan::Duty& duty,
                   EntryView& entry) {
  const auto& first = assignment_of(scene, *group.front());
  bool waits = waits_for_check(scene, duty);
  entry.all_checked = waits && std::ranges::all_of(group, &Overdue::checked);
  if (waits && !entry.all_checked) {
    entry.type_this = fmt::format("dubanctl checked {} {}", duty.id, first.key.period);
  }
  if (is_drafted(duty, first.key)) {
    entry.or_this = issued_command(scene, duty, first.key.period);
    return;
  }
  bool held = duty.ends == plan::Ends::held;
  auto unit = held                ? std::string{}
              : group.size() == 1 ? " " + first.key.unit
                                  : fmt::format(" {}", scene.say().unit_word);
  entry.or_this = fmt::format("dubanctl {} {} {}{} --at {}", held ? "held" : "received", duty.id,
                              first.key.period, unit, scene.say().hour_word);
}

}  // namespace

std::string command_of(const schedule::AssignmentKey& key) {
  auto words = fmt::format("{} {} {}", key.duty, key.period, key.unit);
  return key.slice.empty() ? words : words + " --clause " + key.slice;
}

bool is_drafted(const plan::Duty& duty, const schedule::AssignmentKey& key) {
  return duty.document && key.unit == plan::office_id;
}

std::string issued_command(const Scene& scene, const plan::Duty& duty, std::string_view period) {
  return fmt::format("dubanctl report issued {} --no {} --duty {} --period {}",
                     scene.say().file_word, scene.say().number_word, duty.id, period);
}

std::string tally_words(const Scene& scene, const schedule::Tally& tally) {
  std::string words;
  for (std::size_t index = 0; index < schedule::outcomes; ++index) {
    const auto& units = tally.by_outcome.at(index);
    if (units.empty()) continue;
    auto outcome = static_cast<Outcome>(index);
    auto word = scene.say().outcome(scene.say().outcomes.at(index), units.size());
    std::string who;
    bool named = outcome == Outcome::late || outcome == Outcome::extended ||
                 outcome == Outcome::excused;
    for (auto unit : units) {
      if (!named) continue;
      scene.wording().append(
          who, scene.short_unit(scene.context.decision.assignments[unit].key));
    }
    scene.wording().append(words, who.empty() ? word : word + scene.say().bracketed(who));
  }
  return scene.say().tally(tally.owed(), words);
}

std::vector<EntryView> missing_entries(const Scene& scene) {
  std::vector<EntryView> entries;
  for (const auto& group : groups_of(scene)) {
    const auto& first = assignment_of(scene, *group.front());
    const auto& duty = scene.facts.plan().duties[first.duty];
    EntryView entry;
    entry.what = scene.name(duty, first.key.period);
    entry.since = scene.due_words(first.due, first.due_has_hour, first.provisional);
    entry.how_many = group.size();
    entry.count = fmt::format("{}", entry.how_many);
    auto tally = schedule::tally_of(scene.context.decision.assignments, duty.id, first.key.period,
                                    scene.context.now);
    if (tally.owed() > entry.how_many) entry.tally = tally_words(scene, tally);
    for (const auto* overdue : group) {
      scene.wording().append(entry.units, unit_words(scene, *overdue));
    }
    fill_commands(scene, group, duty, entry);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace duban::message
