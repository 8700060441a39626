// LEDGER: what was said and taken stands in the ledger as it was said, what was refused does not.

#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

#include "sim/model/court.h"

namespace duban::sim::model {
namespace {

constexpr std::string_view rule = "LEDGER fact";
using What = Said::What;

std::string kind_of(What what) {
  switch (what) {
    case What::received: return "received";
    case What::checked: return "checked";
    case What::extended: return "extended";
    case What::excused: return "excused";
    case What::silenced: return "silenced";
    case What::release_draft:
    case What::release_storm: return "released";
    case What::defer_draft: return "deferred";
    case What::void_last_received: return "voided";
    case What::submitted: return "submitted";
    case What::accepted: return "accepted";
    case What::asked: return "asked";
    case What::declined: return "declined";
    case What::returned: return "returned";
    case What::not_ours: return "not-ours";
    case What::reassigned: return "reassigned";
    case What::called: return "called";
    case What::issued: return "issued";
    case What::resend: return "";
  }
  return "";
}

struct Count {
  int taken = 0, unknown = 0, rows = 0;
};
// Of a void, a release and a deferral the ledger knows better whom they are about.
using Key = std::tuple<std::string, std::string, std::string, std::string>;

Key key_of(const Said& said) {
  auto kind = kind_of(said.what);
  if (kind == "released" || kind == "deferred" || kind == "voided") return {kind, "", "", ""};
  return {kind, said.duty, said.what == What::silenced ? "" : said.period,
          said.what == What::checked ? "" : said.unit};
}

Key key_of(const FactRow& fact) {
  bool vague = fact.kind == "released" || fact.kind == "deferred" || fact.kind == "voided";
  if (vague) return {fact.kind, "", "", ""};
  return {fact.kind, fact.duty, fact.period, fact.unit};
}

const Said* said_of(const Court& court, const Event& event) {
  if (!event.happening) return nullptr;
  return std::get_if<Said>(&court.story.happenings.at(*event.happening).what);
}

std::string text_of(const Key& key) {
  const auto& [kind, duty, period, unit] = key;
  return kind + ' ' + duty + ' ' + period + ' ' + unit;
}

void judge_row(Court& court, const FactRow& row, const Said& said, const Moment& taken) {
  // The disk may take its time.
  constexpr Second answer_takes = 10;
  auto complain = [&](const std::string& what) {
    court.complain(rule, text_of(key_of(row)) + " of " + court.at(row.recorded_at) + ' ' + what);
  };
  if (key_of(row) != key_of(said)) complain("is not what was said: " + text_of(key_of(said)));
  const auto& life = court.life;
  bool same_clock = !life.clock_was_set() && !life.was_hurt(taken.since - 60, taken.since);
  if (same_clock && std::abs(row.recorded_at - taken.wall) > answer_takes) {
    complain("was recorded at " + court.at(taken.wall));
  }
  bool of_then = said.what == What::received || said.what == What::checked;
  if (of_then && same_clock && std::abs(row.recorded_at - row.at - said.ago) > answer_takes) {
    complain("happened at " + court.at(row.at) + ", not so long before as was said");
  }
  bool lasts = said.what == What::extended || said.what == What::silenced ||
               said.what == What::returned;
  if (said.what == What::reassigned && row.subject != said.to) complain("went to another");
  if (lasts && row.time != said.until) complain("is until another time than was said");
}

}  // namespace

void judge_facts(Court& court) {
  std::map<std::int64_t, const FactRow*> by_seq;
  std::map<Key, Count> counts;
  for (const auto& row : court.outcome.facts) {
    by_seq[row.seq] = &row;
    ++counts[key_of(row)].rows;
  }
  for (const auto& event : court.outcome.events) {
    const auto* said = said_of(court, event);
    if (said == nullptr || kind_of(said->what).empty()) continue;
    if (event.kind == Event::Kind::fact_unknown) ++counts[key_of(*said)].unknown;
    if (event.kind != Event::Kind::fact_taken) continue;
    ++counts[key_of(*said)].taken;
    if (event.seq == 0) continue;
    auto row = by_seq.find(event.seq);
    if (row != by_seq.end()) {
      judge_row(court, *row->second, *said, event.at);
    } else {
      court.complain(rule, text_of(key_of(*said)) + " was taken at " + court.at(event.at.wall) +
                               " as number " + std::to_string(event.seq) + " and is lost");
    }
  }
  const std::set<std::string> people{"received", "checked",  "extended", "excused",
                                     "silenced", "released", "deferred", "voided",
                                     "submitted", "accepted", "asked",    "declined",
                                     "returned", "not-ours", "reassigned", "called",
                                     "issued"};
  for (const auto& [key, count] : counts) {
    if (!people.contains(std::get<0>(key))) continue;
    if (count.rows < count.taken) {
      court.complain(rule, text_of(key) + ": taken " + std::to_string(count.taken) +
                               " times, in the ledger " + std::to_string(count.rows));
    }
    if (count.rows > count.taken + count.unknown) {
      court.complain(rule, text_of(key) + ": in the ledger " + std::to_string(count.rows) +
                               " times, said " + std::to_string(count.taken + count.unknown));
    }
  }
}

}  // namespace duban::sim::model
