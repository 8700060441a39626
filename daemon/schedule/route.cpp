#include "schedule/route.h"

#include <algorithm>

namespace duban::schedule {
namespace {

bool serves_several(const plan::Plan& plan, const std::string& endpoint) {
  return std::ranges::count_if(plan.contacts, [&](const plan::Contact& contact) {
           return std::ranges::find(contact.endpoints, endpoint) != contact.endpoints.end();
         }) > 1;
}

bool speaks_to(const plan::Contact& contact, std::string_view unit, Audience audience) {
  auto role = audience == Audience::leader ? plan::Role::leader : plan::Role::liaison;
  return contact.unit == unit && contact.role == role;
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
  for (const auto& contact : plan.contacts) {
    if (!speaks_to(contact, unit, audience)) continue;
    for (const auto& id : contact.endpoints) {
      const auto* endpoint = plan.find_endpoint(id);
      if (endpoint == nullptr || (in_person && endpoint->group)) continue;
      return route_of(plan, contact, *endpoint);
    }
  }
  return std::nullopt;
}

std::optional<Route> route_after(const plan::Plan& plan, std::string_view unit, Audience audience,
                                 bool in_person, std::string_view endpoint) {
  for (const auto& contact : plan.contacts) {
    if (!speaks_to(contact, unit, audience)) continue;
    auto id = std::ranges::find(contact.endpoints, endpoint);
    if (id == contact.endpoints.end()) continue;
    while (++id != contact.endpoints.end()) {
      const auto* next = plan.find_endpoint(*id);
      if (next != nullptr && !(in_person && next->group)) return route_of(plan, contact, *next);
    }
    return std::nullopt;
  }
  return std::nullopt;
}

bool leads_to(const plan::Plan& plan, std::string_view unit, Audience audience,
              std::string_view endpoint, std::string_view contact) {
  const auto* known = plan.find_endpoint(endpoint);
  return known != nullptr && std::ranges::any_of(plan.contacts, [&](const plan::Contact& one) {
           return speaks_to(one, unit, audience) &&
                  std::ranges::find(one.endpoints, endpoint) != one.endpoints.end() &&
                  route_of(plan, one, *known).contact == contact;
         });
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
