#include "sim/model/tries.h"

namespace duban::sim {

std::vector<std::string> judge(const Story& story, const Outcome& outcome) {
  model::Court court{story, outcome};
  model::judge_ledger(court);
  model::judge_facts(court);
  model::judge_once(court);
  model::judge_ends(court);
  model::judge_arrivals(court);
  model::judge_attempts(court);
  model::judge_told(court);
  model::judge_release(court);
  model::judge_outages(court);
  model::judge_audits(court);
  model::Tries tries{court};
  model::judge_replies(court, tries);
  model::judge_waits(court, tries);
  model::judge_endpoints(court, tries);
  // The dates of the shipped plan are not in the story.
  if (!story.plan.shipped) {
    model::judge_untold(court);
    model::judge_lists(court);
    model::judge_list_parts(court);
    model::judge_leaders(court);
    model::judge_drafts(court);
    model::judge_addresses(court, tries);
    model::judge_withdrawn(court, tries);
  }
  return std::move(court.complaints);
}

}  // namespace duban::sim
