#include "schedule/plain_rule.h"

#include <algorithm>
#include <set>

#include "base/limits.h"

namespace duban::schedule {
namespace {

bool is_before_due(StageKind kind) {
  return kind == StageKind::remind || kind == StageKind::due;
}

// One audience's past with one assignment. Anything odd in it (a withdrawal, a stage that the
// ladder has no more) makes it none that a plain rule can judge.
struct Past {
  bool odd = false;
  /// Since when they know the present due time.
  std::optional<Instant> knows_since;
  std::optional<Instant> changed_at;
  /// The furthest place in the ladder that they were told.
  std::optional<std::size_t> furthest;

  void add(const Told& told, const plan::Ladder* ladder, Instant due);
};

void Past::add(const Told& told, const plan::Ladder* ladder, Instant due) {
  const auto& item = told.item;
  odd |= told.withdrawn;
  if (item.key.kind == ItemKind::gone) *this = Past{.odd = odd};
  bool tells_due = item.key.kind == ItemKind::start || item.key.kind == ItemKind::change ||
                   item.key.kind == ItemKind::stage;
  if (!tells_due) return;
  if (item.due != due) {
    knows_since.reset();
  } else if (!knows_since) {
    knows_since = item.planned_at;
  }
  if (item.key.kind == ItemKind::change) changed_at = item.planned_at;
  if (item.key.kind != ItemKind::stage) return;
  if (ladder == nullptr) {
    odd = true;
    return;
  }
  auto place = std::ranges::find(ladder->stages, item.key.stage, &plan::Stage::key);
  odd |= place == ladder->stages.end();
  auto index = static_cast<std::size_t>(place - ladder->stages.begin());
  furthest = std::max(furthest.value_or(index), index);
}

struct Muted {
  Instant from, until;
  std::vector<std::string> units, duties;
  bool covers(const AssignmentKey& key, Instant first, Instant last) const {
    auto named = [](const std::vector<std::string>& ids, const std::string& id) {
      return ids.empty() || std::ranges::find(ids, id) != ids.end();
    };
    return from <= last && first < until && named(units, key.unit) && named(duties, key.duty);
  }
};

class PlainRule {
 public:
  PlainRule(const Timetable& timetable, const Record& record, Instant since, Instant now);
  void judge(const Timetable::Slot& slot);
  std::vector<Unheard> found;

 private:
  bool is_special(const AssignmentKey& key) const;
  bool is_muted(const AssignmentKey& key, Instant first, Instant last) const;
  bool is_open(const plan::Window& window, Instant at) const;
  bool is_audible(const AssignmentKey& key, const Route& route, Instant at) const;
  bool was_out(Instant at) const;
  bool was_checked(const AssignmentKey& key, Instant due, Instant by) const;
  bool went_plainly(const AssignmentKey& key, const plan::Stage& stage, Instant at,
                    Instant due) const;
  Past past_of(const AssignmentKey& key, Audience audience, const plan::Ladder* ladder,
               Instant due) const;
  void judge_known(const AssignmentKey& key, const Past& past, Instant due);
  void judge_stages(const Timetable::Slot& slot, const plan::Ladder& ladder, Audience audience,
                    const Past& knowing, Instant due);

  const Timetable& timetable_;
  const plan::Plan& plan_;
  const Record& record_;
  calendar::Workdays workdays_;
  Instant since_, now_, missed_;
  std::set<AssignmentKey> special_;
  std::vector<Muted> muted_;
};

PlainRule::PlainRule(const Timetable& timetable, const Record& record, Instant since, Instant now)
    : timetable_(timetable),
      plan_(timetable.plan()),
      record_(record),
      workdays_(plan_.calendar),
      since_(std::max(since, timetable.begins())),
      now_(now),
      missed_(now - limits::late_after) {
  const auto& zone = timetable.zone();
  for (const auto& one : plan_.silences) {
    muted_.push_back({zone.to_instant(Civil{one.from}),
                      zone.to_instant(Civil{one.to + std::chrono::days{1}}), one.units,
                      one.duties});
  }
  for (const auto& fact : record.facts()) {
    using enum FactKind;
    bool settles = fact.kind == received || fact.kind == held || fact.kind == extended ||
                   fact.kind == excused || fact.kind == voided || fact.kind == submitted ||
                   fact.kind == issued || fact.kind == returned || fact.kind == asked ||
                   fact.kind == declined || fact.kind == not_ours || fact.kind == reassigned ||
                   fact.kind == called;
    if (settles) special_.insert(fact.about);
    if (fact.kind == reassigned) {
      auto owed = fact.about;
      owed.unit = fact.subject;
      special_.insert(std::move(owed));
    }
    if (fact.kind != silenced || !fact.time) continue;
    // One that was lifted was in force until then.
    Muted muted{fact.at, *fact.time, {}, {}};
    if (!fact.about.unit.empty()) muted.units = {fact.about.unit};
    if (!fact.about.duty.empty()) muted.duties = {fact.about.duty};
    muted_.push_back(std::move(muted));
  }
}

bool PlainRule::is_special(const AssignmentKey& key) const {
  for (const auto& unit : {key.unit, std::string{}}) {
    for (const auto& slice : {key.slice, std::string{}}) {
      if (special_.contains({key.duty, key.period, unit, slice})) return true;
    }
  }
  return false;
}

bool PlainRule::is_muted(const AssignmentKey& key, Instant first, Instant last) const {
  return std::ranges::any_of(
      muted_, [&](const Muted& one) { return one.covers(key, first, last); });
}

bool PlainRule::is_open(const plan::Window& window, Instant at) const {
  auto civil = timetable_.zone().to_civil(at);
  bool worked = !window.hours || (workdays_.is_working(day_of(civil)) &&
                                  window.hours->contains(time_of(civil)));
  return worked && !(window.quiet && window.quiet->contains(time_of(civil)));
}

bool PlainRule::is_audible(const AssignmentKey& key, const Route& route, Instant at) const {
  const auto* unit = plan_.find_unit(key.unit);
  auto channel = plan_.channel_windows.find(route.channel);
  return !is_muted(key, at, at) && (unit == nullptr || is_open(unit->window, at)) &&
         (channel == plan_.channel_windows.end() || is_open(channel->second, at));
}

bool PlainRule::was_out(Instant at) const {
  return std::ranges::any_of(record_.outages(), [&](const Record::Outage& outage) {
    return outage.from <= at && at <= outage.to;
  });
}

bool PlainRule::was_checked(const AssignmentKey& key, Instant due, Instant by) const {
  return std::ranges::any_of(record_.facts(), [&](const Fact& fact) {
    return fact.kind == FactKind::checked && fact.about.duty == key.duty &&
           fact.about.period == key.period && fact.about.unit.empty() && fact.at >= due &&
           fact.at <= by && fact.recorded_at <= by;
  });
}

// It was to be told just at its hour.
bool PlainRule::went_plainly(const AssignmentKey& key, const plan::Stage& stage, Instant at,
                             Instant due) const {
  bool above = stage.audience == Audience::leader;
  bool in_person = above || stage.kind == StageKind::overdue;
  const auto& route = timetable_.route_to(
      key.unit, above ? Audience::leader : audience_of(key.unit), in_person);
  if (!route || at <= since_ || was_out(at) || !is_audible(key, *route, at)) return false;
  if (is_before_due(stage.kind)) return at < due && now_ < due;
  if (at <= due || was_out(due) || is_muted(key, due, due)) return false;
  return !stage.after_checked || was_checked(key, due, at);
}

Past PlainRule::past_of(const AssignmentKey& key, Audience audience, const plan::Ladder* ladder,
                        Instant due) const {
  Past past;
  const auto* told = record_.told_about(key);
  if (told == nullptr) return past;
  for (const auto& one : *told) {
    if (one.item.key.audience == audience) past.add(one, ladder, due);
  }
  return past;
}

// In the middle of a working day nobody is left without word of what they owe.
void PlainRule::judge_known(const AssignmentKey& key, const Past& past, Instant due) {
  const auto& route = timetable_.route_to(key.unit, audience_of(key.unit), false);
  bool quiet = record_.facts().empty() || record_.facts().back().recorded_at < missed_;
  if (!route || past.knows_since || due <= now_ || missed_ <= since_ || !quiet) return;
  plan::Window hours{.hours = plan_.office.hours, .quiet = std::nullopt};
  bool heard = is_open(hours, missed_) && is_open(hours, now_) && !was_out(now_) &&
               is_audible(key, *route, missed_) && is_audible(key, *route, now_) &&
               !is_muted(key, missed_, now_);
  if (heard) found.push_back({key, audience_of(key.unit), "", missed_});
}

void PlainRule::judge_stages(const Timetable::Slot& slot, const plan::Ladder& ladder,
                             Audience audience, const Past& knowing, Instant due) {
  auto past = past_of(slot.key, audience, &ladder, due);
  if (past.odd || !knowing.knows_since) return;
  const auto& instants = timetable_.stages_of(slot.occurrence);
  bool chased = true;  // the chase before went as planned
  std::optional<std::size_t> newest;
  for (std::size_t index = 0; index < ladder.stages.size(); ++index) {
    const auto& stage = ladder.stages[index];
    bool plain = went_plainly(slot.key, stage, instants[index], due);
    if (stage.kind == StageKind::overdue) chased = chased && plain;
    bool own = (stage.audience == Audience::leader) == (audience == Audience::leader);
    if (!own || instants[index] > missed_) continue;
    if (stage.kind == StageKind::escalate) plain = plain && chased;
    if (plain && *knowing.knows_since < std::min(instants[index], due)) newest = index;
  }
  if (!newest) return;
  bool told = past.furthest && *past.furthest >= *newest;
  bool stands = past.changed_at && *past.changed_at >= instants[*newest];
  if (told || stands) return;
  found.push_back({slot.key, audience, ladder.stages[*newest].key, instants[*newest]});
}

void PlainRule::judge(const Timetable::Slot& slot) {
  const auto& occurrence = timetable_.occurrences()[slot.occurrence];
  if (occurrence.dating != calendar::Dating::dated || is_special(slot.key)) return;
  const auto* ladder = plan_.ladder_of(plan_.duties[occurrence.duty]);
  auto own = past_of(slot.key, audience_of(slot.key.unit), ladder, *occurrence.due);
  if (own.odd) return;
  judge_known(slot.key, own, *occurrence.due);
  if (ladder == nullptr) return;
  judge_stages(slot, *ladder, audience_of(slot.key.unit), own, *occurrence.due);
  judge_stages(slot, *ladder, Audience::leader, own, *occurrence.due);
}

}  // namespace

std::vector<Unheard> plainly_unheard(const Timetable& timetable, const Record& record,
                                     Instant undisturbed_since, Instant now) {
  if (now >= timetable.ends()) return {};
  PlainRule rule{timetable, record, undisturbed_since, now};
  for (const auto& slot : timetable.slots()) rule.judge(slot);
  return std::move(rule.found);
}

}  // namespace duban::schedule
