#pragma once
// What 月调度通报 sees: every part of it, in the order of the document. Who fills it counts; the
// writer adds only what follows from it (numbers, commas, what is empty).

#include <concepts>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "document/figure_view.h"

namespace duban::document {

/// One step of a task, with whose it is.
struct ProgressView {
  std::string task, unit;
  /// Eighty characters at most are printed.
  std::string text;
};

template <std::same_as<ProgressView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"task", &V::task}, Field{"unit", &V::unit}, Field{"text", &V::text}};
}

/// What has changed under one of the 五同.
struct ProgressSectionView {
  /// 交通同网
  std::string heading;
  std::vector<ProgressView> entries;
};

template <std::same_as<ProgressSectionView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"heading", &V::heading}, Field{"entries", &V::entries}};
}

struct BehindView {
  /// Filled in by the writer.
  std::string number, task, unit;
  /// The unit's own, with its date.
  std::string milestone;
  /// 滞后12日
  std::string gap, cause, new_date;
};

template <std::same_as<BehindView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"number", &V::number}, Field{"task", &V::task}, Field{"unit", &V::unit},
      Field{"milestone", &V::milestone}, Field{"gap", &V::gap}, Field{"cause", &V::cause},
      Field{"new_date", &V::new_date}};
}

/// What somebody needs of somebody else, and what the office thinks of it.
struct CoordinationView {
  /// Filled in by the writer.
  std::string number, matter, clause, asked_by;
  /// 请谁做什么.
  std::string asked, lead, answer_by;
  /// 调度意见.
  std::string opinion;
};

template <std::same_as<CoordinationView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"number", &V::number}, Field{"matter", &V::matter}, Field{"clause", &V::clause},
      Field{"asked_by", &V::asked_by}, Field{"asked", &V::asked}, Field{"lead", &V::lead},
      Field{"answer_by", &V::answer_by}, Field{"opinion", &V::opinion}};
}

/// An action of the period before.
struct SettledView {
  /// Filled in by the writer.
  std::string number, action, doer, due;
  /// 已销号(6月20日书面答复), or how far it is.
  std::string outcome;
};

template <std::same_as<SettledView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"number", &V::number}, Field{"action", &V::action}, Field{"doer", &V::doer},
      Field{"due", &V::due}, Field{"outcome", &V::outcome}};
}

struct PlannedView {
  std::string when, what;
};

template <std::same_as<PlannedView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"when", &V::when}, Field{"what", &V::what}};
}

/// A line of annex 1: a clause, or one more unit that reports on it.
struct DispatchRowView {
  /// The same in every line of a clause, as clause, task, state and change.
  std::string serial, clause, task, unit, progress;
  /// 节点及时间
  std::string milestone;
  /// The task's lamp: word and colour apart.
  std::string state, colour, problem;
  /// 较上月: an arrow and a word.
  std::string change;
  /// 未报, beside its reporter.
  bool not_in = false;
  /// First line of its clause, and how many it has: filled in by the writer.
  bool begins = false;
  std::string line_count;
};

template <std::same_as<DispatchRowView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"serial", &V::serial}, Field{"clause", &V::clause}, Field{"task", &V::task},
      Field{"unit", &V::unit}, Field{"progress", &V::progress},
      Field{"milestone", &V::milestone}, Field{"state", &V::state}, Field{"colour", &V::colour},
      Field{"problem", &V::problem}, Field{"change", &V::change}, Field{"not_in", &V::not_in},
      Field{"begins", &V::begins}, Field{"line_count", &V::line_count}};
}

struct DispatchView {
  /// Not issued: 送审稿.
  bool draft = false;
  /// `1号建议案办理工作月调度通报`
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
  /// All that changed; the writer keeps what two pages have room for.
  std::vector<ProgressSectionView> sections;
  std::vector<BehindView> behind;
  std::vector<CoordinationView> coordination;
  /// The first of them, for the body: filled in by the writer.
  std::vector<CoordinationView> pressing;
  /// How many more there are than the body shows; empty: none. Filled in by the writer.
  std::string more, more_behind, more_pressing;
  /// `另有已销号2项、未办结1项`; empty: none. Filled in by the writer.
  std::string more_settled;
  /// How many more milestones of units are near than `dates` has; empty: none.
  std::string more_dates;
  /// `第2期(2022年5月)`, which 较上月 compares with; empty where none was issued.
  std::string last_issue;
  std::vector<SettledView> settled;
  std::vector<PlannedView> dates;
  std::vector<DispatchRowView> rows;
  /// Filled in by the writer.
  std::vector<ProofView> proof;
  bool any_behind = false, any_coordination = false, any_settled = false;
  std::string coordination_count;
};

template <std::same_as<DispatchView> V>
constexpr auto fields(const V*) {
  return std::tuple{
      Field{"draft", &V::draft}, Field{"title", &V::title},
      Field{"headline", &V::headline}, Field{"issue", &V::issue},
      Field{"period", &V::period}, Field{"as_of", &V::as_of}, Field{"office", &V::office},
      Field{"date", &V::date}, Field{"report_to", &V::report_to}, Field{"send_to", &V::send_to},
      Field{"expected", &V::expected}, Field{"on_time", &V::on_time}, Field{"late", &V::late},
      Field{"extended", &V::extended}, Field{"excused", &V::excused},
      Field{"missing", &V::missing}, Field{"task_count", &V::task_count},
      Field{"lamps", &V::lamps}, Field{"sections", &V::sections}, Field{"behind", &V::behind},
      Field{"coordination", &V::coordination}, Field{"pressing", &V::pressing},
      Field{"more", &V::more}, Field{"more_behind", &V::more_behind},
      Field{"more_pressing", &V::more_pressing}, Field{"more_settled", &V::more_settled},
      Field{"more_dates", &V::more_dates},
      Field{"last_issue", &V::last_issue},
      Field{"settled", &V::settled},
      Field{"dates", &V::dates}, Field{"rows", &V::rows}, Field{"proof", &V::proof},
      Field{"any_behind", &V::any_behind}, Field{"any_coordination", &V::any_coordination},
      Field{"any_settled", &V::any_settled},
      Field{"coordination_count", &V::coordination_count}};
}

/// With all that follows from the rest of it: what the templates are filled with.
DispatchView completed(DispatchView view);

}  // namespace duban::document
