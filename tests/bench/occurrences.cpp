// bench_occurrences FIRST_YEAR YEARS COPIES: expands the four rules that tests/bench/run gives to
// remind and dateutil too, so many times over, year by year, and prints how many occurrences that
// came to and the sum of their days since 1970 (so that nothing is left out, and so that the three
// can be held against each other).

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "calendar/occurrence.h"

namespace {

using namespace duban;

plan::Duty duty(std::string id, plan::Every every, decltype(plan::DueRule::rule) rule) {
  plan::Duty made;
  made.id = std::move(id);
  made.every = every;
  made.due = {.rule = rule, .time = Seconds{17 * 3600}};
  return made;
}

plan::Plan four_rules(int copies) {
  plan::Plan plan;
  plan.id = "bench";
  plan.zone = "Asia/Shanghai";
  for (int i = 0; i < copies; ++i) {
    auto n = std::to_string(i);
    plan.duties.push_back(duty("month" + n, plan::Every::month, plan::DueDayOfMonth{1, 25}));
    plan.duties.push_back(duty("month-end" + n, plan::Every::month, plan::DueLast{}));
    plan.duties.push_back(duty("week" + n, plan::Every::week,
                               plan::DueWeekday{std::chrono::Tuesday}));
    plan.duties.push_back(duty("quarter" + n, plan::Every::quarter, plan::DueDayOfMonth{1, 7}));
  }
  return plan;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  int first = std::atoi(argv[1]);
  int years = std::atoi(argv[2]);
  auto plan = four_rules(std::atoi(argv[3]));
  auto zone = calendar::Zone::find(plan.zone);
  if (!zone) return 2;
  long count = 0;
  long days = 0;
  for (int year = first; year < first + years; ++year) {
    plan.year = year;
    for (const auto& one : calendar::occurrences(plan, *zone, {})) {
      ++count;
      days += zone->day_of(one.due.value()).time_since_epoch().count();
    }
  }
  std::printf("%ld %ld\n", count, days);
}
