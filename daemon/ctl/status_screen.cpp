#include "ctl/status_screen.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/time.h"
#include "ctl/json_reading.h"
#include "ctl/words.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;

std::string or_dash(const std::string& text) { return text.empty() ? "—" : text; }

/// `3天4小时`, `12分钟`: two parts at most, for nobody counts seconds at night.
std::string span_words(Seconds span) {
  const auto seconds = std::max<std::int64_t>(0, span.count());
  const auto days = seconds / 86400, hours = seconds / 3600 % 24, minutes = seconds / 60 % 60;
  if (days > 0) {
    return hours > 0 ? fmt::format("{}天{}小时", days, hours) : fmt::format("{}天", days);
  }
  if (hours > 0) {
    return minutes > 0 ? fmt::format("{}小时{}分钟", hours, minutes) : fmt::format("{}小时", hours);
  }
  return minutes > 0 ? fmt::format("{}分钟", minutes) : fmt::format("{}秒", seconds);
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
  void line(std::string_view what, const std::string& said) const {
    console_.out << fmt::format("{}  {}\n", what, said);
  }
  // Of one plan its own year goes without saying.
  std::string when(const std::string& time) const {
    auto all = objects_in(status_, "plans");
    int year = all.size() == 1 ? year_of_(text_in(all.front().as_object(), "id")) : no_year;
    return when_words(time, year);
  }

  void problems() const {
    auto found = objects_in(status_, "problems");
    console_.out << (found.empty()
                         ? console_.paint(Console::Hue::green, "正常")
                         : console_.paint(Console::Hue::red,
                                          fmt::format("有{}件事要处理", found.size())))
                 << '\n';
    for (const auto& one : found) {
      console_.out << "  " << text_in(one.as_object(), "message") << '\n';
      auto mend = text_in(one.as_object(), "mend");
      if (!mend.empty()) console_.out << "    → " << mend << '\n';
    }
  }

  void silences() const {
    for (const auto& one : objects_in(status_, "silences")) {
      console_.out << fmt::format("静默至{}:{}(dubanctl silence)\n",
                                  when_words(text_in(one.as_object(), "until"), no_year),
                                  text_in(one.as_object(), "why"));
    }
  }

  void plans() const {
    Table table{{"方案", "看到", "下一次", "自查"}};
    for (const auto& one : objects_in(status_, "plans")) {
      const auto& plan = one.as_object();
      auto year = year_of_(text_in(plan, "id"));
      table.add({text_in(plan, "id"), or_dash(when_words(text_in(plan, "cursor"), year)),
                 or_dash(when_words(text_in(plan, "next"), year)),
                 or_dash(when_words(text_in(plan, "audited_at"), year))});
    }
    console_.out << '\n';
    table.print(console_);
  }

  void outbox() const {
    auto box = object_in(status_, "outbox");
    auto said = fmt::format("待点发 {}  待发 {}  重试中 {}  未送达 {}", number_in(box, "drafted"),
                            number_in(box, "queued"), number_in(box, "retrying"),
                            number_in(box, "failed"));
    if (auto waited = between(text_in(box, "oldest_at"), now_)) {
      said += ",最早一件已等" + span_words(*waited);
    }
    line("发件", said);
  }

  void next() const {
    if (!status_.contains("next")) return;
    auto at = text_in(status_, "next");
    if (at.empty()) return line("下次", "没有要到点的");
    auto left = between(now_, at);
    line("下次", left ? fmt::format("{}({}后)", when(at), span_words(*left)) : when(at));
  }

  void ledger() const {
    auto bytes = number_in(object_in(status_, "ledger"), "bytes");
    if (bytes > 0) line("台账", size_words(bytes));
  }

  void calendars() const {
    for (const auto& one : objects_in(status_, "calendars")) {
      auto years = number_in(one.as_object(), "years_left");
      auto plan = text_in(one.as_object(), "plan");
      line("日历", years > 0 ? fmt::format("{}:从今年起已公布{}年", plan, years)
                             : fmt::format("{}:今年的放假安排还没有,dubanctl calendar import 文件",
                                           plan));
    }
  }

  void since() const {
    auto started = text_in(status_, "since");
    auto said = fmt::format("duband {} 进程 {},{}起", text_in(status_, "version"),
                            number_in(status_, "pid"), when_words(started, no_year));
    if (auto up = between(started, now_)) said += fmt::format(",已{}", span_words(*up));
    if (flag_in(status_, "pretended")) said += ",用的是假定时间";
    line("程序", said);
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
