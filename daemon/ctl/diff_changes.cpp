#include "ctl/diff_parts.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <map>
#include <ostream>
#include <vector>

#include "ctl/effect_words.h"
#include "ctl/json_reading.h"
#include "ctl/words.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;

using Row = std::vector<std::string>;

std::map<std::string, std::string> names_in(const json::object& effect, std::string_view list) {
  std::map<std::string, std::string> names;
  for (const auto& one : objects_in(effect, list)) {
    names[text_in(one.as_object(), "id")] = text_in(one.as_object(), "name");
  }
  return names;
}

// What a change was and is at `key`; where it has one side only, that.
std::string was_and_is(const json::object& change, std::string_view key, int year) {
  auto before = object_in(change, "before");
  auto after = object_in(change, "after");
  auto words = [&](const json::object& side) { return when_words(text_in(side, key), year); };
  if (before.empty()) return words(after);
  if (after.empty()) return words(before);
  return from_to(words(before), words(after));
}

std::string due_words(const json::object& change, int year) {
  if (text_in(change, "kind") != "change") return was_and_is(change, "due", year);
  return from_to(was_and_is(change, "was_due", year), was_and_is(change, "due", year));
}

// Rows that differ in the unit only are one, in the order of the first.
class Rows {
 public:
  void add(Row row, std::string unit) {
    auto [found, fresh] = places_.try_emplace(row, rows_.size());
    if (fresh) rows_.emplace_back(std::move(row), Row{});
    rows_[found->second].second.push_back(std::move(unit));
  }
  void print(Table table, const Console& console) {
    for (auto& [row, units] : rows_) {
      row.push_back(few_of(units, units.size()));
      table.add(std::move(row));
    }
    table.print(console);
  }

 private:
  std::vector<std::pair<Row, Row>> rows_;
  std::map<Row, std::size_t> places_;
};

}  // namespace

void print_changes(const json::object& effect, const Console& console) {
  auto year = static_cast<int>(number_in(effect, "year"));
  auto units = names_in(effect, "units");
  auto duties = names_in(effect, "duties");
  Rows rows;
  for (const auto& one : objects_in(effect, "changes")) {
    const auto& change = one.as_object();
    rows.add({was_and_is(change, "at", year),
              std::string{change_words(text_in(change, "change"))},
              duties[text_in(change, "duty")], text_in(change, "period"), item_words(change),
              due_words(change, year)},
             units[text_in(change, "unit")]);
  }
  console.out << '\n';
  rows.print(Table{{"时间", "变化", "事项", "期", "节点", "截止", "单位"}}, console);
}

}  // namespace duban::ctl
