#include "ctl/rehearsed_lists.h"

#include <algorithm>
#include <fstream>
#include <optional>

namespace duban::ctl {
namespace {

// The day that a notice is the list of.
std::optional<Day> list_day(const ledger::Notice& notice, const calendar::Zone& zone) {
  auto list = std::ranges::find_if(notice.items, [](const schedule::Item& item) {
    return item.key.kind == ItemKind::list;
  });
  if (list == notice.items.end()) return std::nullopt;
  return zone.day_of(list->planned_at);
}

}  // namespace

bool RehearsedLists::write(const std::filesystem::path& folder,
                           const schedule::Timetable& timetable,
                           const std::vector<ledger::Notice>& notices) {
  // The office may read it in several places: the same list.
  std::set<std::string> own;
  for (const auto& notice : notices) {
    auto day = list_day(notice, timetable.zone());
    if (!day || !own.insert(format_day(*day)).second) continue;
    auto name = format_day(*day);
    bool below = !days_.insert(name).second;
    std::ofstream file{folder / (name + ".txt"),
                       std::ios::binary | (below ? std::ios::app : std::ios::trunc)};
    file << (below ? "\n" : "") << notice.content.subject << "\n\n" << notice.content.text << '\n';
    if (!file.flush()) return false;
  }
  return true;
}

}  // namespace duban::ctl
