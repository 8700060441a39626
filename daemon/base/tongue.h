#pragma once
// The languages that duban speaks to people.

#include <optional>
#include <string_view>

namespace duban {

enum class Tongue { chinese, english };

/// `zh`, `en` (the subtags of BCP 47); nothing for anything else.
std::optional<Tongue> tongue_of(std::string_view word);

}  // namespace duban
