#pragma once
// Reads the tree of files that duband.toml names into plans, or into every mistake in them.

#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/bilingual.h"
#include "base/diagnostic.h"
#include "plan/plan.h"

namespace duban::plan {

/// The text of every file that was read, by the path shown in diagnostics.
using Sources = std::map<std::string, std::string>;

struct LoadedPlan {
  std::string id;
  /// In which it is spoken of, also where it has mistakes.
  Tongue language = Tongue::chinese;
  /// Null when the plan, or the work calendar it names, has an error.
  std::shared_ptr<const Plan> plan;
  /// All its mistakes, warnings too, by place.
  Diagnostics diagnostics;
  /// What it was read from: kept by the daemon as the last text that checked (I4). Without
  /// contacts.private.toml, whose numbers must not be kept or shown.
  Sources sources;
};

struct LoadOptions {
  std::filesystem::path plans, calendars, templates;
  /// Channel ids of duband.toml. Addresses are checked against them.
  std::vector<std::string> channels;
  /// Those of them that are chats: what is reached by them is a group by nature.
  std::set<std::string> chats = {};
  /// When each channel may be used, where duband.toml bounds that.
  std::map<std::string, Window> windows = {};
};

struct Loaded {
  std::vector<LoadedPlan> plans;
  std::map<std::string, std::shared_ptr<const WorkCalendar>> calendars;
  /// The shared templates by file name.
  std::map<std::string, std::string> templates;
  /// Mistakes of no single plan (calendars, an empty plans folder).
  Diagnostics diagnostics;
  Sources sources;
};

/// Of the plans together, in which what concerns all of them is told: English where each of them
/// speaks it.
Tongue common_language(const std::vector<LoadedPlan>& plans);
/// The same by a look at each plan.toml below a folder, for what is said before plans are read.
Tongue language_written_in(const std::filesystem::path& plans);

/// Reads everything; never throws for what a person can write. One plan's error leaves the others
/// whole.
Loaded load(const LoadOptions& options);

/// `-3wd 09:00`; the error says what is wrong with it, in one line.
std::expected<Offset, Bilingual> parse_offset(std::string_view text);
/// Any form of `due`; knows no period, so the loader checks that the form suits `every`.
std::expected<DueRule, Bilingual> parse_due(std::string_view text);
/// Written back as it is read: parse(format(x)) = x.
std::string format_offset(const Offset& offset);
std::string format_due(const DueRule& due);

}  // namespace duban::plan
