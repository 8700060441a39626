#include "calendar/ics_list.h"

#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "settings/report.h"

namespace duban::calendar {
namespace {

using settings::error;

enum class Meaning { off, work, neither };

// libical frees what is nested by calling itself: some ten thousand BEGINs inside each other would
// end the program. An event may hold an alarm.
constexpr std::size_t begins_at_most = 2 * limits::holiday_entries;

std::size_t begins_in(std::string_view text) {
  constexpr std::string_view word = "BEGIN";
  auto same = [](char a, char b) { return (a & ~0x20) == b; };
  std::size_t count = 0;
  for (auto at = text.begin();; at += word.size(), ++count) {
    at = std::search(at, text.end(), word.begin(), word.end(), same);
    if (at == text.end()) return count;
  }
}

bool begins_with(std::string_view line, std::string_view word) {
  auto same = [](char a, char b) { return (a & ~0x20) == (b & ~0x20); };
  return line.size() >= word.size() && std::ranges::equal(line.substr(0, word.size()), word, same);
}

std::string_view without_blanks_at_end(std::string_view line) {
  auto last = line.find_last_not_of(" \t\r");
  return last == std::string_view::npos ? std::string_view{} : line.substr(0, last + 1);
}

// Each END names what it ends: libical takes any, and complains of one too many on the terminal.
bool is_balanced(std::string_view text) {
  constexpr std::string_view begin = "BEGIN:", end = "END:";
  std::vector<std::string_view> open;
  while (!text.empty()) {
    auto whole = text.substr(0, text.find('\n'));
    auto line = without_blanks_at_end(whole);
    if (begins_with(line, begin)) open.push_back(line.substr(begin.size()));
    if (begins_with(line, end)) {
      if (open.empty() || open.back() != line.substr(end.size())) return false;
      open.pop_back();
    }
    text.remove_prefix(std::min(whole.size() + 1, text.size()));
  }
  return open.empty();
}

void replace_all(std::string& text, std::string_view was, std::string_view is) {
  for (std::size_t at = 0; (at = text.find(was, at)) != std::string::npos; at += is.size()) {
    text.replace(at, was.size(), is);
  }
}

std::string with_plain_brackets(std::string text) {
  replace_all(text, "（", "(");
  replace_all(text, "）", ")");
  return text;
}

struct Mark {
  std::string_view word;
  Meaning meaning;
  // A word that is part of another one (寒假期间) is none.
  bool ends_a_word;
};
// Those of work come first: 春节假期补班 holds a word of days off too.
constexpr std::array marks{Mark{"(班)", Meaning::work, false}, Mark{"补班", Meaning::work, true},
                           Mark{"上班", Meaning::work, true},  Mark{"(休)", Meaning::off, false},
                           Mark{"假期", Meaning::off, true},   Mark{"放假", Meaning::off, true}};

struct Said {
  Meaning meaning = Meaning::neither;
  std::string holiday;
};

std::string bare(std::string_view name) {
  for (bool cut = true; cut;) {
    cut = false;
    for (std::string_view word : {" ", "调休", "假期", "放假"}) {
      if (!name.ends_with(word)) continue;
      name.remove_suffix(word.size());
      cut = true;
    }
  }
  return std::string{name};
}

// 春节(休) 第1天/共7天, 上班(补春节假期), 春节调休补班: what it says of 春节.
Said read_summary(std::string_view summary) {
  constexpr std::string_view made_up = "上班(补";
  if (summary.starts_with(made_up)) {
    auto inside = summary.substr(made_up.size());
    return {Meaning::work, bare(inside.substr(0, inside.find(')')))};
  }
  for (const auto& mark : marks) {
    auto at = summary.find(mark.word);
    if (at == std::string_view::npos) continue;
    auto rest = summary.substr(at + mark.word.size());
    bool ends = rest.empty() || rest.front() == ' ' || rest.front() == '(';
    if (mark.ends_a_word && !ends) continue;
    return {mark.meaning, bare(summary.substr(0, at))};
  }
  return {Meaning::neither, bare(summary)};
}

struct EndComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, EndComponent>;

std::string own_property(icalcomponent* event, std::string_view name) {
  for (auto* one = icalcomponent_get_first_property(event, ICAL_X_PROPERTY); one != nullptr;
       one = icalcomponent_get_next_property(event, ICAL_X_PROPERTY)) {
    const char* own = icalproperty_get_x_name(one);
    const char* value = icalproperty_get_x(one);
    if (own != nullptr && value != nullptr && name == own) return value;
  }
  return {};
}

Meaning apple_meaning_of(icalcomponent* event) {
  auto special = own_property(event, "X-APPLE-SPECIAL-DAY");
  if (special == "WORK-HOLIDAY") return Meaning::off;
  return special == "ALTERNATE-WORKDAY" ? Meaning::work : Meaning::neither;
}

std::optional<Day> to_day(const icaltimetype& at) {
  if (icaltime_is_null_time(at) || at.is_date == 0) return std::nullopt;
  return parse_day(fmt::format("{:04}-{:02}-{:02}", at.year, at.month, at.day));
}

class Reading {
 public:
  Reading(const std::string& shown, std::optional<int> only, Diagnostics& out)
      : place_{shown, 0, 0}, only_(only), out_(out) {}

  void take(icalcomponent* event);
  PublishedList list() { return std::move(list_); }

 private:
  void mistake(std::string_view code, const Bilingual& message, Bilingual mend);
  bool repeats(icalcomponent* event) const;
  std::optional<ListedDays> dated(icalcomponent* event);

  Place place_;
  std::optional<int> only_;
  Diagnostics& out_;
  std::size_t number_ = 0;
  // Of the event being read.
  std::string summary_;
  PublishedList list_;
};

void Reading::mistake(std::string_view code, const Bilingual& message, Bilingual mend) {
  error(out_, place_, code,
        both("第{}个日程{}:{}", "event {} {}: {}", number_, settings::in_quotes(summary_), message),
        std::move(mend));
}

bool Reading::repeats(icalcomponent* event) const {
  return icalcomponent_count_properties(event, ICAL_RRULE_PROPERTY) > 0 ||
         icalcomponent_count_properties(event, ICAL_RDATE_PROPERTY) > 0;
}

std::optional<ListedDays> Reading::dated(icalcomponent* event) {
  if (icalcomponent_count_properties(event, ICAL_DTSTART_PROPERTY) > 1 ||
      icalcomponent_count_properties(event, ICAL_DTEND_PROPERTY) > 1) {
    mistake("several-dates", {"写了几个日期", "several dates are written"},
            {"一个日程只留一个 DTSTART、一个 DTEND", "keep one DTSTART and one DTEND"});
    return std::nullopt;
  }
  auto first = to_day(icalcomponent_get_dtstart(event));
  if (!first) {
    mistake("impossible-date",
            {"没有日期,或不是全天,或没有这一天", "no date, not all day, or no such day"},
            {"写成 DTSTART;VALUE=DATE:20270101", "write DTSTART;VALUE=DATE:20270101"});
    return std::nullopt;
  }
  ListedDays days{.first = *first, .last = *first, .name = {}, .off = true, .where = {}};
  bool ends = icalcomponent_count_properties(event, ICAL_DTEND_PROPERTY) > 0 ||
              icalcomponent_count_properties(event, ICAL_DURATION_PROPERTY) > 0;
  if (!ends) return days;
  auto end = to_day(icalcomponent_get_dtend(event));
  if (!end || *end <= *first) {
    mistake("impossible-date",
            {"结束的日期读不出,或不在开始之后",
             "the end date cannot be read, or is not after the start"},
            {"DTEND 写放假最后一天的后一天,如 DTEND;VALUE=DATE:20270104",
             "write the day after the last day off as DTEND, such as DTEND;VALUE=DATE:20270104"});
    return std::nullopt;
  }
  days.last = *end - std::chrono::days{1};
  return days;
}

void Reading::take(icalcomponent* event) {
  ++number_;
  const char* summary = icalcomponent_get_summary(event);
  summary_ = with_plain_brackets(summary == nullptr ? "" : summary);
  auto said = read_summary(summary_);
  auto marked = apple_meaning_of(event);
  auto meaning = marked == Meaning::neither ? said.meaning : marked;
  bool cancelled = icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED;
  if (meaning == Meaning::neither || cancelled) {
    list_.set_aside.insert(summary_);
    return;
  }
  auto days = dated(event);
  if (!days) return;
  days->name = said.holiday;
  days->off = meaning == Meaning::off;
  days->where = both("第{}个日程", "event {}", number_);
  auto year = notice_year(*days);
  if (only_ && *only_ != year) return;
  if (said.meaning != Meaning::neither && said.meaning != meaning) {
    mistake("off-and-work",
            {"名称和 X-APPLE-SPECIAL-DAY 一个说放假,一个说上班",
             "of its name and X-APPLE-SPECIAL-DAY one says off, the other worked"},
            {"对照通知原文改", "correct it by the notice"});
    return;
  }
  if (repeats(event)) {
    mistake("repeats",
            {"每年重复的日程不是某一年的安排", "an event that repeats is not of one year's notice"},
            {"换成按年列出的文件", "use a file that lists each year"});
    return;
  }
  list_.years[year].push_back(std::move(*days));
}

Component parse(const std::string& text, const Place& place, Diagnostics& out) {
  if (begins_in(text) > begins_at_most) {
    error(out, place, "too-large",
          both("日程太多,最多{}个", "too many events, at most {}", limits::holiday_entries),
          {"请确认没有放错文件", "check that this is the right file"});
    return nullptr;
  }
  Component calendar{is_balanced(text) ? icalcomponent_new_from_string(text.c_str()) : nullptr};
  if (!calendar || icalcomponent_isa(calendar.get()) != ICAL_VCALENDAR_COMPONENT) {
    error(out, place, "not-ics",
          {"读不成一份日历:BEGIN 和 END 不配对,或者不止一份",
           "cannot be read as one calendar: BEGIN and END do not match, or there are several"},
          {"请重新下载,一次导入一份", "download it again, and import one at a time"});
    return nullptr;
  }
  return calendar;
}

}  // namespace

std::optional<PublishedList> read_ics_list(const std::string& text, const std::string& shown,
                                           std::optional<int> only, Diagnostics& out) {
  auto before = out.size();
  auto calendar = parse(text, {shown, 0, 0}, out);
  if (!calendar) return std::nullopt;
  Reading reading{shown, only, out};
  for (auto* event = icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
       event != nullptr;
       event = icalcomponent_get_next_component(calendar.get(), ICAL_VEVENT_COMPONENT)) {
    reading.take(event);
  }
  if (out.size() != before) return std::nullopt;
  return reading.list();
}

}  // namespace duban::calendar
