#include "ctl/plan_edit.h"

#include <boost/json/object.hpp>

#include <ostream>

#include "ctl/client.h"
#include "ctl/file_swap.h"
#include "ctl/json_reading.h"
#include "ctl/plan_files.h"
#include "ctl/text_diff.h"

namespace duban::ctl {
namespace {

using control::Found;
using engine::Refusal;

// Whether the plan would still check; its mistakes are printed.
Found<bool> would_check(const FileEdit& edit, const settings::DaemonSettings& settings,
                        Console& console) {
  ScratchFolder scratch;
  auto plans = scratch.path() / "plans";
  auto id = edit.file.parent_path().filename();
  if (scratch.path().empty() || !lay_out(edit, plans / id)) {
    return std::unexpected(Refusal{
        "no-scratch",
        both("临时目录写不了,没有改", "cannot write the temporary folder; nothing was changed"),
        {}});
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

void tell_daemon(const settings::DaemonSettings& settings, AppliedEdit& applied) {
  auto reply = request(settings.socket, "POST", "/api/v1/reload");
  applied.answered = reply.has_value();
  applied.reloaded =
      reply && reply->status == 200 && texts_in(object_of(reply->body), "kept").empty();
}

Console::Hue hue_of(std::string_view line) {
  if (line.starts_with('-')) return Console::Hue::red;
  return line.starts_with('+') ? Console::Hue::green : Console::Hue::dim;
}

std::string_view ending_of(const AppliedEdit& applied) {
  if (applied.dry_run) return "只是看看,没有改";
  if (applied.reloaded) return "已改,duband 已用新文件";
  if (applied.answered) return "已改,但 duband 没有用上新文件:看 dubanctl status";
  return "已改。duband 没有应答:它启动时,或 dubanctl reload 之后生效";
}

}  // namespace

Found<AppliedEdit> apply_edit(const FileEdit& edit, const settings::DaemonSettings& settings,
                              bool dry_run, Console& console) {
  AppliedEdit applied{.changed = edit.after != edit.before, .dry_run = dry_run};
  if (!applied.changed) return applied;
  auto good = would_check(edit, settings, console);
  if (!good) return std::unexpected(good.error());
  if (!*good) {
    return std::unexpected(Refusal{
        "would-not-check",
        both("这样改通不过检查,没有改", "this edit would not pass the check; nothing was changed"),
        {}});
  }
  if (dry_run) return applied;
  auto problem = replace_file(edit.file, edit.before, edit.after);
  if (!problem.empty()) {
    return std::unexpected(
        Refusal{"not-written", problem, both("没有改", "nothing was changed")});
  }
  tell_daemon(settings, applied);
  return applied;
}

std::vector<std::string> diff_of(const FileEdit& edit) {
  auto file = edit.file.string();
  std::vector<std::string> lines{"--- " + file, "+++ " + file};
  auto hunks = unified_diff(edit.before, edit.after);
  lines.insert(lines.end(), hunks.begin(), hunks.end());
  return lines;
}

void print_edit(const FileEdit& edit, const AppliedEdit& applied, const Console& console) {
  for (const auto& line : diff_of(edit)) {
    bool plain = line.starts_with(' ') || line.starts_with("--- ") || line.starts_with("+++ ");
    console.out << (plain ? line : console.paint(hue_of(line), line)) << '\n';
  }
  console.out << ending_of(applied) << '\n';
}

}  // namespace duban::ctl
