#pragma once
// What 台账 sees: a line for each milestone of a clause, or for the clause where it has none yet.

#include <concepts>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "document/figure_view.h"

namespace duban::document {

struct RegisterRowView {
  std::string serial, clause, task;
  /// 牵头, 责任, 填报.
  std::string leads, responsible, reporters, milestone;
  /// 完成时限: `2022-06-30`, so that a sheet can sort it; 未定.
  std::string due;
  /// The newest, with the month it was said in.
  std::string progress, said_in;
  /// The lamp: word and colour apart.
  std::string state;
  /// 绿, 黄, 红 or 灰.
  std::string colour, problem;
  /// 需协调.
  std::string asked;
  /// 销号日期.
  std::string closed, note;
};

template <std::same_as<RegisterRowView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"serial", &V::serial}, Field{"clause", &V::clause}, Field{"task", &V::task},
      Field{"leads", &V::leads}, Field{"responsible", &V::responsible},
      Field{"reporters", &V::reporters}, Field{"milestone", &V::milestone},
      Field{"due", &V::due}, Field{"progress", &V::progress}, Field{"said_in", &V::said_in},
      Field{"state", &V::state}, Field{"colour", &V::colour}, Field{"problem", &V::problem},
      Field{"asked", &V::asked}, Field{"closed", &V::closed}, Field{"note", &V::note}};
}

struct RegisterView {
  /// `1号建议案任务分解台账`
  std::string title;
  /// 武政办〔2022〕29号
  std::string source, as_of, office;
  std::vector<RegisterRowView> rows;
};

template <std::same_as<RegisterView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"title", &V::title}, Field{"source", &V::source}, Field{"as_of", &V::as_of},
      Field{"office", &V::office}, Field{"rows", &V::rows}};
}

}  // namespace duban::document
