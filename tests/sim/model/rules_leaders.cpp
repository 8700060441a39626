// LEADER: what goes to a leader, released or not, is about something that is still owed, that its
// unit does not wait for the office over, and that the office has not telephoned about since.

#include <algorithm>

#include "sim/model/situation.h"

namespace duban::sim::model {
namespace {

constexpr std::string_view rule = "LEADER";
using Standing = Situation::Standing;

class Leaders {
 public:
  Leaders(Court& court, const Records& records) : court_(court), records_(records) {}
  void judge(const ItemRow& item);

 private:
  void judge_called(const ItemRow& item, const NoticeRow& draft, const NoticeRow& later);
  void judge_sent(const ItemRow& item, const NoticeRow& sent);
  std::string why_not(const ItemRow& item, const NoticeRow& sent, const Text& text,
                      bool ended_now) const;
  void complain(const ItemRow& item, const NoticeRow& notice, const std::string& what) {
    court_.complain(rule, name_of(item) + " went on in " + notice.id + " at " +
                              court_.at(notice.queued_at) + ", and " + what);
  }

  Court& court_;
  const Records& records_;
};

// The call closes the draft: its matter goes on in no other notice.
void Leaders::judge_called(const ItemRow& item, const NoticeRow& draft, const NoticeRow& later) {
  Owed owed{item.duty, item.period, item.unit};
  for (const auto* fact : records_.facts_about(owed, {later.seq, later.queued_at, true})) {
    bool called = fact->kind == "called" && fact->unit == item.unit;
    bool since = fact->seq > draft.seq && fact->recorded_at > draft.queued_at;
    if (called && since) {
      return complain(item, later, "the office had called at " + court_.at(fact->recorded_at));
    }
  }
}

std::string Leaders::why_not(const ItemRow& item, const NoticeRow& sent, const Text& text,
                             bool ended_now) const {
  Owed owed{item.duty, item.period, item.unit};
  Situation now{records_, text, owed, {sent.seq, sent.queued_at, ended_now}};
  auto why = now.why_silent();
  if (why.empty() && now.waits_for_office()) why = "its unit waits for the office";
  return why;
}

void Leaders::judge_sent(const ItemRow& item, const NoticeRow& sent) {
  std::string why;
  for (const auto* text : records_.texts_at(records_.since_of(sent.seq))) {
    for (bool ended_now : {true, false}) {
      auto one = why_not(item, sent, *text, ended_now);
      if (one.empty()) return;
      why = one;
    }
  }
  if (!why.empty()) complain(item, sent, why);
}

void Leaders::judge(const ItemRow& item) {
  const auto& draft = *court_.notice_by_id.at(item.notices.front());
  if (draft.state != "drafted") return;
  for (const auto& id : item.notices) {
    const auto& later = *court_.notice_by_id.at(id);
    if (id == draft.id || later.reason == "resent") continue;
    if (draft.reason != "storm") judge_called(item, draft, later);
    if (later.state == "queued") judge_sent(item, later);
  }
}

}  // namespace

void judge_leaders(Court& court) {
  Records records{court};
  Leaders leaders{court, records};
  for (const auto& item : court.outcome.items) {
    bool above = item.audience == "leader" && item.kind == "stage" && !item.notices.empty();
    if (above) leaders.judge(item);
  }
}

}  // namespace duban::sim::model
