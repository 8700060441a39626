#include "engine/tree_texts.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/digest.h"
#include "base/limits.h"
#include "settings/text_file.h"

namespace duban::engine {
namespace {

namespace fs = std::filesystem;

struct Folder {
  std::string_view name;
  fs::path settings::DaemonSettings::* place;
  /// How deep its files lie.
  std::ptrdiff_t depth;
};
constexpr std::array folders{Folder{"calendars", &settings::DaemonSettings::calendars, 1},
                             Folder{"templates", &settings::DaemonSettings::templates, 1},
                             Folder{"plans", &settings::DaemonSettings::plans, 2}};

// The path within the tree of a file that diagnostics show as `shown`; empty: none of these.
std::string path_within(const settings::DaemonSettings& settings, const fs::path& shown) {
  for (const auto& folder : folders) {
    auto inside = shown.lexically_relative((settings.*folder.place).lexically_normal());
    bool below = !inside.empty() && *inside.begin() != ".." &&
                 std::distance(inside.begin(), inside.end()) == folder.depth;
    if (below) return (fs::path{folder.name} / inside).generic_string();
  }
  return {};
}

bool is_file_name(std::string_view name) {
  bool sane = !name.empty() && name.size() <= limits::file_name_bytes && name.front() != '.';
  return sane && std::ranges::none_of(name, [](char c) {
    return c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
  });
}

bool is_plan_file(std::string_view name) {
  return name == "plan.toml" || name == "units.toml" || name == "tasks.toml" ||
         name.ends_with(".mustache");
}

}  // namespace

Texts texts_of(const Tree& tree) {
  Texts texts;
  if (!tree.settings) return texts;
  for (const auto& [shown, text] : tree.sources) {
    auto path = path_within(*tree.settings, shown);
    if (!path.empty()) texts[path] = text;
  }
  return texts;
}

Texts texts_of_plan(const Texts& texts, std::string_view plan) {
  // A tree may hold a thousand plans: the others are passed over as a whole.
  auto own = fmt::format("plans/{}/", plan);
  Texts chosen(texts.begin(), texts.lower_bound("plans/"));
  for (auto each = texts.lower_bound(own); each != texts.end() && each->first.starts_with(own);
       ++each) {
    chosen.insert(*each);
  }
  constexpr auto after_plans = "plans0";  // '0' follows '/'
  chosen.insert(texts.lower_bound(after_plans), texts.end());
  return chosen;
}

std::string hash_of(const Texts& texts) {
  std::string all;
  for (const auto& [path, text] : texts) {
    all += fmt::format("{} {}\n{}\n", path, text.size(), text);
  }
  auto named = named_digest(sha256(all));
  return named.substr(named.find(':') + 1);
}

bool is_hash(std::string_view hash, std::string_view given) {
  return given.size() >= shown_hash_digits && hash.starts_with(given);
}

bool is_plan_folder(std::string_view id) { return is_file_name(id); }

bool is_text_path(std::string_view path, std::string_view plan) {
  auto own = fmt::format("plans/{}/", plan);
  auto rest = [&](std::string_view folder) { return path.substr(folder.size()); };
  if (path.starts_with(own)) return is_file_name(rest(own)) && is_plan_file(rest(own));
  if (path.starts_with("calendars/")) {
    return is_file_name(rest("calendars/")) && path.ends_with(".toml");
  }
  if (path.starts_with("templates/")) {
    return is_file_name(rest("templates/")) && path.ends_with(".mustache");
  }
  return false;
}

std::string private_digest(const fs::path& plans, const std::string& plan) {
  auto file = plans / plan / "contacts.private.toml";
  Diagnostics unread;  // the loader says so
  auto text = settings::read_text_file(file, file.string(), limits::plan_file_bytes, unread);
  return text ? named_digest(sha256(*text)) : std::string{};
}

}  // namespace duban::engine
