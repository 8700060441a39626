#include "sim/design/spots.h"

#include <algorithm>

#include "sim/design/dates.h"

namespace duban::sim::design {
namespace {

using Kind = Spot::Kind;

constexpr int whole_day = 1440;
constexpr Second late_after = 600;

struct Due {
  std::string period;
  DayNumber day;
  std::optional<DayNumber> ask_by;
};

class Finder {
 public:
  explicit Finder(const Plan& plan) : plan_(plan) {}

  std::vector<Spot> run() {
    add(Kind::plan_begins, plan_.begins, 0);
    add(Kind::plan_ends, plan_.ends, whole_day);
    for (const auto& duty : plan_.duties) add_duty(duty);
    for (const auto& silence : plan_.silences) {
      add(Kind::silence_begins, silence.from, 0);
      add(Kind::silence_ends, silence.to, whole_day);
    }
    for (auto day = plan_.begins; day <= plan_.ends; ++day) add_day(day);
    for (const auto& night : clock_nights(plan_.zone, plan_.year)) {
      add(Kind::clock_changes, night.day, night.minute);
    }
    std::ranges::stable_sort(spots_, {}, &Spot::at);
    return std::move(spots_);
  }

 private:
  void add(Kind kind, DayNumber day, int minute) {
    spots_.push_back({.kind = kind, .at = at(day, minute), .duty = "", .period = ""});
  }
  Second at(DayNumber day, int minute) const { return instant_of(plan_.zone, day, minute); }

  DayNumber moved(const Duty& duty, DayNumber day) const {
    return moved_off_days(plan_, duty.on_day_off, day);
  }

  std::vector<Due> dues_of(const Duty& duty) const {
    std::vector<Due> dues;
    auto in_month = [&](int month, std::string period) {
      Due due{std::move(period), moved(duty, day_of(plan_.year, month, duty.day)), std::nullopt};
      if (duty.ask_by_day) due.ask_by = moved(duty, day_of(plan_.year, month, *duty.ask_by_day));
      dues.push_back(std::move(due));
    };
    if (duty.every == Every::once) in_month(duty.month, std::to_string(plan_.year));
    if (duty.every == Every::month) {
      for (int month = duty.month; month <= duty.last_month; ++month) {
        in_month(month, month_name(plan_.year, month));
      }
    }
    for (auto day = plan_.begins; duty.every == Every::week && day <= plan_.ends; ++day) {
      if (weekday_of(day) == duty.day) {
        dues.push_back({week_name(day), moved(duty, day), std::nullopt});
      }
    }
    return dues;
  }

  void add_duty(const Duty& duty) {
    auto found = std::ranges::find(plan_.ladders, duty.ladder, &Ladder::id);
    for (const auto& due : dues_of(duty)) {
      auto add_of = [&](Kind kind, Second moment, std::optional<Stage::Kind> stage = {}) {
        spots_.push_back({kind, moment, duty.id, due.period, stage, duty.who.size()});
      };
      add_of(Kind::due, at(due.day, duty.due_minute.value_or(whole_day)));
      if (due.ask_by) add_of(Kind::ask_by, at(*due.ask_by, duty.ask_by_minute.value_or(whole_day)));
      for (const auto& stage : found->stages) {
        auto day = stage.working
                       ? working_days_from(plan_, due.day, stage.days, found->skip_made_up)
                       : due.day + stage.days;
        add_of(Kind::stage, at(day, stage.minute), stage.kind);
        add_of(Kind::late, at(day, stage.minute) + late_after, stage.kind);
      }
    }
  }

  void add_day(DayNumber day) {
    bool works = is_working(plan_, day), works_next = is_working(plan_, day + 1);
    auto date = date_of(day);
    if (date.day == days_in(date.year, date.month)) add(Kind::month_ends, day, whole_day);
    if (works && weekday_of(day) > 5) add(Kind::made_up, day, plan_.hours_from);
    if (!works && weekday_of(day) < 6) add(Kind::holiday, day, plan_.list_minute);
    if (!works && works_next) add(Kind::opens, day + 1, plan_.hours_from);
    if (works && !works_next) add(Kind::closes, day, plan_.hours_to);
    if (works) add(Kind::list, day, plan_.list_minute);
    if (day % 5 == 0) add(Kind::midnight, day, whole_day);
  }

  const Plan& plan_;
  std::vector<Spot> spots_;
};

}  // namespace

std::vector<Spot> spots_of(const Plan& plan) { return Finder{plan}.run(); }

}  // namespace duban::sim::design
