#pragma once
// The templates of config/, read once.

#include <stdexcept>

#include "message/template_expand.h"
#include "plan/templates_file.h"

namespace duban::fuzz {

inline const message::Templates& shipped_templates() {
  static const message::Templates shipped = [] {
    Diagnostics wrong;
    plan::Sources sources;
    auto read = plan::read_templates(DUBAN_SOURCE_DIR "/config/templates", wrong, sources);
    if (read.empty() || has_errors(wrong)) throw std::runtime_error{"no shipped templates"};
    return read;
  }();
  return shipped;
}

}  // namespace duban::fuzz
