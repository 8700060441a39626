#pragma once
// What 一页纸 sees: for each stop of a visit one page that is read in the car.

#include <concepts>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "document/figure_view.h"

namespace duban::document {

/// What was said in a month, and by whom.
struct VisitMonthView {
  std::string month, said;
  /// `5月25日报`
  std::string source;
};

template <std::same_as<VisitMonthView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"month", &V::month}, Field{"said", &V::said}, Field{"source", &V::source}};
}

struct VisitAskView {
  std::string asked;
  /// Who must give it.
  std::string giver, answer_by;
  /// `5月月调度表`
  std::string raised_in;
};

template <std::same_as<VisitAskView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"asked", &V::asked}, Field{"giver", &V::giver}, Field{"answer_by", &V::answer_by},
      Field{"raised_in", &V::raised_in}};
}

struct VisitTaskView {
  std::string clause, task, milestone;
  /// `方案4月2日备案`
  std::string milestone_source, state, colour;
  std::vector<VisitMonthView> months;
  std::vector<VisitAskView> asks;
  /// Filled in by the writer.
  bool any_asks = false;
};

template <std::same_as<VisitTaskView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"clause", &V::clause}, Field{"task", &V::task}, Field{"milestone", &V::milestone},
      Field{"milestone_source", &V::milestone_source}, Field{"state", &V::state},
      Field{"colour", &V::colour}, Field{"months", &V::months}, Field{"asks", &V::asks},
      Field{"any_asks", &V::any_asks}};
}

struct StopView {
  /// Where, if that is known; else empty.
  std::string stop, unit;
  /// `9:30`
  std::string arrives;
  std::vector<VisitTaskView> tasks;
  /// What one page has no room for, with its states: `中长期规划(按序时)`. Empty: nothing.
  std::string others = {};
  /// Not the last: filled in by the writer.
  bool another = false;
};

template <std::same_as<StopView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"stop", &V::stop}, Field{"unit", &V::unit}, Field{"arrives", &V::arrives},
      Field{"tasks", &V::tasks}, Field{"others", &V::others}, Field{"another", &V::another}};
}

struct VisitView {
  bool draft = false;
  /// `分管领导带队检查一页纸`
  std::string title, day, as_of, office;
  std::vector<StopView> stops;
};

template <std::same_as<VisitView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"draft", &V::draft}, Field{"title", &V::title}, Field{"day", &V::day},
      Field{"as_of", &V::as_of}, Field{"office", &V::office}, Field{"stops", &V::stops}};
}

/// With all that follows from the rest of it: what the templates are filled with.
VisitView completed(VisitView view);

}  // namespace duban::document
