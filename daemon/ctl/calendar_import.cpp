// `calendar import FILE`: a published list of holidays becomes the year's section of a work
// calendar. The edit is tried on a copy with the whole tree, shown with the dates that it moves,
// and only then put in the file's place; what it does to messages is what `diff` shows.

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/limits.h"
#include "base/text.h"
#include "ctl/calendar_edit.h"
#include "ctl/calendar_screen.h"
#include "ctl/file_swap.h"
#include "plan/templates_file.h"
#include "settings/report.h"
#include "settings/toml_reader.h"

namespace duban::ctl {
namespace {

namespace fs = std::filesystem;
using control::Found;
using engine::Refusal;

struct CalendarFile {
  std::string id;
  fs::path file;
};

// The tree has been read without an error, so each file has an id of its own.
std::vector<CalendarFile> calendars_in(const fs::path& folder) {
  std::vector<CalendarFile> found;
  Diagnostics none;
  for (const auto& path : plan::list_folder(folder, none)) {
    if (path.extension() != ".toml") continue;
    auto read = settings::read_toml(path, plan::shown_path(path), limits::calendar_bytes, none);
    const auto* id = read ? read->root.find("id") : nullptr;
    if (id != nullptr) found.push_back({id->text, path});
  }
  return found;
}

Found<CalendarFile> find_calendar(const std::string& id, const fs::path& folder) {
  auto found = calendars_in(folder);
  std::vector<std::string> ids;
  for (const auto& one : found) {
    if (one.id == id) return one;
    ids.push_back(one.id);
  }
  if (id.empty() && found.size() == 1) return found.front();
  if (id.empty() && found.empty()) {
    return std::unexpected(Refusal{
        "several-calendars", both("没有工作日历的文件", "there is no work calendar file"),
        both("先照 calendars/cn.toml 写一份", "write one like calendars/cn.toml first")});
  }
  if (id.empty()) {
    return std::unexpected(Refusal{"several-calendars",
                                   both("有几份工作日历:{}", "there are several work calendars: {}",
                                        settings::listed(ids)),
                                   both("加 --calendar", "add --calendar")});
  }
  return std::unexpected(Refusal{
      "unknown-calendar",
      both("没有工作日历{}", "there is no work calendar {}", settings::in_quotes(id)),
      settings::suggest(id, ids)});
}

Found<std::optional<int>> year_asked(const std::string& typed) {
  if (typed.empty()) return std::optional<int>{};
  auto day = parse_day(typed + "-01-01");
  if (day) return std::optional{year_of(*day)};
  return std::unexpected(Refusal{
      "bad-year", both("看不懂年份{}", "cannot read the year {}", settings::in_quotes(typed)),
      both("写四位数,如 2027", "write four digits, like 2027")});
}

// It goes into the file between quotes.
std::optional<Refusal> problem_with_number(const std::string& number, const HolidayFile& list) {
  bool plain = is_utf8_text(number) && number.size() <= limits::holiday_number_bytes &&
               std::ranges::none_of(number, [](char c) {
                 return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '"' || c == '\\';
               });
  if (!plain) {
    return Refusal{"bad-notice",
                   both("文号不能写{}", "the number of a notice cannot be {}",
                        settings::in_quotes(number)),
                   both("如 {}", "write one like {}", "国办发明电〔2021〕11号")};
  }
  if (number.empty() || list.notices.size() == 1) return std::nullopt;
  return Refusal{"several-years",
                 both("文件里有几年的放假安排,不知道是哪一年的文号",
                      "the file covers several years; it is not clear to which the number belongs"),
                 both("加 --year", "add --year")};
}

Found<std::string> edited_text(std::string text, const HolidayFile& list) {
  for (const auto& notice : list.notices) {
    auto edited = edit_year(text, notice);
    if (!edited) return std::unexpected(edited.error());
    text = std::move(*edited);
  }
  return text;
}

// The tree as it would be; nothing, after its mistakes are printed, where it would not check.
Found<PlanFiles> read_edited(const FileEdit& edit, const PlanFiles& files, Console& console) {
  const auto& settings = *files.tree.settings;
  ScratchFolder scratch;
  auto calendars = scratch.path() / "calendars";
  if (scratch.path().empty() || !lay_out(edit, calendars)) {
    return std::unexpected(Refusal{
        "no-scratch",
        both("临时目录写不了,没有改", "cannot write the temporary folder; nothing was changed"),
        {}});
  }
  auto tree = engine::read_tree_from(settings, settings.plans, calendars, settings.templates);
  if (!has_errors(tree.diagnostics)) return with_timetables(std::move(tree));
  std::erase_if(tree.diagnostics,
                [](const Diagnostic& one) { return one.severity != Severity::error; });
  show_real_places(tree, calendars.string(), settings.calendars.string());
  print_diagnostics(tree.diagnostics, tree.sources, console, console.err);
  return std::unexpected(Refusal{
      "would-not-check",
      both("这样改通不过检查,没有改", "this edit would not pass the check; nothing was changed"),
      {}});
}

void compare(const PlanFiles& before, const PlanFiles& after, Import& import) {
  for (const auto& was : before.timetables) {
    const auto& plan = was->plan();
    if (!plan.calendar || plan.calendar->id != import.calendar) continue;
    for (const auto& is : after.timetables) {
      if (is->plan().id != plan.id) continue;
      import.plans.push_back({was.get(), moves_between(*was, *is)});
    }
  }
}

std::string years_of(const HolidayFile& list) {
  std::string text;
  for (const auto& notice : list.notices) {
    text += fmt::format("{}{}年", text.empty() ? "" : "、", notice.year);
  }
  return text;
}

int finish(const Import& import, const Command& command, Console& console) {
  if (command.json) {
    console.out << import_document(import) << '\n';
    return well;
  }
  if (!import.changes()) {
    console.out << fmt::format("{}已经是这样,没有改\n", years_of(import.list));
    return well;
  }
  print_import(import, command.all, console);
  console.out << (import.applied ? "\n已改。先看 dubanctl diff,再用它最后一行的命令生效\n"
                                 : "\n只是看看,没有改\n");
  return well;
}

Found<Import> plan_import(const Command& command, const PlanFiles& files, Console& console) {
  auto only = year_asked(command.year);
  if (!only) return std::unexpected(only.error());
  auto calendar = find_calendar(command.calendar, files.tree.settings->calendars);
  if (!calendar) return std::unexpected(calendar.error());
  Diagnostics mistakes;
  auto list = read_holiday_file(command.file, *only, mistakes);
  if (!list) {
    tell_in(console.language, mistakes);
    print_diagnostics(mistakes, {}, console, console.err);
    return std::unexpected(Refusal{"bad-list", both("没有改", "nothing was changed"), {}});
  }
  if (auto problem = problem_with_number(command.notice, *list)) return std::unexpected(*problem);
  list->notices.front().number = command.notice;
  auto before = bytes_of(calendar->file);
  auto after = edited_text(before, *list);
  if (!after) return std::unexpected(after.error());
  return Import{.calendar = calendar->id,
                .list = std::move(*list),
                .edit = {calendar->file, std::move(before), std::move(*after)},
                .plans = {}};
}

std::optional<Refusal> carry_out(Import& import, const Command& command, const PlanFiles& files,
                                 Console& console) {
  if (!import.changes()) return std::nullopt;
  auto edited = read_edited(import.edit, files, console);
  if (!edited) return edited.error();
  compare(files, *edited, import);
  if (command.dry_run) return std::nullopt;
  auto problem = replace_file(import.edit.file, import.edit.before, import.edit.after);
  if (!problem.empty()) {
    return Refusal{"not-written", problem, both("没有改", "nothing was changed")};
  }
  import.applied = true;
  return std::nullopt;
}

}  // namespace

int calendar_import(const Command& command, Console& console) {
  auto files = read_plans(command, console);
  if (!files) return not_asked;
  auto import = plan_import(command, *files, console);
  auto refusal = import ? carry_out(*import, command, *files, console)
                        : std::optional{import.error()};
  if (!refusal) return finish(*import, command, console);
  print_refusal(*refusal, console);
  return not_asked;
}

}  // namespace duban::ctl
