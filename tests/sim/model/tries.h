#pragma once
// Which exchange with a receiver an attempt's row speaks of.

#include <map>
#include <string>
#include <vector>

#include "sim/model/court.h"

namespace duban::sim::model {

class Tries {
 public:
  explicit Tries(const Court& court);

  struct Try {
    const Exchange* exchange;
    /// What stands in the ledger of it; null: nothing.
    const AttemptRow* row = nullptr;
  };
  /// Of a notice, in the order in which they began.
  const std::vector<Try>& of(const std::string& notice) const;
  /// Null: the row speaks of none.
  const Exchange* exchange_of(const AttemptRow& row) const;

 private:
  std::map<std::string, std::vector<Try>> tries_;
  std::map<const AttemptRow*, const Exchange*> by_row_;
};

}  // namespace duban::sim::model
