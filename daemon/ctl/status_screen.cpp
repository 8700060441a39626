#include "ctl/status_screen.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/bilingual.h"
#include "base/text.h"
#include "base/time.h"
#include "ctl/json_reading.h"
#include "ctl/words.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;

std::string or_dash(const std::string& text) { return text.empty() ? "—" : text; }

/// `3天4小时`, `12 min`: two parts at most, for nobody counts seconds at night.
Bilingual span_words(Seconds span) {
  const auto seconds = std::max<std::int64_t>(0, span.count());
  const auto days = seconds / 86400, hours = seconds / 3600 % 24, minutes = seconds / 60 % 60;
  if (days > 0 && hours > 0) return both("{}天{}小时", "{} d {} h", days, hours);
  if (days > 0) return both("{}天", "{} d", days);
  if (hours > 0 && minutes > 0) return both("{}小时{}分钟", "{} h {} min", hours, minutes);
  if (hours > 0) return both("{}小时", "{} h", hours);
  if (minutes > 0) return both("{}分钟", "{} min", minutes);
  return both("{}秒", "{} s", seconds);
}

std::string size_words(std::int64_t bytes) {
  constexpr double kilo = 1024;
  const auto size = static_cast<double>(bytes);
  if (size < kilo * kilo) return fmt::format("{:.0f} KB", size / kilo);
  if (size < kilo * kilo * kilo) return fmt::format("{:.1f} MB", size / kilo / kilo);
  return fmt::format("{:.2f} GB", size / kilo / kilo / kilo);
}

/// From one time of the document to another; nothing where it does not say.
std::optional<Seconds> between(const std::string& from, const std::string& to) {
  auto first = parse_rfc3339(from), last = parse_rfc3339(to);
  if (!first || !last) return std::nullopt;
  return *last - *first;
}

class Screen {
 public:
  Screen(const json::object& status, const std::function<int(const std::string&)>& year_of,
         const Console& console)
      : status_(status), year_of_(year_of), console_(console), now_(text_in(status, "now")) {}

  void print() const {
    problems();
    silences();
    plans();
    console_.out << '\n';
    outbox();
    next();
    ledger();
    calendars();
    since();
  }

 private:
  const std::string& in(const Bilingual& said) const { return said.in(console_.language); }
  // Names of one width: what is said of each begins in one column.
  void line(BilingualView what, const Bilingual& said) const {
    auto name = console_.language == Tongue::english ? fmt::format("{:8}", what.english)
                                                     : std::string{what.chinese};
    console_.out << fmt::format("{}  {}\n", name, in(said));
  }
  // Of one plan its own year goes without saying.
  Bilingual when(const std::string& time) const {
    auto all = objects_in(status_, "plans");
    int year = all.size() == 1 ? year_of_(text_in(all.front().as_object(), "id")) : no_year;
    return when_said(time, year);
  }

  void problems() const {
    auto found = objects_in(status_, "problems");
    console_.out << (found.empty()
                         ? console_.paint(Console::Hue::green, in({"正常", "well"}))
                         : console_.paint(Console::Hue::red,
                                          in(both("有{}件事要处理", "to be seen to: {}",
                                                  found.size()))))
                 << '\n';
    for (const auto& one : found) {
      console_.out << "  " << text_in(one.as_object(), "message") << '\n';
      auto mend = text_in(one.as_object(), "mend");
      if (!mend.empty()) console_.out << "    → " << mend << '\n';
    }
  }

  void silences() const {
    for (const auto& one : objects_in(status_, "silences")) {
      console_.out << in(both("静默至{}:{}(dubanctl silence)\n",
                              "silent until {}: {} (dubanctl silence)\n",
                              when_said(text_in(one.as_object(), "until"), no_year),
                              text_in(one.as_object(), "why")));
    }
  }

  void plans() const {
    Table table{{in({"方案", "plan"}), in({"看到", "seen to"}), in({"下一次", "next"}),
                 in({"自查", "audited"})}};
    for (const auto& one : objects_in(status_, "plans")) {
      const auto& plan = one.as_object();
      auto year = year_of_(text_in(plan, "id"));
      auto at = [&](std::string_view key) {
        return or_dash(in(when_said(text_in(plan, key), year)));
      };
      table.add({text_in(plan, "id"), at("cursor"), at("next"), at("audited_at")});
    }
    console_.out << '\n';
    table.print(console_);
  }

  void outbox() const {
    auto box = object_in(status_, "outbox");
    auto said = both("待点发 {}  待发 {}  重试中 {}  未送达 {}",
                     "drafted {}  queued {}  retrying {}  failed {}", number_in(box, "drafted"),
                     number_in(box, "queued"), number_in(box, "retrying"),
                     number_in(box, "failed"));
    if (auto waited = between(text_in(box, "oldest_at"), now_)) {
      said = both("{},最早一件已等{}", "{}, the oldest waits for {}", said, span_words(*waited));
    }
    line({"发件", "outbox"}, said);
  }

  void next() const {
    if (!status_.contains("next")) return;
    auto at = text_in(status_, "next");
    constexpr BilingualView name{"下次", "next"};
    if (at.empty()) return line(name, {"没有要到点的", "nothing is to come"});
    auto left = between(now_, at);
    line(name, left ? both("{}({}后)", "{} (in {})", when(at), span_words(*left))
                    : when(at));
  }

  void ledger() const {
    auto bytes = number_in(object_in(status_, "ledger"), "bytes");
    if (bytes > 0) line({"台账", "ledger"}, alike(size_words(bytes)));
  }

  void calendars() const {
    for (const auto& one : objects_in(status_, "calendars")) {
      auto years = number_in(one.as_object(), "years_left");
      auto plan = text_in(one.as_object(), "plan");
      line({"日历", "calendar"},
           years > 0 ? both("{}:从今年起已公布{}年", "{}: years published from this one on: {}",
                            plan, years)
                     : both("{}:今年的放假安排还没有,dubanctl calendar import 文件",
                            "{}: the holidays of this year are missing: dubanctl calendar import "
                            "FILE",
                            plan));
    }
  }

  void since() const {
    auto started = text_in(status_, "since");
    auto said = both("duband {} 进程 {},{}起", "duband {}, process {}, since {}",
                     text_in(status_, "version"), number_in(status_, "pid"),
                     when_said(started, no_year));
    if (auto up = between(started, now_)) {
      said = both("{},已{}", "{}, for {}", said, span_words(*up));
    }
    if (flag_in(status_, "pretended")) {
      said = both("{},用的是假定时间", "{}, in pretended time", said);
    }
    line({"程序", "program"}, said);
  }

  const json::object& status_;
  const std::function<int(const std::string&)>& year_of_;
  const Console& console_;
  const std::string now_;
};

}  // namespace

void print_status(const std::string& document,
                  const std::function<int(const std::string& plan)>& year_of,
                  const Console& console) {
  auto status = object_of(document);
  Screen{status, year_of, console}.print();
}

}  // namespace duban::ctl
