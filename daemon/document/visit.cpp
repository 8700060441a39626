#include "document/visit.h"

namespace duban::document {

VisitView completed(VisitView view) {
  for (auto& stop : view.stops) {
    stop.another = &stop != &view.stops.back();
    for (auto& task : stop.tasks) task.any_asks = !task.asks.empty();
  }
  return view;
}

}  // namespace duban::document
