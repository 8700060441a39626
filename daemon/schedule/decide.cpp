#include "schedule/decide.h"

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "schedule/document_draft.h"
#include "schedule/step.h"
#include "schedule/wake.h"

namespace duban::schedule {
namespace {

using Scope = std::pair<std::string, std::string>;  // duty, unit; both empty: the plan

Fact force_fact(FactKind kind, const Scope& scope, Instant now) {
  Fact fact;
  fact.kind = kind;
  fact.about = {scope.first, "", scope.second, ""};
  fact.at = now;
  fact.recorded_at = now;
  fact.by = "duband";
  fact.way = "schedule";
  return fact;
}

// Since when plan, units and duties are in force is recorded when it is first seen, and when it
// ends, so that what is added starts from then.
void note_force(const Step& step, Decision& decision) {
  std::set<Scope> present{{"", ""}};
  for (const auto& duty : step.plan().duties) present.insert({duty.id, ""});
  for (const auto& unit : step.plan().units) present.insert({"", unit.id});
  const auto& known = step.record.in_force();
  for (const auto& scope : present) {
    if (known.contains(scope)) continue;
    decision.facts.push_back(force_fact(FactKind::in_force, scope, step.now));
  }
  for (const auto& [scope, since] : known) {
    if (present.contains(scope)) continue;
    decision.facts.push_back(force_fact(FactKind::out_of_force, scope, step.now));
  }
}

std::optional<Record::Outage> outage_until(Board& board, std::optional<Instant> cursor,
                                           Instant now) {
  if (!cursor || now - *cursor <= limits::late_after) return std::nullopt;
  auto wake = next_wake(board, *cursor, *cursor);
  if (!wake || now - *wake <= limits::late_after) return std::nullopt;
  return Record::Outage{*cursor, now};
}

void want_all(const Step& step, Decision& decision) {
  std::vector<Wanted> wanted;
  want_tellings(step, decision, wanted);
  want_gone(step, decision, wanted);
  want_handovers(step, decision, wanted);
  brake_storm(step, wanted);
  want_trouble(step, wanted);
  want_calendar(step, wanted);
  want_office_list(step, decision, wanted);
  want_drafts(step, decision, wanted);
  group_into_notices(std::move(wanted), decision);
}

void note_outage(const Step& step, Decision& decision) {
  if (!step.outage) return;
  Fact fact = force_fact(FactKind::outage, {"", ""}, step.now);
  fact.time = step.outage->from;
  decision.facts.push_back(std::move(fact));
}

}  // namespace

void group_into_notices(std::vector<Wanted> wanted, Decision& decision) {
  std::size_t first = decision.notices.size();
  for (auto& one : wanted) {
    // What goes to a leader goes alone, a unit at a time.
    auto fits = [&](const NoticePlan& notice) {
      if (notice.endpoint != one.route.endpoint || notice.state != one.state) return false;
      if (notice.storm != one.storm) return false;
      if (one.state != NoticeState::drafted || one.storm) return true;
      const auto& unit = notice.tellings.front().item.key.about.unit;
      return unit == one.telling.item.key.about.unit;
    };
    auto begin = decision.notices.begin() + static_cast<std::ptrdiff_t>(first);
    auto notice = std::find_if(begin, decision.notices.end(), fits);
    if (notice == decision.notices.end()) {
      decision.notices.push_back({.endpoint = one.route.endpoint,
                                  .channel = one.route.channel,
                                  .contact = one.route.contact,
                                  .state = one.state,
                                  .expires_at = one.expires_at,
                                  .storm = one.storm});
      notice = decision.notices.end() - 1;
    }
    bool for_ever = !notice->expires_at || !one.expires_at;
    notice->expires_at =
        for_ever ? std::nullopt : std::max(notice->expires_at, one.expires_at);
    notice->tellings.push_back(std::move(one.telling));
  }
  for (std::size_t index = first; index < decision.notices.size(); ++index) {
    const auto& notice = decision.notices[index];
    decision.list.storm += notice.storm ? 1U : 0U;
    if (notice.storm) continue;
    if (notice.state != NoticeState::drafted || !notice.tellings.front().assignment) continue;
    Instant sends_at{};
    for (const auto& one : notice.tellings) sends_at = std::max(sends_at, one.item.planned_at);
    const auto& first_telling = notice.tellings.front();
    decision.list.drafts.push_back(
        {"", index, *first_telling.assignment, sends_at, first_telling.told_before});
  }
}

Decision decide(const Timetable& timetable, const Record& record, std::optional<Instant> cursor,
                Instant now) {
  Board board{timetable, record};
  auto decision = decide(board, cursor, now);
  explain_untold({timetable, record, cursor, now, std::nullopt, board}, decision);
  return decision;
}

Decision decide(Board& board, std::optional<Instant> cursor, Instant now) {
  const auto& timetable = board.timetable();
  auto outage = outage_until(board, cursor, now);
  board.bring_to(now, outage);
  Step step{timetable, board.record(), cursor, now, outage, board};
  Decision decision;
  note_force(step, decision);
  note_outage(step, decision);
  decision.assignments = Assignments{board.assignments()};
  tend_open_notices(step, decision);
  bool in_time = now >= timetable.begins() && now < timetable.ends();
  if (!in_time) return decision;
  want_fallbacks(step, decision);
  if (decision.ended_items.empty()) {
    want_all(step, decision);
    return decision;
  }
  // What is told now depends on what has just been withdrawn.
  auto record = board.record();
  for (const auto& end : decision.ended_items) record.end_item(end.key, end.reason);
  for (const auto& end : decision.ended_notices) {
    record.end_notice(end.id, end.state, end.reason, now);
  }
  Board afterwards{timetable, record};
  afterwards.bring_to(now, outage);
  want_all({timetable, record, cursor, now, outage, afterwards}, decision);
  return decision;
}

}  // namespace duban::schedule
