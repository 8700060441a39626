#include <algorithm>
#include <set>
#include <tuple>

#include "base/limits.h"
#include "calendar/dating.h"
#include "calendar/occurrence.h"
#include "calendar/rrule.h"

namespace duban::calendar {
namespace {

const Place& place_of(const plan::Duty& duty) {
  return duty.due_place.line != 0 ? duty.due_place : duty.place;
}

class Examination {
 public:
  explicit Examination(const plan::Plan& plan) : plan_(plan), dates_(plan, held_) {}

  Diagnostics run();

 private:
  bool has_too_many();
  void examine_duty(std::size_t index);
  void examine_dated(const plan::Duty& duty, const Period& about, const DueDay& due);
  void examine_ask_by(std::size_t index, const Period& about, const Dated& due);
  void examine_nth(const plan::Duty& duty);
  void examine_rrule(const plan::Duty& duty);
  void examine_zone();
  void examine_ladders(const Zone& zone);
  void examine_ladder(const plan::Ladder& ladder, const Occurrence& occurrence, const Zone& zone);
  void examine_side(const plan::Stage& stage, Instant at, const plan::Ladder& ladder,
                    const Occurrence& occurrence, const Zone& zone);
  void tell_provisional();

  bool first_time(const char* code, const plan::Stage& stage, const Occurrence& occurrence);
  void add(Severity severity, const Place& place, std::string code, Bilingual message,
           Bilingual mend);
  void add(const plan::Duty& duty, const Period& about, const DueMistake& mistake);

  const plan::Plan& plan_;
  const HeldOn held_;
  DueDates dates_;
  std::size_t provisional_ = 0;
  // A stage that is wrong is wrong in most periods: once a duty is enough.
  std::set<std::tuple<std::string, std::string, std::size_t>> told_stages_;
  Diagnostics found_;
};

void Examination::add(Severity severity, const Place& place, std::string code, Bilingual message,
                      Bilingual mend) {
  Diagnostic diagnostic{severity, place, std::move(code), std::move(message), std::move(mend)};
  if (std::ranges::find(found_, diagnostic) == found_.end()) {
    found_.push_back(std::move(diagnostic));
  }
}

bool Examination::first_time(const char* code, const plan::Stage& stage,
                             const Occurrence& occurrence) {
  return told_stages_.emplace(code, stage.key, occurrence.duty).second;
}

// What concerns a path of duties holds for each period alike and is told once.
void Examination::add(const plan::Duty& duty, const Period& about, const DueMistake& mistake) {
  bool each_period = mistake.code == "impossible-date" || mistake.code == "due-unsuitable";
  auto where = each_period ? duty.id + " " + about.id : duty.id;
  add(Severity::error, place_of(duty), mistake.code,
      both("{}:{}", "{}: {}", where, mistake.message), mistake.mend);
}

void Examination::examine_dated(const plan::Duty& duty, const Period& about, const DueDay& due) {
  if (year_of(due.day) != plan_.year) {
    add(Severity::warning, place_of(duty), "due-outside-year",
        both("{} {}:截止日 {} 不在 {} 年内,这一期不算",
             "{} {}: the due date {} is not in {}, so this period does not count", duty.id,
             about.id, format_day(due.day), plan_.year),
        {"改 within,或改日期", "change within, or the date"});
  }
  const auto& bounds = duty.bounds;
  if ((bounds.from && due.day < *bounds.from) || (bounds.to && due.day > *bounds.to)) {
    add(Severity::error, place_of(duty), "due-outside-within",
        both("{}:截止日 {} 不在 within 之内({} 至 {})",
             "{}: the due date {} is outside within ({} to {})", duty.id, format_day(due.day),
             bounds.from ? format_day(*bounds.from) : "…",
             bounds.to ? format_day(*bounds.to) : "…"),
        {"改日期,或改 within", "change the date, or within"});
  }
}

void Examination::examine_ask_by(std::size_t index, const Period& about, const Dated& due) {
  auto ask_by = dates_.ask_by(index, about);
  if (!ask_by) return;
  const auto& duty = plan_.duties[index];
  if (ask_by->mistake) add(duty, about, *ask_by->mistake);
  if (!ask_by->due || !due.due || ask_by->due->at() <= due.due->at()) return;
  add(Severity::error, place_of(duty), "ask-by-after-due",
      both("{} {}:ask_by {} 晚于 due {}", "{} {}: ask_by {} is after due {}", duty.id, about.id,
           format_day(ask_by->due->day), format_day(due.due->day)),
      {"ask_by 是先要的日子,应当更早", "write an earlier ask_by: it asks before the due date"});
}

void Examination::examine_nth(const plan::Duty& duty) {
  const auto* nth = std::get_if<plan::DueNthWorkingDay>(&duty.due.rule);
  if (nth == nullptr) return;
  const Workdays workdays{plan_.calendar};
  bool later = duty.about == plan::About::period_before;
  for (const auto& [about, of_plan_year] : candidates(duty, plan_.year)) {
    auto period = later ? period_after(duty.every, about) : about;
    auto there = workdays.count_between(period.first - std::chrono::days{1}, period.last);
    if (!of_plan_year || there >= static_cast<int>(nth->n)) continue;
    add(Severity::warning, place_of(duty), "too-few-working-days",
        both("{} {}:写的是“{}”,而 {} 只有{}个工作日,取 {}",
             "{} {}: “{}” is written, but {} has only {} working day(s); {} is taken", duty.id,
             about.id, duty.due.text, period.id, there,
             format_day(workdays.nth_in(period.first, period.last, nth->n))),
        {"给这一期单写一个 due", "write a due of its own for this period"});
  }
}

void Examination::examine_rrule(const plan::Duty& duty) {
  if (!duty.rrule) return;
  for (auto& one : diagnose_rrule(duty, plan_.year)) {
    add(one.severity, one.place, one.code, one.message, one.mend);
  }
}

void Examination::examine_duty(std::size_t index) {
  const auto& duty = plan_.duties[index];
  bool dated_by_itself = !duty.due.is_none() && !duty.due.is_undecided() && !duty.due.relative();
  if (duty.on_day_off == plan::OnDayOff::extend && dated_by_itself) {
    add(Severity::error, place_of(duty), "extend-without-event",
        both("{}:on_day_off = \"extend\",但“{}”不是从某件事算起的",
             "{}: on_day_off = \"extend\", but “{}” does not count from an event", duty.id,
             duty.due.text),
        {"写 \"before\"、\"after\" 或 \"stay\"",
         "write \"before\", \"after\" or \"stay\""});
  }
  examine_nth(duty);
  examine_rrule(duty);
  bool spanned = duty.rrule && (duty.rrule->from || duty.rrule->to);
  bool bounded = duty.within || duty.every == plan::Every::once || spanned;
  for (const auto& [about, of_plan_year] : candidates(duty, plan_.year)) {
    if (!of_plan_year) continue;
    auto dated = dates_.due(index, about);
    if (dated.mistake) add(duty, about, *dated.mistake);
    if (dated.due && bounded) examine_dated(duty, about, *dated.due);
    examine_ask_by(index, about, dated);
  }
}

void Examination::examine_side(const plan::Stage& stage, Instant at, const plan::Ladder& ladder,
                               const Occurrence& occurrence, const Zone& zone) {
  bool asks = stage.kind == StageKind::remind || stage.kind == StageKind::due;
  bool wrong = asks ? at > *occurrence.due : at < *occurrence.due;
  const auto* code = asks ? "stage-after-due" : "stage-before-due";
  if (!wrong || !first_time(code, stage, occurrence)) return;
  const auto& duty = plan_.duties[occurrence.duty];
  add(asks ? Severity::warning : Severity::error, stage.place, code,
      both("催办梯 {}:“{}”落在 {},{} {} 的截止时间 {} 的{}",
           "ladder {0}: “{1}” falls on {2}, {6} the due time {5} of {3} {4}", ladder.id, stage.key,
           zone.format(at), duty.id, occurrence.period, zone.format(*occurrence.due),
           asks ? BilingualView{"后面", "after"} : BilingualView{"前面", "before"}),
      asks ? BilingualView{"那样永远不会发出,请写早一些",
                           "write it earlier: like this it would never be sent"}
           : BilingualView{"截止之前没有谁逾期,请写晚一些",
                           "write it later: nobody is overdue before the due time"});
}

void Examination::examine_ladder(const plan::Ladder& ladder, const Occurrence& occurrence,
                                 const Zone& zone) {
  const auto& duty = plan_.duties[occurrence.duty];
  std::optional<Instant> before;
  for (std::size_t i = 0; i < ladder.stages.size(); ++i) {
    const auto& stage = ladder.stages[i];
    auto at = stage_at(ladder, stage, occurrence, plan_, zone);
    if (stage_is_provisional(ladder, stage, occurrence, plan_, zone)) ++provisional_;
    examine_side(stage, at, ladder, occurrence, zone);
    if (before && at < *before && first_time("stage-order", stage, occurrence)) {
      add(Severity::error, stage.place, "stage-order",
          both("催办梯 {}:“{}”落在“{}”之后({} {},截止 {})",
               "ladder {}: “{}” falls after “{}” ({} {}, due {})", ladder.id,
               ladder.stages[i - 1].key, stage.key, duty.id, occurrence.period,
               zone.format(*occurrence.due)),
          {"后一级要比前一级晚", "write each stage later than the one before it"});
    }
    before = at;
  }
}

void Examination::examine_ladders(const Zone& zone) {
  for (const auto& occurrence : occurrences(plan_, zone, held_)) {
    if (occurrence.dating != Dating::dated) continue;
    if (occurrence.provisional || occurrence.ask_by_provisional) ++provisional_;
    const auto* ladder = plan_.ladder_of(plan_.duties[occurrence.duty]);
    if (ladder != nullptr) examine_ladder(*ladder, occurrence, zone);
  }
}

void Examination::examine_zone() {
  auto zone = Zone::find(plan_.zone);
  if (!zone) {
    auto meant = Zone::nearest_name(plan_.zone);
    add(Severity::error, {}, "unknown-zone",
        both("{}:没有时区“{}”", "{}: there is no time zone “{}”", plan_.id, plan_.zone),
        meant.empty() ? Bilingual{"写 IANA 的名称,如 Asia/Shanghai",
                                  "write an IANA name such as Asia/Shanghai"}
                      : both("是不是“{}”?", "did you mean “{}”?", meant));
    return;
  }
  if (plan_.year > Zone::last_year) {
    add(Severity::warning, {}, "zone-rules-end",
        both("{}:{} 年以后的夏令时未知", "{}: summer time after {} is not known", plan_.id,
             Zone::last_year),
        {});
  }
  examine_ladders(*zone);
}

void Examination::tell_provisional() {
  if (provisional_ == 0) return;
  add(Severity::warning, {}, "calendar-unpublished",
      both("{}:有{}个日子所在的年份,放假安排还没有公布",
           "{}: dates in years whose public holidays are not published yet: {}", plan_.id,
           provisional_),
      {"这些日子标为暂定;公布后运行 dubanctl calendar import",
       "run dubanctl calendar import once they are published; until then these are provisional"});
}

// Every one of them is looked at in every step.
bool Examination::has_too_many() {
  std::size_t count = 0;
  for (const auto& duty : plan_.duties) {
    auto owners = duty.who.size();
    if (duty.by_clause) owners = 0;
    for (const auto& [clause, units] : duty.units_of_clause) owners += units.size();
    count += candidates(duty, plan_.year).size() * owners;
    if (count <= limits::plan_assignments) continue;
    add(Severity::error, duty.place, "too-many",
        both("到 {} 为止,事项×期次×单位已超过{}", "up to {}, duties × periods × units are over {}",
             duty.id, limits::plan_assignments),
        {"分成几个方案", "split it into several plans"});
    return true;
  }
  return false;
}

Diagnostics Examination::run() {
  if (has_too_many()) return std::move(found_);
  for (std::size_t index = 0; index < plan_.duties.size(); ++index) examine_duty(index);
  examine_zone();
  tell_provisional();
  return std::move(found_);
}

}  // namespace

Diagnostics diagnose(const plan::Plan& plan) { return Examination{plan}.run(); }

}  // namespace duban::calendar
