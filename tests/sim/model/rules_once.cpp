// ONCE: an item is one item; a second notice carries it only in the place of the first; tellings
// are counted without holes.

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "sim/model/court.h"

namespace duban::sim::model {
namespace {

constexpr std::string_view rule = "ONCE";
using ItemKey = std::tuple<std::string, std::string, std::string, std::string, std::string,
                           std::string, std::string, int>;
using Listener = std::tuple<std::string, std::string, std::string, std::string, std::string>;

void judge_keys(Court& court) {
  std::set<ItemKey> keys;
  std::map<Listener, std::set<int>> tellings;
  for (const auto& item : court.outcome.items) {
    ItemKey key{item.duty,  item.period,   item.unit,    item.slice, item.kind,
                item.stage, item.audience, item.telling};
    if (!keys.insert(key).second) court.complain(rule, name_of(item) + " is there twice");
    tellings[{item.duty, item.period, item.unit, item.slice, item.audience}].insert(item.telling);
  }
  for (const auto& [listener, numbers] : tellings) {
    bool whole = *numbers.begin() == 1 && *numbers.rbegin() == static_cast<int>(numbers.size());
    if (whole) continue;
    const auto& [duty, period, unit, slice, audience] = listener;
    court.complain(rule, duty + ' ' + period + ' ' + unit + ' ' + slice + " (" + audience +
                             "): the tellings have a hole, up to " +
                             std::to_string(*numbers.rbegin()));
  }
}

void judge_carriers(Court& court, const ItemRow& item) {
  if (item.notices.empty()) return court.complain(rule, name_of(item) + " is in no notice");
  for (std::size_t i = 1; i < item.notices.size(); ++i) {
    const auto* next = court.notice_by_id.at(item.notices[i]);
    auto before = item.notices.begin() + static_cast<std::ptrdiff_t>(i);
    auto old = std::find(item.notices.begin(), before, next->replaces);
    if (old == before) {
      court.complain(rule, name_of(item) + " is in " + item.notices[i - 1] + " and in " + next->id +
                               ", which replaces neither it nor one before");
      continue;
    }
    const auto* replaced = court.notice_by_id.at(*old);
    if (next->reason == "resent") continue;
    if (replaced->ended != "superseded") {
      court.complain(rule, name_of(item) + " went over to " + next->id + " although " +
                               replaced->id + " is " + replaced->ended.value_or("open"));
    }
    if (!replaced->attempts.empty()) {
      court.complain(rule, name_of(item) + " went over to " + next->id + " although " +
                               replaced->id + " had been attempted");
    }
  }
}

}  // namespace

void judge_once(Court& court) {
  judge_keys(court);
  std::set<std::string> ids;
  for (const auto& notice : court.outcome.notices) {
    if (!ids.insert(notice.id).second) court.complain(rule, notice.id + " is there twice");
    if (!court.items_of.contains(notice.id)) court.complain(rule, notice.id + " carries nothing");
  }
  for (const auto& item : court.outcome.items) judge_carriers(court, item);
}

}  // namespace duban::sim::model
