#include "document/coming_dates.h"

#include <algorithm>

#include "document/standpoint_words.h"
#include "message/plan_facts.h"
#include "message/words.h"

namespace duban::document {
namespace {

struct Due {
  std::optional<Instant> at;
  bool has_hour = false;
};

template <class Dated>
Due asked_or_due(const Dated& one) {
  if (one.ask_by) return {one.ask_by, one.ask_by_has_hour};
  return {one.due, one.due_has_hour};
}

std::string when_words(const Standpoint& standpoint, const Due& due, bool of_a_unit) {
  if (of_a_unit) return day_words(standpoint, *due.at);
  auto civil = standpoint.zone().to_civil(*due.at);
  auto words = message::weekday_words(duban::day_of(civil), standpoint.plan().year);
  return due.has_hour ? words + message::hour_words(time_of(civil)) : words;
}

class Collector {
 public:
  Collector(const Standpoint& standpoint, Day last) : standpoint_(standpoint), last_(last) {}

  void take(const Due& due, const std::string& what, const std::string& unit) {
    bool wanted = due.at && *due.at > standpoint_.as_of() &&
                  standpoint_.zone().day_of(*due.at) <= last_;
    if (!wanted) return;
    found_.push_back({*due.at, when_words(standpoint_, due, !unit.empty()), what, unit});
  }

  std::vector<ComingDate> finish() {
    std::ranges::stable_sort(found_, {}, &ComingDate::at);
    return std::move(found_);
  }

 private:
  const Standpoint& standpoint_;
  Day last_;
  std::vector<ComingDate> found_;
};

}  // namespace

std::vector<ComingDate> coming_dates(const Standpoint& standpoint, const plan::Duty& duty,
                                     std::string_view period, Day last) {
  const auto& plan = standpoint.plan();
  Collector collector{standpoint, last};
  for (const auto& one : standpoint.timetable().occurrences()) {
    const auto& other = plan.duties[one.duty];
    bool itself = other.id == duty.id && one.period == period;
    if (other.origin != plan::Origin::duty || itself) continue;
    collector.take(asked_or_due(one), message::full_name(plan, other, one.period, ""), "");
  }
  for (const auto& one : standpoint.assignments()) {
    const auto& other = plan.duties[one.duty];
    if (other.origin == plan::Origin::duty || one.standing != schedule::Standing::open) continue;
    collector.take(asked_or_due(one), other.name, unit_name(standpoint, one.key.unit));
  }
  return collector.finish();
}

Day end_of_next_month(Day day) {
  YearMonthDay date{day};
  auto next = date.year() / date.month() + std::chrono::months{1};
  return Day{next / std::chrono::last};
}

}  // namespace duban::document
