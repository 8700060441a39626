#include "document/task_lamps.h"

#include <algorithm>
#include <array>
#include <utility>

#include "message/words.h"
#include "schedule/lamp.h"
#include "schedule/task_standing.h"

namespace duban::document {
namespace {

using plan::Colour;
using plan::Lamp;

// Worst last.
int weight_of(RowState state) {
  switch (state) {
    case RowState::unsaid: return 0;
    case RowState::done: return 1;
    case RowState::on_track: return 2;
    case RowState::undated: return 3;
    case RowState::behind: return 4;
  }
  return 0;
}

RowState reported_of(const plan::Task& task, const TableSaid& said) {
  auto worst = RowState::unsaid;
  for (const auto& unit : task.reporters) {
    const auto* last = said.last(unit, task.id);
    if (last == nullptr) continue;
    auto state = last->said.row.state;
    if (weight_of(state) > weight_of(worst)) worst = state;
  }
  return worst;
}

// Grey stands apart: it is no better and no worse.
int rank_of(Colour colour) {
  constexpr std::array order{Colour::green, Colour::blue, Colour::yellow, Colour::orange,
                             Colour::red, Colour::grey};
  return static_cast<int>(std::ranges::find(order, colour) - order.begin());
}

}  // namespace

std::vector<const Lamp*> task_lamps(const Standpoint& standpoint, const TableSaid& said) {
  std::vector<const Lamp*> lamps;
  for (const auto& task : standpoint.plan().tasks) {
    auto standing = schedule::standing_of(standpoint.timetable(), standpoint.known(),
                                          standpoint.assignments(), task.id, standpoint.as_of());
    standing.reported = reported_of(task, said);
    lamps.push_back(
        &schedule::lamp_of(standpoint.plan(), task.id, standing, standpoint.today()));
  }
  return lamps;
}

std::vector<LampView> lamp_figures(const plan::Plan& plan, const std::vector<const Lamp*>& lamps) {
  std::vector<const Lamp*> kinds;
  for (const auto* lamp : lamps) {
    if (std::ranges::find(kinds, lamp) == kinds.end()) kinds.push_back(lamp);
  }
  auto place = [&](const Lamp* lamp) {
    auto in_plan = std::ranges::find(plan.lamps, lamp->word, &Lamp::word) - plan.lamps.begin();
    return std::pair{rank_of(lamp->colour), in_plan};
  };
  std::ranges::sort(kinds, {}, place);
  std::vector<LampView> figures;
  for (const auto* kind : kinds) {
    LampView figure{.word = kind->word,
                    .colour = std::string{plan::colour_name(kind->colour)},
                    .source = plan::lamp_rule(*kind)};
    std::size_t count = 0;
    for (std::size_t at = 0; at < lamps.size(); ++at) {
      if (lamps[at] != kind) continue;
      ++count;
      message::append_joined(figure.names, plan.tasks[at].name);
    }
    figure.count = std::to_string(count);
    figures.push_back(std::move(figure));
  }
  return figures;
}

std::string change_words(const Lamp& before, const Lamp& now) {
  if (before.word == now.word) return "→ 持平";
  if (now.colour == Colour::grey) return "→ 转灰";
  bool from_grey = before.colour == Colour::grey;
  if (from_grey && now.colour == Colour::green) return "↑ 定节点";
  if (from_grey) return "↓ 转差";
  auto step = rank_of(now.colour) - rank_of(before.colour);
  if (step == 0) return "→ 持平";
  return step < 0 ? "↑ 转好" : "↓ 转差";
}

}  // namespace duban::document
