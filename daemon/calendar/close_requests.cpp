#include "calendar/close_requests.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <vector>

#include "base/english_names.h"
#include "base/limits.h"
#include "calendar/occurrence.h"
#include "calendar/workdays.h"

namespace duban::calendar {
namespace {

using Ids = std::vector<std::string>;

// A period of a duty, by the day it is asked for.
struct Asked {
  Day day;
  std::string period;
};

struct Request {
  const plan::Duty* duty = nullptr;
  /// Units that are asked, the exempt ones left out; sorted.
  Ids units;
  /// By day.
  std::vector<Asked> asked;
};

struct Closest {
  Asked first, second;
  int apart = 0;
  std::size_t times = 0;
};

Ids asked_units(const plan::Plan& plan, const plan::Duty& duty) {
  Ids units;
  for (const auto& unit : duty.who) {
    bool exempt = std::ranges::find(plan.budget.exempt, unit) != plan.budget.exempt.end();
    if (unit != plan::office_id && !exempt) units.push_back(unit);
  }
  std::ranges::sort(units);
  return units;
}

std::vector<Request> requests_of(const plan::Plan& plan, const Zone& zone) {
  std::vector<Request> requests(plan.duties.size());
  for (std::size_t i = 0; i < plan.duties.size(); ++i) {
    const auto& duty = plan.duties[i];
    requests[i].duty = &duty;
    bool paper = duty.origin == plan::Origin::duty && duty.ends == plan::Ends::received;
    if (paper) requests[i].units = asked_units(plan, duty);
  }
  for (const auto& one : occurrences(plan, zone, {})) {
    if (one.dating != Dating::dated) continue;
    auto day = zone.day_of(one.ask_by ? *one.ask_by : *one.due);
    requests[one.duty].asked.push_back({day, one.period});
  }
  std::erase_if(requests, [](const Request& r) { return r.units.empty() || r.asked.empty(); });
  for (auto& request : requests) std::ranges::sort(request.asked, {}, &Asked::day);
  return requests;
}

std::size_t shared_units(const Request& one, const Request& other) {
  Ids shared;
  std::ranges::set_intersection(one.units, other.units, std::back_inserter(shared));
  return shared.size();
}

int days_apart(const Workdays& workdays, Day one, Day other) {
  return workdays.count_between(std::min(one, other), std::max(one, other));
}

// Both lists are by day: only neighbours can be close.
std::optional<Closest> closest(const Request& one, const Request& other,
                               const Workdays& workdays) {
  std::optional<Closest> found;
  for (const auto& first : one.asked) {
    auto after = std::ranges::lower_bound(other.asked, first.day, {}, &Asked::day);
    auto from = after == other.asked.begin() ? after : std::prev(after);
    auto to = after == other.asked.end() ? after : std::next(after);
    bool close = false;
    for (auto second = from; second != to; ++second) {
      auto apart = days_apart(workdays, first.day, second->day);
      if (apart > requests_apart) continue;
      close = true;
      if (!found) found = Closest{first, *second, apart, 0};
      if (apart < found->apart) found = Closest{first, *second, apart, found->times};
    }
    if (close) ++found->times;
  }
  return found;
}

// What is asked every week or so is close to everything: the plan wants it so.
bool recurs_close(const Request& request, const Workdays& workdays) {
  const auto& asked = request.asked;
  auto far = std::ranges::adjacent_find(asked, [&](const Asked& one, const Asked& next) {
    return days_apart(workdays, one.day, next.day) > requests_apart;
  });
  return asked.size() > 1 && far == asked.end();
}

bool is_meant(const plan::Plan& plan, const std::string& one, const std::string& other) {
  return std::ranges::any_of(plan.budget.close, [&](const plan::CloseRequests& close) {
    return (close.first == one && close.second == other) ||
           (close.first == other && close.second == one);
  });
}

Bilingual request_words(const Request& request, const Asked& asked) {
  const Bilingual day{fmt::format("{}月{}日", month_of(asked.day), day_of_month(asked.day)),
                      english_day(asked.day, year_of(asked.day))};
  const auto& name = request.duty->name;
  if (request.duty->every == plan::Every::once) return both("{}({})", "{} ({})", name, day);
  return both("{}({},{})", "{} ({}, {})", name, asked.period, day);
}

Bilingual apart_words(int days) {
  if (days == 0) return {"是同一天", "fall on the same day"};
  if (days == 1) return {"只隔1个工作日", "are only one working day apart"};
  return both("只隔{}个工作日", "are only {} working days apart", days);
}

Diagnostic warning_of(const Request& one, const Request& other, const Closest& closest,
                      std::size_t units) {
  auto first = request_words(one, closest.first), second = request_words(other, closest.second);
  if (closest.second.day < closest.first.day) std::swap(first, second);
  auto times = closest.times > 1 ? both(",这样的有{}期", "; periods like this: {}", closest.times)
                                 : Bilingual{};
  return {Severity::warning, other.duty->place, "close-requests",
          both("{}和{}{},{}家单位两件都要报{}", "{} and {} {}; units that owe both: {}{}", first,
               second, apart_words(closest.apart), units, times),
          both("能并成一件的并成一件;有意这样的,在 [budget] 的 close 里写明 {}、{}",
               "make them one where you can; if this is meant, write {}, {} in close of [budget]",
               one.duty->id, other.duty->id)};
}

}  // namespace

Diagnostics close_requests(const plan::Plan& plan) {
  Diagnostics found;
  auto zone = Zone::find(plan.zone);
  if (!zone) return found;
  Workdays workdays{plan.calendar};
  auto requests = requests_of(plan, *zone);
  std::erase_if(requests, [&](const Request& one) { return recurs_close(one, workdays); });
  for (std::size_t i = 0; i < requests.size(); ++i) {
    for (std::size_t j = i + 1; j < requests.size(); ++j) {
      const auto &one = requests[i], &other = requests[j];
      auto units = shared_units(one, other);
      if (units == 0 || is_meant(plan, one.duty->id, other.duty->id)) continue;
      auto near = closest(one, other, workdays);
      if (!near) continue;
      if (found.size() == limits::close_requests) {
        found.push_back({Severity::warning, other.duty->place, "close-requests",
                         both("还有别的事项也隔得近,只列出{}对",
                              "other duties are close too; only {} pairs are listed",
                              limits::close_requests),
                         {"先看前面的", "see to those listed first"}});
        return found;
      }
      found.push_back(warning_of(one, other, *near, units));
    }
  }
  return found;
}

}  // namespace duban::calendar
