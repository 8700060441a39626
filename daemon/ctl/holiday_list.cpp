#include "ctl/holiday_list.h"

#include "base/limits.h"
#include "calendar/ics_list.h"
#include "plan/templates_file.h"
#include "settings/report.h"
#include "settings/text_file.h"

namespace duban::ctl {
namespace {

using calendar::PublishedList;
using settings::error;

std::optional<PublishedList> read_either(const std::string& text, const std::string& shown,
                                         std::optional<int> only, Diagnostics& out) {
  auto begin = text.find_first_not_of(" \t\r\n");
  auto head = begin == std::string::npos ? std::string{} : text.substr(begin, 5);
  if (head.starts_with('{') || head.starts_with('[')) return read_json_list(text, shown, out);
  if (head == "BEGIN") return calendar::read_ics_list(text, shown, only, out);
  error(out, {shown, 1, 1}, "unknown-form",
        head.starts_with('<')
            ? both("这是网页,不是放假安排的文件",
                   "this is a web page, not a list of public holidays")
            : both("既不是 holiday-cn 的 JSON,也不是 .ics",
                   "this is neither the JSON of holiday-cn nor an .ics"),
        both("下载原始文件,如 holiday-cn 的 2027.json 或 2027.ics",
             "download the raw file, like 2027.json or 2027.ics of holiday-cn"));
  return std::nullopt;
}

// Leaves the year that was asked for; says so where there is nothing.
bool keep_only(std::optional<int> only, PublishedList& list, const std::string& shown,
               Diagnostics& out) {
  std::erase_if(list.years, [&](const auto& year) { return only && year.first != *only; });
  auto missing = only ? both("{}年", "{}", *only) : both("新一年", "the new year");
  for (const auto& [year, entries] : list.years) {
    if (entries.empty()) missing = both("{}年", "{}", year);
  }
  bool there = !list.years.empty() && !list.years.begin()->second.empty();
  if (there) return true;
  error(out, {shown, 0, 0}, "not-published",
        both("{}的放假安排尚未公布,文件里一天也没有",
             "the public holidays of {} are not published yet; the file has none of them", missing),
        both("国务院办公厅一般10月底到12月初发文,发文后再下载",
             "download it again once the State Council has published them, as a rule between "
             "late October and early December"));
  return false;
}

}  // namespace

std::optional<HolidayFile> read_holiday_file(const std::filesystem::path& file,
                                             std::optional<int> only, Diagnostics& out) {
  auto shown = plan::shown_path(file);
  auto text = settings::read_text_file(file, shown, limits::holiday_list_bytes, out);
  auto list = text ? read_either(*text, shown, only, out) : std::nullopt;
  if (!list || !keep_only(only, *list, shown, out)) return std::nullopt;
  HolidayFile read{.notices = {}, .set_aside = {list->set_aside.begin(), list->set_aside.end()}};
  auto before = out.size();
  for (const auto& [year, entries] : list->years) {
    auto notice = calendar::gather_notice(year, entries, shown, out);
    if (!notice) continue;
    notice->address = list->address;
    read.notices.push_back(std::move(*notice));
  }
  if (out.size() != before) return std::nullopt;
  return read;
}

}  // namespace duban::ctl
