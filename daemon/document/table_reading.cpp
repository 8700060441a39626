#include "document/table_reading.h"

#include <algorithm>

#include "base/limits.h"
#include "document/table_head.h"
#include "document/table_words.h"
#include "document/task_match.h"
#include "document/unit_names.h"

namespace duban::document {
namespace {

using schedule::SubmittedRow;

constexpr std::string_view lacks_mark = "缺:";

// What is written below the rows, with or without a colon.
bool is_note(std::string_view text) {
  auto bare = folded(text);
  auto begins = [&bare](std::string_view word) { return bare.starts_with(word); };
  return begins("注:") || begins("备注:") || begins("说明:") || begins("填报说明") ||
         begins("填报单位") || begins("填报人") || begins("审核人") || begins("审签") ||
         begins("联系电话") || begins("填表说明") || begins("填表人");
}

std::string as_written(const std::string& clause, const std::string& task) {
  auto written = clause.empty() || task.empty() ? clause + task : clause + " " + task;
  std::ranges::replace(written, '\n', ' ');
  return written;
}

bool says_nothing(const SubmittedRow& row) {
  return !row.unchanged && row.progress.empty() && row.state == RowState::unsaid &&
         row.problem.empty() && row.asks_whom.empty() && row.asks_what.empty() &&
         row.asks_by.empty() && row.lacks.empty();
}

class TableReader {
 public:
  TableReader(const Cells& cells, TableHead head, const TableOf& table)
      : cells_(cells),
        head_(std::move(head)),
        units_(table.plan),
        own_(table.plan.rows_of(table.duty, table.unit, table.slice)),
        tasks_(table.plan, own_) {}

  std::expected<TableReading, TableFault> read() {
    for (at_ = head_.body; at_ < cells_.size(); ++at_) {
      if (auto fault = read_row()) return std::unexpected(*fault);
    }
    return std::move(read_);
  }

 private:
  const std::string& cell(TableColumn column) const {
    static const std::string nothing;
    auto found = head_.columns.find(column);
    const auto& row = cells_[at_];
    return found == head_.columns.end() || found->second >= row.size() ? nothing
                                                                       : row[found->second];
  }

  void remark(std::string code, Bilingual message, Bilingual mend, TableColumn column) {
    auto found = head_.columns.find(column);
    auto place = found == head_.columns.end() ? 0 : found->second + 1;
    read_.remarks.push_back({std::move(code), std::move(message), std::move(mend), at_ + 1, place});
  }

  std::optional<TableFault> read_row() {
    const auto& clause = cell(TableColumn::clause);
    const auto& task = cell(TableColumn::task);
    const auto& first = first_cell();
    if (is_note(first) || is_note(clause)) return std::nullopt;
    auto said = said_here();
    if (clause.empty() && task.empty()) return go_on(said);
    // Headings between the rows, and a row of the form that was left as it was.
    auto match = tasks_.match(clause, task);
    if (!match.task && says_nothing(said)) return std::nullopt;
    said.clause = match.task ? match.task->id : as_written(clause, task);
    if (auto fault = too_long(said)) return fault;
    if (!match.task) remark_unmatched(match, said.clause);
    else if (std::ranges::find(own_, match.task) == own_.end()) remark_not_its_own(*match.task);
    auto same = std::ranges::find(read_.rows, said.clause, &SubmittedRow::clause);
    if (same == read_.rows.end() || !match.task) {
      read_.rows.push_back(std::move(said));
      return std::nullopt;
    }
    remark("row-twice",
           {"这一条款填了两行,已并成一行", "this clause has two rows, which were made one"}, {},
           TableColumn::clause);
    return append(*same, said);
  }

  const std::string& first_cell() const {
    static const std::string nothing;
    const auto& row = cells_[at_];
    auto found = std::ranges::find_if(row, [](const auto& text) { return !text.empty(); });
    return found == row.end() ? nothing : *found;
  }

  SubmittedRow said_here() {
    SubmittedRow row;
    row.progress = cell(TableColumn::progress);
    if (says_unchanged(row.progress)) row.unchanged = true, row.progress.clear();
    row.problem = cell(TableColumn::problem);
    row.asks_whom = cell(TableColumn::asks_whom);
    row.asks_what = cell(TableColumn::asks_what);
    row.asks_by = cell(TableColumn::asks_by);
    row.lacks = units_.ids_of(cell(TableColumn::lacks));
    take_lacks_of_problem(row);
    read_state(row);
    return row;
  }

  // Our own form has no column for it: `缺:市财政局、市税务局` begins the problem.
  void take_lacks_of_problem(SubmittedRow& row) const {
    auto end = std::min(row.problem.find('\n'), row.problem.size());
    auto first = folded(row.problem.substr(0, end));
    if (!first.starts_with(lacks_mark)) return;
    for (auto& unit : units_.ids_of(first.substr(lacks_mark.size()))) {
      if (std::ranges::find(row.lacks, unit) == row.lacks.end()) row.lacks.push_back(unit);
    }
    row.problem.erase(0, std::min(end + 1, row.problem.size()));
  }

  void read_state(SubmittedRow& row) {
    const auto& written = cell(TableColumn::state);
    if (says_unchanged(written)) {
      row.unchanged = row.unchanged || row.progress.empty();
      return;
    }
    auto state = state_named(written);
    if (state) {
      row.state = *state;
      return;
    }
    remark("unknown-state", both("状态没有看懂:{}", "the state is not understood: {}", written),
           {"请核:已完成、正常、滞后、未定节点", "check it; one of: 已完成, 正常, 滞后, 未定节点"},
           TableColumn::state);
    row.progress += (row.progress.empty() ? "状态:" : "\n状态:") + written;
  }

  void remark_unmatched(const TaskMatch& match, const std::string& clause) {
    auto what = match.several ? both("这一条款有几项任务,没写是哪一项:{}",
                                     "this clause has several tasks, and it does not say which: {}",
                                     clause)
                              : both("对不上条款:{}", "matches no clause: {}", clause);
    remark("unknown-row", std::move(what), {"请核是哪一项任务", "check which task it is"},
           TableColumn::clause);
  }

  void remark_not_its_own(const plan::Task& task) {
    remark("not-its-row",
           both("{}({})不由它填报", "{} ({}) is not this unit's to fill in", task.clause,
                task.name),
           {"请核,或转填报单位", "check it, or pass it on to the unit that fills it in"},
           TableColumn::clause);
  }

  // A cell merged over several rows, or a text that goes on below.
  std::optional<TableFault> go_on(const SubmittedRow& said) {
    if (says_nothing(said)) return std::nullopt;
    if (!read_.rows.empty()) return append(read_.rows.back(), said);
    return TableFault{"no-clause",
                      {"这一行没有写条款和任务", "this row has neither a clause nor a task"},
                      {"补上条款或任务名称", "add the clause or the name of the task"}, at_ + 1, 0};
  }

  std::optional<TableFault> append(SubmittedRow& row, const SubmittedRow& more) const {
    for (auto text : {&SubmittedRow::progress, &SubmittedRow::problem, &SubmittedRow::asks_whom,
                      &SubmittedRow::asks_what, &SubmittedRow::asks_by}) {
      if ((more.*text).empty()) continue;
      row.*text += (row.*text).empty() ? more.*text : "\n" + more.*text;
    }
    row.unchanged = row.unchanged && more.progress.empty();
    if (row.state == RowState::unsaid) row.state = more.state;
    row.lacks.insert(row.lacks.end(), more.lacks.begin(), more.lacks.end());
    return too_long(row);
  }

  // What was put together of several cells.
  std::optional<TableFault> too_long(const SubmittedRow& row) const {
    for (auto text : {&SubmittedRow::clause, &SubmittedRow::progress, &SubmittedRow::problem,
                      &SubmittedRow::asks_whom, &SubmittedRow::asks_what,
                      &SubmittedRow::asks_by}) {
      if ((row.*text).size() <= limits::sheet_cell_bytes) continue;
      return TableFault{"cell-too-long",
                        {"这一项加起来太长", "put together, this text is too long"},
                        {"压到300字以内;详细材料另附",
                         "cut it to 300 characters and attach the details separately"},
                        at_ + 1, 0};
    }
    return std::nullopt;
  }

  const Cells& cells_;
  TableHead head_;
  UnitNames units_;
  std::vector<const plan::Task*> own_;
  TaskMatcher tasks_;
  std::size_t at_ = 0;
  TableReading read_;
};

// A reply of three characters, in a file or pasted.
bool is_only_unchanged(const Cells& cells) {
  std::size_t said = 0;
  for (const auto& row : cells) {
    for (const auto& cell : row) {
      if (cell.empty()) continue;
      ++said;
      if (!says_unchanged(cell)) return false;
    }
  }
  return said > 0;
}

}  // namespace

std::expected<TableReading, TableFault> read_table(const Cells& cells, const TableOf& table) {
  if (is_only_unchanged(cells)) return TableReading{rows_unchanged(table), {}};
  auto head = find_head(cells);
  if (!head) {
    return std::unexpected(TableFault{
        "no-head",
        {"没有找到表头:要有“条款”或“任务”,以及“本月进展”",
         "there is no head with “条款” (clause) or “任务” (task), and “本月进展” (progress)"},
        {"请填在我办发的表上;全部没有变化的,只写“本月无变化”",
         "fill in the table from the office; where nothing at all has changed, write only "
         "“本月无变化”"}});
  }
  auto read = TableReader{cells, std::move(*head), table}.read();
  if (read && read->rows.empty()) {
    return std::unexpected(TableFault{
        "no-rows",
        {"表里没有填一行", "no row of the table is filled in"},
        {"没有新进展的写“本月无变化”", "write “本月无变化” where there is no progress"}});
  }
  return read;
}

std::vector<schedule::SubmittedRow> rows_unchanged(const TableOf& table) {
  std::vector<SubmittedRow> rows;
  for (const auto* task : table.plan.rows_of(table.duty, table.unit, table.slice)) {
    rows.push_back({.clause = task->id, .unchanged = true});
  }
  return rows;
}

}  // namespace duban::document
