#include "document/document_head.h"

#include <set>

#include "document/table_said.h"
#include "message/words.h"

namespace duban::document {
namespace {

using Names = std::vector<std::string>;

// All units and all reporters are called so: forty-three names are no address.
std::string units_called(const plan::Plan& plan, const Names& ids, Day day) {
  std::set<std::string> wanted(ids.begin(), ids.end()), everybody, reporters;
  for (const auto& unit : plan.units) everybody.insert(unit.id);
  if (const auto* table = table_of(plan)) reporters.insert(table->who.begin(), table->who.end());
  if (wanted.empty()) return {};
  if (wanted == everybody) return "各牵头单位、责任单位";
  if (wanted == reporters) return "各填报单位";
  std::string names;
  for (const auto& id : ids) message::append_joined(names, plan.name_of(id, day));
  return names;
}

struct Addresses {
  std::string parties, units;
};

Addresses addresses_of(const plan::Plan& plan, const Names& ids, Day day) {
  Addresses found;
  Names units;
  for (const auto& id : ids) {
    if (plan.find_party(id) == nullptr) units.push_back(id);
    else message::append_joined(found.parties, plan.name_of(id, day));
  }
  found.units = units_called(plan, units, day);
  return found;
}

}  // namespace

std::string work_of(const plan::Plan& plan) {
  constexpr std::string_view ending = "方案";
  std::string_view title = plan.title;
  if (title.ends_with(ending)) title.remove_suffix(ending.size());
  return std::string{title};
}

DocumentHead document_head(const Standpoint& standpoint, const plan::Duty& duty,
                           std::string_view period) {
  const auto& plan = standpoint.plan();
  DocumentHead head;
  head.title = work_of(plan) + duty.name;
  // Of no year: the year is said.
  head.period = message::period_words(period, 0);
  head.as_of = message::moment_words(standpoint.zone().to_civil(standpoint.as_of()), plan.year);
  head.office = plan.office.name;
  auto owed = addresses_of(plan, duty.to, standpoint.today());
  auto copies = addresses_of(plan, duty.copy, standpoint.today());
  head.report_to = owed.parties;
  for (const auto& names : {copies.parties, owed.units, copies.units}) {
    if (!names.empty()) message::append_joined(head.send_to, names);
  }
  return head;
}

}  // namespace duban::document
