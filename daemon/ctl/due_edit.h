#pragma once
// One due date in a plan's file, changed where it stands: every other byte, comments above all,
// stays.

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "engine/engine.h"

namespace duban::ctl {

struct DueEdit {
  /// The whole text after the edit.
  std::string text;
  unsigned line = 0;
  /// That line, without its end.
  std::string before, after;
};

/// The edit of a duty's (a milestone's, an action's) `due`; nothing when the text has no entry of
/// that id. Refused where the value cannot be changed in place. `text` may have CRLF and a byte
/// order mark.
std::expected<std::optional<DueEdit>, engine::Refusal> edit_due(const std::string& text,
                                                                std::string_view id,
                                                                std::string_view due);

/// The words of a due date as a plan's file has them: `2022-03-29 17:00` loses its year when it is
/// the plan's. Anything that `due` may be passes as it is.
std::expected<std::string, engine::Refusal> due_as_written(std::string_view typed, int year);

}  // namespace duban::ctl
