#include "schedule/record.h"

#include <algorithm>
#include <functional>

namespace duban::schedule {
namespace {

bool is_success(AttemptOutcome outcome) { return outcome == AttemptOutcome::delivered; }

}  // namespace

bool is_in_person(const ItemKey& key) {
  return key.kind == ItemKind::correction || key.kind == ItemKind::answer ||
         key.audience == Audience::leader ||
         (key.kind == ItemKind::stage && key.stage.starts_with("overdue "));
}

bool is_storm_draft(const NoticeHead& notice) {
  return notice.state == NoticeState::drafted && notice.reason == Reason::storm;
}

std::size_t Record::storm_drafts() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      open_, [](const auto& open) { return is_storm_draft(open.second); }));
}

std::size_t AssignmentKeyHash::operator()(const AssignmentKey& key) const noexcept {
  std::hash<std::string> hash;
  auto mix = [](std::size_t seed, std::size_t value) {
    return seed ^ (value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2));
  };
  return mix(mix(mix(hash(key.duty), hash(key.period)), hash(key.unit)), hash(key.slice));
}

void Record::apply(const Fact& fact) {
  std::pair scope{fact.about.duty, fact.about.unit};
  if (fact.kind == FactKind::voided) voided_[fact.refers] = true;
  if (fact.kind == FactKind::outage && fact.time) outages_.push_back({*fact.time, fact.at});
  if (fact.kind == FactKind::in_force) in_force_[scope] = fact.at;
  if (fact.kind == FactKind::out_of_force) in_force_.erase(scope);
  bool ends_silence = fact.kind == FactKind::voided && was_silenced(fact.refers);
  bool general = fact.kind == FactKind::outage || fact.kind == FactKind::in_force ||
                 fact.kind == FactKind::out_of_force || fact.kind == FactKind::silenced ||
                 ends_silence;
  if (general) ++general_changes_;
  if (fact.kind == FactKind::silenced) silenced_.push_back(facts_.size());
  if (!fact.about.duty.empty()) touched_.push_back(fact.about);
  if (fact.kind == FactKind::released && fact.subject == storm_code) {
    for (const auto& [id, notice] : open_) {
      if (is_storm_draft(notice)) freed_.insert(id);
    }
  }
  bool about_notice = fact.kind == FactKind::released || fact.kind == FactKind::deferred;
  if (about_notice) facts_of_notice_[fact.subject].push_back(facts_.size());
  facts_of_[fact.about].push_back(facts_.size());
  facts_.push_back(fact);
}

bool Record::was_silenced(std::int64_t seq) const {
  return std::ranges::any_of(silenced_,
                             [&](std::size_t index) { return facts_[index].seq == seq; });
}

std::vector<const Fact*> Record::silenced() const {
  std::vector<const Fact*> found;
  for (auto index : silenced_) {
    if (!is_voided(facts_[index].seq)) found.push_back(&facts_[index]);
  }
  return found;
}

std::optional<Instant> Record::in_force_since(const std::string& duty,
                                              const std::string& unit) const {
  auto at = in_force_.find({duty, unit});
  return at == in_force_.end() ? std::nullopt : std::optional{at->second};
}

bool Record::is_voided(std::int64_t seq) const { return voided_.contains(seq); }

std::vector<const Fact*> Record::facts_about(const AssignmentKey& key) const {
  std::vector<const Fact*> found;
  auto at = facts_of_.find(key);
  if (at == facts_of_.end()) return found;
  for (auto index : at->second) {
    const auto& fact = facts_[index];
    if (!is_voided(fact.seq)) found.push_back(&fact);
  }
  return found;
}

const std::vector<Told>* Record::told_about(const AssignmentKey& key) const {
  auto at = told_.find(key);
  return at == told_.end() ? nullptr : &at->second;
}

const Told* Record::told_item(const ItemKey& key) const {
  const auto* told = told_about(key.about);
  if (told == nullptr) return nullptr;
  auto found = std::ranges::find(*told, key, [](const Told& one) { return one.item.key; });
  return found == told->end() ? nullptr : &*found;
}

void Record::apply(const NoticeHead& notice, const std::vector<Item>& items) {
  auto head = notice;
  head.items.clear();
  for (const auto& item : items) {
    head.items.push_back(item.key);
    auto& told = told_[item.key.about];
    touched_.push_back(item.key.about);
    auto known = std::ranges::find(told, item.key, [](const Told& t) { return t.item.key; });
    if (known == told.end()) {
      told.push_back({.item = item, .withdrawn = false, .notices = {notice.id}});
    } else {
      known->notices.push_back(notice.id);
    }
  }
  for (const auto& key : head.items) {
    bool to_liaison = key.audience == Audience::liaison && !head.contact.empty();
    if (to_liaison) contacts_told_[key.about.unit].insert(head.contact);
  }
  open_[notice.id] = std::move(head);
}

const std::set<std::string>* Record::contacts_told(const std::string& unit) const {
  auto found = contacts_told_.find(unit);
  return found == contacts_told_.end() ? nullptr : &found->second;
}

void Record::end_item(const ItemKey& key, Reason) {
  auto at = told_.find(key.about);
  if (at == told_.end()) return;
  touched_.push_back(key.about);
  for (auto& told : at->second) {
    if (told.item.key == key) told.withdrawn = true;
  }
}

void Record::end_notice(const std::string& id, NoticeState state, Reason reason, Instant at) {
  auto open = open_.find(id);
  if (open == open_.end()) return;
  if (state == NoticeState::failed) {
    const auto& head = open->second;
    failures_.push_back(
        {id, head.endpoint, reason, at, head.items, head.queued_at, head.expires_at});
  }
  open_.erase(open);
  ended_[id] = {state, at};
}

void Record::bounced(const NoticeHead& notice, Reason reason, Instant at) {
  auto ended = ended_.find(notice.id);
  bool arrived = ended != ended_.end() && ended->second.state == NoticeState::delivered;
  if (!arrived || ended->second.bounced_at) return;
  ended->second.bounced_at = at;
  failures_.push_back({notice.id, notice.endpoint, reason, at, notice.items, notice.queued_at,
                       notice.expires_at});
  for (const auto& key : notice.items) touched_.push_back(key.about);
}

NoticeState Record::state_of(const std::string& notice) const {
  if (auto open = open_.find(notice); open != open_.end()) return open->second.state;
  auto ended = ended_.find(notice);
  if (ended == ended_.end()) return NoticeState::superseded;
  return ended->second.bounced_at ? NoticeState::bounced : ended->second.state;
}

void Record::attempted(const std::string& id, AttemptOutcome outcome, Reason reason, Instant at) {
  auto open = open_.find(id);
  if (open == open_.end()) return;
  open->second.attempted = true;
  const auto& endpoint = open->second.endpoint;
  if (is_success(outcome)) {
    failing_.erase(endpoint);
    return;
  }
  // Trouble never raises trouble.
  bool trouble = std::ranges::any_of(open->second.items, [](const ItemKey& key) {
    return key.kind == ItemKind::trouble;
  });
  if (trouble) return;
  auto& failing = failing_[endpoint];
  if (failing.attempts == 0) failing.since = at;
  ++failing.attempts;
  failing.reason = reason;
}

bool Record::is_released(const std::string& notice) const {
  if (freed_.contains(notice)) return true;
  auto found = facts_of_notice_.find(notice);
  if (found == facts_of_notice_.end()) return false;
  bool released = false;  // what was said last holds
  for (auto index : found->second) {
    if (!is_voided(facts_[index].seq)) released = facts_[index].kind == FactKind::released;
  }
  return released;
}

std::optional<Instant> Record::deferred_until(const std::string& notice) const {
  std::optional<Instant> until;
  auto found = facts_of_notice_.find(notice);
  if (found == facts_of_notice_.end()) return until;
  for (auto index : found->second) {
    const auto& fact = facts_[index];
    if (fact.kind == FactKind::deferred && !is_voided(fact.seq)) until = fact.time;
  }
  return until;
}

bool Record::may_have_arrived(const std::string& notice) const {
  if (auto open = open_.find(notice); open != open_.end()) return open->second.attempted;
  return state_of(notice) == NoticeState::delivered;
}

bool Record::has_arrived(const std::string& notice, Instant by) const {
  auto ended = ended_.find(notice);
  return ended != ended_.end() && ended->second.state == NoticeState::delivered &&
         ended->second.at <= by && !(ended->second.bounced_at && *ended->second.bounced_at <= by);
}

std::optional<Told> Record::arrived(const Told& told, Instant by) const {
  Told kept{.item = told.item};
  for (const auto& notice : told.notices) {
    if (has_arrived(notice, by)) kept.notices.push_back(notice);
  }
  return kept.notices.empty() ? std::nullopt : std::optional{kept};
}

Record Record::known_by(Instant as_of) const {
  Record known;
  for (const auto& fact : facts_) {
    if (fact.recorded_at <= as_of) known.apply(fact);
  }
  for (const auto& [key, all] : told_) {
    for (const auto& told : all) {
      auto kept = arrived(told, as_of);
      if (!kept) continue;
      for (const auto& notice : kept->notices) {
        known.ended_[notice] = {NoticeState::delivered, ended_.at(notice).at};
      }
      known.told_[key].push_back(std::move(*kept));
    }
  }
  return known;
}

Reason Record::reason_of(const std::string& notice) const {
  auto found = std::ranges::find(failures_, notice, &Failure::notice);
  return found == failures_.end() ? Reason::none : found->reason;
}

bool Record::has_failed(const std::string& notice, Instant by) const {
  auto found = std::ranges::find(failures_, notice, &Failure::notice);
  return found != failures_.end() && found->at <= by;
}

}  // namespace duban::schedule
