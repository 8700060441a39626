#include "sim/model/tries.h"

#include <algorithm>

namespace duban::sim::model {

// A row names the second in which its outcome was there; what was cut off it may name a little
// later.
Tries::Tries(const Court& court) {
  for (const auto& one : court.outcome.exchanges) tries_[one.notice].push_back({&one});
  for (const auto& notice : court.outcome.notices) {
    for (const auto& row : notice.attempts) {
      for (auto& one : tries_[notice.id]) {
        auto after = row.at - one.exchange->ended.wall;
        bool fits = one.exchange->whole ? after == 0 : 0 <= after && after <= 2;
        if (one.row != nullptr || !fits) continue;
        one.row = &row;
        by_row_[&row] = one.exchange;
        break;
      }
    }
  }
}

const std::vector<Tries::Try>& Tries::of(const std::string& notice) const {
  static const std::vector<Try> none;
  auto found = tries_.find(notice);
  return found == tries_.end() ? none : found->second;
}

const Exchange* Tries::exchange_of(const AttemptRow& row) const {
  auto found = by_row_.find(&row);
  return found == by_row_.end() ? nullptr : found->second;
}

}  // namespace duban::sim::model
