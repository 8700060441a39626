#pragma once
// How long to wait before a ledger that has just failed is asked again.

#include <algorithm>

#include "base/time.h"

namespace duban::ledger {

/// After the first failure in a row at once, then 1, 2, 4 … 30 seconds.
inline Seconds retry_pause(int failures) {
  if (failures <= 1) return Seconds{0};
  return std::min(Seconds{1 << std::min(failures - 2, 5)}, Seconds{30});
}

}  // namespace duban::ledger
