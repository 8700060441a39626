#pragma once
// Which endpoint an audience is reached at. The route is fixed when a notice is queued.

#include <optional>
#include <string>
#include <string_view>

#include "plan/plan.h"

namespace duban::schedule {

struct Route {
  std::string endpoint, channel;
  /// Empty where the endpoint serves several contacts.
  std::string contact;
  bool group = false;
  auto operator<=>(const Route&) const = default;
};

/// The first endpoint of the audience's contact; nothing when nobody can be reached. Individual
/// matters (`in_person`: overdue and what goes to a leader) never go to a group.
std::optional<Route> route_to(const plan::Plan& plan, std::string_view unit, Audience audience,
                              bool in_person);

/// The next endpoint of the contact that `endpoint` is one of; nothing after the last.
std::optional<Route> route_after(const plan::Plan& plan, std::string_view unit, Audience audience,
                                 bool in_person, std::string_view endpoint);
/// Whether the endpoint, read by that contact (empty: by several), is one of the audience's,
/// whichever in order.
bool leads_to(const plan::Plan& plan, std::string_view unit, Audience audience,
              std::string_view endpoint, std::string_view contact);

/// The office's endpoint for trouble with `failing`: of another channel where there is one.
std::optional<Route> route_around(const plan::Plan& plan, std::string_view failing);

/// The audience that speaks for a unit: the liaison, or the office itself.
Audience audience_of(std::string_view unit);

}  // namespace duban::schedule
