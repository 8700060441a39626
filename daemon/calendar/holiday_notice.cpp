#include "calendar/holiday_notice.h"

#include <array>
#include <cstdlib>

#include "base/english_names.h"
#include "base/limits.h"
#include "base/text.h"
#include "calendar/why.h"
#include "settings/report.h"

namespace duban::calendar {
namespace {

using settings::error;
using settings::in_quotes;

constexpr std::string_view new_year = "元旦";
constexpr std::array<std::string_view, 7> statutory{new_year, "春节", "清明", "劳动",
                                                    "端午",   "中秋", "国庆"};
constexpr unsigned december = 12;

bool is_weekend(Day day) { return std::chrono::weekday{day}.iso_encoding() >= 6; }

Bilingual span_words(const ListedDays& entry) {
  if (entry.first == entry.last) return alike(format_day(entry.first));
  return both("{}至{}", "{} to {}", format_day(entry.first), format_day(entry.last));
}

BilingualView off_words(bool off) {
  return off ? BilingualView{"放假", "off"} : BilingualView{"上班", "worked"};
}

class Gathering {
 public:
  Gathering(int year, const std::string& shown, Diagnostics& out)
      : year_(year), place_{shown, 0, 0}, out_(out) {}

  void take(const ListedDays& entry);
  HolidayNotice notice() const;
  void require_all();

 private:
  bool is_sound(const ListedDays& entry);
  bool is_of_year(Day day) const;
  bool is_new(Day day, const ListedDays& entry);
  void mistake(const ListedDays& entry, std::string_view code, const Bilingual& message,
               Bilingual mend);

  struct Listed {
    std::string name;
    bool off;
    Bilingual where;
  };
  int year_;
  Place place_;
  Diagnostics& out_;
  std::map<Day, Listed> days_;
};

void Gathering::mistake(const ListedDays& entry, std::string_view code, const Bilingual& message,
                        Bilingual mend) {
  error(out_, place_, code,
        both("{}({} {}):{}", "{} ({} {}): {}", entry.where, span_words(entry), entry.name,
             message),
        std::move(mend));
}

bool Gathering::is_of_year(Day day) const {
  bool december_before = year_of(day) == year_ - 1 && month_of(day) == december;
  return year_of(day) == year_ || december_before;
}

// The name goes into a file between quotes.
bool is_plain(std::string_view name) {
  if (name.empty() || name.size() > limits::holiday_name_bytes || !is_utf8_text(name)) return false;
  for (char c : name) {
    auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || c == '"' || c == '\\') return false;
  }
  return true;
}

bool Gathering::is_sound(const ListedDays& entry) {
  if (!is_plain(entry.name)) {
    error(out_, place_, "bad-name",
          both("{}({}):节日名称不能写{}", "{} ({}): a holiday cannot be named {}", entry.where,
               span_words(entry), in_quotes(entry.name)),
          {"写节日的名称,如 国庆节", "write the holiday's name, such as 国庆节"});
    return false;
  }
  auto length = (entry.last - entry.first).count() + 1;
  if (length < 1 || length > limits::holiday_days) {
    mistake(entry, "bad-span",
            both("连着{}天,应当是1到{}天", "lasts {} days instead of 1 to {}", length,
                 limits::holiday_days),
            {"核对起止两天", "check its first and last day"});
    return false;
  }
  if (!is_of_year(entry.first) || !is_of_year(entry.last)) {
    mistake(entry, "other-year", both("不是{}年的日子", "not a day of {}", year_),
            {"只能是当年的,或上一年12月的(元旦连休)",
             "give days of that year, or of the December before (New Year's holiday)"});
    return false;
  }
  return true;
}

bool Gathering::is_new(Day day, const ListedDays& entry) {
  auto [stands, fresh] = days_.try_emplace(day, entry.name, entry.off, entry.where);
  if (fresh) return true;
  const auto& other = stands->second;
  bool same = other.off == entry.off;
  mistake(entry, same ? "twice-listed" : "off-and-work",
          same ? both("{} 在{}已经列过", "{} is already listed in {}", format_day(day), other.where)
               : both("{} 在{}写的是{},这里写的是{}", "{0} is {2} in {1}, but {3} here",
                      format_day(day), other.where, off_words(other.off), off_words(entry.off)),
          same ? BilingualView{"删掉多的一条", "remove the extra entry"}
               : BilingualView{"对照通知原文,只留对的一条",
                               "compare with the notice and keep only the right entry"});
  return false;
}

void Gathering::take(const ListedDays& entry) {
  if (!is_sound(entry)) return;
  for (auto day = entry.first; day <= entry.last; day += std::chrono::days{1}) {
    if (!entry.off && !is_weekend(day)) {
      const Bilingual listed{describe(NamedDay{.day = day}), english_weekday(day, 0)};
      mistake(entry, "work-on-weekday",
              both("写的是调休上班,但{}本来就上班",
                   "listed as a make-up working day, but {} is worked anyway", listed),
              {"调休上班只能是周六、周日;日期没有写错就删掉这一条",
               "correct the date to a Saturday or Sunday, or remove this entry"});
      return;
    }
    if (!is_new(day, entry)) return;
  }
}

void Gathering::require_all() {
  std::vector<std::string> missing;
  for (auto holiday : statutory) {
    bool there = false;
    for (const auto& [day, listed] : days_) there |= listed.off && listed.name.contains(holiday);
    if (!there) missing.emplace_back(holiday);
  }
  if (missing.empty()) return;
  error(out_, place_, "not-whole",
        both("{}年的放假安排不全,没有{}", "the public holidays of {} are not complete, missing: {}",
             year_, settings::listed(missing)),
        {"录入了就当作全年已公布,所以要等全年的;文件里有别的年份,加 --year 只取一年",
         "wait for the whole year, as what is imported counts as published in full; add --year YEAR"
         " to take one of several years in the file"});
}

HolidayNotice Gathering::notice() const {
  HolidayNotice notice{.year = year_, .off = {}, .work = {}, .number = {}, .address = {}};
  for (const auto& [day, listed] : days_) {
    if (!listed.off) {
      notice.work[day] = listed.name;
      continue;
    }
    bool goes_on = !notice.off.empty() && notice.off.back().name == listed.name &&
                   notice.off.back().to + std::chrono::days{1} == day;
    if (goes_on) {
      notice.off.back().to = day;
    } else {
      notice.off.push_back({listed.name, day, day});
    }
  }
  return notice;
}

}  // namespace

int notice_year(const ListedDays& entry) {
  bool early = month_of(entry.first) == december && entry.name.contains(new_year);
  return year_of(entry.first) + (early ? 1 : 0);
}

std::optional<HolidayNotice> gather_notice(int year, const std::vector<ListedDays>& entries,
                                           const std::string& shown, Diagnostics& out) {
  auto before = out.size();
  Gathering gathering{year, shown, out};
  for (const auto& entry : entries) gathering.take(entry);
  // What is missing is only known of a list that is otherwise right.
  if (out.size() == before) gathering.require_all();
  if (out.size() != before) return std::nullopt;
  return gathering.notice();
}

}  // namespace duban::calendar
