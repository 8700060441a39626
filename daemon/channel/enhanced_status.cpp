#include "channel/enhanced_status.h"

namespace duban::channel {

std::string_view enhanced_status(std::string_view text) {
  if (text.size() < 5 || text[0] < '2' || text[0] > '5' || text[1] != '.') return {};
  auto rest = text.substr(2);
  return rest.substr(0, rest.find_first_not_of("0123456789."));
}

bool names_bad_address(std::string_view text) {
  auto code = enhanced_status(text);
  return code == "1.1" || code == "1.2" || code == "1.3" || code == "1.6" || code == "1.10";
}

bool names_expiry(std::string_view text) { return enhanced_status(text) == "4.7"; }

}  // namespace duban::channel
