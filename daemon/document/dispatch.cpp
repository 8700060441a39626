#include "document/dispatch.h"

#include "document/completion.h"
#include "document/headline.h"
#include "document/two_pages.h"

namespace duban::document {
namespace {

// Lines of one clause follow each other.
void count_lines(std::vector<DispatchRowView>& rows) {
  for (std::size_t first = 0; first < rows.size();) {
    auto last = first + 1;
    while (last < rows.size() && rows[last].serial == rows[first].serial) ++last;
    rows[first].begins = true;
    rows[first].line_count = std::to_string(last - first);
    first = last;
  }
}

}  // namespace

DispatchView completed(DispatchView view) {
  view.headline = headline_of(view.title);
  number_lines(view.coordination);
  view.coordination_count = std::to_string(view.coordination.size());
  keep_to_two_pages(view);
  number_lines(view.behind);
  number_lines(view.settled);
  set_commas(view.lamps);
  count_lines(view.rows);
  view.any_behind = !view.behind.empty();
  view.any_coordination = !view.coordination.empty();
  view.any_settled = !view.settled.empty();
  view.proof = proof_of({{"应报", &view.expected}, {"按时", &view.on_time}, {"迟报", &view.late},
                         {"延期", &view.extended}, {"免报", &view.excused},
                         {"未报", &view.missing}},
                        view.lamps, "家");
  return view;
}

}  // namespace duban::document
