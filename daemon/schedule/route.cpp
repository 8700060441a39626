#include "schedule/route.h"

#include <algorithm>

namespace duban::schedule {
namespace {

bool serves_several(const plan::Plan& plan, const std::string& endpoint) {
  return std::ranges::count_if(plan.contacts, [&](const plan::Contact& contact) {
           return std::ranges::find(contact.endpoints, endpoint) != contact.endpoints.end();
         }) > 1;
}

Route route_of(const plan::Plan& plan, const plan::Contact& contact,
               const plan::Endpoint& endpoint) {
  return {.endpoint = endpoint.id,
          .channel = endpoint.channel,
          .contact = serves_several(plan, endpoint.id) ? "" : contact.id,
          .group = endpoint.group};
}

}  // namespace

Audience audience_of(std::string_view unit) {
  return unit == plan::office_id ? Audience::office : Audience::liaison;
}

std::optional<Route> route_to(const plan::Plan& plan, std::string_view unit, Audience audience,
                              bool in_person) {
  auto role = audience == Audience::leader ? plan::Role::leader : plan::Role::liaison;
  for (const auto& contact : plan.contacts) {
    if (contact.unit != unit || contact.role != role) continue;
    for (const auto& id : contact.endpoints) {
      const auto* endpoint = plan.find_endpoint(id);
      if (endpoint == nullptr || (in_person && endpoint->group)) continue;
      return route_of(plan, contact, *endpoint);
    }
  }
  return std::nullopt;
}

std::optional<Route> route_around(const plan::Plan& plan, std::string_view failing) {
  const auto* broken = plan.find_endpoint(failing);
  std::optional<Route> same_channel;
  for (const auto& contact : plan.contacts) {
    if (contact.unit != plan::office_id) continue;
    for (const auto& id : contact.endpoints) {
      const auto* endpoint = plan.find_endpoint(id);
      if (endpoint == nullptr || id == failing) continue;
      auto route = route_of(plan, contact, *endpoint);
      if (broken == nullptr || endpoint->channel != broken->channel) return route;
      if (!same_channel) same_channel = route;
    }
  }
  return same_channel;
}

}  // namespace duban::schedule
