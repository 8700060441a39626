#pragma once
// What 季通报 sees: its seven parts. Lists of units that were late stand here only, after they were
// checked, and without those that the office cannot order (lateness.h).

#include <concepts>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "document/figure_view.h"

namespace duban::document {

/// What a unit reported that a number stands for.
struct AchievementView {
  std::string task, unit, text;
};

template <std::same_as<AchievementView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"task", &V::task}, Field{"unit", &V::unit}, Field{"text", &V::text}};
}

struct AchievementSectionView {
  std::string heading;
  std::vector<AchievementView> entries;
  /// How many more units reported figures; empty: none.
  std::string more = {};
};

template <std::same_as<AchievementSectionView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"heading", &V::heading}, Field{"entries", &V::entries}, Field{"more", &V::more}};
}

/// A clause with its state in each month of the quarter.
struct QuarterRowView {
  std::string serial, clause, task;
  /// All its reporters.
  std::string unit;
  /// States by their words.
  std::string first, second, third;
  /// Of the last one.
  std::string colour;
};

template <std::same_as<QuarterRowView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"serial", &V::serial}, Field{"clause", &V::clause}, Field{"task", &V::task},
      Field{"unit", &V::unit}, Field{"first", &V::first}, Field{"second", &V::second},
      Field{"third", &V::third}, Field{"colour", &V::colour}};
}

struct DifficultyView {
  /// Filled in by the writer.
  std::string number, difficulty, raised_by, outcome;
};

template <std::same_as<DifficultyView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"number", &V::number}, Field{"difficulty", &V::difficulty},
      Field{"raised_by", &V::raised_by}, Field{"outcome", &V::outcome}};
}

/// What a member said at a visit, and what became of it.
struct OpinionView {
  /// Filled in by the writer.
  std::string number, opinion, doer, due, outcome;
};

template <std::same_as<OpinionView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"number", &V::number}, Field{"opinion", &V::opinion}, Field{"doer", &V::doer},
      Field{"due", &V::due}, Field{"outcome", &V::outcome}};
}

/// How a month's table came in.
struct FilingMonthView {
  std::string month, expected_count, on_time_count, late_count, extended_count, excused_count,
      missing_count;
};

template <std::same_as<FilingMonthView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"month", &V::month}, Field{"expected_count", &V::expected_count},
      Field{"on_time_count", &V::on_time_count}, Field{"late_count", &V::late_count},
      Field{"extended_count", &V::extended_count}, Field{"excused_count", &V::excused_count},
      Field{"missing_count", &V::missing_count}};
}

struct NextView {
  std::string when, what, unit;
};

template <std::same_as<NextView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"when", &V::when}, Field{"what", &V::what}, Field{"unit", &V::unit}};
}

struct BriefingView {
  /// Not issued: 送审稿.
  bool draft = false;
  /// `1号建议案办理工作季通报`
  std::string title;
  /// The same over two lines where it is long: filled in by the writer.
  std::string headline;
  /// `第2期`: the office's to give, empty in a draft.
  std::string issue;
  /// `2022年6月`
  std::string period;
  /// `6月24日17:00`
  std::string as_of, office;
  /// `2022年6月30日`; empty in a draft.
  std::string date;
  /// 报, 送.
  std::string report_to, send_to;
  /// 应报 = 按时 + 迟报 + 延期 + 免报 + 未报: all of them present, with 0 too.
  std::optional<FigureView> expected, on_time, late, extended, excused, missing;
  std::string task_count;
  std::vector<LampView> lamps;
  std::vector<AchievementSectionView> sections;
  /// 4月, 5月, 6月: the heads of the states.
  std::string first_month, second_month, third_month;
  std::vector<QuarterRowView> rows;
  std::vector<DifficultyView> difficulties;
  /// How many more difficulties, and dates, there are than it shows; empty: none.
  std::string more_difficulties, more_dates;
  std::vector<OpinionView> opinions;
  std::vector<FilingMonthView> months;
  /// By lateness.h; empty where nobody is named.
  std::string late_names, missing_names;
  /// Until when units could object: `7月8日`.
  std::string checked_until;
  std::vector<NextView> dates;
  /// Filled in by the writer.
  std::vector<ProofView> proof;
  bool any_difficulties = false, any_opinions = false;
};

template <std::same_as<BriefingView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"draft", &V::draft}, Field{"title", &V::title},
      Field{"headline", &V::headline}, Field{"issue", &V::issue},
      Field{"period", &V::period}, Field{"as_of", &V::as_of}, Field{"office", &V::office},
      Field{"date", &V::date}, Field{"report_to", &V::report_to}, Field{"send_to", &V::send_to},
      Field{"expected", &V::expected}, Field{"on_time", &V::on_time}, Field{"late", &V::late},
      Field{"extended", &V::extended}, Field{"excused", &V::excused},
      Field{"missing", &V::missing}, Field{"task_count", &V::task_count},
      Field{"lamps", &V::lamps}, Field{"sections", &V::sections},
      Field{"first_month", &V::first_month}, Field{"second_month", &V::second_month},
      Field{"third_month", &V::third_month}, Field{"rows", &V::rows},
      Field{"difficulties", &V::difficulties},
      Field{"more_difficulties", &V::more_difficulties}, Field{"more_dates", &V::more_dates},
      Field{"opinions", &V::opinions},
      Field{"months", &V::months}, Field{"late_names", &V::late_names},
      Field{"missing_names", &V::missing_names}, Field{"checked_until", &V::checked_until},
      Field{"dates", &V::dates}, Field{"proof", &V::proof},
      Field{"any_difficulties", &V::any_difficulties}, Field{"any_opinions", &V::any_opinions}};
}

/// With all that follows from the rest of it: what the templates are filled with.
BriefingView completed(BriefingView view);

}  // namespace duban::document
