#include "control/own_host.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace duban::control {

std::string_view without_port(std::string_view host) {
  auto colon = host.rfind(':');
  auto bracket = host.rfind(']');
  bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  return has_port ? host.substr(0, colon) : host;
}

bool is_same_name(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, {}, small_letter, small_letter);
}

bool is_own_host(std::string_view host) {
  constexpr std::array own{std::string_view{"127.0.0.1"}, std::string_view{"localhost"},
                           std::string_view{"[::1]"}};
  auto name = without_port(host);
  return std::ranges::any_of(own, [&](auto known) { return is_same_name(name, known); });
}

}  // namespace duban::control
