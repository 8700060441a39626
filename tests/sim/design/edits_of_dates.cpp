// Edits that move due dates and what is counted from them.

#include <algorithm>

#include "sim/design/dates.h"
#include "sim/design/plans.h"
#include "sim/design/situations.h"

namespace duban::sim::design {
namespace {

using Kind = Spot::Kind;

constexpr Second hour = 3600, day = 24 * hour;

// A duty's due day moved by some days, where the month has such a day and it is asked for before.
Change moved(std::string duty, int by) {
  return [duty = std::move(duty), by](Plan& plan) {
    auto found = std::ranges::find(plan.duties, duty, &Duty::id);
    if (found == plan.duties.end()) return;
    if (found->every == Every::week) {
      found->day = std::clamp(found->day + by, 1, 7);
      return;
    }
    int least = found->ask_by_day.value_or(1), most = 31;
    for (int month = found->month; month <= found->last_month; ++month) {
      most = std::min(most, days_in(plan.year, month));
    }
    found->day = std::clamp(found->day + by, least, most);
  };
}

Spot around_due(Draft& draft) { return draft.spot({Kind::stage, Kind::due}); }

void there_and_back(Draft& draft) {
  auto spot = around_due(draft);
  auto by = draft.choice.of({-5, -1, 1, 3});
  auto when = spot.at + draft.choice.of<Second>({-2 * day, -hour, -2, -1, 0, 1});
  // Between two looks, over a look, or over a stage.
  auto wait = draft.choice.of<Second>({0, 1, hour, 2 * day});
  draft.edit(when, moved(spot.duty, by), draft.choice.percent(30));
  draft.edit(when + wait, moved(spot.duty, -by), draft.choice.percent(30));
  if (draft.choice.percent(35)) {
    draft.at(when + wait, Down{.how = Down::How::power_lost, .back_after = 2,
                               .at_await = draft.choice.between(1, 20)});
  }
}

void moved_around(Draft& draft) {
  auto spot = around_due(draft);
  draft.edit(spot.at + draft.choice.of<Second>({-1, 0, 1, hour, day}),
             moved(spot.duty, draft.choice.of({-6, -2, -1, 1, 2, 6})), draft.choice.percent(30));
}

void edited_while_down(Draft& draft) {
  auto spot = around_due(draft);
  auto before = draft.choice.of<Second>({10, hour, day});
  draft.at(spot.at - before,
           Down{.how = draft.choice.of({Down::How::stopped, Down::How::killed}),
                .back_after = before + draft.choice.of<Second>({-1, 1, 601, day})});
  draft.edit(spot.at - before / 2, moved(spot.duty, draft.choice.of({-4, -1, 2, 5})));
  if (draft.choice.percent(30)) draft.edit(spot.at - before / 2 + 1, moved(spot.duty, 1));
}

void killed_at_edit(Draft& draft) {
  auto spot = around_due(draft);
  auto when = spot.at + draft.choice.of<Second>({-hour, -1, 0, 60});
  auto way = draft.choice.between(0, 2);
  draft.at(when, Down{.how = Down::How::killed, .back_after = draft.choice.of<Second>({1, 5}),
                      .at_await = way == 0 ? 0 : draft.choice.between(1, 15),
                      .at_disk = way == 2 ? draft.choice.between(1, 15) : 0});
  draft.edit(when, moved(spot.duty, draft.choice.of({-2, 3})), draft.choice.percent(50));
}

void hour_moved(Draft& draft) {
  auto spot = draft.spot({Kind::due, Kind::ask_by});
  auto minute = draft.choice.of({0, 540, 720, 1439});
  draft.edit(spot.at - draft.choice.of<Second>({1, hour, day}),
             [duty = spot.duty, minute](Plan& plan) {
               for (auto& one : plan.duties) {
                 if (one.id != duty) continue;
                 if (one.ask_by_day) one.ask_by_minute = minute;
                 one.due_minute = minute;
               }
             });
}

void day_off_moved(Draft& draft) {
  auto spot = draft.spot({Kind::holiday, Kind::made_up, Kind::due});
  auto rule = draft.choice.of({OnDayOff::stay, OnDayOff::before, OnDayOff::after});
  auto local = (spot.at + 8 * hour) / day;
  bool whole = draft.choice.percent(50);
  draft.edit(spot.at - draft.choice.of<Second>({1, hour, 3 * day}), [=](Plan& plan) {
    for (auto& duty : plan.duties) duty.on_day_off = rule;
    // The list of days off comes out anew.
    if (whole) plan.calendar.made_up.clear();
    auto& off = plan.calendar.off;
    if (weekday_of(local) > 5 || std::erase(off, local) > 0) return;
    off.push_back(local);
    std::ranges::sort(off);
  });
}

}  // namespace

std::vector<Situation> edits_of_dates() {
  return {{"due date there and back", there_and_back},
          {"due date moved around a stage", moved_around},
          {"edited while down", edited_while_down},
          {"killed over an edit", killed_at_edit},
          {"due hour moved", hour_moved},
          {"work calendar edited", day_off_moved}};
}

}  // namespace duban::sim::design
