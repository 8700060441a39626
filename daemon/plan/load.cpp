#include "plan/load.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/digest.h"
#include "base/limits.h"
#include "plan/calendar_file.h"
#include "plan/draft.h"
#include "plan/templates_file.h"
#include "settings/report.h"
#include "settings/text_file.h"
#include "settings/toml_reader.h"

namespace duban::plan {
namespace {

namespace fs = std::filesystem;
using settings::error;
using settings::in_quotes;

// A file of a plan by its name in the folder, as the digest sees it.
using Texts = std::map<std::string, std::string>;

struct CalendarFiles {
  // Every id that some file names, those with mistakes too.
  std::vector<std::string> ids;
  std::map<std::string, std::string> texts;
};

void load_calendar(const fs::path& path, Loaded& loaded, CalendarFiles& files) {
  auto shown = shown_path(path);
  auto before = loaded.diagnostics.size();
  auto text = settings::read_text_file(path, shown, limits::calendar_bytes, loaded.diagnostics);
  if (text) loaded.sources[shown] = *text;
  auto root = text ? settings::parse_toml(*text, shown, loaded.diagnostics) : std::nullopt;
  if (!root) {
    files.ids.push_back(path.stem().string());
    return;
  }
  root->place = {shown, 0, 0};
  settings::Section section{*root, path.filename().string(), loaded.diagnostics};
  auto calendar = read_calendar(section);
  auto id = calendar.id.empty() ? path.stem().string() : calendar.id;
  if (std::ranges::find(files.ids, id) != files.ids.end()) {
    const auto* word = root->find("id");
    error(loaded.diagnostics, word ? word->place : root->place, "twice-used",
          both("工作日历 {} 用了两次", "work calendar {} is used twice", in_quotes(id)),
          both("换一个 id", "take another id"));
  }
  files.ids.push_back(id);
  files.texts[id] = *text;
  if (loaded.diagnostics.size() != before) return;
  loaded.calendars[id] = std::make_shared<const WorkCalendar>(std::move(calendar));
}

CalendarFiles load_calendars(const fs::path& folder, Loaded& loaded) {
  CalendarFiles files;
  for (const auto& path : list_folder(folder, loaded.diagnostics)) {
    if (path.extension() == ".toml") load_calendar(path, loaded, files);
  }
  return files;
}

using Reader = void (*)(Section&, Draft&);

// One file of a plan: read, parsed, given to its reader.
void read_file(const fs::path& folder, const char* name, Reader reader, Draft& draft,
               Sources& sources, Texts& texts) {
  auto path = folder / name;
  auto shown = shown_path(path);
  auto& out = draft.diagnostics;
  auto text = settings::read_text_file(path, shown, limits::plan_file_bytes, out);
  if (!text) return;
  sources[shown] = *text;
  texts[name] = *text;
  auto root = settings::parse_toml(*text, shown, out);
  if (!root) return;
  root->place = {shown, 0, 0};
  Section section{*root, name, out};
  reader(section, draft);
}

// Kept out of the sources, and so out of excerpts, and its syntax errors quote nothing: it holds
// personal numbers.
void read_private(const fs::path& folder, Draft& draft, Texts& texts) {
  constexpr auto name = "contacts.private.toml";
  auto path = folder / name;
  auto shown = shown_path(path);
  std::error_code failure;
  if (!fs::exists(path, failure) && !failure) return;
  Diagnostics found;
  auto text = settings::read_text_file(path, shown, limits::plan_file_bytes, found);
  if (!text) {
    for (auto& diagnostic : found) {
      if (diagnostic.code != "unreadable") continue;
      diagnostic.severity = Severity::warning;
      diagnostic.message =
          both("{};里面的联络方式这次没有用上", "{}; the contacts in it are not used this time",
               diagnostic.message);
    }
  }
  auto root = text ? settings::parse_toml(*text, shown, found) : std::nullopt;
  for (auto& diagnostic : found) {
    if (diagnostic.code != "syntax") continue;
    diagnostic.message = both("语法错误(内容不在这里显示)",
                              "syntax error (what is written is not shown here)");
  }
  draft.diagnostics.insert(draft.diagnostics.end(), found.begin(), found.end());
  if (text) texts[name] = *text;
  if (!root) return;
  root->place = {shown, 0, 0};
  Section section{*root, name, draft.diagnostics};
  read_contacts(section, draft, true);
  section.finish();
}

void warn_of_stray_files(const fs::path& folder, Draft& draft) {
  const std::vector<std::string> known{"plan.toml", "units.toml", "tasks.toml",
                                       "contacts.private.toml", "tests.toml"};
  for (const auto& path : list_folder(folder, draft.diagnostics)) {
    auto name = path.filename().string();
    if (path.extension() != ".toml" || name.starts_with('.')) continue;
    if (std::ranges::find(known, name) != known.end()) continue;
    settings::warning(draft.diagnostics, {shown_path(path), 0, 0}, "unknown-file",
                      both("不认识这个文件,没有读它", "this file is not known and was not read"),
                      settings::suggest(name, known));
  }
}

void take_calendar(Draft& draft, const Loaded& loaded, const CalendarFiles& files, Texts& texts) {
  if (!draft.calendar) return;
  const auto& id = draft.calendar->value;
  if (auto found = loaded.calendars.find(id); found != loaded.calendars.end()) {
    draft.plan.calendar = found->second;
    texts["calendar"] = files.texts.at(id);
  } else if (std::ranges::find(files.ids, id) == files.ids.end()) {
    error(draft.diagnostics, draft.calendar->place, "unknown-calendar",
          both("没有{}这份工作日历", "there is no work calendar {}", in_quotes(id)),
          settings::suggest(id, files.ids));
  }
}

// A file with a slip in it still shows in which language it was written.
Tongue language_written(std::string_view text) {
  while (!text.empty()) {
    auto line = text.substr(0, text.find('\n'));
    bool english = line.contains("\"en\"") || line.contains("'en'");
    if (line.starts_with("language") && english) return Tongue::english;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return Tongue::chinese;
}

std::string digest_of(const Texts& texts) {
  std::string all;
  for (const auto& [name, text] : texts) {
    all += fmt::format("{} {}\n{}\n", name, text.size(), text);
  }
  return named_digest(sha256(all));
}

LoadedPlan load_plan(const fs::path& folder, const LoadOptions& options, const Loaded& loaded,
                     const CalendarFiles& files) {
  LoadedPlan result;
  result.id = folder.filename().string();
  Draft draft;
  draft.plan.id = result.id;
  draft.plan.channel_windows = options.windows;
  Texts texts;
  if (!is_id(result.id)) {
    error(draft.diagnostics, {shown_path(folder), 0, 0}, "bad-value",
          both("方案的文件夹名就是它的 id,不能叫{}",
               "a plan's folder is named by its id, which cannot be {}", in_quotes(result.id)),
          both("只用小写字母、数字、连字符", "use only small letters, digits and hyphens"));
  }
  read_file(folder, "plan.toml", read_plan_file, draft, result.sources, texts);
  read_file(folder, "units.toml", read_units_file, draft, result.sources, texts);
  read_file(folder, "tasks.toml", read_tasks_file, draft, result.sources, texts);
  read_private(folder, draft, texts);
  draft.plan.templates = read_templates(folder, draft.diagnostics, result.sources);
  for (const auto& [name, text] : draft.plan.templates) texts[name] = text;
  warn_of_stray_files(folder, draft);
  take_calendar(draft, loaded, files, texts);
  resolve_references(draft, options.channels);
  for (auto& endpoint : draft.plan.endpoints) {
    endpoint.group = endpoint.group || options.chats.contains(endpoint.channel);
  }
  resolve_silences(draft);
  resolve_lamps(draft);
  resolve_headings(draft);
  resolve_documents(draft);
  resolve_close(draft);
  check_dues(draft);
  check_ladders(draft);
  check_reach(draft);
  draft.plan.digest = digest_of(texts);
  bool english = draft.plan.language == Tongue::english ||
                 language_written(texts["plan.toml"]) == Tongue::english;
  result.language = english ? Tongue::english : Tongue::chinese;
  tell_in(result.language, draft.diagnostics);
  for (auto& duty : draft.duties) draft.plan.duties.push_back(std::move(duty.duty));
  sort_by_place(draft.diagnostics);
  bool whole = !has_errors(draft.diagnostics) && draft.plan.calendar;
  result.diagnostics = std::move(draft.diagnostics);
  if (whole) result.plan = std::make_shared<const Plan>(std::move(draft.plan));
  return result;
}

bool is_plan_folder(const fs::path& path) {
  std::error_code failure;
  return fs::is_directory(path, failure) && !path.filename().string().starts_with('.');
}

}  // namespace

Tongue common_language(const std::vector<LoadedPlan>& plans) {
  bool english = !plans.empty() && std::ranges::all_of(plans, [](const LoadedPlan& one) {
    return one.language == Tongue::english;
  });
  return english ? Tongue::english : Tongue::chinese;
}

Tongue language_written_in(const fs::path& plans) {
  std::vector<LoadedPlan> seen;
  Diagnostics unread;
  for (const auto& folder : list_folder(plans, unread)) {
    if (!is_plan_folder(folder)) continue;
    auto text = settings::read_text_file(folder / "plan.toml", "", limits::plan_file_bytes, unread);
    seen.push_back({.id = {}, .language = language_written(text.value_or(""))});
  }
  return common_language(seen);
}

Loaded load(const LoadOptions& options) {
  Loaded loaded;
  auto files = load_calendars(options.calendars, loaded);
  std::error_code failure;
  if (fs::exists(options.templates, failure)) {
    loaded.templates = read_templates(options.templates, loaded.diagnostics, loaded.sources);
  }
  auto before = loaded.diagnostics.size();
  for (const auto& folder : list_folder(options.plans, loaded.diagnostics)) {
    if (!is_plan_folder(folder)) continue;
    loaded.plans.push_back(load_plan(folder, options, loaded, files));
  }
  if (loaded.plans.empty() && loaded.diagnostics.size() == before) {
    error(loaded.diagnostics, {shown_path(options.plans), 0, 0}, "no-plan",
          both("这个文件夹里没有方案", "there is no plan in this folder"),
          both("每个方案一个文件夹,里面至少有 plan.toml、units.toml、tasks.toml",
               "each plan is a folder with at least plan.toml, units.toml and tasks.toml"));
  }
  tell_in(common_language(loaded.plans), loaded.diagnostics);
  sort_by_place(loaded.diagnostics);
  return loaded;
}

}  // namespace duban::plan
