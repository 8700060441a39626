#include "document/two_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <initializer_list>

#include "base/text.h"
#include "document/brief_text.h"
#include "document/punctuation.h"
#include "message/words.h"

namespace duban::document {
namespace {

// GB/T 9704: twenty-two lines a page of twenty-eight characters, digits a little wider than half of
// one. A part of a line a page is left for what the fonts of another machine take more.
constexpr double page_lines = 22 - 0.8, pages = 2;
constexpr double line_columns = 55;
// Lines of other styles beside one of the text, and how many columns a millimetre of a table holds.
constexpr double title_line = 1.25, period_line = 1.4, table_line = 0.55, columns_per_mm = 0.52;
// Lines of a table in the body, fewer where there is much else.
constexpr std::size_t most_rows = 6, fewest_rows = 3;
constexpr std::size_t asked_characters = 36, fewest_characters = 34;

// How far down the pages the text has come.
class Cursor {
 public:
  // What stands on one page: where it does not fit it begins the next.
  void add_whole(double lines) {
    auto left = page_lines - std::fmod(at_, page_lines);
    at_ += lines > left ? left + lines : lines;
  }
  void add(double lines) { at_ += lines; }
  double at() const { return at_; }

 private:
  double at_ = 0;
};

// As it will stand there: commas and brackets take two; digits a little more than one.
std::size_t columns_of(const std::string& text) {
  auto digits = static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }));
  return display_width(full_width(text)) + digits / 5;
}

double text_lines(std::size_t columns) {
  // The first line is two characters in.
  auto lines = (static_cast<double>(columns) + 4 + line_columns - 1) / line_columns;
  return static_cast<double>(static_cast<int>(lines));
}

struct Cell {
  const std::string& text;
  double mm;
};

double row_lines(std::initializer_list<Cell> cells) {
  int most = 1;
  for (const auto& cell : cells) {
    auto columns = (cell.mm - 3) * columns_per_mm;
    most = std::max(most, static_cast<int>((static_cast<double>(columns_of(cell.text)) +
                                            columns - 1) / columns));
  }
  return most * table_line;
}

double lines_of(const BehindView& row) {
  return row_lines({{row.task + row.unit, 48}, {row.milestone, 38}, {row.cause, 30}});
}

double lines_of(const CoordinationView& row) {
  return row_lines({{row.matter, 32}, {row.asked_by, 22}, {row.asked, 51}, {row.lead, 31},
                    {row.answer_by, 20}});
}

template <class View>
std::string cut_to(std::vector<View>& lines, std::size_t most) {
  if (lines.size() <= most) return {};
  auto more = lines.size() - most;
  lines.resize(most);
  return std::to_string(more);
}

bool is_closed(const SettledView& one) { return one.outcome.starts_with("已"); }

// What is closed goes first, from the end.
std::string cut_settled(std::vector<SettledView>& lines, std::size_t most) {
  std::size_t closed = 0, open = 0;
  while (lines.size() > most) {
    auto last = std::find_if(lines.rbegin(), lines.rend(), is_closed);
    if (last == lines.rend()) last = lines.rbegin();
    ++(is_closed(*last) ? closed : open);
    lines.erase(std::next(last).base());
  }
  std::string more;
  if (closed > 0) message::append_joined(more, fmt::format("已销号{}项", closed));
  if (open > 0) message::append_joined(more, fmt::format("未办结{}项", open));
  return more.empty() ? more : "另有" + more;
}

// A heading stands on the page of what follows it, a row of a table on one page.
template <class View>
void add_table(Cursor& cursor, const std::vector<View>& rows, bool more) {
  if (rows.empty()) {
    cursor.add_whole(2);  // 无。
    return;
  }
  cursor.add_whole(1 + table_line + lines_of(rows.front()));
  for (auto row = rows.begin() + 1; row != rows.end(); ++row) cursor.add_whole(lines_of(*row));
  if (more) cursor.add(1);
}

double overall_lines(const DispatchView& view) {
  std::size_t columns = 118;  // what stands there whatever the numbers are
  for (const auto& lamp : view.lamps) columns += columns_of(lamp.word) + 8;
  return text_lines(columns);
}

double settled_lines(const DispatchView& view) {
  double lines = view.settled.empty() ? 1 : 0;
  for (const auto& one : view.settled) {
    lines += text_lines(columns_of(one.action + one.doer + one.due + one.outcome) + 10);
  }
  return lines;
}

// One paragraph of many dates, which do not break within themselves: a line more.
double dates_lines(const DispatchView& view) {
  std::size_t columns = view.dates.size() > 2 ? static_cast<std::size_t>(line_columns) : 0;
  for (const auto& one : view.dates) columns += columns_of(one.when + one.what) + 4;
  return text_lines(columns);
}

// Whether entries of so many lines have room.
using Room = std::function<bool(double)>;
// Which entries stand there: by section and place in it.
using Chosen = std::vector<std::vector<bool>>;

class Entries {
 public:
  explicit Entries(std::vector<ProgressSectionView> sections) : sections_(std::move(sections)) {
    for (const auto& section : sections_) order_.push_back(order_of(section));
  }

  // One of each section fits, be it in few characters.
  bool fit(const Room& room) const {
    auto shortest = *this;
    shortest.cut(fewest_characters);
    return room(shortest.lines_with(shortest.first_of_each()));
  }

  // The most that fits: first one of each section, then a second of each, and so on.
  void choose(const Room& room) {
    for (std::size_t characters : {brief_characters, std::size_t{60}, fewest_characters}) {
      cut(characters);
      if (room(lines_with(first_of_each()))) break;
    }
    chosen_ = none();
    for (std::size_t place = 0; place < longest(); ++place) {
      for (std::size_t at = 0; at < sections_.size(); ++at) {
        if (place >= order_[at].size()) continue;
        auto entry = order_[at][place];
        chosen_[at][entry] = true;
        if (!room(lines_with(chosen_))) chosen_[at][entry] = false;
      }
    }
  }

  std::vector<ProgressSectionView> kept() const {
    std::vector<ProgressSectionView> all;
    for (std::size_t at = 0; at < sections_.size(); ++at) {
      ProgressSectionView section{.heading = sections_[at].heading, .entries = {}};
      for (std::size_t place = 0; place < chosen_[at].size(); ++place) {
        if (chosen_[at][place]) section.entries.push_back(sections_[at].entries[place]);
      }
      if (!section.entries.empty()) all.push_back(std::move(section));
    }
    return all;
  }

  std::size_t left_out() const {
    std::size_t count = 0;
    for (const auto& section : chosen_) {
      count += static_cast<std::size_t>(std::ranges::count(section, false));
    }
    return count;
  }

 private:
  // One of each task before a second reporter's.
  static std::vector<std::size_t> order_of(const ProgressSectionView& section) {
    std::vector<std::size_t> first, rest;
    for (std::size_t at = 0; at < section.entries.size(); ++at) {
      bool again = at > 0 && section.entries[at].task == section.entries[at - 1].task;
      (again ? rest : first).push_back(at);
    }
    first.insert(first.end(), rest.begin(), rest.end());
    return first;
  }

  Chosen none() const {
    Chosen all;
    for (const auto& section : sections_) all.emplace_back(section.entries.size(), false);
    return all;
  }

  Chosen first_of_each() const {
    auto all = none();
    for (auto& section : all) {
      if (!section.empty()) section.front() = true;
    }
    return all;
  }

  std::size_t longest() const {
    std::size_t most = 0;
    for (const auto& section : sections_) most = std::max(most, section.entries.size());
    return most;
  }

  void cut(std::size_t characters) {
    for (auto& section : sections_) {
      for (auto& entry : section.entries) entry.text = brief_text(entry.text, characters);
    }
  }

  double lines_with(const Chosen& chosen) const {
    double lines = 0;
    for (std::size_t at = 0; at < sections_.size(); ++at) {
      std::size_t columns = 0;
      for (std::size_t place = 0; place < chosen[at].size(); ++place) {
        if (!chosen[at][place]) continue;
        const auto& entry = sections_[at].entries[place];
        columns += columns_of(entry.task + entry.unit + entry.text) + 8;
      }
      if (columns > 0) lines += text_lines(columns + columns_of(sections_[at].heading) + 2);
    }
    return lines;
  }

  std::vector<ProgressSectionView> sections_;
  std::vector<std::vector<std::size_t>> order_;
  Chosen chosen_;
};

void cut_lists(DispatchView& view, std::size_t most) {
  view.pressing = view.coordination;
  view.more_pressing = cut_to(view.pressing, most);
  for (auto& one : view.pressing) one.asked = brief_text(one.asked, asked_characters);
  view.more_behind = cut_to(view.behind, most);
  view.more_settled = cut_settled(view.settled, most);
}

// Where the body ends, with entries of so many lines.
double length_of(const DispatchView& view, double entries) {
  Cursor cursor;
  bool two_lines = view.headline.contains('\n');
  cursor.add((two_lines ? 2 : 1) * title_line + period_line);
  cursor.add(1 + overall_lines(view));
  // 其余…见附件1, or 本期没有变化.
  cursor.add(1 + entries + 1);
  add_table(cursor, view.behind, !view.more_behind.empty());
  add_table(cursor, view.pressing, !view.more_pressing.empty());
  cursor.add_whole(2);
  cursor.add(settled_lines(view) - 1 + (view.more_settled.empty() ? 0 : 1));
  cursor.add_whole(2);
  cursor.add(dates_lines(view) - 1);
  cursor.add(text_lines(columns_of(view.office)) + 1);
  return cursor.at();
}

}  // namespace

void keep_to_two_pages(DispatchView& view) {
  Entries entries{std::move(view.sections)};
  for (auto most = most_rows;; --most) {
    auto tried = view;
    cut_lists(tried, most);
    Room room = [&tried](double lines) {
      return length_of(tried, lines) <= pages * page_lines;
    };
    if (most > fewest_rows && !entries.fit(room)) continue;
    entries.choose(room);
    tried.sections = entries.kept();
    tried.more = entries.left_out() == 0 ? std::string{} : std::to_string(entries.left_out());
    view = std::move(tried);
    return;
  }
}

}  // namespace duban::document
