#include "plan/templates_file.h"

#include <algorithm>

#include "base/limits.h"
#include "settings/report.h"
#include "settings/text_file.h"

namespace duban::plan {

namespace fs = std::filesystem;

std::string shown_path(const fs::path& path) { return path.lexically_normal().generic_string(); }

std::vector<fs::path> list_folder(const fs::path& folder, Diagnostics& out) {
  std::error_code failure;
  std::vector<fs::path> entries;
  fs::directory_iterator each(folder, failure);
  // Incremented by hand: the range form throws.
  for (fs::directory_iterator end; !failure && each != end; each.increment(failure)) {
    if (entries.size() == limits::folder_entries) {
      settings::error(out, {shown_path(folder), 0, 0}, "too-many",
                      both("文件夹里超过{}个文件", "the folder has more than {} files",
                           limits::folder_entries),
                      {"拿走不用的", "move out those not used"});
      break;
    }
    entries.push_back(each->path());
  }
  if (failure) {
    settings::error(out, {shown_path(folder), 0, 0}, "unreadable",
                    both("读不了这个文件夹:{}", "cannot read this folder: {}", failure.message()));
  }
  std::ranges::sort(entries);
  return entries;
}

std::map<std::string, std::string> read_templates(const fs::path& folder, Diagnostics& out,
                                                  Sources& sources) {
  std::map<std::string, std::string> templates;
  for (const auto& path : list_folder(folder, out)) {
    if (path.extension() != ".mustache") continue;
    auto shown = shown_path(path);
    auto text = settings::read_text_file(path, shown, limits::template_bytes, out);
    if (!text) continue;
    sources[shown] = *text;
    templates[path.filename().string()] = std::move(*text);
  }
  return templates;
}

}  // namespace duban::plan
