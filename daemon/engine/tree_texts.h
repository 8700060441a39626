#pragma once
// The texts that make a tree's plans, by their paths within it, and their hash: what `diff` shows
// and `reload --if` compares. duband.toml and the private contacts are no part of them.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "engine/tree.h"

namespace duban::engine {

/// `plans/<id>/plan.toml`, `plans/<id>/remind.mustache`, `calendars/cn.toml`,
/// `templates/notice.mustache`, wherever duband.toml has these folders.
using Texts = std::map<std::string, std::string>;

/// Those that were read, also of plans that have errors.
Texts texts_of(const Tree& tree);
/// What one plan is made of: its own, every work calendar and every shared template.
Texts texts_of_plan(const Texts& texts, std::string_view plan);

/// SHA-256 over paths and texts, 64 hexadecimal digits.
std::string hash_of(const Texts& texts);
/// How many digits of it are shown and must be given at least.
inline constexpr std::size_t shown_hash_digits = 12;
/// `given` is a beginning of `hash`, and long enough.
bool is_hash(std::string_view hash, std::string_view given);

/// A plan's id as a folder's name that cannot lead elsewhere; whether it is a good id the loader
/// says.
bool is_plan_folder(std::string_view id);
/// A path that texts_of could have made for this plan: nothing else may come from outside.
bool is_text_path(std::string_view path, std::string_view plan);

/// The plan's private contacts as they are on the disk, as a digest; empty when there are none.
std::string private_digest(const std::filesystem::path& plans, const std::string& plan);

}  // namespace duban::engine
