#pragma once
// An explanation on a page: for people in words, for programs as JSON.

#include <string>

#include "base/tongue.h"
#include "engine/explain.h"

namespace duban::control {

/// Lines that end in a newline.
std::string explain_text(const engine::Page& page, Tongue tongue);

/// {"explanation":{…},"text":…}: the page, and what it reads as in the language asked for.
std::string explain_document(const engine::Page& page, const std::string& text);

}  // namespace duban::control
