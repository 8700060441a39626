#pragma once
// The lines of the log that people search for by unit, plan or notice.

#include <string>
#include <vector>

#include "base/line_fields.h"
#include "ledger/store.h"
#include "schedule/record.h"

namespace duban::engine {

/// Whom these are about, each once.
std::vector<std::string> units_of(const std::vector<schedule::ItemKey>& items);

/// A line that is said later: once what it tells is written.
struct LogLine {
  LineFields about;
  std::string words;
};
/// A line a notice.
std::vector<LogLine> notice_lines(const std::string& plan,
                                  const std::vector<ledger::Notice>& notices);
void log_written(const std::vector<LogLine>& lines);
/// A fact that is recorded; what was said with it stays in the ledger.
void log_fact(const std::string& plan, const schedule::Fact& fact);

}  // namespace duban::engine
