// `milestone` and `action`: a unit's own date, or a thing ordered in a meeting, written into
// tasks.toml or changed there. Without words they list those there are.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <ostream>

#include "ctl/file_swap.h"
#include "ctl/once_entry.h"
#include "ctl/plan_edit.h"
#include "ctl/plan_files.h"
#include "settings/report.h"

namespace duban::ctl {
namespace {

namespace json = boost::json;
using control::Found;
using engine::Refusal;

struct PlannedEntry {
  std::string id;
  bool added = false;
  FileEdit edit;
};

std::filesystem::path tasks_file(const PlanFiles& files, const plan::Plan& plan) {
  return files.tree.settings->plans / plan.id / "tasks.toml";
}

Refusal missing_refusal(const Command& command, const OnceKind& kind) {
  auto missing = missing_options(command, kind);
  return {"missing-option",
          both("新加一个{}还缺 {}", "a new {} still needs {}", kind.name, missing),
          both("dubanctl {} --help 看例子;要改现有的,先写它的 id",
               "see dubanctl {} --help for examples; to change an existing one, put its id first",
               kind.key)};
}

Found<PlannedEntry> plan_new(const Command& command, const OnceKind& kind,
                             const PlanFiles& files) {
  if (!missing_options(command, kind).empty()) {
    return std::unexpected(missing_refusal(command, kind));
  }
  auto plans = files.all();
  auto timetable = control::find_plan(plans, command.plan);
  if (!timetable) return std::unexpected(timetable.error());
  const auto& plan = (*timetable)->plan();
  auto fields = typed_fields(command, kind, plan);
  if (!fields) return std::unexpected(fields.error());
  PlannedEntry entry{.id = command.id, .added = true, .edit = {tasks_file(files, plan), {}, {}}};
  entry.edit.before = bytes_of(entry.edit.file);
  if (entry.id.empty()) entry.id = next_id(entry.edit.before, id_stem(*fields, kind, plan));
  if (plan.find_duty(entry.id) != nullptr) {
    return std::unexpected(Refusal{
        "twice-used",
        both("已经有{}", "the id {} is already in use", settings::in_quotes(entry.id)),
        both("要改它:dubanctl {} {} --due …;要新加,换一个 --id",
             "to change it: dubanctl {} {} --due …; to add one, choose another --id", kind.key,
             entry.id)});
  }
  fields->insert(fields->begin(), {"id", {entry.id}});
  auto text = add_entry(entry.edit.before, kind.key, *fields);
  if (!text) return std::unexpected(text.error());
  entry.edit.after = std::move(*text);
  return entry;
}

Found<PlannedEntry> plan_change(const Command& command, const OnceKind& kind,
                                const PlanFiles& files) {
  auto plans = files.all();
  auto found = control::find_duty(plans, command.plan, command.duty);
  if (!found) return std::unexpected(found.error());
  const auto& duty = *found->duty;
  if (duty.origin != kind.origin) {
    auto verb = duty.origin == plan::Origin::milestone ? milestone_kind.key
                : duty.origin == plan::Origin::action  ? action_kind.key
                                                       : std::string_view{"set"};
    return std::unexpected(Refusal{
        "other-kind", both("“{}”不是{}", "“{}” is no {}", duty.name, kind.name),
        both("用 dubanctl {} {} --due …", "use dubanctl {} {} --due …", verb, duty.id)});
  }
  if (!command.id.empty()) {
    return std::unexpected(Refusal{
        "id-stays",
        both("id 不能改:已经发过的、登记过的都认它",
             "an id cannot change: what was sent or recorded goes by it"),
        both("要另起一件,不写前面的 ID,只写 --id",
             "to add another one, leave out the ID in front and write --id alone")});
  }
  const auto& plan = found->timetable->plan();
  auto fields = typed_fields(command, kind, plan);
  if (!fields) return std::unexpected(fields.error());
  if (fields->empty()) {
    return std::unexpected(Refusal{
        "nothing-to-change", both("没有写改什么", "nothing to change is given"),
        both("写 --due、--name 或别的选项", "write --due, --name or another option")});
  }
  PlannedEntry entry{.id = duty.id, .edit = {tasks_file(files, plan), {}, {}}};
  entry.edit.before = bytes_of(entry.edit.file);
  auto text = change_entry(entry.edit.before, kind.key, duty.id, *fields);
  if (!text) return std::unexpected(text.error());
  entry.edit.after = std::move(*text);
  return entry;
}

std::string json_of(const PlannedEntry& entry, const AppliedEdit& applied) {
  json::array diff;
  if (applied.changed) {
    for (const auto& line : diff_of(entry.edit)) diff.emplace_back(line);
  }
  return json::serialize(json::object{{"file", entry.edit.file.string()},
                                      {"id", entry.id},
                                      {"added", entry.added},
                                      {"diff", std::move(diff)},
                                      {"changed", applied.changed && !applied.dry_run},
                                      {"reloaded", applied.reloaded}});
}

int refused(const Refusal& refusal, Console& console) {
  print_refusal(refusal, console);
  return not_asked;
}

bool says_anything(const Command& command, const OnceKind& kind) {
  for (const auto* word : {&command.duty, &command.name, &command.clause, &command.due,
                           &command.id, &command.source, &command.closes, &command.to}) {
    if (!word->empty()) return true;
  }
  return command.dry_run || (kind.origin == plan::Origin::action && !command.units.empty()) ||
         !command.unit.empty();
}

int edit_once(const Command& command, const OnceKind& kind, Console& console) {
  if (!says_anything(command, kind)) return list_once(command, kind, console);
  auto files = read_plans(command, console);
  if (!files) return not_asked;
  auto entry = command.duty.empty() ? plan_new(command, kind, *files)
                                    : plan_change(command, kind, *files);
  if (!entry) return refused(entry.error(), console);
  auto applied = apply_edit(entry->edit, *files->tree.settings, command.dry_run, console);
  if (!applied) return refused(applied.error(), console);
  if (command.json) {
    console.out << json_of(*entry, *applied) << '\n';
  } else if (!applied->changed) {
    console.out << "已经是这样,没有改\n";
  } else {
    print_edit(entry->edit, *applied, console);
  }
  return applied->exit_code();
}

}  // namespace

int milestone(const Command& command, Console& console) {
  return edit_once(command, milestone_kind, console);
}

int action(const Command& command, Console& console) {
  return edit_once(command, action_kind, console);
}

}  // namespace duban::ctl
