// `set DUTY --due DATE`: one line of the plan's file.

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <ostream>

#include "ctl/due_edit.h"
#include "ctl/file_swap.h"
#include "ctl/plan_edit.h"
#include "ctl/plan_files.h"

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
  return std::unexpected(engine::Refusal{
      "edit-by-hand",
      both("文件里没有写着这个事项的地方",
           "the duty is written neither in plan.toml nor in tasks.toml"),
      both("请直接改文件", "edit the file yourself")});
}

std::string json_of(const PlannedEdit& edit, const AppliedEdit& applied) {
  return boost::json::serialize(boost::json::object{{"file", edit.file.file.string()},
                                                    {"line", edit.due.line},
                                                    {"before", edit.due.before},
                                                    {"after", edit.due.after},
                                                    {"changed", applied.changed},
                                                    {"reloaded", applied.reloaded}});
}

int refused(const engine::Refusal& refusal, Console& console) {
  print_refusal(refusal, console);
  return not_asked;
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
  auto applied = apply_edit(edit->file, settings, false, console);
  if (!applied) return refused(applied.error(), console);
  if (command.json) {
    console.out << json_of(*edit, *applied) << '\n';
  } else if (!applied->changed) {
    console.out << "已经是这个日子,没有改\n";
  } else {
    print_edit(edit->file, *applied, console);
  }
  return applied->exit_code();
}

}  // namespace duban::ctl
