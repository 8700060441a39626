#include "engine/manner.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/digest.h"
#include "calendar/workdays.h"
#include "engine/played_rows.h"

namespace duban::engine {
namespace {

using schedule::Assignment;
using schedule::AssignmentKey;
using schedule::Fact;
using std::chrono::hours;
using std::chrono::minutes;

constexpr Seconds morning = hours{9};
constexpr Seconds evening = hours{17};

class Player {
 public:
  Player(const Manner& manner, const schedule::Timetable& timetable, const Assignment& assignment,
         std::uint64_t seed)
      : manner_(manner),
        timetable_(timetable),
        assignment_(assignment),
        seed_(seed),
        workdays_(timetable.plan().calendar) {}

  std::vector<Fact> play();

 private:
  double draw(std::string_view what) const;
  bool draws(std::string_view what, double share) const { return draw(what) < share; }
  int between(std::string_view what, int least, int most) const {
    return least + static_cast<int>(draw(what) * (most - least + 1));
  }
  Seconds time_between(std::string_view what, Seconds from, Seconds to) const {
    return from + minutes{between(what, 0, static_cast<int>((to - from) / minutes{1}) - 1)};
  }
  Civil civil(Instant at) const { return timetable_.zone().to_civil(at); }
  Instant instant(Civil at) const { return timetable_.zone().to_instant(at); }
  /// Till when it is handed in on the day of `at`.
  Seconds hour_of(Instant at) const;

  Instant early() const;
  Instant on_last_day(Instant asked_for) const;
  Instant late() const;
  Instant usual() const;
  /// The new due time, where more time was asked for and granted.
  std::optional<Instant> ask();
  void give_back(Instant handed_in);
  void hand_in(Instant at, Instant recorded_at);
  Fact& add(FactKind kind, Instant at, Instant recorded_at);

  const Manner& manner_;
  const schedule::Timetable& timetable_;
  const Assignment& assignment_;
  std::uint64_t seed_;
  calendar::Workdays workdays_;
  std::vector<Fact> facts_;
};

double Player::draw(std::string_view what) const {
  const auto& key = assignment_.key;
  return drawn(seed_, fmt::format("{}|{}|{}|{}|{}|{}", what, timetable_.plan().id, key.duty,
                                  key.period, key.unit, key.slice));
}

Seconds Player::hour_of(Instant at) const {
  auto hour = time_of(civil(at));
  return hour == end_of_day ? evening : std::max<Seconds>(hour, hours{1});
}

Instant Player::early() const {
  auto asked = assignment_.ask_by.value_or(*assignment_.due);
  auto sooner = between("early", manner_.by.least, manner_.by.most);
  if (manner_.by.in_hours) return asked - hours{sooner};
  auto day = workdays_.add(day_of(civil(asked)), -sooner);
  return instant(day + time_between("hour", morning, evening));
}

Instant Player::on_last_day(Instant asked_for) const {
  auto day = workdays_.on_or_before(day_of(civil(asked_for)));
  auto until = hour_of(asked_for);
  return instant(day + time_between("hour", std::min<Seconds>(morning, until - hours{1}), until));
}

Instant Player::late() const {
  auto due = *assignment_.due;
  auto later = between("late", manner_.by.least, manner_.by.most);
  if (manner_.by.in_hours) return due + hours{later};
  auto day = workdays_.add(day_of(civil(due)), later);
  return instant(day + time_between("hour", morning, evening));
}

Instant Player::usual() const {
  switch (manner_.hands_in) {
    case Manner::HandsIn::early: return early();
    case Manner::HandsIn::late: return late();
    default: return on_last_day(assignment_.ask_by.value_or(*assignment_.due));
  }
}

Fact& Player::add(FactKind kind, Instant at, Instant recorded_at) {
  Fact fact{.kind = kind, .about = assignment_.key, .at = at, .recorded_at = recorded_at};
  fact.by = "rehearsal";
  fact.way = "rehearse";
  return facts_.emplace_back(std::move(fact));
}

// By the office the next morning, which is before the due time.
std::optional<Instant> Player::ask() {
  auto due = *assignment_.due;
  auto due_day = day_of(civil(due));
  auto asked = instant(workdays_.add(due_day, -1) + time_between("ask", morning, evening));
  auto wanted = instant(workdays_.add(due_day, 2) + hour_of(due));
  auto& question = add(FactKind::asked, asked, asked);
  question.time = wanted;
  question.note = "数据还没有汇总齐";
  auto answered = instant(workdays_.add(day_of(civil(asked)), 1) + morning);
  bool granted = draws("grant", manner_.grants);
  // What is granted counts from when it was asked for.
  auto& answer = add(granted ? FactKind::extended : FactKind::declined,
                     granted ? asked : answered, answered);
  if (!granted) {
    answer.note = "汇总不能再等";
    return std::nullopt;
  }
  answer.time = wanted;
  return wanted;
}

void Player::hand_in(Instant at, Instant recorded_at) {
  auto rows = played_rows(timetable_, assignment_, seed_);
  auto& fact = add(rows.empty() ? FactKind::received : FactKind::submitted, at, recorded_at);
  fact.rows = std::move(rows);
}

void Player::give_back(Instant handed_in) {
  auto day = workdays_.add(day_of(civil(handed_in)), 1);
  auto returned = instant(day + morning);
  auto again = instant(workdays_.add(day, 3) + evening);
  auto& fact = add(FactKind::returned, returned, returned);
  fact.time = again;
  fact.note = "报的不是这一件";
  auto better = on_last_day(again);
  hand_in(better, better);
}

std::vector<Fact> Player::play() {
  std::optional<Instant> granted;
  if (draws("asks", manner_.asks)) granted = ask();
  if (manner_.hands_in == Manner::HandsIn::never) return std::move(facts_);
  auto at = granted ? on_last_day(*granted) : usual();
  auto recorded_at = at;
  if (draws("paper", manner_.paper_first)) {
    // After the office has looked for it and not found it.
    auto day = workdays_.add(day_of(civil(at)), between("found", 1, 2));
    recorded_at = instant(day + time_between("found at", hours{15}, evening));
  }
  if (draws("wrong", manner_.wrong)) {
    add(FactKind::received, at, recorded_at);
    give_back(recorded_at);
  } else {
    hand_in(at, recorded_at);
  }
  return std::move(facts_);
}

bool holds(const std::vector<std::string>& list, const std::string& word) {
  return std::ranges::find(list, word) != list.end();
}

}  // namespace

bool Manner::is_of(const std::string& unit) const { return holds(units, unit); }
bool Manner::is_about(const std::string& duty) const {
  return duties.empty() || holds(duties, duty);
}

const Manner* manner_of(const std::vector<Manner>& manners, const AssignmentKey& key) {
  const Manner* of_the_rest = nullptr;
  for (const auto& manner : manners) {
    if (!manner.is_about(key.duty)) continue;
    if (manner.is_of(key.unit)) return &manner;
    bool rest = manner.rest && key.unit != plan::office_id;
    if (rest && of_the_rest == nullptr) of_the_rest = &manner;
  }
  return of_the_rest;
}

std::vector<Fact> play(const Manner& manner, const schedule::Timetable& timetable,
                       const Assignment& assignment, std::uint64_t seed) {
  return Player{manner, timetable, assignment, seed}.play();
}

double drawn(std::uint64_t seed, std::string_view what) {
  auto digest = sha256(fmt::format("{}|{}", seed, what));
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 6; ++i) number = number << 8U | digest.at(i);
  constexpr auto all = static_cast<double>(std::uint64_t{1} << 48U);
  return static_cast<double>(number) / all;
}

}  // namespace duban::engine
