#pragma once
// The whole tree of files as one reading: settings, plans, templates, and every mistake in them.
// `check` prints it; the daemon starts from it.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "document/forms.h"
#include "message/render.h"
#include "plan/load.h"
#include "settings/daemon_settings.h"

namespace duban::engine {

struct Tree {
  /// Absent when duband.toml has an error.
  std::optional<settings::DaemonSettings> settings;
  std::vector<plan::LoadedPlan> plans;
  message::Templates templates;
  /// The forms of documents; null where there is a mistake in them (or none were looked for: a tree
  /// of texts has none).
  std::shared_ptr<const document::Forms> forms;
  /// Of every file, by place: each folder's own diagnosis joined.
  Diagnostics diagnostics;
  /// Texts by shown path, for the excerpts under carets.
  plan::Sources sources;
};

/// Reads duband.toml and everything it names. A plan with an error has no value.
Tree read_tree(const std::filesystem::path& config);

/// In which what is wrong is told before the plans are read, or where they cannot be.
Tongue language_at(const std::filesystem::path& config);

/// The same plans read from another place: the last texts that checked (see last_good.h).
Tree read_tree_from(const settings::DaemonSettings& settings,
                    const std::filesystem::path& plans, const std::filesystem::path& calendars,
                    const std::filesystem::path& templates);
/// And with other channels than the settings name.
Tree read_tree_from(const settings::DaemonSettings& settings, std::vector<std::string> channels,
                    const std::filesystem::path& plans, const std::filesystem::path& calendars,
                    const std::filesystem::path& templates);

}  // namespace duban::engine
