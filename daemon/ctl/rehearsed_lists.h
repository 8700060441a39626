#pragma once
// The office's daily lists of a rehearsed year as texts: lists/2022-05-26.txt.

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "ledger/store.h"
#include "schedule/assignment.h"

namespace duban::ctl {

class RehearsedLists {
 public:
  /// A file a day, with subject and text as the office gets them; the lists of several plans one
  /// below the other. Each plan once.
  bool write(const std::filesystem::path& folder, const schedule::Timetable& timetable,
             const std::vector<ledger::Notice>& notices);

 private:
  /// Days that another plan's list stands in already.
  std::set<std::string> days_;
};

}  // namespace duban::ctl
