// The JSON form of holiday-cn.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/stream_parser.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "ctl/holiday_list.h"
#include "ctl/json_reading.h"
#include "settings/report.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;
using calendar::ListedDays;
using settings::error;

constexpr BilingualView one_year{"要 holiday-cn 一年一份的 JSON,如 2027.json",
                                 "use the JSON of one year from holiday-cn, like 2027.json"};

Place place_at(std::string_view text, std::size_t byte, const std::string& shown) {
  auto before = text.substr(0, std::min(byte, text.size()));
  auto line = std::ranges::count(before, '\n') + 1;
  auto begin = before.rfind('\n') + 1;  // npos + 1 is 0
  auto column = decode_utf8(before.substr(begin)).size() + 1;
  return {shown, static_cast<unsigned>(line), static_cast<unsigned>(column)};
}

std::optional<json::value> parse(const std::string& text, const std::string& shown,
                                 Diagnostics& out) {
  json::parse_options options;
  options.max_depth = limits::holiday_list_depth;
  json::stream_parser parser{{}, options};
  json::error_code failed;
  auto taken = parser.write_some(text.data(), text.size(), failed);
  bool more = !failed && text.find_first_not_of(" \t\r\n", taken) != std::string::npos;
  if (!failed && !more) parser.finish(failed);
  if (!failed && !more) return parser.release();
  error(out, place_at(text, taken, shown), "syntax",
        both("从这里起不是 JSON", "from here on this is not JSON"),
        both("多半没有下载完,请重新下载", "download it again: it is most likely cut short"));
  return std::nullopt;
}

class Reading {
 public:
  Reading(const std::string& shown, Diagnostics& out) : place_{shown, 0, 0}, out_(out) {}

  std::optional<calendar::PublishedList> read(const json::object& root);

 private:
  std::optional<ListedDays> entry(const json::value& value, std::size_t number);
  std::optional<int> year_in(const json::object& root);

  Place place_;
  Diagnostics& out_;
};

std::optional<int> Reading::year_in(const json::object& root) {
  auto year = number_in(root, "year");
  bool possible = parse_day(fmt::format("{}-01-01", year)).has_value();
  if (possible) return static_cast<int>(year);
  error(out_, place_, "bad-year",
        both("没有写是哪一年的(year)", "it does not say of which year it is (year)"), one_year);
  return std::nullopt;
}

std::optional<ListedDays> Reading::entry(const json::value& value, std::size_t number) {
  auto where = both("第{}条", "entry {}", number);
  const auto* object = value.if_object();
  auto name = object == nullptr ? std::string{} : text_in(*object, "name");
  auto date = object == nullptr ? std::string{} : text_in(*object, "date");
  const auto* off = object == nullptr ? nullptr : object->if_contains("isOffDay");
  if (off == nullptr || !off->is_bool() || date.empty() || name.empty()) {
    error(out_, place_, "bad-entry",
          both("{}缺了 name、date 或 isOffDay", "{} lacks name, date or isOffDay", where),
          both("每条写成 {}", "write each as {}",
               "{\"name\": \"元旦\", \"date\": \"2027-01-01\", \"isOffDay\": true}"));
    return std::nullopt;
  }
  auto day = parse_day(date);
  if (!day) {
    error(out_, place_, "impossible-date",
          both("{}({}):没有{}这一天", "{} ({}): there is no day {}", where,
               settings::in_quotes(name), settings::in_quotes(date)),
          both("日期写成 YYYY-MM-DD", "write the date as YYYY-MM-DD"));
    return std::nullopt;
  }
  return ListedDays{*day, *day, std::move(name), off->get_bool(), std::move(where)};
}

// The last of several is the latest amendment. It goes into a comment.
std::string address_in(const json::object& root) {
  auto papers = texts_in(root, "papers");
  if (papers.empty()) return {};
  const auto& last = papers.back();
  bool plain = std::ranges::all_of(last, [](char c) { return c > ' ' && c < 0x7F; });
  bool web = last.starts_with("https://") || last.starts_with("http://");
  return plain && web && last.size() <= limits::holiday_address_bytes ? last : std::string{};
}

std::optional<calendar::PublishedList> Reading::read(const json::object& root) {
  auto year = year_in(root);
  const auto* days = root.if_contains("days");
  if (year && (days == nullptr || !days->is_array())) {
    error(out_, place_, "no-days", both("没有 days 这一列日子", "there is no list days"),
          one_year);
  }
  if (!year || days == nullptr || !days->is_array()) return std::nullopt;
  const auto& entries = days->get_array();
  if (entries.size() > limits::holiday_entries) {
    error(out_, place_, "too-large",
          both("有{}条,最多{}条", "it has {} entries, at most {} are taken", entries.size(),
               limits::holiday_entries),
          both("请确认没有放错文件", "check that it is the right file"));
    return std::nullopt;
  }
  calendar::PublishedList list;
  list.address = address_in(root);
  auto before = out_.size();
  auto& read = list.years[*year];
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (auto one = entry(entries[i], i + 1)) read.push_back(std::move(*one));
  }
  if (out_.size() != before) return std::nullopt;
  return list;
}

}  // namespace

std::optional<calendar::PublishedList> read_json_list(const std::string& text,
                                                      const std::string& shown, Diagnostics& out) {
  auto value = parse(text, shown, out);
  if (!value) return std::nullopt;
  if (!value->is_object()) {
    error(out, {shown, 0, 0}, "bad-year",
          both("不是一年的放假安排", "this is not the public holidays of a year"), one_year);
    return std::nullopt;
  }
  return Reading{shown, out}.read(value->get_object());
}

}  // namespace duban::ctl
