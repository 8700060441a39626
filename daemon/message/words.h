#pragma once
// The words of dates, periods, units and reasons, as an office says them.

#include <optional>
#include <string>
#include <string_view>

#include "base/states.h"
#include "base/time.h"
#include "plan/plan.h"

namespace duban::message {

/// `5月25日`; with the year where it is not `year`.
std::string day_words(Day day, int year);
/// `5月25日(周三)`.
std::string weekday_words(Day day, int year);
/// `9:00`, `17:00`.
std::string hour_words(Seconds since_midnight);
/// `5月26日14:00`.
std::string moment_words(Civil at, int year);
/// The year of a period, and what it is within it: `05`, `Q2`, `W13`; empty for the whole year.
struct PeriodParts {
  int year = 0;
  std::string_view within;
};
PeriodParts parts_of(std::string_view period);
/// 0 where there are none.
unsigned number_in(std::string_view digits);
/// `5月`, `二季度`, `上半年`, `第13周`, a day; nothing for the year itself. With the year where it
/// is not `year`.
std::string period_words(std::string_view period, int year);
/// How a unit is spoken to: 贵局, 贵委, 贵区, … by its manner and name.
std::string you_words(const plan::Unit& unit, std::string_view name);
/// What is done with a duty, a milestone, an action: 报, 完成, 办结.
std::string verb_words(plan::Origin origin);
/// By which a document is asked for: `dispatch`, `briefing`, `register`.
std::string_view form_word(plan::Form form);
/// The office cannot order it.
bool is_peer(const plan::Unit& unit);
/// 请, or 商请 where the office cannot order.
std::string please_words(const plan::Unit& unit);
/// 提醒, 当日提示, 催报, 提请关注.
std::string stage_words(StageKind kind);
/// Why an attempt failed or a person was not reached.
std::string reason_words(Reason reason);
/// What duban itself met, by the code of a trouble, and the command that mends it. Empty where the
/// code is an endpoint's id.
struct Met {
  std::string what, command;
};
/// `period`: what the trouble is about (the year of a missing calendar); `count` messages are held
/// by it.
Met met_words(std::string_view code, std::string_view period, std::size_t count);
/// `甲、乙、丙`.
void append_joined(std::string& list, std::string_view entry);

}  // namespace duban::message
