// ADDRESS: what goes out goes to an address that the plan in force names for whom it is meant, and
// nothing fails for want of one: what has lost its address is withdrawn.

#include <algorithm>

#include "sim/model/records.h"
#include "sim/model/tries.h"

namespace duban::sim::model {
namespace {

constexpr std::string_view rule = "ADDRESS";
/// What was under way when the plan changed.
constexpr Second under_way = 60;

const std::vector<std::string>& addresses_of(const Plan& plan, const ItemRow& item) {
  static const std::vector<std::string> none;
  if (item.unit == "office") return plan.office;
  auto unit = std::ranges::find(plan.units, item.unit, &Unit::id);
  if (unit == plan.units.end()) return none;
  return item.audience == "leader" ? unit->leader : unit->liaison;
}

bool is_named(const Records& records, const ItemRow& item, const Exchange& one) {
  for (auto at : {one.began.since, one.began.since - under_way}) {
    for (const auto* text : records.texts_at(at)) {
      const auto& named = addresses_of(text->plan(), item);
      if (std::ranges::find(named, one.channel + ':' + one.address) != named.end()) return true;
    }
  }
  return false;
}

}  // namespace

void judge_addresses(Court& court, const Tries& tries) {
  Records records{court};
  for (const auto& notice : court.outcome.notices) {
    for (const auto& [exchange, row] : tries.of(notice.id)) {
      for (const auto* item : court.items_of[notice.id]) {
        if (item->unit.empty() || is_named(records, *item, *exchange)) continue;
        court.complain(rule, name_of(*item) + " went at " + court.at(exchange->began.wall) +
                                 " to " + exchange->address + ", which is nobody's");
        break;
      }
    }
    bool of_the_channel = !notice.attempts.empty() &&
                          notice.attempts.back().reason == "bad-configuration";
    bool lost = notice.ended == "failed" && notice.end_reason == "bad-configuration";
    if (lost && !of_the_channel) {
      court.complain(rule, notice.id + " of " + court.at(notice.queued_at) + " to " +
                               notice.endpoint + " failed for want of an address");
    }
  }
}

}  // namespace duban::sim::model
