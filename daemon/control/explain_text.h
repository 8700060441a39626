#pragma once
// An explanation on a page: for people in words, for programs as JSON.

#include <optional>
#include <string>
#include <string_view>

#include "engine/explain.h"

namespace duban::control {

enum class Tongue { chinese, english };
/// `zh`, `en`; nothing for anything else.
std::optional<Tongue> tongue_of(std::string_view word);

/// Lines that end in a newline.
std::string explain_text(const engine::Page& page, Tongue tongue);

/// {"explanation":{…},"text":…}: the page, and what it reads as in the language asked for.
std::string explain_document(const engine::Page& page, const std::string& text);

}  // namespace duban::control
