#pragma once
// What the State Council's notice of one year says, gathered from a published list: which days are
// off under which name, and which weekends are worked. Pure; a list is doubted until every day of
// it has been looked at.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/bilingual.h"
#include "base/diagnostic.h"
#include "base/time.h"

namespace duban::calendar {

/// An entry of a published list.
struct ListedDays {
  Day first{}, last{};
  /// The holiday's, for a worked weekend too: 国庆节.
  std::string name;
  bool off = true;
  /// Where it stands, in words: `第13条`, `entry 13`.
  Bilingual where;
};

/// A file of such entries.
struct PublishedList {
  /// By the year of the notice that they are of.
  std::map<int, std::vector<ListedDays>> years;
  /// The names of what was found and is neither a holiday nor a worked weekend, each once.
  std::set<std::string> set_aside;
  /// The notice's address on the web, or empty.
  std::string address;
};

/// One year's notice. Its first days may lie in the December before: 2022-12-31 is of 2023.
struct HolidayNotice {
  struct Off {
    std::string name;
    Day from{}, to{};
    bool operator==(const Off&) const = default;
  };
  int year = 0;
  /// In the order of time; days in a row of one name are one.
  std::vector<Off> off;
  /// Saturdays and Sundays that are worked, with the holiday they make up for.
  std::map<Day, std::string> work;
  /// The notice's number (国办发明电〔2021〕11号) and its address on the web; empty: not known.
  std::string number, address;
};

/// The year whose notice an entry is of: its own, but for New Year's holiday in a December.
int notice_year(const ListedDays& entry);

/// One year's entries as its notice; nothing, and every mistake at `shown`, where a day is of
/// another year, is listed twice or both off and worked, where a worked day is no weekend, and
/// where one of the seven statutory holidays is not there: half a list is not the notice.
std::optional<HolidayNotice> gather_notice(int year, const std::vector<ListedDays>& entries,
                                           const std::string& shown, Diagnostics& out);

}  // namespace duban::calendar
