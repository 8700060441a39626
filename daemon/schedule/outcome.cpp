#include "schedule/outcome.h"

namespace duban::schedule {
namespace {

bool is_owed(Standing standing) {
  return standing == Standing::open || standing == Standing::answered ||
         standing == Standing::excused || standing == Standing::dated_too_late;
}

bool by(const std::optional<Instant>& at, const std::optional<Instant>& limit) {
  return at && (!limit || *at <= *limit);
}

}  // namespace

std::string_view to_word(Outcome outcome) {
  constexpr std::array<std::string_view, outcomes> words{"on-time", "late", "extended", "excused",
                                                         "missing"};
  return words.at(static_cast<std::size_t>(outcome));
}

std::optional<Outcome> outcome_of(const Assignment& assignment, Instant as_of) {
  if (!is_owed(assignment.standing)) return std::nullopt;
  if (assignment.standing == Standing::excused) return Outcome::excused;
  auto first = assignment.first_answered_at;
  if (first && *first > as_of) first.reset();
  if (by(first, assignment.first_due)) return Outcome::on_time;
  if (!assignment.extended_in_time) return first ? Outcome::late : Outcome::missing;
  if (first) return by(first, assignment.granted_due) ? Outcome::extended : Outcome::late;
  bool still = assignment.granted_due && as_of < *assignment.granted_due;
  return still ? Outcome::extended : Outcome::missing;
}

std::size_t Tally::owed() const {
  std::size_t sum = 0;
  for (const auto& one : by_outcome) sum += one.size();
  return sum;
}

Tally tally_of(const std::vector<Assignment>& all, std::string_view duty, std::string_view period,
               Instant as_of) {
  Tally tally;
  for (std::size_t index = 0; index < all.size(); ++index) {
    const auto& key = all[index].key;
    if (key.duty != duty || key.period != period) continue;
    auto outcome = outcome_of(all[index], as_of);
    if (outcome) tally.by_outcome.at(static_cast<std::size_t>(*outcome)).push_back(index);
  }
  return tally;
}

}  // namespace duban::schedule
