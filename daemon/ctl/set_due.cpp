// `set DUTY --due DATE`: the edit is made on a copy, checked there with the rest of the tree,
// shown, and only then put in the file's place.

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <cstdlib>
#include <ostream>

#include "ctl/client.h"
#include "ctl/due_edit.h"
#include "ctl/file_swap.h"
#include "ctl/json_reading.h"
#include "ctl/plan_files.h"

namespace duban::ctl {
namespace {

namespace fs = std::filesystem;
using control::Found;

// A folder that goes when it goes out of scope.
class ScratchFolder {
 public:
  ScratchFolder() {
    auto name = (fs::temp_directory_path() / "dubanctl-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct FileEdit {
  fs::path file;
  std::string text;
  DueEdit edit;
};

Found<FileEdit> find_edit(const fs::path& folder, const std::string& duty,
                          const std::string& due) {
  for (std::string_view name : {"plan.toml", "tasks.toml"}) {
    auto file = folder / name;
    auto text = bytes_of(file);
    auto edit = edit_due(text, duty, due);
    if (!edit) return std::unexpected(edit.error());
    if (*edit) return FileEdit{file, std::move(text), std::move(**edit)};
  }
  return std::unexpected(engine::Refusal{"edit-by-hand", "文件里没有写着这个事项的地方",
                                         "请直接改文件"});
}

// The plan's folder as it would be: links to its files, and the edited one beside them.
bool lay_out(const FileEdit& edit, const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  for (const auto& entry : fs::directory_iterator{edit.file.parent_path(), error}) {
    if (entry.path().filename() == edit.file.filename()) continue;
    fs::create_symlink(fs::absolute(entry.path()), folder / entry.path().filename(), error);
  }
  if (error) return false;
  auto copy = folder / edit.file.filename();
  fs::copy_file(edit.file, copy, error);
  return !error && replace_file(copy, edit.text, edit.edit.text).empty();
}

void show_real_places(engine::Tree& tree, const std::string& scratch, const std::string& real) {
  for (auto& one : tree.diagnostics) {
    if (!one.place.file.starts_with(scratch)) continue;
    auto source = tree.sources.find(one.place.file);
    one.place.file = real + one.place.file.substr(scratch.size());
    if (source != tree.sources.end()) tree.sources.emplace(one.place.file, source->second);
  }
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

std::string diff_of(const FileEdit& edit, const Console& console) {
  auto file = edit.file.string();
  return fmt::format("--- {}\n+++ {}\n@@ -{} +{} @@\n{}\n{}\n", file, file, edit.edit.line,
                     edit.edit.line,
                     console.paint(Console::Hue::red, "-" + edit.edit.before),
                     console.paint(Console::Hue::green, "+" + edit.edit.after));
}

// Tells a running daemon; nothing when none answers.
std::optional<HttpReply> reload_if_there(const settings::DaemonSettings& settings) {
  auto reply = request(settings.socket, "POST", "/api/v1/reload");
  return reply ? std::optional{std::move(*reply)} : std::nullopt;
}

std::string json_of(const FileEdit& edit, bool changed, bool reloaded) {
  return boost::json::serialize(boost::json::object{{"file", edit.file.string()},
                                                    {"line", edit.edit.line},
                                                    {"before", edit.edit.before},
                                                    {"after", edit.edit.after},
                                                    {"changed", changed},
                                                    {"reloaded", reloaded}});
}

int refused(const engine::Refusal& refusal, Console& console) {
  print_refusal(refusal, console);
  return not_asked;
}

int finish(const FileEdit& edit, const Command& command, const settings::DaemonSettings& settings,
           Console& console) {
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
  if (edit->edit.text == edit->text) {
    console.out << (command.json ? json_of(*edit, false, false) : "已经是这个日子,没有改") << '\n';
    return well;
  }
  auto good = would_check(*edit, settings, console);
  if (!good) return refused(good.error(), console);
  if (!*good) return refused({"would-not-check", "这样改通不过检查,没有改", ""}, console);
  auto problem = replace_file(edit->file, edit->text, edit->edit.text);
  if (!problem.empty()) return refused({"not-written", problem, "没有改"}, console);
  return finish(*edit, command, settings, console);
}

}  // namespace duban::ctl
