#include "sim/model/records.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace duban::sim::model {
namespace {

using Kind = Event::Kind;

bool names(const std::vector<std::string>& ids, const std::string& id) {
  return ids.empty() || std::ranges::find(ids, id) != ids.end();
}

std::vector<std::string> one_or_all(const std::string& id) {
  return id.empty() ? std::vector<std::string>{} : std::vector{id};
}

}  // namespace

bool Quiet::mutes(const Owed& owed, const std::optional<std::string>& of_stage) const {
  const auto& [duty, period, unit] = owed;
  if (stage && stage != of_stage) return false;
  if (unit == "office" && units.empty()) return false;
  return names(units, unit) && names(duties, duty);
}

Records::Records(Court& court) : court_(court) {
  for (const auto& plan : court.outcome.plans) texts_.push_back(std::make_unique<Text>(plan));
  for (const auto& fact : court.outcome.facts) {
    facts_[{fact.duty, fact.period, fact.unit}].push_back(&fact);
    if (fact.kind == "voided") voids_[fact.refers].push_back(fact.seq);
    if (fact.kind == "silenced") silenced_.push_back(&fact);
    if (fact.kind == "outage") outages_.push_back(&fact);
    if (fact.kind == "reassigned") handed_on_.push_back(&fact);
    if (fact.kind == "in-force" || fact.kind == "out-of-force") in_force_.push_back(&fact);
  }
  for (const auto& item : court.outcome.items) {
    if (item.duty.empty() || item.notices.empty()) continue;
    items_[{item.duty, item.period, item.unit}].push_back(&item);
  }
  place_rows();
  place_texts();
}

Second Records::told_at(const ItemRow& item) const {
  return court_.notice_by_id.at(item.notices.front())->queued_at;
}

// A wall time can come twice. What was seen from outside says which of the two: an answer that
// names the row, and of a text its edit, or the start that read it.
std::map<std::int64_t, Second> Records::not_before() const {
  constexpr Second around = 5;
  std::map<std::int64_t, Second> bounds;
  std::vector<const Event*> readings;
  for (const auto& event : court_.outcome.events) {
    using enum Event::Kind;
    if (event.kind == fact_taken) bounds[event.seq] = event.at.since - around;
    bool reads = event.kind == up || event.kind == edit_taken || event.kind == edit_unknown;
    if (reads) readings.push_back(&event);
  }
  auto reading = readings.begin();
  for (const auto& fact : court_.outcome.facts) {
    if (fact.kind != "plan-text") continue;
    auto near = std::find_if(reading, readings.end(), [&](const Event* event) {
      return std::abs(event->at.wall - fact.recorded_at) <= around;
    });
    if (near == readings.end()) continue;
    bounds[fact.seq] = (*near)->at.since - around;
    reading = near + 1;
  }
  return bounds;
}

// By the wall time that a row names, never before the row before it.
void Records::place_rows() {
  std::map<std::int64_t, Second> walls;
  auto bounds = not_before();
  for (const auto& fact : court_.outcome.facts) walls[fact.seq] = fact.recorded_at;
  for (const auto& notice : court_.outcome.notices) walls[notice.seq] = notice.queued_at;
  for (const auto& [owed, items] : items_) {
    for (const auto* item : items) walls[item->seq] = told_at(*item);
  }
  Second last = court_.story.begins;
  for (const auto& [seq, wall] : walls) {
    if (auto bound = bounds.find(seq); bound != bounds.end()) last = std::max(last, bound->second);
    last = std::max(last, court_.life.written_at(wall, last).value_or(last));
    written_[seq] = last;
    by_moment_.emplace_back(last, seq);
  }
}

std::int64_t Records::number_at(Second since) const {
  auto after = std::ranges::upper_bound(by_moment_, since, {},
                                        &std::pair<Second, std::int64_t>::first);
  return after == by_moment_.end() ? std::numeric_limits<std::int64_t>::max() : after->second;
}

void Records::place_texts() {
  constexpr Second around = 5;
  // The first is the story's own; each edit makes the next, taken or not.
  auto text_of_edit = [&](std::size_t happening) {
    std::size_t text = 0;
    for (std::size_t i = 0; i <= happening; ++i) {
      if (std::holds_alternative<Edited>(court_.story.happenings[i].what)) ++text;
    }
    return text;
  };
  auto begin = [&](std::size_t text, Second at) {
    uses_.push_back({{at, court_.life.ends() + 1}, texts_.at(text).get()});
  };
  auto end_all_but_last = [&](Second at) {
    for (std::size_t i = 0; i + 1 < uses_.size(); ++i) {
      uses_[i].span.to = std::min(uses_[i].span.to, at);
    }
  };
  for (const auto& event : court_.outcome.events) {
    auto at = event.at.since;
    bool edit = event.kind == Kind::edit_taken || event.kind == Kind::edit_unknown;
    if (event.kind == Kind::up && !uses_.empty() && uses_.back().text == texts_[event.text].get()) {
      end_all_but_last(at);
    } else if (event.kind == Kind::up) {
      begin(event.text, at);
      end_all_but_last(at);
    } else if (edit && event.happening) {
      auto asked = court_.story.happenings.at(*event.happening).at;
      begin(text_of_edit(*event.happening), std::min(asked, at) - around);
      if (event.kind == Kind::edit_taken) end_all_but_last(at + around);
    }
  }
}

std::vector<const Text*> Records::texts_at(Second since) const {
  std::vector<const Text*> found;
  for (auto use = uses_.rbegin(); use != uses_.rend(); ++use) {
    if (use->span.contains(since)) found.push_back(use->text);
  }
  return found;
}

std::vector<Records::Use> Records::certain_uses() const {
  std::vector<Use> certain;
  for (std::size_t i = 0; i < uses_.size(); ++i) {
    auto use = uses_[i];
    if (i > 0) use.span.from = std::max(use.span.from, uses_[i - 1].span.to);
    if (i + 1 < uses_.size()) use.span.to = std::min(use.span.to, uses_[i + 1].span.from);
    if (use.span.from < use.span.to) certain.push_back(use);
  }
  return certain;
}

bool Records::is_voided(std::int64_t seq, const Knowing& knowing) const {
  auto found = voids_.find(seq);
  return found != voids_.end() && std::ranges::any_of(found->second, [&](std::int64_t by) {
           return by < knowing.before;
         });
}

std::vector<const FactRow*> Records::facts_about(const Owed& owed, const Knowing& knowing) const {
  std::vector<const FactRow*> found;
  const auto& [duty, period, unit] = owed;
  for (const auto& key : {owed, Owed{duty, period, ""}}) {
    auto facts = facts_.find(key);
    if (facts == facts_.end()) continue;
    for (const auto* fact : facts->second) {
      if (fact->seq < knowing.before && !is_voided(fact->seq, knowing)) found.push_back(fact);
    }
  }
  std::ranges::sort(found, {}, &FactRow::seq);
  return found;
}

const FactRow* Records::handed_on(const Owed& owed, const Knowing& knowing) const {
  const auto& [duty, period, unit] = owed;
  const FactRow* newest = nullptr;
  for (const auto* fact : handed_on_) {
    bool to = fact->duty == duty && fact->period == period && fact->subject == unit;
    if (to && fact->seq < knowing.before && !is_voided(fact->seq, knowing)) newest = fact;
  }
  return newest;
}

std::vector<Quiet> Records::silences(const Text& text, const Knowing& knowing) const {
  std::vector<Quiet> all;
  for (const auto& one : text.plan().silences) {
    auto stage = one.stage ? std::optional{word_of(*one.stage)} : std::nullopt;
    all.push_back({text.zone().instant_of(one.from, 0), text.zone().instant_of(one.to + 1, 0),
                   one.units, one.duties, stage});
  }
  for (const auto* fact : silenced_) {
    if (fact->seq >= knowing.before || is_voided(fact->seq, knowing)) continue;
    auto stage = fact->subject.empty() ? std::nullopt : std::optional{fact->subject};
    all.push_back({fact->at, fact->time.value_or(fact->at), one_or_all(fact->unit),
                   one_or_all(fact->duty), stage});
  }
  return all;
}

std::vector<std::pair<Second, Second>> Records::outages(const Knowing& knowing) const {
  std::vector<std::pair<Second, Second>> all;
  for (const auto* fact : outages_) {
    if (fact->seq < knowing.before && fact->time) all.emplace_back(*fact->time, fact->at);
  }
  return all;
}

Second Records::in_force(const Owed& owed, const Knowing& knowing) const {
  const auto& [duty, period, unit] = owed;
  std::optional<Second> plan, of_duty, of_unit;
  for (const auto* fact : in_force_) {
    if (fact->seq >= knowing.before) continue;
    auto since = fact->kind == "in-force" ? std::optional{fact->at} : std::nullopt;
    if (fact->duty.empty() && fact->unit.empty()) plan = since;
    if (fact->duty == duty) of_duty = since;
    if (fact->duty.empty() && fact->unit == unit) of_unit = since;
  }
  if (unit == "office") of_unit = plan;
  auto now = knowing.now;
  return std::max({plan.value_or(now), of_duty.value_or(now), of_unit.value_or(now)});
}

bool Records::stands(const ItemRow& item, const Knowing& knowing) const {
  if (item.seq >= knowing.before) return false;
  if (!item.ended_at) return true;
  return *item.ended_at > knowing.now || (!knowing.ended_now && *item.ended_at == knowing.now);
}

std::set<Owed> Records::heard_of() const {
  std::set<Owed> found;
  for (const auto& fact : court_.outcome.facts) {
    bool said = fact.kind == "submitted" || fact.kind == "asked" || fact.kind == "not-ours";
    if (said) found.insert({fact.duty, fact.period, fact.unit});
  }
  return found;
}

const std::vector<const ItemRow*>& Records::items_about(const Owed& owed) const {
  static const std::vector<const ItemRow*> none;
  auto found = items_.find(owed);
  return found == items_.end() ? none : found->second;
}

Known Records::known(const Owed& owed, const std::string& audience, const Knowing& knowing) const {
  Known known;
  for (const auto* item : items_about(owed)) {
    if (item->audience != audience || !stands(*item, knowing)) continue;
    if (item->kind == "gone") known = {};
    bool answers = item->kind == "change" || item->kind == "answer";
    bool tells = answers || item->kind == "start" || item->kind == "stage";
    if (!tells) continue;
    known.told = true;
    known.due = item->due;
    if (item->kind == "stage") known.stages.push_back(item);
    if (!answers) continue;
    known.changed_at = item->planned_at;
    known.stages.clear();
  }
  return known;
}

}  // namespace duban::sim::model
