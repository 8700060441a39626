#pragma once
// Where a secret is kept. Files that people edit and share name the place, never the secret (I8).

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/bilingual.h"
#include "base/secret.h"
#include "settings/section.h"

namespace duban::settings {

/// `{ credential = "smtp" }` (systemd's credentials folder), `{ file = "…" }` or `{ env = "…" }`.
struct SecretRef {
  enum class Kind { credential, file, env };
  Kind kind = Kind::file;
  /// The credential's or variable's name, or the file's path.
  std::string name;
  Place place;
};

/// Reads a reference; a secret written as a value is an error that does not repeat it. Relative
/// files count from `folder`.
std::optional<SecretRef> read_secret(Section& section, std::string_view key,
                                     const std::filesystem::path& folder);
/// A list of one or two of them (rotation), or one alone.
std::vector<SecretRef> read_secrets(Section& section, std::string_view key,
                                    const std::filesystem::path& folder);

/// Reads the secret now: at most limits::secret_bytes, without the line end an editor adds. The
/// error names the place, never the content. Blocks on the file; no thread of its own.
std::expected<Secret, Bilingual> resolve(const SecretRef& secret);

}  // namespace duban::settings
