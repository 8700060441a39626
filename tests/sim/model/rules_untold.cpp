// UNTOLD: nothing that is to be told stays untold while the daemon is up and nothing disturbs it.
// Each stretch of calm under one text is cut at the moments at which something about an assignment
// changes; what was to be told for the last minutes before such a moment and was not, is lost.

#include <algorithm>
#include <set>

#include "sim/model/situation.h"

namespace duban::sim::model {
namespace {

using Standing = Situation::Standing;

/// So long after its moment, by the clock that only goes on, something may be told.
constexpr Second slack = 120;
/// A clock that runs 500 ppm wrong for some days is not known better.
constexpr Second drift_slack = 900;

/// `kind`, the stage's key or nothing, the audience.
using Want = std::tuple<std::string, std::string, std::string>;

std::string text_of(const Want& want) {
  const auto& [kind, stage, audience] = want;
  return '"' + (stage.empty() ? kind : stage) + "\" (" + audience + ')';
}

class Untold {
 public:
  Untold(Court& court, const Records& records)
      : court_(court),
        records_(records),
        slack_(court.life.clock_drifted() ? drift_slack : slack) {}
  void judge(const Owed& owed, const Text& text, const Span& calm);
  void judge_delay(const ItemRow& item);
  bool waits_for_another(const ItemRow& item) const;
  void judge_second(const ItemRow& item);

 private:
  std::set<Want> wants(const Owed& owed, const Text& text, const Knowing& knowing) const;
  void want_corrections(const Situation& now, const Owed& owed, const Text& text,
                        const Knowing& knowing, std::set<Want>& wants) const;
  std::set<Want> wants_at(const Owed& owed, const Text& text, Second since) const;
  std::set<Second> cuts(const Owed& owed, const Text& text, const Span& calm) const;
  void add_points(const Owed& owed, const Text& text, Second since, std::set<Second>& cuts) const;

  Court& court_;
  const Records& records_;
  Second slack_;
  std::set<std::pair<Owed, Want>> told_of_;
};

void Untold::want_corrections(const Situation& now, const Owed& owed, const Text& text,
                              const Knowing& knowing, std::set<Want>& wants) const {
  for (const std::string audience : {"liaison", "leader"}) {
    bool wronged = false, righted = false;
    for (const auto* one : records_.items_about(owed)) {
      if (one->audience != audience || !records_.stands(*one, knowing)) continue;
      righted |= one->kind == "correction";
      bool chase = one->stage.starts_with("overdue") || one->stage.starts_with("escalate") ||
                   one->stage.starts_with("returned");
      // Whoever has not got it for sure by now need not hear that it was wrong.
      const auto& last = *court_.notice_by_id.at(one->notices.back());
      bool arrived = last.ended == "delivered" && last.ended_at && *last.ended_at < knowing.now;
      wronged |= chase && arrived && *now.answered_at() < one->planned_at;
    }
    bool wanted = wronged && !righted && now.may_tell_now();
    if (wanted && text.reaches(now.unit(), audience == "leader")) {
      wants.insert({"correction", "", audience});
    }
  }
}

std::set<Want> Untold::wants(const Owed& owed, const Text& text, const Knowing& knowing) const {
  std::set<Want> wants;
  if (knowing.now < text.begins() || knowing.now >= text.ends()) return wants;
  Situation now{records_, text, owed, knowing};
  const auto& known = now.known();
  auto audience = now.audience();
  bool reached = text.reaches(now.unit(), false);
  bool fell = now.standing() == Standing::not_owed || now.standing() == Standing::excused;
  if (fell) {
    bool hears = known.told && !now.answered_at() && reached;
    if (hears && now.first_moment(known.due) <= knowing.now) wants.insert({"gone", "", audience});
    return wants;
  }
  if (now.standing() == Standing::answered) want_corrections(now, owed, text, knowing, wants);
  if (now.standing() != Standing::open) return wants;
  auto draft_from = now.draft_from();
  bool writes = draft_from && *draft_from <= knowing.now && reached && now.may_tell_now();
  if (writes && !now.draft_is_told()) {
    wants.insert({"document", key_of(*text.draft_of(std::get<0>(owed))), "office"});
  }
  if (auto answer = now.untold_answer(); known.told && !answer.empty()) {
    if (reached && now.may_tell_now()) wants.insert({"answer", answer, audience});
    return wants;
  }
  if (!known.told || known.due != now.due()) {
    bool hears = reached && now.may_tell_now();
    if (hears) wants.insert({known.told ? "change" : "start", "", audience});
    return wants;
  }
  const auto* stage = now.newest(false);
  bool heard = stage != nullptr && reached && now.is_news(*stage, known) &&
               (knowing.now - *stage->at <= 600 || now.may_tell_now());
  if (heard) wants.insert({"stage", key_of(*stage->stage), audience});
  const auto* draft = now.newest(true);
  bool drafted = draft != nullptr && text.reaches(now.unit(), true) &&
                 now.is_news(*draft, now.leader_known());
  if (drafted) wants.insert({"stage", key_of(*draft->stage), "leader"});
  return wants;
}

std::set<Want> Untold::wants_at(const Owed& owed, const Text& text, Second since) const {
  return wants(owed, text, {records_.number_at(since), court_.life.wall_at(since), true});
}

// The moments at which its stages come, its due time passes, a silence or the hours end.
void Untold::add_points(const Owed& owed, const Text& text, Second since,
                        std::set<Second>& cuts) const {
  Knowing knowing{records_.number_at(since), court_.life.wall_at(since), true};
  Situation now{records_, text, owed, knowing};
  auto add = [&](std::optional<Second> wall) {
    if (!wall || *wall <= knowing.now) return;
    if (auto at = court_.life.since_of(*wall, since)) cuts.insert(*at);
  };
  // What is told at once is to be told until the hours end, and then not before the next ones.
  add(text.closes(now.first_moment(now.due())));
  if (now.standing() != Standing::open) return;
  add(now.due());
  for (const auto& point : now.points()) add(point.from);
  add(now.draft_from());
}

std::set<Second> Untold::cuts(const Owed& owed, const Text& text, const Span& calm) const {
  std::set<Second> cuts{calm.to};
  add_points(owed, text, calm.from, cuts);
  std::set<Second> changes;
  const auto& [duty, period, unit] = owed;
  for (const auto& fact : court_.outcome.facts) {
    bool about = (fact.duty.empty() || fact.duty == duty) &&
                 (fact.period.empty() || fact.period == period) &&
                 (fact.unit.empty() || fact.unit == unit || fact.subject == unit);
    if (about && calm.contains(records_.since_of(fact.seq))) {
      changes.insert(records_.since_of(fact.seq));
    }
  }
  for (auto change : changes) {
    cuts.insert(change);
    add_points(owed, text, change + 1, cuts);
  }
  return cuts;
}

void Untold::judge(const Owed& owed, const Text& text, const Span& calm) {
  for (auto cut : cuts(owed, text, calm)) {
    auto before = cut - 2;
    if (cut > calm.to || before - slack_ < calm.from) continue;
    auto now = wants_at(owed, text, before);
    if (now.empty()) continue;
    auto then = wants_at(owed, text, before - slack_);
    for (const auto& want : now) {
      if (!then.contains(want) || !told_of_.insert({owed, want}).second) continue;
      const auto& [duty, period, unit] = owed;
      court_.complain("UNTOLD", duty + ' ' + period + ' ' + unit + ' ' + text_of(want) +
                                    " was to be told and is not at " +
                                    court_.at(court_.life.wall_at(before)));
    }
  }
}

// It was to be told already so long before it was, and nothing was in the way.
void Untold::judge_delay(const ItemRow& item) {
  auto told = records_.since_of(item.seq);
  auto before = told - slack_;
  if (!court_.life.is_calm(before - 5, told) || waits_for_another(item)) return;
  auto texts = records_.texts_at(told);
  if (texts.size() != 1 || records_.texts_at(before) != texts) return;
  Want want{item.kind, item.stage, item.audience};
  Owed owed{item.duty, item.period, item.unit};
  if (wants_at(owed, *texts.front(), before).contains(want)) {
    court_.complain("DELAY", name_of(item) + " told at " + court_.at(records_.told_at(item)) +
                                 " was to be told by " + court_.at(court_.life.wall_at(before)));
  }
}

// What was told of the same before is on the wire, or under the lease of somebody dead: news of it
// waits until that is settled.
bool Untold::waits_for_another(const ItemRow& item) const {
  auto told = records_.told_at(item);
  for (const auto* one : records_.items_about({item.duty, item.period, item.unit})) {
    for (const auto& id : one->notices) {
      const auto* notice = court_.notice_by_id.at(id);
      bool before = one->seq < item.seq && notice->queued_at < told;
      bool open = !notice->ended_at || *notice->ended_at >= told - 1;
      bool tried = one->audience == item.audience && !notice->attempts.empty();
      if (before && open && tried) return true;
    }
  }
  return false;
}

// Where nothing at all has happened for some seconds, it comes in its very second.
void Untold::judge_second(const ItemRow& item) {
  // A store that failed may be asked again half a minute later.
  constexpr Second nothing_for = 10, calm_for = 45;
  if (court_.life.clock_drifted()) return;
  auto told = records_.since_of(item.seq), before = told - 1;
  const auto& life = court_.life;
  if (!life.is_calm(before - calm_for, told)) return;
  bool busy = std::ranges::any_of(court_.outcome.events, [&](const Event& event) {
    return before - nothing_for <= event.at.since && event.at.since <= before;
  });
  bool certain = records_.texts_at(told).size() == 1;
  if (busy || !certain || waits_for_another(item)) return;
  if (life.wall_at(before) != records_.told_at(item) - 1) return;
  Want want{item.kind, item.stage, item.audience};
  Owed owed{item.duty, item.period, item.unit};
  if (wants_at(owed, *records_.texts_at(told).front(), before).contains(want)) {
    court_.complain("SECOND", name_of(item) + " told at " + court_.at(records_.told_at(item)) +
                                  " was to be told a second before");
  }
}

}  // namespace

void judge_untold(Court& court) {
  Records records{court};
  Untold untold{court, records};
  std::set<Owed> known;
  for (const auto& [owed, items] : records.items()) {
    known.insert(owed);
    for (const auto* item : items) {
      untold.judge_delay(*item);
      untold.judge_second(*item);
    }
  }
  for (const auto& [span, text] : records.certain_uses()) {
    auto owing = known;
    for (const auto& [owed, dates] : text->owed()) owing.insert(owed);
    for (const auto& fact : court.outcome.facts) {
      if (fact.kind == "reassigned") owing.insert({fact.duty, fact.period, fact.subject});
    }
    for (const auto& calm : court.life.calm()) {
      Span both{std::max(span.from, calm.from), std::min(span.to, calm.to)};
      if (both.to - both.from < slack) continue;
      for (const auto& owed : owing) untold.judge(owed, *text, both);
    }
  }
}

}  // namespace duban::sim::model
