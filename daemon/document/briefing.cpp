#include "document/briefing.h"

#include "document/completion.h"
#include "document/headline.h"

namespace duban::document {

BriefingView completed(BriefingView view) {
  view.headline = headline_of(view.title);
  number_lines(view.difficulties);
  number_lines(view.opinions);
  set_commas(view.lamps);
  view.any_difficulties = !view.difficulties.empty();
  view.any_opinions = !view.opinions.empty();
  view.proof = proof_of({{"应报", &view.expected}, {"按时", &view.on_time}, {"迟报", &view.late},
                         {"延期", &view.extended}, {"免报", &view.excused},
                         {"未报", &view.missing}},
                        view.lamps, "家次");
  return view;
}

}  // namespace duban::document
