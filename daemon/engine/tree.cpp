#include "engine/tree.h"

#include <algorithm>

#include "calendar/close_requests.h"
#include "calendar/occurrence.h"
#include "channel/registry.h"
#include "message/web_page.h"
#include "settings/report.h"

namespace duban::engine {
namespace {

void append(Diagnostics& all, Diagnostics more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// What only dates and templates show, for a plan whose files read well.
void diagnose_plan(plan::LoadedPlan& loaded, const message::Templates& shared,
                   const std::filesystem::path& templates) {
  if (!loaded.plan) return;
  append(loaded.diagnostics, calendar::diagnose(*loaded.plan));
  append(loaded.diagnostics, message::check_templates(*loaded.plan, shared, templates.string()));
  if (!has_errors(loaded.diagnostics)) {
    append(loaded.diagnostics, calendar::close_requests(*loaded.plan));
  }
  tell_in(loaded.language, loaded.diagnostics);
  sort_by_place(loaded.diagnostics);
  if (has_errors(loaded.diagnostics)) loaded.plan.reset();
}

// What its channel would not send to. The address is not repeated: it may be a credential.
void diagnose_addresses(plan::LoadedPlan& loaded, const settings::DaemonSettings& settings) {
  if (!loaded.plan) return;
  for (const auto& endpoint : loaded.plan->endpoints) {
    const auto* channel = settings.find_channel(endpoint.channel);
    if (channel == nullptr) continue;
    auto fault = channel::address_problem(*channel, endpoint.address);
    if (fault.empty()) continue;
    settings::error(loaded.diagnostics, endpoint.place, "bad-address",
                    both("渠道 {} 发不到这个地址:{}", "channel {} cannot send to this address: {}",
                         endpoint.channel, fault),
                    {"改地址,或换一个渠道", "change the address, or use another channel"});
  }
  tell_in(loaded.language, loaded.diagnostics);
  sort_by_place(loaded.diagnostics);
  if (has_errors(loaded.diagnostics)) loaded.plan.reset();
}

void read_plans(Tree& tree, const plan::LoadOptions& options) {
  auto loaded = plan::load(options);
  append(tree.diagnostics, std::move(loaded.diagnostics));
  tell_in(plan::common_language(loaded.plans), tree.diagnostics);
  tree.sources.merge(loaded.sources);
  tree.templates = std::move(loaded.templates);
  for (auto& one : loaded.plans) {
    diagnose_plan(one, tree.templates, options.templates);
    diagnose_addresses(one, *tree.settings);
    append(tree.diagnostics, one.diagnostics);
    tree.sources.insert(one.sources.begin(), one.sources.end());
    tree.plans.push_back(std::move(one));
  }
  sort_by_place(tree.diagnostics);
}

// Only where a plan has a document: with a broken form no draft could be written, so the plan is
// kept back as with any other mistake.
void diagnose_forms(Tree& tree) {
  Diagnostics found;
  auto forms = document::read_forms(tree.settings->templates / "documents", found);
  append(found, document::check_forms(forms));
  tell_in(plan::common_language(tree.plans), found);
  if (!has_errors(found)) {
    tree.forms = std::make_shared<const document::Forms>(std::move(forms));
    return;
  }
  bool wanted = false;
  for (auto& loaded : tree.plans) {
    bool writes = loaded.plan && std::ranges::any_of(loaded.plan->duties, [](const auto& duty) {
      return duty.document.has_value();
    });
    if (!writes) continue;
    wanted = true;
    loaded.plan.reset();
    append(loaded.diagnostics, found);
  }
  if (wanted) append(tree.diagnostics, std::move(found));
  sort_by_place(tree.diagnostics);
}

// Pages are a thing of duband.toml: a tree may lack their templates while they are off.
void diagnose_pages(Tree& tree) {
  if (!tree.settings->page) return;
  Diagnostics found;
  for (const auto& file : message::missing_web_templates(tree.templates)) {
    settings::error(found, tree.settings->page->place, "missing-template",
                    both("开了 [page],却没有模板 {}",
                         "[page] is on, but the template {} is missing", file),
                    both("把随程序带的那一份放回来,或去掉 [page]",
                         "put back the one that comes with duban, or remove [page]"));
  }
  tell_in(plan::common_language(tree.plans), found);
  append(tree.diagnostics, std::move(found));
  sort_by_place(tree.diagnostics);
}

std::map<std::string, plan::Window> windows_of(const settings::DaemonSettings& settings) {
  std::map<std::string, plan::Window> windows;
  for (const auto& channel : settings.channels) {
    plan::Window window{channel.hours, channel.quiet};
    if (!window.is_open_always()) windows[channel.id] = window;
  }
  return windows;
}

}  // namespace

Tongue language_at(const std::filesystem::path& config) {
  auto read = settings::load_settings(config);
  return plan::language_written_in(read.settings ? read.settings->plans
                                                 : config.parent_path() / "plans");
}

Tree read_tree(const std::filesystem::path& config) {
  Tree tree;
  auto read = settings::load_settings(config);
  append(tree.diagnostics, std::move(read.diagnostics));
  tree.sources[config.string()] = std::move(read.text);
  if (!read.settings) {
    tell_in(language_at(config), tree.diagnostics);
    return tree;
  }
  tree.settings = std::move(read.settings);
  const auto& settings = *tree.settings;
  append(tree.diagnostics, channel::diagnose(settings));
  read_plans(tree, {.plans = settings.plans,
                    .calendars = settings.calendars,
                    .templates = settings.templates,
                    .channels = settings.channel_ids(),
                    .chats = channel::chats(settings),
                    .windows = windows_of(settings)});
  diagnose_pages(tree);
  diagnose_forms(tree);
  return tree;
}

Tree read_tree_from(const settings::DaemonSettings& settings, const std::filesystem::path& plans,
                    const std::filesystem::path& calendars,
                    const std::filesystem::path& templates) {
  return read_tree_from(settings, settings.channel_ids(), plans, calendars, templates);
}

Tree read_tree_from(const settings::DaemonSettings& settings, std::vector<std::string> channels,
                    const std::filesystem::path& plans, const std::filesystem::path& calendars,
                    const std::filesystem::path& templates) {
  Tree tree;
  tree.settings = settings;
  read_plans(tree, {.plans = plans,
                    .calendars = calendars,
                    .templates = templates,
                    .channels = std::move(channels),
                    .chats = channel::chats(settings),
                    .windows = windows_of(settings)});
  return tree;
}

}  // namespace duban::engine
