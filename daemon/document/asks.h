#pragma once
// 需协调: whom a unit asks for what in its table.

#include <string>
#include <string_view>
#include <vector>

#include "document/standpoint.h"
#include "document/table_said.h"

namespace duban::document {

struct Ask {
  /// The clauses that it asks the same for, in the document's order.
  std::vector<const plan::Task*> tasks;
  /// The unit that asks, by its id.
  std::string unit;
  /// What it is about: the row's problem, else the task.
  std::string matter;
  /// Whom it asks: a unit by its name of the day, else as written; and to do what.
  std::string whom, what;
  /// By when, as written, without 前 at its end; empty where nothing was said.
  std::string by;
  /// `请市财政局落实资金`.
  std::string words() const;
};

/// Of a period, in the document's order; the same asked twice by one unit is one.
std::vector<Ask> asks_of(const Standpoint& standpoint, const TableSaid& said,
                         std::string_view period);

}  // namespace duban::document
