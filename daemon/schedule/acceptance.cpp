#include "schedule/acceptance.h"

#include <algorithm>

#include "calendar/dating.h"
#include "schedule/bearing_facts.h"
#include "schedule/draft_time.h"

namespace duban::schedule {
namespace {

// The last day of a duty's period; nothing for one that the duty does not have.
std::optional<Day> last_day(const plan::Plan& plan, const plan::Duty& duty,
                            const std::string& period) {
  for (const auto& one : calendar::candidates(duty, plan.year)) {
    if (one.period.id == period) return one.period.last;
  }
  return std::nullopt;
}

// Since when it was recorded that it is in, as it now stands.
std::optional<Instant> known_since(const Record& record, const AssignmentKey& key) {
  std::optional<Instant> known, returned;
  for (const auto* fact : bearing_facts(record, key)) {
    if (fact->kind == FactKind::returned) {
      known.reset();
      returned = fact->at;
    }
    bool counts = hands_in(fact->kind) && !(returned && fact->at < *returned);
    if (counts) known = std::min(known.value_or(fact->recorded_at), fact->recorded_at);
  }
  return known;
}

const Fact* fact_of(const Record& record, std::int64_t seq) {
  auto found = std::ranges::lower_bound(record.facts(), seq, {}, &Fact::seq);
  return found == record.facts().end() || found->seq != seq ? nullptr : &*found;
}

}  // namespace

std::optional<Instant> cut_off(const Timetable& timetable, const AssignmentKey& key,
                               Instant known) {
  const auto& plan = timetable.plan();
  const auto* tables = plan.find_duty(key.duty);
  auto told_from = tables == nullptr ? std::nullopt : last_day(plan, *tables, key.period);
  if (!told_from) return std::nullopt;
  std::optional<Instant> first;
  for (std::size_t index = 0; index < timetable.occurrences().size(); ++index) {
    const auto& occurrence = timetable.occurrences()[index];
    const auto& duty = plan.duties[occurrence.duty];
    if (!duty.document || duty.document->of != key.duty) continue;
    auto at = draft_at(timetable, index);
    if (!at || *at < known) continue;
    auto told_to = last_day(plan, duty, occurrence.period);
    if (told_to && *told_to >= *told_from) first = std::min(first.value_or(*at), *at);
  }
  return first;
}

std::optional<Instant> silence_accepts_at(const Timetable& timetable, const Record& record,
                                          const Assignment& assignment) {
  if (assignment.standing != Standing::answered) return std::nullopt;
  auto known = known_since(record, assignment.key);
  return known ? cut_off(timetable, assignment.key, *known) : std::nullopt;
}

std::optional<Acceptance> acceptance_of(const Timetable& timetable, const Record& record,
                                        const Assignment& assignment, Instant now) {
  if (assignment.standing != Standing::answered) return std::nullopt;
  auto silent = silence_accepts_at(timetable, record, assignment);
  if (silent && *silent > now) silent.reset();
  const auto* word = fact_of(record, assignment.accepted_by);
  if (word == nullptr && !silent) return std::nullopt;
  bool by_word = word != nullptr && (!silent || word->at <= *silent);
  return by_word ? Acceptance{word->at, word->seq} : Acceptance{*silent, 0};
}

}  // namespace duban::schedule
