#pragma once
// What units said in the tables of a duty, period by period, as known from a standpoint.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "document/standpoint.h"
#include "schedule/progress.h"

namespace duban::document {

/// Of a unit and a clause.
struct LastSaid {
  /// Its newest row: state and problem stay what they were where it says 无变化.
  schedule::RowSaid said;
  /// What it said last with words of its own, and in which period.
  std::string progress, progress_period;
};

/// Immutable after construction. The standpoint must outlive it.
class TableSaid {
 public:
  /// Rows of periods up to `last` (a period's id; empty: all).
  TableSaid(const Standpoint& standpoint, const plan::Duty& table, std::string_view last = {});

  const plan::Duty& table() const { return table_; }
  /// The duty's periods up to the last, in order, those that nothing was said in too.
  const std::vector<std::string>& periods() const { return periods_; }
  /// The one before; empty: none.
  std::string period_before(std::string_view period) const;
  /// In the document's order; problem and state of a row that says 无变化 are those of before.
  const std::vector<schedule::RowSaid>& rows(std::string_view period) const;
  /// Null: nothing was said.
  const schedule::RowSaid* row(std::string_view period, std::string_view unit,
                               std::string_view task) const;
  const LastSaid* last(const std::string& unit, const std::string& task) const;

 private:
  void take(const std::string& period, schedule::RowSaid& row);

  const plan::Duty& table_;
  std::vector<std::string> periods_;
  std::map<std::string, std::vector<schedule::RowSaid>, std::less<>> rows_;
  std::map<std::pair<std::string, std::string>, LastSaid> last_;
};

/// The row has words, and others than the unit's row of the period before: what a document calls
/// changed.
bool says_something_new(const TableSaid& said, std::string_view period,
                        const schedule::RowSaid& row);

/// The duty whose tables the plan's documents tell of; without documents the first one that
/// reporters fill. Null: none.
const plan::Duty* table_of(const plan::Plan& plan);

}  // namespace duban::document
