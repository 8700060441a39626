#pragma once
// A silence as people ask for it, hostile until parsed here, made a fact. Pure.

#include <string>
#include <string_view>

#include "control/requests.h"

namespace duban::control {

/// {"plan","unit","duty","stage","from","until","why"}: words as typed; at least one of unit and
/// duty, until and why. `from` left out is now.
Found<Facts> make_silence(std::string_view body, std::span<const engine::PlanRun* const> plans,
                          Instant now, const std::string& by);

}  // namespace duban::control
