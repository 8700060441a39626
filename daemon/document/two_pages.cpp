#include "document/two_pages.h"

#include <algorithm>
#include <initializer_list>

#include "base/text.h"
#include "document/brief_text.h"

namespace duban::document {
namespace {

// GB/T 9704: twenty-two lines a page of twenty-eight characters. What always stands there: title
// and period, six headings, the signature; and a line for what is estimated too low.
constexpr double page_lines = 22, body_lines = 2 * page_lines - 3.5 - 6 - 2 - 1;
constexpr double line_columns = 2 * 28;
// A line of a table beside one of the text, and how many columns a millimetre of it holds.
constexpr double table_line = 0.55, columns_per_mm = 0.5;
constexpr std::size_t most_lines = 6;

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
    most = std::max(most, static_cast<int>((static_cast<double>(display_width(cell.text)) +
                                            columns - 1) / columns));
  }
  return most * table_line;
}

double lines_of(const BehindView& row) {
  return row_lines({{row.task + row.unit, 48}, {row.milestone, 38}, {row.cause, 30}});
}

double lines_of(const CoordinationView& row) {
  return row_lines({{row.matter, 26}, {row.asked_by, 24}, {row.asked, 56}, {row.lead, 26},
                    {row.answer_by, 22}});
}

template <class View>
std::string cut_to(std::vector<View>& lines, std::size_t most) {
  if (lines.size() <= most) return {};
  auto more = lines.size() - most;
  lines.resize(most);
  return std::to_string(more);
}

// The lines of a part; 无。 is one.
template <class View>
double table_lines(const std::vector<View>& rows) {
  double lines = rows.empty() ? 1 : table_line;
  for (const auto& row : rows) lines += lines_of(row);
  return lines;
}

double overall_lines(const DispatchView& view) {
  std::size_t columns = 90;  // what stands there whatever the numbers are
  for (const auto& lamp : view.lamps) columns += display_width(lamp.word) + 8;
  return text_lines(columns);
}

double settled_lines(const DispatchView& view) {
  double lines = view.settled.empty() ? 1 : 0;
  for (const auto& one : view.settled) {
    lines += text_lines(display_width(one.action + one.doer + one.due + one.outcome) + 10);
  }
  return lines;
}

double dates_lines(const DispatchView& view) {
  std::size_t columns = 0;
  for (const auto& one : view.dates) columns += display_width(one.when + one.what) + 4;
  return text_lines(columns);
}

// Which entries stand there: by section and place in it.
using Chosen = std::vector<std::vector<bool>>;

class Entries {
 public:
  explicit Entries(std::vector<ProgressSectionView> sections) : sections_(std::move(sections)) {
    for (const auto& section : sections_) order_.push_back(order_of(section));
  }

  // The most that fits: first one of each section, then a second of each, and so on.
  void choose(double room) {
    for (std::size_t characters : {brief_characters, std::size_t{60}, std::size_t{42}}) {
      cut(characters);
      if (lines_with(first_of_each()) <= room) break;
    }
    chosen_ = none();
    for (std::size_t place = 0; place < longest(); ++place) {
      for (std::size_t at = 0; at < sections_.size(); ++at) {
        if (place >= order_[at].size()) continue;
        auto entry = order_[at][place];
        chosen_[at][entry] = true;
        bool kept = place == 0 || lines_with(chosen_) <= room;
        if (!kept) chosen_[at][entry] = false;
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
        columns += display_width(entry.task + entry.unit + entry.text) + 8;
      }
      if (columns > 0) lines += text_lines(columns + display_width(sections_[at].heading) + 2);
    }
    return lines;
  }

  std::vector<ProgressSectionView> sections_;
  std::vector<std::vector<std::size_t>> order_;
  Chosen chosen_;
};

}  // namespace

void keep_to_two_pages(DispatchView& view) {
  view.pressing = view.coordination;
  view.more_pressing = cut_to(view.pressing, most_lines);
  view.more_behind = cut_to(view.behind, most_lines);
  auto used = overall_lines(view) + table_lines(view.behind) + table_lines(view.pressing) +
              settled_lines(view) + dates_lines(view);
  Entries entries{std::move(view.sections)};
  entries.choose(body_lines - used - 1);
  view.sections = entries.kept();
  view.more = entries.left_out() == 0 ? std::string{} : std::to_string(entries.left_out());
}

}  // namespace duban::document
