#pragma once
// Every text of a plan that came into force, kept in the state folder by its digest, so that
// `explain` can cite a line as it was: state/texts/<plan>/<digest>/.

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "engine/tree_texts.h"

namespace duban::engine {

/// Keeps what plans of a tree were read from: each plan's own files and the work calendars, whole
/// or not at all, on the disk when this returns. contacts.private.toml is not among them. At most
/// limits::kept_texts of a plan stay, the ones that came into force last. A text that is there
/// already costs nothing. The error is for the log; the other plans' texts are kept.
std::string keep_texts(const std::filesystem::path& state, const Tree& tree, const Texts& texts,
                       std::span<const plan::Plan* const> plans);

/// Where a plan's text is kept, and whether it is.
std::filesystem::path kept_text_folder(const std::filesystem::path& state,
                                       const std::string& plan, const std::string& digest);

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
