#include "engine/played_rows.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "calendar/workdays.h"
#include "engine/manner.h"
#include "message/words.h"

namespace duban::engine {
namespace {

using schedule::SubmittedRow;

// Of those, an ended work is told once and a new trouble too.
constexpr double months_without_news = 0.3;

// What holds a work up, what is asked for because of it, with one figure both.
struct Trouble {
  std::string_view problem, wish;
  int least, most;
};
constexpr std::array<Trouble, 5> troubles{{
    {"用地指标缺{}亩,市级统筹还没有落实", "落实用地指标{}亩", 20, 300},
    {"征地拆迁还剩{}户未签约,影响进场", "协调{}户的签约和过渡安置", 3, 60},
    {"配套资金缺口{}万元,未列入年初预算", "商请安排配套资金{}万元", 200, 4000},
    {"省级批复未到,已催办{}次", "一同向省里衔接(已催办{}次)", 2, 6},
    {"两地数据口径不一,{}项指标对不上", "明确{}项指标的统计口径", 2, 9},
}};

// One clause of one unit through the periods of a duty.
class Course {
 public:
  Course(const schedule::Timetable& timetable, const schedule::Assignment& assignment,
         const plan::Task& task, std::uint64_t seed)
      : timetable_(timetable), plan_(timetable.plan()), assignment_(assignment), task_(task),
        seed_(seed), at_(place_of_period()) {}

  SubmittedRow row() const;

 private:
  int place_of_period() const;
  double draw(std::string_view what) const;
  int between(std::string_view what, int least, int most) const;
  bool this_period(std::string_view what, double chance) const;
  RowState state_at(int period) const;
  bool has_news() const;
  int grown(std::string_view what, int first, int step) const;
  std::string progress(RowState state) const;
  std::string work_so_far() const;
  std::optional<Day> milestone() const;
  void add_trouble(SubmittedRow& row) const;
  void add_wish(const Trouble& trouble, int figure, SubmittedRow& row) const;
  void add_lacking(SubmittedRow& row) const;
  std::vector<std::string> others() const;

  const schedule::Timetable& timetable_;
  const plan::Plan& plan_;
  const schedule::Assignment& assignment_;
  const plan::Task& task_;
  std::uint64_t seed_;
  /// From 0: a first table has nothing to be unchanged from.
  int at_;
};

int Course::place_of_period() const {
  int place = 0;
  for (const auto& occurrence : timetable_.occurrences()) {
    if (occurrence.duty != assignment_.duty) continue;
    if (occurrence.period == assignment_.key.period) break;
    ++place;
  }
  return place;
}

double Course::draw(std::string_view what) const {
  return drawn(seed_, fmt::format("row {}|{}|{}|{}|{}", what, plan_.id, assignment_.key.duty,
                                  assignment_.key.unit, task_.id));
}

int Course::between(std::string_view what, int least, int most) const {
  return least + static_cast<int>(draw(what) * (most - least + 1));
}

bool Course::this_period(std::string_view what, double chance) const {
  return draw(fmt::format("{} {}", what, assignment_.key.period)) < chance;
}

RowState Course::state_at(int period) const {
  bool ends = draw("ends") < 0.25;
  if (ends && period >= between("end", 3, 6)) return RowState::done;
  if (draw("undated") < 0.12 && period < between("dated from", 2, 5)) return RowState::undated;
  auto from = between("behind from", 1, 4);
  bool behind = draw("behind") < 0.3 && from <= period && period < from + between("behind", 1, 3);
  return behind ? RowState::behind : RowState::on_track;
}

bool Course::has_news() const {
  if (at_ == 0) return true;
  bool turned = state_at(at_) != state_at(at_ - 1);
  if (state_at(at_) == RowState::done) return turned;
  return turned || !this_period("unchanged", months_without_news);
}

int Course::grown(std::string_view what, int first, int step) const {
  auto figure = between(what, 1, first);
  for (int period = 1; period <= at_; ++period) {
    figure += between(fmt::format("{} {}", what, period), 0, step);
  }
  return figure;
}

std::string Course::work_so_far() const {
  auto share = std::min(96, grown("share", 25, 14));
  switch (between("kind", 0, 4)) {
    case 0:
      return fmt::format("在建{}个项目,累计完成投资{}亿元,为年度计划的{}%",
                         between("projects", 1, 6), grown("invested", 20, 9), share);
    case 1:
      return fmt::format("召开对接会{}次,累计签订合作协议{}份", grown("meetings", 3, 2),
                         grown("signed", 3, 3));
    case 2:
      return fmt::format("累计办理{}件,平均用时{}天", grown("cases", 200, 160),
                         between("days", 2, 6));
    case 3: {
      auto found = grown("found", 9, 4);
      return fmt::format("联合检查{}次,发现问题{}个,已整改{}个", grown("checks", 3, 2), found,
                         std::min(found, grown("mended", 6, 4)));
    }
    default: return fmt::format("完成年度工作量的{}%,形成初稿并征求{}家单位意见", share,
                                between("asked", 3, 12));
  }
}

std::optional<Day> Course::milestone() const {
  for (const auto& occurrence : timetable_.occurrences()) {
    const auto& duty = plan_.duties[occurrence.duty];
    bool own = duty.origin == plan::Origin::milestone && duty.task == task_.id &&
               std::ranges::find(duty.who, assignment_.key.unit) != duty.who.end();
    if (own && occurrence.due) return timetable_.zone().day_of(*occurrence.due);
  }
  return std::nullopt;
}

std::string Course::progress(RowState state) const {
  auto node = milestone();
  auto named = node ? message::day_words(*node, plan_.year) + "的节点" : std::string{"本阶段节点"};
  switch (state) {
    case RowState::done: return fmt::format("{}已完成:{}。", named, work_so_far());
    case RowState::behind: return fmt::format("{};{}要推迟。", work_so_far(), named);
    case RowState::undated: return work_so_far() + ";节点待上级方案明确后报。";
    default: return work_so_far() + "。";
  }
}

// The other units of the clause, else the office.
std::vector<std::string> Course::others() const {
  std::vector<std::string> names;
  for (const auto* units : {&task_.leads, &task_.responsible}) {
    for (const auto& unit : *units) {
      if (unit != assignment_.key.unit) names.push_back(plan_.name_of(unit));
    }
  }
  if (names.empty()) names.push_back(plan_.office.name);
  return names;
}

void Course::add_trouble(SubmittedRow& row) const {
  const auto& trouble = troubles.at(static_cast<std::size_t>(
      between("trouble", 0, static_cast<int>(troubles.size()) - 1)));
  auto figure = between("trouble figure", trouble.least, trouble.most);
  row.problem = fmt::format(fmt::runtime(trouble.problem), figure);
  if (this_period("asks", 0.5)) add_wish(trouble, figure, row);
}

void Course::add_wish(const Trouble& trouble, int figure, SubmittedRow& row) const {
  auto names = others();
  row.asks_whom = names.at(static_cast<std::size_t>(
      between("asks whom", 0, static_cast<int>(names.size()) - 1)));
  row.asks_what = fmt::format(fmt::runtime(trouble.wish), figure);
  calendar::Workdays workdays{plan_.calendar};
  auto due = timetable_.zone().day_of(assignment_.due.value());
  auto by = workdays.add(due, between("asks by", 8, 15));
  row.asks_by = message::day_words(by, plan_.year) + "前";
}

// A lead whose supporter did not give its part.
void Course::add_lacking(SubmittedRow& row) const {
  bool leads = std::ranges::find(task_.leads, assignment_.key.unit) != task_.leads.end();
  if (!leads || task_.responsible.empty() || !this_period("lacks", 0.08)) return;
  auto last = static_cast<int>(task_.responsible.size()) - 1;
  const auto& unit = task_.responsible.at(static_cast<std::size_t>(between("lacks", 0, last)));
  if (unit != assignment_.key.unit) row.lacks.push_back(unit);
}

SubmittedRow Course::row() const {
  SubmittedRow row{.clause = task_.id};
  if (!has_news()) {
    row.unchanged = true;
    return row;
  }
  row.state = state_at(at_);
  row.progress = progress(row.state);
  if (row.state == RowState::behind) add_trouble(row);
  add_lacking(row);
  return row;
}

}  // namespace

std::vector<SubmittedRow> played_rows(const schedule::Timetable& timetable,
                                      const schedule::Assignment& assignment,
                                      std::uint64_t seed) {
  const auto& plan = timetable.plan();
  const auto& key = assignment.key;
  std::vector<SubmittedRow> rows;
  for (const auto* task : plan.rows_of(plan.duties[assignment.duty], key.unit, key.slice)) {
    rows.push_back(Course{timetable, assignment, *task, seed}.row());
  }
  return rows;
}

}  // namespace duban::engine
