#include "document/table_said.h"

#include <algorithm>

namespace duban::document {
namespace {

using schedule::RowSaid;

std::vector<std::string> periods_of(const Standpoint& standpoint, const plan::Duty& table,
                                    std::string_view last) {
  std::vector<std::string> periods;
  for (const auto& one : standpoint.timetable().occurrences()) {
    bool counts = standpoint.plan().duties[one.duty].id == table.id &&
                  (last.empty() || one.period <= last);
    if (counts) periods.push_back(one.period);
  }
  std::ranges::sort(periods);
  return periods;
}

}  // namespace

TableSaid::TableSaid(const Standpoint& standpoint, const plan::Duty& table, std::string_view last)
    : table_(table), periods_(periods_of(standpoint, table, last)) {
  for (const auto& period : periods_) {
    auto rows = schedule::rows_said(standpoint.plan(), standpoint.known(), table.id, period);
    for (auto& row : rows) take(period, row);
    rows_[period] = std::move(rows);
  }
}

void TableSaid::take(const std::string& period, RowSaid& row) {
  auto& last = last_[{row.about.unit, row.row.clause}];
  if (row.row.unchanged) {
    if (row.row.state == RowState::unsaid) row.row.state = last.said.row.state;
    if (row.row.problem.empty()) row.row.problem = last.said.row.problem;
  }
  bool own_words = !row.row.unchanged && !row.row.progress.empty();
  if (own_words) {
    last.progress = row.row.progress;
    last.progress_period = period;
  }
  last.said = row;
}

std::string TableSaid::period_before(std::string_view period) const {
  auto found = std::ranges::find(periods_, period);
  return found == periods_.end() || found == periods_.begin() ? std::string{} : *(found - 1);
}

const std::vector<RowSaid>& TableSaid::rows(std::string_view period) const {
  static const std::vector<RowSaid> none;
  auto found = rows_.find(period);
  return found == rows_.end() ? none : found->second;
}

const RowSaid* TableSaid::row(std::string_view period, std::string_view unit,
                              std::string_view task) const {
  const auto& all = rows(period);
  auto found = std::ranges::find_if(all, [&](const RowSaid& one) {
    return one.about.unit == unit && one.row.clause == task;
  });
  return found == all.end() ? nullptr : &*found;
}

const LastSaid* TableSaid::last(const std::string& unit, const std::string& task) const {
  auto found = last_.find({unit, task});
  return found == last_.end() ? nullptr : &found->second;
}

bool says_something_new(const TableSaid& said, std::string_view period, const RowSaid& row) {
  if (row.row.unchanged || row.row.progress.empty()) return false;
  const auto* before = said.row(said.period_before(period), row.about.unit, row.row.clause);
  return before == nullptr || before->row.progress != row.row.progress;
}

const plan::Duty* table_of(const plan::Plan& plan) {
  for (const auto& duty : plan.duties) {
    if (duty.document) return plan.find_duty(duty.document->of);
  }
  for (const auto& duty : plan.duties) {
    if (duty.rows == plan::Rows::reporter) return &duty;
  }
  return nullptr;
}

}  // namespace duban::document
