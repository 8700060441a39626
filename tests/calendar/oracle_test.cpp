// Our expansion against libical's, for each form of `due` that an RRULE can say, over many years.
#include <gtest/gtest.h>
#include <libical/ical.h>

#include <algorithm>

#include "calendar/fixture.h"
#include "calendar/occurrence.h"

namespace duban::calendar {
namespace {

using namespace duban::tests;
using plan::Every;

constexpr int first_year = 2000;
constexpr int last_year = 2060;

// Every day of the rule in the years of the test.
std::vector<Day> expand_rrule(const char* rule) {
  auto recurrence = icalrecurrencetype_from_string(rule);
  auto start = icaltime_from_string("20000101");
  std::vector<Day> found;
  auto* iterator = icalrecur_iterator_new(recurrence, start);
  for (auto at = icalrecur_iterator_next(iterator); !icaltime_is_null_time(at);
       at = icalrecur_iterator_next(iterator)) {
    if (at.year > last_year) break;
    found.push_back(make_day(at.year, static_cast<unsigned>(at.month),
                             static_cast<unsigned>(at.day)));
  }
  icalrecur_iterator_free(iterator);
  return found;
}

std::vector<Day> expand_ours(const plan::Duty& duty) {
  auto plan = plan_of(first_year, {duty});
  plan.calendar = no_holidays();
  auto zone = Zone::find(plan.zone).value();
  std::vector<Day> found;
  for (; plan.year <= last_year; ++plan.year) {
    for (const auto& occurrence : occurrences(plan, zone, {})) {
      if (occurrence.due) found.push_back(zone.day_of(*occurrence.due));
    }
  }
  return found;
}

struct Pair {
  const char* rrule;
  Every every;
  plan::DueRule due;
};

void PrintTo(const Pair& pair, std::ostream* out) { *out << pair.rrule; }

class Oracle : public testing::TestWithParam<Pair> {};

TEST_P(Oracle, AgreesWithUs) {
  const auto& [rrule, every, due] = GetParam();
  auto theirs = expand_rrule(rrule);
  EXPECT_GT(theirs.size(), 14U);
  EXPECT_EQ(expand_ours(duty("ours", every, due)), theirs) << rrule;
}

INSTANTIATE_TEST_SUITE_P(
    Libical, Oracle,
    testing::Values(
        Pair{"FREQ=MONTHLY;BYMONTHDAY=1", Every::month, on_day(1)},
        Pair{"FREQ=MONTHLY;BYMONTHDAY=25", Every::month, on_day(25)},
        Pair{"FREQ=MONTHLY;BYMONTHDAY=28", Every::month, on_day(28)},
        // Short months: libical leaves them out, we refuse them at `check` and leave them waiting.
        Pair{"FREQ=MONTHLY;BYMONTHDAY=31", Every::month, on_day(31)},
        Pair{"FREQ=MONTHLY;BYMONTHDAY=-1", Every::month, last()},
        Pair{"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", Every::month, last_wd()},
        Pair{"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2", Every::month, nth_wd(2)},
        Pair{"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=7", Every::month, nth_wd(7)},
        Pair{"FREQ=WEEKLY;BYDAY=MO", Every::week, on_weekday(std::chrono::Monday)},
        Pair{"FREQ=WEEKLY;BYDAY=TU", Every::week, on_weekday(std::chrono::Tuesday)},
        Pair{"FREQ=WEEKLY;BYDAY=SA", Every::week, on_weekday(std::chrono::Saturday)},
        Pair{"FREQ=WEEKLY;BYDAY=SU", Every::week, on_weekday(std::chrono::Sunday)},
        Pair{"FREQ=WEEKLY;BYDAY=FR", Every::week, last_wd()},
        Pair{"FREQ=WEEKLY;BYDAY=SU", Every::week, last()},
        Pair{"FREQ=WEEKLY;BYDAY=WE", Every::week, nth_wd(3)},
        Pair{"FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25", Every::quarter, on_day_of_month(3, 25)},
        Pair{"FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10", Every::quarter, on_day_of_month(1, 10)},
        Pair{"FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", Every::quarter, last()},
        Pair{"FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", Every::quarter,
             last_wd()},
        Pair{"FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=7", Every::quarter,
             nth_wd(7)},
        Pair{"FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15", Every::half_year, on_day_of_month(6, 15)},
        Pair{"FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1", Every::half_year, last()},
        Pair{"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=9", Every::year, on_day_of_month(12, 9)},
        Pair{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", Every::once, on_date(2, 29)},
        Pair{"FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=30", Every::once, on_date(9, 30)}));

// What we rely on in libical: it knows nothing of holidays, and it leaves impossible days out.
TEST(LibicalBehaviour, LeavesOutDaysThatDoNotExist) {
  auto found = expand_rrule("FREQ=MONTHLY;BYMONTHDAY=31");
  EXPECT_TRUE(std::ranges::none_of(found, [](Day at) { return month_of(at) == 4; }));
  EXPECT_EQ(found.size(), 7U * (last_year - first_year + 1));
}

TEST(LibicalBehaviour, CallsTheLastWeekdayWorkedThoughItIsAHoliday) {
  auto theirs = expand_rrule("FREQ=MONTHLY;BYMONTH=4;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1");
  EXPECT_TRUE(std::ranges::find(theirs, day("2022-04-29")) != theirs.end());
  auto october = expand_rrule("FREQ=MONTHLY;BYMONTH=10;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1");
  EXPECT_TRUE(std::ranges::find(october, day("2022-10-03")) != october.end());
  auto ours = duty("first", Every::month, nth_wd(1));
  ours.within = plan::Within{10, 10};
  EXPECT_EQ(dues(plan_of(2022, {ours})), std::vector<std::string>{"2022-10 2022-10-08"});
}

}  // namespace
}  // namespace duban::calendar
