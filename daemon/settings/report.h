#pragma once
// Short words for writing diagnostics: one call per mistake, with a mend that names what was meant.

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace duban::settings {

/// `code` is the stable word, `message` what is wrong, `mend` how to put it right (may be empty).
void error(Diagnostics& out, const Place& place, std::string_view code, Bilingual message,
           Bilingual mend = {});
void warning(Diagnostics& out, const Place& place, std::string_view code, Bilingual message,
             Bilingual mend = {});

/// `是不是“edu”?`, `did you mean “edu”?` when a candidate is near; else the candidates themselves
/// when they are few; else empty.
Bilingual suggest(std::string_view word, const std::vector<std::string>& candidates);
/// `“word”`, cut where it is long, so that one message stays one line.
std::string in_quotes(std::string_view word);
/// The same without the quotes.
std::string shortened(std::string_view word);
/// `a、b、c`; `a, b, c`.
Bilingual listed(const std::vector<std::string>& words);

}  // namespace duban::settings
