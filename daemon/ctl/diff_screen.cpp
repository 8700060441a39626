#include "ctl/diff_screen.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <vector>

#include "ctl/json_reading.h"
#include "ctl/words.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;

// More weeks than this are shown as months, more periods of a duty as a count.
constexpr std::size_t weeks_shown = 5;
constexpr std::size_t periods_shown = 6;

struct ChangeWord {
  std::string_view key, shown;
};
constexpr std::array changes{ChangeWord{"told_again", "再告知"}, ChangeWord{"moved", "改时间"},
                             ChangeWord{"added", "新增"},        ChangeWord{"gone", "不再发"},
                             ChangeWord{"rerouted", "换收件"},   ChangeWord{"reworded", "改文字"}};

std::string_view change_words(std::string_view key) {
  auto found = std::ranges::find(changes, key, &ChangeWord::key);
  return found == changes.end() ? key : found->shown;
}

std::int64_t items_of(const json::object& tally, std::string_view change) {
  return number_in(object_in(tally, change), "items");
}

// Only the kinds of change that there are get a column.
std::vector<std::string_view> kinds_in(const json::object& effect) {
  std::vector<std::string_view> kinds;
  for (const auto& one : changes) {
    if (items_of(object_in(effect, "all"), one.key) != 0) kinds.push_back(one.key);
  }
  return kinds;
}

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

// `提醒` for a stage, else what the item tells.
std::string item_words(const json::object& change) {
  auto kind = text_in(change, "kind");
  if (kind != "stage") return kind_words(kind);
  auto after = object_in(change, "after");
  auto words = stage_words(text_in(after.empty() ? object_in(change, "before") : after, "stage"));
  return text_in(change, "audience") == "leader" ? words + "(待点发)" : words;
}

std::string from_to(const std::string& before, const std::string& after) {
  if (before == after) return before;
  return (before.empty() ? "—" : before) + " → " + (after.empty() ? "—" : after);
}

std::string times(const json::object& pair, int year) {
  return from_to(when_words(text_in(pair, "before"), year), when_words(text_in(pair, "after"), year));
}

std::string numbers(const json::object& pair) {
  return from_to(std::to_string(number_in(pair, "before")),
                 std::to_string(number_in(pair, "after")));
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

// `7月4日(周一)` without the year where it is the plan's.
std::string span_words(const json::object& span, bool weeks, int year) {
  auto id = text_in(span, "id");
  if (!weeks) {
    auto month = fmt::format("{}月", std::stoi(id.substr(5)));
    return id.starts_with(std::to_string(year)) ? month : id.substr(0, 4) + "年" + month;
  }
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

void print_budget(const json::object& effect, const Console& console) {
  auto breaches = object_in(effect, "breaches");
  auto before = texts_in(breaches, "before");
  auto after = texts_in(breaches, "after");
  auto without = [](const std::vector<std::string>& these, const std::vector<std::string>& those) {
    std::vector<std::string> left;
    std::ranges::copy_if(these, std::back_inserter(left), [&](const std::string& one) {
      return std::ranges::find(those, one) == those.end();
    });
    return left;
  };
  auto fresh = without(after, before);
  for (const auto& one : fresh) {
    console.out << console.paint(Console::Hue::yellow, "改后超出预算 ") << one << '\n';
  }
  for (const auto& one : without(before, after)) console.out << "改后不再超出预算 " << one << '\n';
  if (after.empty()) {
    console.out << "各单位都按时报时,没有超出预算的\n";
  } else if (after.size() > fresh.size()) {
    console.out << fmt::format("另有{}处改前就超出预算,见 dubanctl rehearse --behave punctual\n",
                               after.size() - fresh.size());
  }
}

// Everything, units that share all the rest in one row.
void print_changes(const json::object& effect, const Console& console) {
  auto year = static_cast<int>(number_in(effect, "year"));
  std::map<std::string, std::string> units, duties;
  for (const auto& one : objects_in(effect, "units")) {
    units[text_in(one.as_object(), "id")] = text_in(one.as_object(), "name");
  }
  for (const auto& one : objects_in(effect, "duties")) {
    duties[text_in(one.as_object(), "id")] = text_in(one.as_object(), "name");
  }
  std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> rows;
  std::map<std::vector<std::string>, std::size_t> place;
  for (const auto& one : objects_in(effect, "changes")) {
    const auto& change = one.as_object();
    auto before = object_in(change, "before");
    auto after = object_in(change, "after");
    auto when = [&](const char* key) {
      return from_to(when_words(text_in(before, key), year), when_words(text_in(after, key), year));
    };
    auto kind = text_in(change, "change");
    bool one_sided = before.empty() || after.empty();
    auto only = [&](const char* key) {
      return when_words(text_in(before.empty() ? after : before, key), year);
    };
    std::vector<std::string> row{one_sided ? only("at") : when("at"),
                                 std::string{change_words(kind)},
                                 duties[text_in(change, "duty")], text_in(change, "period"),
                                 item_words(change), one_sided ? only("due") : when("due")};
    auto [found, fresh] = place.try_emplace(row, rows.size());
    if (fresh) rows.emplace_back(std::move(row), std::vector<std::string>{});
    rows[found->second].second.push_back(units[text_in(change, "unit")]);
  }
  Table table{{"时间", "变化", "事项", "期", "节点", "截止", "单位"}};
  for (auto& [row, names] : rows) {
    row.push_back(few_of(names, names.size()));
    table.add(std::move(row));
  }
  console.out << '\n';
  table.print(console);
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
  print_budget(effect, console);
  if (all) print_changes(effect, console);
}

}  // namespace duban::ctl
