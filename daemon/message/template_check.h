#pragma once
// Mustache texts that stand as values in a file of settings, held against the names they may use.
// Pure. (Templates that are files: check_templates in render.h.)

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "message/view_names.h"

namespace duban::message {

/// Everything wrong with a text, reported at `place`: unknown names (with did-you-mean), tags and
/// sections that do not close, partials.
Diagnostics check_template_text(const std::string& text, const std::vector<Name>& names,
                                const Place& place);

}  // namespace duban::message
