// `diff`: an edit shown as its effect, before anything applies. The daemon works it out for what it
// runs and has recorded; two trees are compared here.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <set>

#include "control/effect_document.h"
#include "ctl/client.h"
#include "ctl/diff_screen.h"
#include "ctl/json_reading.h"
#include "ctl/plan_files.h"
#include "ctl/words.h"
#include "engine/tree_texts.h"
#include "plan/templates_file.h"

namespace duban::ctl {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

// What is shown at last.
struct Shown {
  /// Effects, one for each plan that differs.
  json::array plans;
  /// Of the edited files.
  std::string hash;
  /// The one plan that was asked about, or empty.
  std::string plan;
  /// Plans whose files differ too, and were not asked about.
  std::vector<std::string> others;
  /// The hash means something to the daemon that runs.
  bool can_reload = false;
};

Command about(const Command& command, const fs::path& tree) {
  auto own = command;
  own.config = fs::is_directory(tree) ? tree / "duband.toml" : tree;
  return own;
}

bool differs(const json::object& effect) { return !objects_in(effect, "changes").empty(); }

std::string command_words(const Shown& shown) {
  auto digits = shown.hash.substr(0, engine::shown_hash_digits);
  if (!shown.can_reload) return "改后文件的校验码 " + digits;
  if (shown.plan.empty()) return "生效:dubanctl reload --if " + digits;
  auto line = fmt::format("生效:dubanctl reload --plan {} --if {}", shown.plan, digits);
  if (shown.others.empty()) return line;
  return fmt::format("{} 的文件也改了,这条命令不动。{}", few_of(shown.others, 3, "个方案"), line);
}

int print(const Shown& shown, const Command& command, Console& console) {
  bool any = std::ranges::any_of(shown.plans,
                                 [](const auto& one) { return differs(one.as_object()); });
  if (command.json) {
    console.out << json::serialize(json::object{
        {"plans", shown.plans},
        {"hash", shown.hash},
        {"others", json::array(shown.others.begin(), shown.others.end())}}) << '\n';
    return any ? wrong : well;
  }
  std::vector<std::string> counts;
  for (const auto& one : shown.plans) {
    const auto& effect = one.as_object();
    if (!differs(effect)) continue;
    print_effect(effect, command.all, console);
    console.out << '\n';
    counts.push_back(text_in(effect, "id") + " " + counts_of(effect));
  }
  if (shown.plans.empty() && shown.others.empty()) {
    console.out << (shown.can_reload ? "同 duband 正在用的文件一样\n" : "两份文件一样\n");
    return well;
  }
  auto said = any ? fmt::format("{}", fmt::join(counts, ";")) : "谁收到什么,没有变化";
  console.out << said << "。" << command_words(shown) << '\n';
  return any ? wrong : well;
}

// The daemon names paths within the tree; the admin knows the files.
std::string real_path(const settings::DaemonSettings& settings, const std::string& path) {
  auto rest = path.substr(path.find('/') + 1);
  if (path.starts_with("plans/")) return plan::shown_path(settings.plans / rest);
  if (path.starts_with("calendars/")) return plan::shown_path(settings.calendars / rest);
  if (path.starts_with("templates/")) return plan::shown_path(settings.templates / rest);
  return path;
}

Diagnostics errors_in(const json::object& reply, const settings::DaemonSettings& settings) {
  auto diagnostics = diagnostics_in(reply);
  std::erase_if(diagnostics,
                [](const Diagnostic& one) { return one.severity != Severity::error; });
  for (auto& one : diagnostics) one.place.file = real_path(settings, one.place.file);
  return diagnostics;
}

// One plan's effect, from the daemon; or the exit code, after it has said why.
std::expected<json::object, int> ask_about(const std::string& plan, const engine::Texts& texts,
                                           const engine::Tree& tree, const Command& command,
                                           Console& console) {
  json::object files;
  for (const auto& [path, text] : engine::texts_of_plan(texts, plan)) files[path] = text;
  auto channels = tree.settings->channel_ids();
  auto body = json::serialize(json::object{
      {"plan", plan},
      {"texts", std::move(files)},
      {"channels", json::array(channels.begin(), channels.end())}});
  if (console.progress) console.err << "推算 " << plan << " …\n";
  auto reply = ask(command, "POST", "/api/v1/diff", body, console);
  if (!reply) return std::unexpected(reply.error());
  auto object = object_of(*reply);
  auto effect = object_in(object, "plan");
  if (!effect.empty()) return effect;
  print_diagnostics(errors_in(object, *tree.settings), tree.sources, console, console.err);
  return std::unexpected(not_asked);
}

std::set<std::string> plans_in(const engine::Texts& texts) {
  std::set<std::string> plans;
  for (const auto& [path, text] : texts) {
    if (path.starts_with("plans/")) plans.insert(path.substr(6, path.find('/', 6) - 6));
  }
  return plans;
}

std::expected<std::map<std::string, std::string>, int> hashes_in_force(const Command& command,
                                                                       Console& console) {
  auto reply = ask(command, "GET", "/api/v1/texts", {}, console);
  if (!reply) return std::unexpected(reply.error());
  std::map<std::string, std::string> hashes;
  for (const auto& one : list_of(*reply, "plans")) {
    hashes[text_in(one.as_object(), "id")] = text_in(one.as_object(), "hash");
  }
  return hashes;
}

int with_the_running(const Command& command, Console& console) {
  auto files = read_plans(command.trees.empty() ? command : about(command, command.trees[0]),
                          console);
  if (!files) return not_asked;
  auto running = hashes_in_force(command, console);
  if (!running) return running.error();
  auto texts = engine::texts_of(files->tree);
  auto asked = command.plan.empty() ? texts : engine::texts_of_plan(texts, command.plan);
  Shown shown{.plans = {}, .hash = engine::hash_of(asked), .plan = command.plan, .others = {},
              .can_reload = true};
  const auto plans = plans_in(texts);
  for (const auto& [plan, hash] : *running) {
    bool is_asked = command.plan.empty() || command.plan == plan;
    if (is_asked && !plans.contains(plan)) {
      console.err << both("方案 {} 的文件夹不在了,生效后它仍按原来的文本运行\n",
                          "the folder of plan {} is gone; it keeps running its old text\n", plan)
                         .in(console.language);
    }
  }
  for (const auto& plan : plans) {
    bool same = (*running)[plan] == engine::hash_of(engine::texts_of_plan(texts, plan));
    if (same) continue;
    if (!command.plan.empty() && command.plan != plan) {
      shown.others.push_back(plan);
      continue;
    }
    auto effect = ask_about(plan, texts, files->tree, command, console);
    if (!effect) return effect.error();
    shown.plans.push_back(std::move(*effect));
  }
  return print(shown, command, console);
}

using Runs = std::map<std::string, std::unique_ptr<engine::PlanRun>>;

Runs runs_of(const PlanFiles& files) {
  Runs runs;
  for (const auto& one : files.tree.plans) {
    runs[one.id] = std::make_unique<engine::PlanRun>(one.plan, files.tree.templates);
  }
  return runs;
}

int between_two(const Command& command, Console& console) {
  auto before = read_plans(about(command, command.trees[0]), console);
  if (!before) return not_asked;
  auto after = read_plans(about(command, command.trees[1]), console);
  if (!after) return not_asked;
  auto old_texts = engine::texts_of(before->tree);
  auto texts = engine::texts_of(after->tree);
  auto was = runs_of(*before);
  auto is = runs_of(*after);
  std::set<std::string> plans;
  for (const auto* runs : {&was, &is}) {
    for (const auto& [id, run] : *runs) plans.insert(id);
  }
  Shown shown{.plans = {}, .hash = engine::hash_of(texts), .plan = {}, .others = {}};
  for (const auto& id : plans) {
    if (engine::texts_of_plan(old_texts, id) == engine::texts_of_plan(texts, id)) continue;
    if (console.progress) console.err << "推算 " << id << " …\n";
    auto effect = engine::effect_between(was[id].get(), is[id].get());
    shown.plans.push_back(control::effect_object(effect));
  }
  return print(shown, command, console);
}

}  // namespace

int diff(const Command& command, Console& console) {
  bool two = command.trees.size() == 2;
  return two ? between_two(command, console) : with_the_running(command, console);
}

}  // namespace duban::ctl
