#pragma once
// Every text of a plan that came into force, kept in the state folder by its digest, so that
// `explain` can cite a line as it was: state/texts/<plan>/<digest>/.

#include <filesystem>
#include <optional>
#include <string>

#include "engine/tree.h"

namespace duban::engine {

/// Keeps the text that `tree` was read as: the plan's own files and work calendars, whole or not at
/// all. contacts.private.toml is not among them. At most limits::kept_texts of a plan stay, the
/// ones that came into force last. A text that is there already costs nothing. The error is for the
/// log.
std::string keep_text(const std::filesystem::path& state, const Tree& tree,
                      const plan::Plan& plan);

/// A text of a plan with what its files said.
struct Text {
  std::shared_ptr<const plan::Plan> plan;
  /// By the path that the plan's places name.
  plan::Sources sources;
  /// The folder of plans in those paths.
  std::filesystem::path plans;
};

/// Nothing when it was not kept, or does not check any more.
std::optional<Text> read_kept_text(const std::filesystem::path& state, const std::string& plan,
                                   const std::string& digest);

}  // namespace duban::engine
