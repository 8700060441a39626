#pragma once
// The closed sets in Chinese, as an office reads them.

#include <string>
#include <string_view>

namespace duban::control {

/// `提醒` for `remind -3wd 09:00`.
std::string stage_words(std::string_view stage_key);
/// A notice state or an agenda state; an attempt's outcome; an audience; an item's kind.
std::string state_words(std::string_view state);
std::string outcome_words(std::string_view outcome);
std::string audience_words(std::string_view audience);
std::string kind_words(std::string_view kind);

}  // namespace duban::control
