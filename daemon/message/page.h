#pragma once
// The same message as a page: the text, line by line, for page.html.mustache.

#include <string>
#include <string_view>
#include <vector>

#include "base/tongue.h"
#include "message/view.h"

namespace duban::message {

/// `strong` are the words that stand out (the dates asked for). What the lines are is read from how
/// they begin: `· ` and `1. ` are entries, `dubanctl` commands, what follows `————` is small print,
/// a line that is one address and a colon is a heading.
PageView page_of(const std::string& subject, std::string_view text,
                 const std::vector<std::string>& strong, Tongue language = Tongue::chinese);

}  // namespace duban::message
