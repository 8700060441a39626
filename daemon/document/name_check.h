#pragma once
// Names in a form that its view does not have: what renders would say nothing of them.

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "message/view_names.h"

namespace duban::document {

/// `text` has its partials in place; `path` is what diagnostics show. Unknown names come with the
/// one that was probably meant, sections that do not close with where they should.
Diagnostics check_names(std::string_view text, const std::vector<message::Name>& names,
                        const std::string& path);

}  // namespace duban::document
