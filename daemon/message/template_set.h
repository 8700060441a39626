#pragma once
// Which of the shared templates a plan sees: those of its language and the frames of pages.
// `notice.mustache` is Chinese, `notice.en.mustache` the same in English; what ends in
// `.html.mustache` serves both.

#include <string>
#include <string_view>

#include "base/tongue.h"

namespace duban::message {

/// The name by which a plan in that language knows a shared file (`notice.mustache` for
/// `notice.en.mustache`); empty where it does not see it.
std::string known_as(std::string_view file, Tongue language);
/// The file that holds what a plan in that language knows by that name.
std::string file_of(std::string_view name, Tongue language);

}  // namespace duban::message
