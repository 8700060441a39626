#pragma once
// Which of several problems is looked at first. Pure.

#include <string_view>

namespace duban::engine {

/// The lower the sooner, by Problem::code: what keeps every notice back, then what keeps some back,
/// then what can wait for the working day. A code that is not known stands in the middle.
int urgency(std::string_view code);

}  // namespace duban::engine
