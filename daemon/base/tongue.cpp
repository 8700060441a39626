#include "base/tongue.h"

namespace duban {

std::optional<Tongue> tongue_of(std::string_view word) {
  if (word == "zh") return Tongue::chinese;
  if (word == "en") return Tongue::english;
  return std::nullopt;
}

}  // namespace duban
