#include "document/asks.h"

#include <algorithm>
#include <utility>

#include "document/brief_text.h"
#include "document/unit_names.h"
#include "message/words.h"

namespace duban::document {
namespace {

constexpr std::size_t matter_characters = 16;

std::string without(std::string text, std::string_view beginning, std::string_view ending) {
  if (!beginning.empty() && text.starts_with(beginning)) text.erase(0, beginning.size());
  if (!ending.empty() && text.ends_with(ending)) text.erase(text.size() - ending.size());
  return text;
}

std::string whom_words(const Standpoint& standpoint, const UnitNames& names,
                       const std::string& written) {
  std::string words;
  for (const auto& one : names.ids_of(without(written, "请", ""))) {
    const auto* unit = standpoint.plan().find_unit(one);
    message::append_joined(words, unit ? unit->name_on(standpoint.today()) : one);
  }
  return words;
}

Ask ask_of(const Standpoint& standpoint, const UnitNames& names, const schedule::RowSaid& said) {
  const auto& row = said.row;
  Ask ask{.tasks = {standpoint.plan().find_task(row.clause)},
          .unit = said.about.unit,
          .matter = brief_text(row.problem, matter_characters),
          .whom = whom_words(standpoint, names, row.asks_whom),
          .what = brief_text(without(row.asks_what, "请", "")),
          .by = without(row.asks_by, "", "前")};
  if (ask.matter.empty()) ask.matter = ask.tasks.front()->name;
  return ask;
}

void add(std::vector<Ask>& asks, Ask ask) {
  auto same = std::ranges::find_if(asks, [&](const Ask& other) {
    return other.unit == ask.unit && other.whom == ask.whom && other.what == ask.what &&
           other.by == ask.by;
  });
  if (same == asks.end()) asks.push_back(std::move(ask));
  else same->tasks.push_back(ask.tasks.front());
}

}  // namespace

std::string Ask::words() const {
  if (whom.empty()) return "请" + what;
  return what.empty() ? "请" + whom + "协调" : "请" + whom + what;
}

std::vector<Ask> asks_of(const Standpoint& standpoint, const TableSaid& said,
                         std::string_view period) {
  UnitNames names{standpoint.plan()};
  std::vector<Ask> asks;
  for (const auto& one : said.rows(period)) {
    bool asked = !one.row.asks_whom.empty() || !one.row.asks_what.empty();
    if (asked) add(asks, ask_of(standpoint, names, one));
  }
  return asks;
}

}  // namespace duban::document
