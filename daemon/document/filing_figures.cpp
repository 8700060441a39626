#include "document/filing_figures.h"

#include <algorithm>
#include <array>

#include "document/standpoint_words.h"
#include "message/words.h"

namespace duban::document {
namespace {

using schedule::Outcome;
using schedule::Tally;

constexpr std::array all_figures{&FilingFigures::expected, &FilingFigures::on_time,
                                 &FilingFigures::late,     &FilingFigures::extended,
                                 &FilingFigures::excused,  &FilingFigures::missing};

std::string as_of_words(const Standpoint& standpoint) {
  return message::moment_words(standpoint.zone().to_civil(standpoint.as_of()),
                               standpoint.plan().year);
}

// In the document's order.
std::vector<std::size_t> in_order(const Standpoint& standpoint, std::vector<std::size_t> indexes) {
  std::ranges::stable_sort(indexes, {}, [&](std::size_t index) {
    const auto& unit = standpoint.assignments()[index].key.unit;
    return std::ranges::find(standpoint.plan().units, unit, &plan::Unit::id) -
           standpoint.plan().units.begin();
  });
  return indexes;
}

FigureView figure(const Standpoint& standpoint, const std::vector<std::size_t>& indexes,
                  std::string source) {
  FigureView made{.count = std::to_string(indexes.size()), .source = std::move(source)};
  for (auto index : in_order(standpoint, indexes)) {
    const auto& one = standpoint.assignments()[index];
    auto name = unit_name(standpoint, one.key.unit);
    if (one.standing == schedule::Standing::excused) name += "(" + one.excuse + ")";
    message::append_joined(made.names, name);
  }
  return made;
}

Tally tally(const Standpoint& standpoint, const plan::Duty& table, std::string_view period) {
  return schedule::tally_of(standpoint.assignments(), table.id, period, standpoint.as_of());
}

void add(FigureView& sum, const FigureView& one, const std::string& month) {
  sum.count = std::to_string(std::stoul(sum.count) + std::stoul(one.count));
  sum.source = one.source;
  if (one.names.empty()) return;
  if (!sum.names.empty()) sum.names += ";";
  sum.names += month + ":" + one.names;
}

}  // namespace

FilingFigures filing_figures(const Standpoint& standpoint, const plan::Duty& table,
                             std::string_view period) {
  auto counted = tally(standpoint, table, period);
  std::vector<std::size_t> all;
  for (const auto& some : counted.by_outcome) all.insert(all.end(), some.begin(), some.end());
  auto of = [&](Outcome outcome, std::string source) {
    return figure(standpoint, counted.of(outcome), std::move(source));
  };
  return {.expected = figure(standpoint, all, "按方案:" + table.name + "的填报单位"),
          .on_time = of(Outcome::on_time, "按收到时间,不按登记时间"),
          .late = of(Outcome::late, "按收到时间,不按登记时间"),
          .extended = of(Outcome::extended, "按我办批准的延期"),
          .excused = of(Outcome::excused, "按方案和我办批准"),
          .missing = of(Outcome::missing, "截至" + as_of_words(standpoint) + "我办未收到")};
}

FilingFigures filing_figures(const Standpoint& standpoint, const plan::Duty& table,
                             const std::vector<std::string>& periods) {
  FilingFigures sum;
  for (auto figure : all_figures) (sum.*figure).count = "0";
  for (const auto& period : periods) {
    auto one = filing_figures(standpoint, table, period);
    auto month = message::period_words(period, standpoint.plan().year);
    for (auto figure : all_figures) add(sum.*figure, one.*figure, month);
  }
  return sum;
}

std::vector<std::string> units_with(const Standpoint& standpoint, const plan::Duty& table,
                                    const std::vector<std::string>& periods, Outcome outcome) {
  std::vector<std::string> units;
  for (const auto& unit : standpoint.plan().units) {
    bool has = std::ranges::any_of(periods, [&](const std::string& period) {
      auto counted = tally(standpoint, table, period);
      return std::ranges::any_of(counted.of(outcome), [&](std::size_t index) {
        return standpoint.assignments()[index].key.unit == unit.id;
      });
    });
    if (has) units.push_back(unit.id);
  }
  return units;
}

}  // namespace duban::document
