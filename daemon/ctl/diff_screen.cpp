#include "ctl/diff_screen.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <vector>

#include "ctl/diff_parts.h"
#include "ctl/effect_words.h"
#include "ctl/json_reading.h"
#include "ctl/words.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;

// More weeks than this are shown as months, more periods of a duty as a count.
constexpr std::size_t weeks_shown = 5;
constexpr std::size_t periods_shown = 8;

std::string or_dash(std::int64_t number) { return number == 0 ? "—" : std::to_string(number); }

void add_counts(const json::object& tally, const std::vector<std::string_view>& kinds,
                std::vector<std::string>& row) {
  for (auto kind : kinds) row.push_back(or_dash(items_of(tally, kind)));
}

std::vector<std::string> with_kinds(std::vector<std::string> head,
                                    const std::vector<std::string_view>& kinds) {
  for (auto kind : kinds) head.emplace_back(change_words(kind));
  return head;
}

// 再告知 112条 合28件 28家: 改期112.
void print_totals(const json::object& effect, const Console& console) {
  std::map<std::string, std::map<std::string, int>> parts;
  for (const auto& one : objects_in(effect, "changes")) {
    const auto& change = one.as_object();
    ++parts[text_in(change, "change")][item_words(change)];
  }
  for (auto kind : kinds_in(effect)) {
    auto tally = object_in(object_in(effect, "all"), kind);
    std::string list;
    for (const auto& [word, count] : parts[std::string{kind}]) {
      list += fmt::format("{}{}{}", list.empty() ? "" : "、", word, count);
    }
    console.out << fmt::format("  {} {}条,合{}件通知,{}家:{}\n", change_words(kind),
                               number_in(tally, "items"), number_in(tally, "notices"),
                               number_in(tally, "units"), list);
  }
}

void print_duties(const json::object& effect, const Console& console) {
  auto kinds = kinds_in(effect);
  auto year = static_cast<int>(number_in(effect, "year"));
  Table table{with_kinds({"事项", "期", "截止"}, kinds)};
  std::map<std::string, std::size_t> shown, left;
  for (const auto& one : objects_in(effect, "duties")) {
    const auto& duty = one.as_object();
    auto name = text_in(duty, "name");
    if (++shown[name] > periods_shown) {
      ++left[name];
      continue;
    }
    bool lists = name.empty();
    std::vector<std::string> row{lists ? "办公室日清单" : name, text_in(duty, "period"),
                                 times(object_in(duty, "due"), year)};
    add_counts(duty, kinds, row);
    table.add(std::move(row));
  }
  console.out << '\n';
  table.print(console);
  for (const auto& [name, count] : left) {
    console.out << fmt::format("{}:另有{}期,见 --all\n", name, count);
  }
}

std::string span_words(const json::object& span, bool weeks, int year) {
  if (!weeks) return month_words(text_in(span, "id"), year);
  return when_words(text_in(span, "first") + "T23:59:59Z", year) + "起一周";
}

void print_spans(const json::object& effect, const Console& console) {
  auto kinds = kinds_in(effect);
  auto year = static_cast<int>(number_in(effect, "year"));
  auto spans = objects_in(effect, "weeks");
  bool weeks = spans.size() <= weeks_shown;
  if (!weeks) spans = objects_in(effect, "months");
  Table table{with_kinds({"时间", "发出的消息"}, kinds)};
  for (const auto& one : spans) {
    const auto& span = one.as_object();
    std::vector<std::string> row{span_words(span, weeks, year),
                                 numbers(object_in(span, "messages"))};
    add_counts(span, kinds, row);
    table.add(std::move(row));
  }
  console.out << '\n';
  table.print(console);
}

// Units by how many messages more or fewer they get.
void print_units(const json::object& effect, bool all, const Console& console) {
  std::map<std::int64_t, std::vector<std::string>> by_difference;
  for (const auto& one : objects_in(effect, "units")) {
    const auto& unit = one.as_object();
    auto messages = object_in(unit, "messages");
    auto more = number_in(messages, "after") - number_in(messages, "before");
    auto name = text_in(unit, "name");
    if (all) name += fmt::format("({})", numbers(messages));
    if (more != 0) by_difference[-more].push_back(name);
  }
  console.out << '\n';
  if (by_difference.empty()) console.out << "每家收到的消息数不变\n";
  for (const auto& [fewer, names] : by_difference) {
    auto count = fewer < 0 ? -fewer : fewer;
    console.out << fmt::format("{}{}件消息:{}\n", fewer < 0 ? "多" : "少", count,
                               few_of(names, all ? names.size() : 4));
  }
}

}  // namespace

std::string counts_of(const json::object& effect) {
  std::string counts;
  for (auto kind : kinds_in(effect)) {
    counts += fmt::format("{}{}{}条", counts.empty() ? "" : "、", change_words(kind),
                          items_of(object_in(effect, "all"), kind));
  }
  return counts;
}

void print_effect(const json::object& effect, bool all, const Console& console) {
  auto year = static_cast<int>(number_in(effect, "year"));
  bool whole = flag_in(effect, "from_the_beginning");
  auto from = when_words(text_in(effect, "from"), year);
  console.out << fmt::format("{}:{},假定{}没有一家来报,消息 {}件\n", text_in(effect, "id"),
                             whole ? fmt::format("从头({})走一遍", from)
                                   : fmt::format("若现在({})用新文件", from),
                             whole ? "" : "今后", numbers(object_in(effect, "messages")));
  print_totals(effect, console);
  print_duties(effect, console);
  print_spans(effect, console);
  print_units(effect, all, console);
  print_budget(effect, all, console);
  if (all) print_changes(effect, console);
}

}  // namespace duban::ctl
