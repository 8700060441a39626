#include "document/dispatch.h"

#include "document/brief_text.h"
#include "document/completion.h"

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
  for (auto& section : view.sections) {
    for (auto& entry : section.entries) entry.text = brief_text(entry.text);
  }
  number_lines(view.behind);
  number_lines(view.coordination);
  number_lines(view.settled);
  set_commas(view.lamps);
  count_lines(view.rows);
  view.any_behind = !view.behind.empty();
  view.any_coordination = !view.coordination.empty();
  view.any_settled = !view.settled.empty();
  view.coordination_count = std::to_string(view.coordination.size());
  view.proof = proof_of({{"应报", &view.expected}, {"按时", &view.on_time}, {"迟报", &view.late},
                         {"延期", &view.extended}, {"免报", &view.excused},
                         {"未报", &view.missing}},
                        view.lamps, "家");
  return view;
}

}  // namespace duban::document
