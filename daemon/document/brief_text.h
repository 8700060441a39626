#pragma once
// Texts of units as a document of two pages has room for them.

#include <cstddef>
#include <string>
#include <string_view>

namespace duban::document {

/// 二、有变化的进展: so many characters of each.
inline constexpr std::size_t brief_characters = 80;

/// One line of at most `characters`, cut after a sentence or part of one, and then ending in …:
/// that something was left out shows. Without the full stop at its end.
std::string brief_text(std::string_view text, std::size_t characters = brief_characters);

}  // namespace duban::document
