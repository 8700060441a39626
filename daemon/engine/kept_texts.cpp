#include "engine/kept_texts.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <system_error>

#include "base/limits.h"
#include "engine/written_texts.h"
#include "settings/text_file.h"

namespace duban::engine {
namespace {

namespace fs = std::filesystem;

// The channels that the addresses were checked against stand beside the text: duband.toml may have
// others by the time it is read again.
constexpr auto channels_file = "channels";

// `sha256:ab…` without what a file name does not like.
std::string name_of(std::string digest) {
  std::ranges::replace(digest, ':', '-');
  return digest;
}

// The plan's own files and the work calendars: its templates too, the shared ones not.
Texts text_of(const Texts& texts, const std::string& plan) {
  auto all = texts_of_plan(texts, plan);
  std::erase_if(all, [](const auto& each) { return each.first.starts_with("templates/"); });
  return all;
}

std::string channel_lines(const settings::DaemonSettings& settings) {
  std::string lines;
  for (const auto& id : settings.channel_ids()) lines += id + '\n';
  return lines;
}

// Beside where it will stand: the text is there whole, or not at all.
fs::path fresh_of(fs::path kept) { return kept += ".new"; }

std::error_code write_fresh(const fs::path& kept, Texts text, const std::string& channels) {
  std::error_code failed;
  fs::remove_all(fresh_of(kept), failed);
  text[channels_file] = channels;
  return write_texts(fresh_of(kept), text);
}

void forget_oldest(const fs::path& folder) {
  std::error_code failed;
  std::vector<std::pair<fs::file_time_type, fs::path>> kept;
  for (fs::directory_iterator each(folder, failed), end; !failed && each != end;
       each.increment(failed)) {
    auto since = fs::last_write_time(each->path(), failed);
    if (!failed) kept.emplace_back(since, each->path());
  }
  if (kept.size() <= limits::kept_texts) return;
  std::ranges::sort(kept);
  kept.resize(kept.size() - limits::kept_texts);
  for (const auto& [since, path] : kept) fs::remove_all(path, failed);
}

std::vector<std::string> channels_in(const fs::path& folder) {
  Diagnostics unread;
  auto path = folder / channels_file;
  auto text = settings::read_text_file(path, path.string(), limits::settings_bytes, unread);
  std::vector<std::string> ids;
  std::string_view left = text ? std::string_view{*text} : std::string_view{};
  while (!left.empty()) {
    auto end = left.find('\n');
    ids.emplace_back(left.substr(0, end));
    left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
  }
  return ids;
}

}  // namespace

std::string keep_texts(const fs::path& state, const Tree& tree, const Texts& texts,
                       std::span<const plan::Plan* const> plans) {
  std::string failures;
  auto note = [&](const fs::path& kept, const std::error_code& failed) {
    if (!failed) return false;
    failures += "cannot keep the text " + kept.string() + ": " + failed.message() + '\n';
    return true;
  };
  std::vector<fs::path> fresh;
  auto channels = channel_lines(*tree.settings);
  for (const auto* plan : plans) {
    auto kept = kept_text_folder(state, plan->id, plan->digest);
    std::error_code unknown;
    if (fs::exists(kept, unknown)) {
      // In force again: touched, so that it is among those that stay.
      ::utimensat(AT_FDCWD, kept.c_str(), nullptr, 0);
      continue;
    }
    auto failed = write_fresh(kept, text_of(texts, plan->id), channels);
    if (!note(kept, failed)) fresh.push_back(std::move(kept));
  }
  if (fresh.empty()) return failures;
  if (note(state, sync_disk_of(state))) return failures;
  for (const auto& kept : fresh) {
    std::error_code failed;
    fs::rename(fresh_of(kept), kept, failed);
    note(kept, failed);
    forget_oldest(kept.parent_path());
  }
  return failures;
}

fs::path kept_text_folder(const fs::path& state, const std::string& plan,
                          const std::string& digest) {
  return state / "texts" / plan / name_of(digest);
}

std::optional<Text> read_kept_text(const fs::path& state, const std::string& plan,
                                   const std::string& digest) {
  auto root = kept_text_folder(state, plan, digest);
  std::error_code failed;
  if (digest.empty() || !fs::is_directory(root, failed)) return std::nullopt;
  auto loaded = plan::load({.plans = root / "plans",
                            .calendars = root / "calendars",
                            .templates = root / "templates",
                            .channels = channels_in(root)});
  auto found = std::ranges::find(loaded.plans, plan, &plan::LoadedPlan::id);
  if (found == loaded.plans.end() || !found->plan) return std::nullopt;
  Text text{.plan = found->plan, .sources = std::move(found->sources), .plans = root / "plans"};
  return text;
}

}  // namespace duban::engine
