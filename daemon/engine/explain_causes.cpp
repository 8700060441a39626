#include "engine/explain_causes.h"

#include <algorithm>
#include <set>

#include "base/limits.h"

namespace duban::engine {
namespace {

using schedule::AssignmentKey;
using schedule::Fact;

bool concerns(const AssignmentKey& fact, const AssignmentKey& about) {
  bool duty = fact.duty.empty() || fact.duty == about.duty;
  bool unit = fact.unit.empty() || fact.unit == about.unit;
  return duty && unit;
}

// A duty and those that its dates count from.
std::set<std::string> counted_from(const plan::Plan& plan, const std::string& duty) {
  std::set<std::string> ids{duty};
  const auto* at = plan.find_duty(duty);
  while (at != nullptr && at->due.relative() != nullptr) {
    const auto& next = at->due.relative()->duty;
    if (!ids.insert(next).second) break;
    at = plan.find_duty(next);
  }
  return ids;
}

std::optional<Instant> due_in(const plan::Plan& plan, const schedule::Record& record,
                              const AssignmentKey& about) {
  auto zone = calendar::Zone::find(plan.zone);
  if (!zone) return std::nullopt;
  auto held = schedule::bearings_of(plan, record).held;
  for (const auto& one : calendar::occurrences(plan, *zone, held)) {
    if (one.period == about.period && plan.duties[one.duty].id == about.duty) return one.due;
  }
  return std::nullopt;
}

std::optional<Fact> later(std::optional<Fact> one, std::optional<Fact> other) {
  if (!one) return other;
  return other && other->seq > one->seq ? other : one;
}

}  // namespace

std::optional<Fact> Causes::fact(std::int64_t seq) const {
  const auto& all = record_.facts();
  auto found = std::ranges::find(all, seq, &Fact::seq);
  return seq == 0 || found == all.end() ? std::nullopt : std::optional{*found};
}

std::optional<Fact> Causes::last(FactKind kind) const {
  const auto& all = record_.facts();
  auto found = std::ranges::find(all.rbegin(), all.rend(), kind, &Fact::kind);
  return found == all.rend() ? std::nullopt : std::optional{*found};
}

std::optional<Fact> Causes::in_force(const AssignmentKey& about) const {
  std::optional<Fact> latest;
  for (const auto& fact : record_.facts()) {
    if (fact.kind != FactKind::in_force || !concerns(fact.about, about)) continue;
    if (!latest || fact.at > latest->at) latest = fact;
  }
  return latest;
}

std::optional<Fact> Causes::outage_over(Instant at) const {
  for (const auto& fact : record_.facts()) {
    bool over = fact.kind == FactKind::outage && fact.time && *fact.time < at && at <= fact.at;
    if (over) return fact;
  }
  return std::nullopt;
}

std::optional<Fact> Causes::checked(const AssignmentKey& about, Instant since) const {
  std::optional<Fact> first;
  for (const auto* fact : record_.facts_about({about.duty, about.period, "", ""})) {
    if (fact->kind != FactKind::checked || fact->at < since) continue;
    if (!first || fact->at < first->at) first = *fact;
  }
  return first;
}

std::vector<const Fact*> Causes::texts() const {
  std::vector<const Fact*> newest_first;
  for (const auto& fact : record_.facts()) {
    if (fact.kind == FactKind::plan_text) newest_first.insert(newest_first.begin(), &fact);
  }
  if (newest_first.size() > limits::searched_texts) newest_first.resize(limits::searched_texts);
  return newest_first;
}

std::optional<Fact> Causes::edit(const std::function<bool(const plan::Plan&)>& holds,
                                 Instant not_before) const {
  std::optional<Fact> since;
  for (const auto* fact : texts()) {
    if (fact->at < not_before) return since;
    auto text = text_of_(fact->subject);
    if (!text) return since ? since : std::optional{*fact};
    if (!holds(*text->plan)) return since;
    since = *fact;
  }
  return since;
}

std::shared_ptr<const Text> Causes::text_with_duty(const std::string& duty) const {
  for (const auto* fact : texts()) {
    auto text = text_of_(fact->subject);
    if (text && text->plan->find_duty(duty) != nullptr) return text;
  }
  return nullptr;
}

std::optional<Fact> Causes::moved_due(const schedule::Assignment& assignment,
                                      std::optional<Instant> due) const {
  const auto& about = assignment.key;
  if (assignment.extended) return fact(assignment.extended_by);
  auto cause = edit([&](const plan::Plan& plan) { return due_in(plan, record_, about) == due; });
  auto text = last(FactKind::plan_text);
  auto now = text ? text_of_(text->subject) : nullptr;
  auto chain = now ? counted_from(*now->plan, about.duty) : std::set<std::string>{about.duty};
  for (const auto& one : record_.facts()) {
    bool of_chain = one.kind == FactKind::held && one.about.duty != about.duty &&
                    chain.contains(one.about.duty) && !record_.is_voided(one.seq);
    auto voided = one.kind == FactKind::voided ? fact(one.refers) : std::nullopt;
    bool taken_back =
        voided && chain.contains(voided->about.duty) &&
        (voided->kind == FactKind::held ||
         (voided->kind == FactKind::extended && concerns(voided->about, about)));
    if (of_chain || taken_back) cause = later(cause, one);
  }
  return cause;
}

}  // namespace duban::engine
