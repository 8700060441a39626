// `set DUTY --due DATE`: the edit is made on a copy, checked there with the rest of the tree,
// shown, and only then put in the file's place.

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <ostream>

#include "ctl/client.h"
#include "ctl/due_edit.h"
#include "ctl/file_swap.h"
#include "ctl/json_reading.h"
#include "ctl/plan_files.h"
#include "ctl/scratch_folder.h"

namespace duban::ctl {
namespace {

namespace fs = std::filesystem;
using control::Found;

struct PlannedEdit {
  FileEdit file;
  DueEdit due;
};

Found<PlannedEdit> find_edit(const fs::path& folder, const std::string& duty,
                          const std::string& due) {
  for (std::string_view name : {"plan.toml", "tasks.toml"}) {
    auto file = folder / name;
    auto text = bytes_of(file);
    auto edit = edit_due(text, duty, due);
    if (!edit) return std::unexpected(edit.error());
    if (*edit) return PlannedEdit{{file, std::move(text), (*edit)->text}, std::move(**edit)};
  }
  return std::unexpected(engine::Refusal{"edit-by-hand", "文件里没有写着这个事项的地方",
                                         "请直接改文件"});
}

// Whether the plan would still check; its mistakes are printed.
Found<bool> would_check(const FileEdit& edit, const settings::DaemonSettings& settings,
                        Console& console) {
  ScratchFolder scratch;
  auto plans = scratch.path() / "plans";
  auto id = edit.file.parent_path().filename();
  if (scratch.path().empty() || !lay_out(edit, plans / id)) {
    return std::unexpected(engine::Refusal{"no-scratch", "临时目录写不了,没有改", ""});
  }
  auto tree = engine::read_tree_from(settings, plans, settings.calendars, settings.templates);
  bool good = !tree.plans.empty() && tree.plans.front().plan != nullptr;
  if (good) return true;
  std::erase_if(tree.diagnostics,
                [](const Diagnostic& one) { return one.severity != Severity::error; });
  show_real_places(tree, plans.string(), settings.plans.string());
  print_diagnostics(tree.diagnostics, tree.sources, console, console.err);
  return false;
}

std::string diff_of(const PlannedEdit& edit, const Console& console) {
  auto file = edit.file.file.string();
  return fmt::format("--- {}\n+++ {}\n@@ -{} +{} @@\n{}\n{}\n", file, file, edit.due.line,
                     edit.due.line, console.paint(Console::Hue::red, "-" + edit.due.before),
                     console.paint(Console::Hue::green, "+" + edit.due.after));
}

// Tells a running daemon; nothing when none answers.
std::optional<HttpReply> reload_if_there(const settings::DaemonSettings& settings) {
  auto reply = request(settings.socket, "POST", "/api/v1/reload");
  return reply ? std::optional{std::move(*reply)} : std::nullopt;
}

std::string json_of(const PlannedEdit& edit, bool changed, bool reloaded) {
  return boost::json::serialize(boost::json::object{{"file", edit.file.file.string()},
                                                    {"line", edit.due.line},
                                                    {"before", edit.due.before},
                                                    {"after", edit.due.after},
                                                    {"changed", changed},
                                                    {"reloaded", reloaded}});
}

int refused(const engine::Refusal& refusal, Console& console) {
  print_refusal(refusal, console);
  return not_asked;
}

int finish(const PlannedEdit& edit, const Command& command,
           const settings::DaemonSettings& settings, Console& console) {
  auto reply = reload_if_there(settings);
  bool taken = reply && reply->status == 200 && texts_in(object_of(reply->body), "kept").empty();
  if (command.json) {
    console.out << json_of(edit, true, taken) << '\n';
  } else {
    console.out << diff_of(edit, console)
                << (taken   ? "已改,duband 已用新文件\n"
                    : reply ? "已改,但 duband 没有用上新文件:看 dubanctl status\n"
                            : "已改。duband 没有应答:它启动时,或 dubanctl reload 之后生效\n");
  }
  return reply && !taken ? wrong : well;
}

}  // namespace

int set_due(const Command& command, Console& console) {
  auto files = read_plans(command, console);
  if (!files) return not_asked;
  auto plans = files->all();
  auto duty = control::find_duty(plans, command.plan, command.duty);
  if (!duty) return refused(duty.error(), console);
  const auto& plan = duty->timetable->plan();
  auto due = due_as_written(command.due, plan.year);
  if (!due) return refused(due.error(), console);
  const auto& settings = *files->tree.settings;
  auto edit = find_edit(settings.plans / plan.id, duty->duty->id, *due);
  if (!edit) return refused(edit.error(), console);
  if (edit->file.after == edit->file.before) {
    console.out << (command.json ? json_of(*edit, false, false) : "已经是这个日子,没有改") << '\n';
    return well;
  }
  auto good = would_check(edit->file, settings, console);
  if (!good) return refused(good.error(), console);
  if (!*good) return refused({"would-not-check", "这样改通不过检查,没有改", ""}, console);
  auto problem = replace_file(edit->file.file, edit->file.before, edit->file.after);
  if (!problem.empty()) return refused({"not-written", problem, "没有改"}, console);
  return finish(*edit, command, settings, console);
}

}  // namespace duban::ctl
