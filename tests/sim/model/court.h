#pragma once
// What every rule works on: the story, what came of it, and where complaints go.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model/life.h"
#include "sim/model/zone.h"

namespace duban::sim::model {

class Court {
 public:
  Court(const Story& of, const Outcome& came)
      : story(of), outcome(came), life(of, came), zone(Zone::named(of.plan.zone)) {
    for (const auto& notice : outcome.notices) notice_by_id.emplace(notice.id, &notice);
    for (const auto& arrival : outcome.arrivals) arrivals_of[arrival.notice].push_back(&arrival);
    for (const auto& item : outcome.items) {
      for (const auto& id : item.notices) items_of[id].push_back(&item);
    }
  }

  const Story& story;
  const Outcome& outcome;
  const Life life;
  const Zone& zone;
  std::map<std::string, const NoticeRow*> notice_by_id;
  std::map<std::string, std::vector<const Arrival*>> arrivals_of;
  std::map<std::string, std::vector<const ItemRow*>> items_of;

  void complain(std::string_view rule, std::string what) {
    complaints.push_back(std::string{rule} + ": " + std::move(what));
  }
  std::string at(Second instant) const { return zone.text(instant); }
  std::vector<std::string> complaints;
};

/// `duty period unit: remind -2wd 09:00 (liaison, 1)`.
inline std::string name_of(const ItemRow& item) {
  auto what = item.kind == "stage" ? item.stage : item.kind;
  return item.duty + ' ' + item.period + ' ' + item.unit +
         (item.slice.empty() ? "" : '/' + item.slice) + " \"" + what + "\" (" + item.audience +
         ", telling " + std::to_string(item.telling) + ')';
}

class Tries;

// The groups of rules, one file each.
void judge_ledger(Court& court);
void judge_facts(Court& court);
void judge_once(Court& court);
void judge_ends(Court& court);
void judge_arrivals(Court& court);
void judge_attempts(Court& court);
void judge_told(Court& court);
void judge_untold(Court& court);
void judge_release(Court& court);
void judge_lists(Court& court);
void judge_list_parts(Court& court);
void judge_leaders(Court& court);
void judge_outages(Court& court);
void judge_drafts(Court& court);
void judge_audits(Court& court);
void judge_replies(Court& court, const Tries& tries);
void judge_waits(Court& court, const Tries& tries);
void judge_endpoints(Court& court, const Tries& tries);
void judge_addresses(Court& court, const Tries& tries);
void judge_withdrawn(Court& court, const Tries& tries);

}  // namespace duban::sim::model
