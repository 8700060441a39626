#pragma once
// How the tables of a period came in: 应报 = 按时 + 迟报 + 延期 + 免报 + 未报, each with its names.

#include <string>
#include <string_view>
#include <vector>

#include "document/figure_view.h"
#include "document/standpoint.h"
#include "schedule/outcome.h"

namespace duban::document {

struct FilingFigures {
  FigureView expected, on_time, late, extended, excused, missing;
};

/// Of one period. Names by those of the standpoint's day, in the document's order; who is excused
/// stands with the reason.
FilingFigures filing_figures(const Standpoint& standpoint, const plan::Duty& table,
                             std::string_view period);
/// Of several together (家次): the names go period by period.
FilingFigures filing_figures(const Standpoint& standpoint, const plan::Duty& table,
                             const std::vector<std::string>& periods);

/// The units of several periods with that outcome, each once, in the document's order.
std::vector<std::string> units_with(const Standpoint& standpoint, const plan::Duty& table,
                                    const std::vector<std::string>& periods,
                                    schedule::Outcome outcome);

/// Into a document's view.
template <class View>
void set_filings(View& view, const FilingFigures& figures) {
  view.expected = figures.expected;
  view.on_time = figures.on_time;
  view.late = figures.late;
  view.extended = figures.extended;
  view.excused = figures.excused;
  view.missing = figures.missing;
}

}  // namespace duban::document
