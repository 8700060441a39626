#include "engine/kept_texts.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/limits.h"
#include "settings/text_file.h"

namespace duban::engine {
namespace {

namespace fs = std::filesystem;

// The channels that the addresses were checked against stand beside the text: duband.toml may have
// others by the time it is read again.
constexpr auto channels_file = "channels";

fs::path folder_of(const fs::path& state, const std::string& plan) {
  return state / "texts" / plan;
}

// `sha256:ab…` without what a file name does not like.
std::string name_of(std::string digest) {
  std::ranges::replace(digest, ':', '-');
  return digest;
}

std::error_code last_error() { return {errno, std::generic_category()}; }

std::error_code write_synced(const fs::path& path, const std::string& text) {
  std::error_code failed;
  fs::create_directories(path.parent_path(), failed);
  if (failed) return failed;
  int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
  if (file < 0) return last_error();
  std::string_view left{text};
  while (!left.empty() && !failed) {
    auto written = ::write(file, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      failed = last_error();
    } else {
      left.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  if (!failed && ::fsync(file) != 0) failed = last_error();
  ::close(file);
  return failed;
}

// Where a file that was read stands in the kept folder; empty: it is no part of the text.
fs::path place_of(const fs::path& read_from, const settings::DaemonSettings& settings,
                  const std::string& plan) {
  auto inside = [&](const fs::path& folder) {
    auto relative = read_from.lexically_relative(folder.lexically_normal());
    bool within = !relative.empty() && *relative.begin() != "..";
    return within ? relative : fs::path{};
  };
  auto own = inside(settings.plans / plan);
  if (!own.empty()) return fs::path{"plans"} / plan / own;
  auto calendar = inside(settings.calendars);
  if (!calendar.empty()) return fs::path{"calendars"} / calendar;
  return {};
}

std::error_code write_all(const fs::path& folder, const Tree& tree, const std::string& plan) {
  const auto& settings = *tree.settings;
  for (const auto& [path, text] : tree.sources) {
    auto place = place_of(path, settings, plan);
    if (place.empty()) continue;
    if (auto failed = write_synced(folder / place, text)) return failed;
  }
  std::string channels;
  for (const auto& id : settings.channel_ids()) channels += id + '\n';
  return write_synced(folder / channels_file, channels);
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

std::string keep_text(const fs::path& state, const Tree& tree, const plan::Plan& plan) {
  auto folder = folder_of(state, plan.id);
  auto kept = folder / name_of(plan.digest);
  std::error_code failed;
  if (fs::exists(kept, failed)) {
    // In force again: touched, so that it is among those that stay.
    ::utimensat(AT_FDCWD, kept.c_str(), nullptr, 0);
    return {};
  }
  auto fresh = kept;
  fresh += ".new";
  fs::remove_all(fresh, failed);
  failed = write_all(fresh, tree, plan.id);
  if (!failed) fs::rename(fresh, kept, failed);
  if (failed) return "cannot keep the text " + plan.digest + ": " + failed.message();
  forget_oldest(folder);
  return {};
}

std::optional<Text> read_kept_text(const fs::path& state, const std::string& plan,
                                   const std::string& digest) {
  auto root = folder_of(state, plan) / name_of(digest);
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
