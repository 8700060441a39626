#include "ctl/calendar_screen.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "ctl/text_diff.h"
#include "ctl/words.h"
#include "plan/templates_file.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;

void print_diff(const FileEdit& edit, const Console& console) {
  auto file = plan::shown_path(edit.file);
  console.out << "--- " << file << "\n+++ " << file << '\n';
  for (const auto& line : unified_diff(edit.before, edit.after)) {
    auto hue = line.front() == '-' ? Console::Hue::red : Console::Hue::green;
    bool marked = line.front() == '-' || line.front() == '+';
    console.out << (marked ? console.paint(hue, line) : line) << '\n';
  }
}

std::string what_words(const std::string& what) {
  if (what == "due") return "截止";
  return what == "ask_by" ? "先要的日子" : stage_words(what);
}

std::string at_words(std::optional<Instant> at, const schedule::Timetable& timetable) {
  return at ? when_words(*at, timetable.zone(), timetable.plan().year) : "不在方案的年份里";
}

bool is_stage(const Move& move) { return move.what != "due" && move.what != "ask_by"; }

std::string summary_of(const Moves& moves) {
  auto stages = static_cast<std::size_t>(std::ranges::count_if(moves.all, is_stage));
  std::string text;
  auto add = [&](const std::string& part) { text += (text.empty() ? "" : ",") + part; };
  if (moves.dues() > 0) add(fmt::format("{}个截止日移动", moves.dues()));
  if (stages > 0) add(fmt::format("{}个提醒、催报的时间移动", stages));
  if (moves.all.empty()) add("日期都不动");
  if (moves.settled > 0) add(fmt::format("{}个日子不再是暂定", moves.settled));
  if (moves.unsettled > 0) add(fmt::format("{}个日子成了暂定", moves.unsettled));
  return text;
}

void print_moves(const Import::Moved& moved, bool all, const Console& console) {
  const auto& plan = moved.timetable->plan();
  console.out << '\n' << plan.id << ":" << summary_of(moved.moves) << '\n';
  Table table{{"事项", "期", "日子", "从", "到"}};
  std::size_t left = 0;
  for (const auto& move : moved.moves.all) {
    if (is_stage(move) && !all) {
      ++left;
      continue;
    }
    const auto* duty = plan.find_duty(move.duty);
    table.add({duty == nullptr ? move.duty : duty->name, move.period, what_words(move.what),
               at_words(move.from, *moved.timetable), at_words(move.to, *moved.timetable)});
  }
  if (!table.empty()) table.print(console);
  if (left > 0) console.out << fmt::format("另有{}个提醒、催报的时间,见 --all\n", left);
}

void print_set_aside(const std::vector<std::string>& names, const Console& console) {
  if (names.empty()) return;
  constexpr std::size_t shown = 8;
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < shown; ++i) {
    text += (i == 0 ? "" : "、") + names[i];
  }
  console.out << fmt::format("\n{}种日程没有写明放假还是上班,没有用:{}{}\n", names.size(), text,
                             names.size() > shown ? "等" : "");
}

json::value time_or_null(std::optional<Instant> at, const schedule::Timetable& timetable) {
  return at ? json::value(timetable.zone().format(*at)) : json::value();
}

json::object year_object(const calendar::HolidayNotice& notice) {
  json::array off, work;
  for (const auto& one : notice.off) {
    off.push_back(json::object{{"name", one.name},
                               {"from", format_day(one.from)},
                               {"to", format_day(one.to)}});
  }
  for (const auto& [day, name] : notice.work) work.emplace_back(format_day(day));
  json::value number;
  if (!notice.number.empty()) number = notice.number;
  return {{"year", notice.year},
          {"notice", number},
          {"off", std::move(off)},
          {"work", std::move(work)}};
}

}  // namespace

void print_import(const Import& import, bool all, const Console& console) {
  print_diff(import.edit, console);
  for (const auto& moved : import.plans) print_moves(moved, all, console);
  if (import.plans.empty()) console.out << "\n没有方案用这份工作日历\n";
  print_set_aside(import.list.set_aside, console);
}

std::string import_document(const Import& import) {
  json::array years, moved;
  std::size_t settled = 0, unsettled = 0;
  for (const auto& notice : import.list.notices) years.push_back(year_object(notice));
  for (const auto& [timetable, moves] : import.plans) {
    settled += moves.settled;
    unsettled += moves.unsettled;
    for (const auto& move : moves.all) {
      moved.push_back(json::object{{"plan", move.plan},
                                   {"duty", move.duty},
                                   {"period", move.period},
                                   {"what", move.what},
                                   {"from", time_or_null(move.from, *timetable)},
                                   {"to", time_or_null(move.to, *timetable)}});
    }
  }
  const auto& aside = import.list.set_aside;
  return json::serialize(json::object{{"calendar", import.calendar},
                                      {"file", import.edit.file.string()},
                                      {"years", std::move(years)},
                                      {"moved", std::move(moved)},
                                      {"settled", settled},
                                      {"unsettled", unsettled},
                                      {"set_aside", json::array(aside.begin(), aside.end())},
                                      {"changed", import.changes()},
                                      {"applied", import.applied}});
}

}  // namespace duban::ctl
