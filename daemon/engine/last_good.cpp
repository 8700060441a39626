#include "engine/last_good.h"

#include <algorithm>
#include <fmt/format.h>
#include <sstream>
#include <system_error>

#include "base/limits.h"
#include "engine/kept_texts.h"
#include "engine/written_texts.h"
#include "settings/text_file.h"

namespace duban::engine {
namespace {

namespace fs = std::filesystem;

constexpr auto list_file = "last-good.txt";

Texts shared_templates(const Texts& texts) {
  Texts shared;
  for (const auto& [path, text] : texts) {
    constexpr std::string_view folder = "templates/";
    if (path.starts_with(folder)) shared[path.substr(folder.size())] = text;
  }
  return shared;
}

}  // namespace

LastGood::LastGood(fs::path state) : state_(std::move(state)) {
  Diagnostics none_kept;
  auto path = state_ / list_file;
  auto text = settings::read_text_file(path, path.string(), limits::last_good_bytes, none_kept);
  std::istringstream lines{text.value_or("")};
  std::string plan;
  Named named;
  while (lines >> plan >> named.digest >> named.templates) {
    if (is_plan_folder(plan)) named_[plan] = named;
  }
}

fs::path LastGood::templates_folder(const std::string& hash) const {
  return state_ / "templates" / hash;
}

void LastGood::forget_unnamed_templates() const {
  std::error_code stays_for_the_next;
  for (const auto& entry : fs::directory_iterator{state_ / "templates", stays_for_the_next}) {
    auto hash = entry.path().filename().string();
    bool is_named = std::ranges::any_of(
        named_, [&](const auto& each) { return each.second.templates == hash; });
    if (!is_named) fs::remove_all(entry.path(), stays_for_the_next);
  }
}

std::string LastGood::write() const {
  std::string lines;
  for (const auto& [plan, named] : named_) {
    lines += fmt::format("{} {} {}\n", plan, named.digest, named.templates);
  }
  auto failed = replace_text(state_ / list_file, lines);
  if (!failed) forget_unnamed_templates();
  return failed ? "cannot write the list of last good texts: " + failed.message() : std::string{};
}

std::string LastGood::keep(const Tree& tree, const Texts& texts,
                           std::span<const plan::Plan* const> plans) {
  auto shared = shared_templates(texts);
  auto hash = hash_of(shared);
  if (std::error_code unknown; !fs::exists(templates_folder(hash), unknown)) {
    auto fresh = templates_folder(hash + ".new");
    auto failed = write_texts(fresh, shared);
    if (!failed) failed = sync_disk_of(state_);
    if (!failed) fs::rename(fresh, templates_folder(hash), failed);
    if (failed) return "cannot keep the shared templates: " + failed.message();
  }
  auto failures = keep_texts(state_, tree, texts, plans);
  auto before = named_;
  for (const auto* plan : plans) {
    std::error_code unknown;
    bool kept = fs::exists(kept_text_folder(state_, plan->id, plan->digest), unknown);
    if (kept) named_[plan->id] = {plan->digest, hash};
  }
  return named_ == before ? failures : failures + write();
}

std::string LastGood::forget(const std::string& plan) {
  return named_.erase(plan) > 0 ? write() : std::string{};
}

std::vector<std::string> LastGood::plans() const {
  std::vector<std::string> ids;
  for (const auto& [id, named] : named_) ids.push_back(id);
  return ids;
}

std::shared_ptr<const plan::Plan> LastGood::read(const settings::DaemonSettings& settings,
                                                 const std::string& plan,
                                                 message::Templates& templates) const {
  auto named = named_.find(plan);
  if (named == named_.end()) return nullptr;
  auto kept = kept_text_folder(state_, plan, named->second.digest);
  auto tree = read_tree_from(settings, kept / "plans", kept / "calendars",
                             templates_folder(named->second.templates));
  auto found = std::ranges::find(tree.plans, plan, &plan::LoadedPlan::id);
  if (found == tree.plans.end() || !found->plan) return nullptr;
  templates = std::move(tree.templates);
  return found->plan;
}

}  // namespace duban::engine
