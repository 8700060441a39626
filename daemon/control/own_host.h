#pragma once
// Under which name a local listener is asked. Pure.

#include <string_view>

namespace duban::control {

/// A Host header without its port.
std::string_view without_port(std::string_view host);
/// Names are the same in small and capital letters.
bool is_same_name(std::string_view one, std::string_view other);
/// This machine's own: 127.0.0.1, localhost, [::1].
bool is_own_host(std::string_view host);

}  // namespace duban::control
