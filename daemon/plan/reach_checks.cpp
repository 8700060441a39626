// Who cannot be reached: true of most plans on the first day, so never an error.

#include <algorithm>
#include <set>

#include "plan/draft.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

using settings::warning;

bool has_broken_contact(const Draft& draft, std::string_view unit) {
  return std::ranges::any_of(draft.contacts, [&](const ContactDraft& read) {
    return read.broken && read.contact.unit == unit;
  });
}

void check_office(Draft& draft) {
  const auto& plan = draft.plan;
  std::set<std::string> channels;
  for (const auto& contact : plan.contacts) {
    if (contact.unit != office_id) continue;
    for (const auto& id : contact.endpoints) channels.insert(plan.find_endpoint(id)->channel);
  }
  if (channels.size() >= 2 || has_broken_contact(draft, office_id)) return;
  Place place;
  for (const auto& contact : plan.contacts) {
    if (contact.unit == office_id && place.line == 0) place = contact.place;
  }
  if (place.line == 0) place = plan.office.place;
  warning(draft.diagnostics, place, "office-endpoints",
          both("领导小组办公室只有{}个通道,一个坏了就没人知道出了故障",
               "the office has fewer than two channels ({}): if one breaks, nobody learns of it",
               channels.size()),
          {"给 unit = \"office\" 的联络员再写一个不同通道的地址",
           "give a contact with unit = \"office\" an address on another channel too"});
}

}  // namespace

void check_reach(Draft& draft) {
  if (!draft.units_read || draft.contacts_refused) return;
  for (const auto& unit : draft.plan.units) {
    if (unit.id.empty() || draft.plan.reachable(unit.id, Role::liaison)) continue;
    if (has_broken_contact(draft, unit.id)) continue;
    warning(draft.diagnostics, unit.place, "no-contact",
            both("{}没有可送达的联络员,列入人工送达名单",
                 "“{}” has no contact that can be reached and must be told by hand", unit.name),
            {"在 units.toml 加 [[contact]]", "add a [[contact]] to units.toml"});
  }
  check_office(draft);
}

}  // namespace duban::plan
