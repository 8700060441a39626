#pragma once
// The texts of an edited plan as they come over the socket: hostile until they have been parsed
// here. Pure.

#include <string_view>

#include "control/names.h"

namespace duban::control {

/// {"plan": id, "texts": {path: text}, "channels": [id]}; paths by engine::is_text_path.
Found<engine::Edited> parse_edited_request(std::string_view body);

}  // namespace duban::control
