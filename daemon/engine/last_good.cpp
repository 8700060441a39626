#include "engine/last_good.h"

#include <algorithm>
#include <system_error>

#include "engine/kept_texts.h"
#include "engine/tree_texts.h"

namespace duban::engine {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& state, const std::string& plan) {
  return state / "last-good" / plan;
}

void copy_tree(const fs::path& from, const fs::path& to, std::error_code& failed) {
  fs::create_directories(to, failed);
  if (failed || !fs::exists(from)) return;
  fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::overwrite_existing, failed);
}

}  // namespace

std::string keep_last_good(const fs::path& state, const Tree& tree, const std::string& plan) {
  const auto& settings = *tree.settings;
  auto kept = folder_of(state, plan);
  auto fresh = kept;
  fresh += ".new";
  std::error_code failed;
  fs::remove_all(fresh, failed);
  copy_tree(settings.plans / plan, fresh / "plans" / plan, failed);
  if (!failed) copy_tree(settings.calendars, fresh / "calendars", failed);
  if (!failed) copy_tree(settings.templates, fresh / "templates", failed);
  // Personal numbers are not kept a second time: they must be erasable in one place.
  fs::remove(fresh / "plans" / plan / "contacts.private.toml");
  if (failed) return "cannot keep the last good text of " + plan + ": " + failed.message();
  auto old = kept;
  old += ".old";
  fs::remove_all(old, failed);
  if (fs::exists(kept)) fs::rename(kept, old, failed);
  fs::rename(fresh, kept, failed);
  if (failed) return "cannot keep the last good text of " + plan + ": " + failed.message();
  fs::remove_all(old, failed);
  auto loaded = std::ranges::find(tree.plans, plan, &plan::LoadedPlan::id);
  bool read = loaded != tree.plans.end() && loaded->plan;
  return read ? keep_text(state, tree, *loaded->plan) : std::string{};
}

std::vector<std::string> kept_plans(const fs::path& state) {
  std::vector<std::string> plans;
  std::error_code none_kept;
  for (const auto& entry : fs::directory_iterator{state / "last-good", none_kept}) {
    auto name = entry.path().filename().string();
    if (name.ends_with(".new")) continue;
    if (name.ends_with(".old")) name.erase(name.size() - 4);
    if (is_plan_folder(name)) plans.push_back(std::move(name));
  }
  std::ranges::sort(plans);
  plans.erase(std::ranges::unique(plans).begin(), plans.end());
  return plans;
}

void forget_last_good(const fs::path& state, const std::string& plan) {
  auto kept = folder_of(state, plan);
  for (const auto* suffix : {"", ".old", ".new"}) {
    auto path = kept;
    path += suffix;
    std::error_code stays_for_the_next;
    fs::remove_all(path, stays_for_the_next);
  }
}

std::shared_ptr<const plan::Plan> read_last_good(const settings::DaemonSettings& settings,
                                                 const std::string& plan,
                                                 message::Templates& templates) {
  auto kept = folder_of(settings.state, plan);
  if (!fs::exists(kept)) kept += ".old";
  if (!fs::exists(kept)) return nullptr;
  auto tree = read_tree_from(settings, kept / "plans", kept / "calendars", kept / "templates");
  auto found = std::ranges::find(tree.plans, plan, &plan::LoadedPlan::id);
  if (found == tree.plans.end() || !found->plan) return nullptr;
  templates = std::move(tree.templates);
  return found->plan;
}

}  // namespace duban::engine
