// TOLD: whatever was told had a cause at the moment it was told: it was owed, open, its time had
// come, nothing newer had been told, and it was marked late exactly when it was missed.

#include <algorithm>
#include <cstdlib>

#include "sim/model/situation.h"

namespace duban::sim::model {
namespace {

using Standing = Situation::Standing;
constexpr Second fresh = 600;

class Told {
 public:
  Told(Court& court, const Records& records) : court_(court), records_(records) {}
  void judge(const ItemRow& item);

 private:
  std::string why_not(const ItemRow& item, const Situation& now, const Text& text,
                      const Knowing& knowing) const;
  std::string why_not_stage(const ItemRow& item, const Situation& now) const;
  std::string why_not_now(const ItemRow& item, const Situation& now, const Point& point) const;
  std::vector<const ItemRow*> told_with(const ItemRow& item) const;
  bool told_together(const ItemRow& item, const Situation& now) const;
  std::int64_t first_of_step(const ItemRow& item) const;
  std::string why_not_start(const ItemRow& item, const Situation& now) const;
  std::string why_not_change(const ItemRow& item, const Situation& now) const;
  std::string why_not_answer(const ItemRow& item, const Situation& now) const;
  std::string why_not_gone(const ItemRow& item, const Situation& now) const;
  std::string why_not_document(const ItemRow& item, const Situation& now, const Text& text) const;
  std::string why_not_correction(const ItemRow& item, const Situation& now,
                                 const Knowing& knowing) const;
  std::vector<const Text*> texts_of(const ItemRow& item) const;
  void judge_late(const ItemRow& item);
  bool is_surely_late(const ItemRow& item, Second told) const;
  bool may_be_late(const ItemRow& item) const;
  void complain(std::string_view rule, const ItemRow& item, const std::string& why) {
    court_.complain(rule, name_of(item) + " told at " + court_.at(records_.told_at(item)) + ": " +
                              why);
  }
  std::string shown(std::optional<Second> at) const { return at ? court_.at(*at) : "(none)"; }
  std::string other_date(const ItemRow& item, Second due) const {
    return "DATE: it is due " + shown(due) + ", not " + shown(item.due);
  }

  Court& court_;
  const Records& records_;
};

std::string Told::why_not_now(const ItemRow& item, const Situation& now, const Point& point) const {
  auto told = records_.told_at(item);
  if (*point.from > told) return "EARLY: its time is " + shown(point.from);
  auto kind = point.stage->kind;
  bool before_due = kind == Stage::Kind::remind || kind == Stage::Kind::due;
  if (before_due && now.due() <= told) return "its due time " + shown(now.due()) + " had passed";
  bool leader = item.audience == "leader";
  const auto* newest = now.newest(leader);
  if (newest != &point) return "OLDER: the newest stage was " + key_of(*newest->stage);
  if (!now.is_news(point, leader ? now.leader_known() : now.known())) {
    return "AGAIN: it, or a newer one, or a change after it had been told";
  }
  bool at_once = !leader && told - *point.at > fresh;
  if (at_once && !now.may_tell_now()) {
    return "QUIET: what was missed is heard from " + shown(now.first_moment(now.due()));
  }
  return "";
}

std::string Told::why_not_stage(const ItemRow& item, const Situation& now) const {
  if (now.standing() != Standing::open) return "CLOSED: " + now.why_silent();
  if (item.due != now.due()) return other_date(item, now.due());
  bool knows = now.known().told && now.known().due == now.due() && now.untold_answer().empty();
  if (!knows && !told_together(item, now)) return "ORDER: the start or change was not told";
  for (const auto& point : now.points()) {
    if (key_of(*point.stage) != item.stage) continue;
    bool leader = point.stage->kind == Stage::Kind::escalate;
    if (item.audience != (leader ? "leader" : now.audience())) return "WHOM: it is for another";
    if (!point.at) return "UNCHECKED: it waits for 收件已核";
    if (*point.at != item.planned_at) {
      return "TIME: planned for " + shown(item.planned_at) + ", its time is " + shown(point.at);
    }
    return why_not_now(item, now, point);
  }
  return "LADDER: there is no such stage";
}

// What the same step told of the same assignment, itself among it.
std::vector<const ItemRow*> Told::told_with(const ItemRow& item) const {
  auto all = records_.items_about({item.duty, item.period, item.unit});
  std::erase_if(all, [&](const ItemRow* one) {
    return records_.told_at(*one) != records_.told_at(item);
  });
  return all;
}

// A storm holds the stage back and lets the start go: two notices of one step.
bool Told::told_together(const ItemRow& item, const Situation& now) const {
  return std::ranges::any_of(told_with(item), [&](const ItemRow* one) {
    bool tells = one->kind == "start" || one->kind == "change" || one->kind == "answer";
    return tells && one->audience == now.audience() && one->due == item.due;
  });
}

// The number of the first item of the same assignment that was told in the same step.
std::int64_t Told::first_of_step(const ItemRow& item) const {
  auto first = item.seq;
  for (const auto* one : told_with(item)) first = std::min(first, one->seq);
  return first;
}

std::string Told::why_not_start(const ItemRow& item, const Situation& now) const {
  if (now.standing() != Standing::open) return "CLOSED: " + now.why_silent();
  if (now.known().told) return "AGAIN: it had been told, due " + shown(now.known().due);
  if (item.due != now.due()) return other_date(item, now.due());
  return "";
}

std::string Told::why_not_change(const ItemRow& item, const Situation& now) const {
  if (now.standing() != Standing::open) return "CLOSED: " + now.why_silent();
  if (!now.known().told) return "ORDER: nothing had been told that could change";
  if (now.known().due == now.due()) return "AGAIN: due " + shown(now.due()) + " was known";
  if (!now.untold_answer().empty()) return "ORDER: the office's answer was not told";
  if (item.due != now.due()) return other_date(item, now.due());
  if (item.was_due != now.known().due) {
    return "DATE: what was known was " + shown(now.known().due) + ", not " + shown(item.was_due);
  }
  return "";
}

std::string Told::why_not_answer(const ItemRow& item, const Situation& now) const {
  if (now.standing() != Standing::open) return "CLOSED: " + now.why_silent();
  if (!now.known().told) return "ORDER: nothing had been told that could be asked about";
  if (now.untold_answer() != item.stage) return "AGAIN: it is no answer that was to be told";
  if (item.due != now.due()) return other_date(item, now.due());
  return "";
}

std::string Told::why_not_gone(const ItemRow& item, const Situation& now) const {
  if (now.standing() != Standing::not_owed && now.standing() != Standing::excused) {
    return "it is still owed";
  }
  if (!now.known().told) return "AGAIN: nobody knew of it any more";
  if (now.answered_at()) return "CLOSED: it was answered";
  if (item.due != now.known().due) return "DATE: what was known was " + shown(now.known().due);
  return "";
}

std::string Told::why_not_document(const ItemRow& item, const Situation& now,
                                   const Text& text) const {
  if (now.standing() != Standing::open) return "CLOSED: " + now.why_silent();
  const auto* draft = text.draft_of(item.duty);
  auto from = now.draft_from();
  if (draft == nullptr || !from) return "it writes no document";
  if (item.stage != key_of(*draft)) return "its draft is \"" + key_of(*draft) + '"';
  if (item.audience != "office") return "WHOM: it is for the office";
  if (now.draft_is_told()) return "AGAIN: the draft had been told";
  if (item.planned_at != *from) {
    return "TIME: cut off at " + shown(item.planned_at) + ", its time is " + shown(from);
  }
  return *from <= records_.told_at(item) ? "" : "EARLY: its time is " + shown(from);
}

std::string Told::why_not_correction(const ItemRow& item, const Situation& now,
                                     const Knowing& knowing) const {
  if (now.standing() != Standing::answered) return "nothing was answered";
  bool wronged = false;
  for (const auto* one : records_.items_about({item.duty, item.period, item.unit})) {
    if (one->audience != item.audience || !records_.stands(*one, knowing)) continue;
    if (one->kind == "correction") return "AGAIN: it had been put right";
    bool chase = one->stage.starts_with("overdue") || one->stage.starts_with("escalate") ||
                 one->stage.starts_with("returned");
    wronged |= chase && *now.answered_at() < one->planned_at;
  }
  return wronged ? "" : "nobody had been chased wrongly";
}

std::string Told::why_not(const ItemRow& item, const Situation& now, const Text& text,
                          const Knowing& knowing) const {
  bool inside = knowing.now >= text.begins() && knowing.now < text.ends();
  if (!inside) return "OUTSIDE of the plan's time";
  if (item.kind == "stage") return why_not_stage(item, now);
  auto why = item.kind == "start"        ? why_not_start(item, now)
             : item.kind == "change"     ? why_not_change(item, now)
             : item.kind == "answer"     ? why_not_answer(item, now)
             : item.kind == "gone"       ? why_not_gone(item, now)
             : item.kind == "document"   ? why_not_document(item, now, text)
             : item.kind == "correction" ? why_not_correction(item, now, knowing)
                                         : "KIND: nobody asked for such a thing";
  if (!why.empty()) return why;
  auto due = item.kind == "gone" ? now.known().due : std::optional{now.due()};
  auto from = now.first_moment(due);
  return from <= knowing.now ? "" : "QUIET: it is heard from " + shown(from);
}

// It fell due after the last look and was looked at more than ten minutes later.
bool Told::may_be_late(const ItemRow& item) const {
  // By a text that came while it was down something may seem to have been slept through before.
  auto told = court_.life.since_of(records_.told_at(item), court_.story.begins);
  for (const auto& span : court_.life.down()) {
    bool edited = std::ranges::any_of(court_.story.happenings, [&](const Happening& one) {
      return std::holds_alternative<Edited>(one.what) && span.contains(one.at);
    });
    if (edited && told && span.to <= *told) return true;
  }
  Second cursor = court_.story.begins;
  for (const auto& look : court_.life.looks()) {
    // A look is heard of when it is written.
    bool inside = cursor < item.planned_at && item.planned_at <= look.wall;
    if (inside && look.wall - item.planned_at > fresh) return true;
    cursor = std::max(cursor, look.wall - 2);
  }
  return false;
}

// Nobody looked at its time, and no text came since by which it may not have been due then.
bool Told::is_surely_late(const ItemRow& item, Second told) const {
  const auto& life = court_.life;
  auto edited_since = [&](Second since) {
    return std::ranges::any_of(court_.story.happenings, [&](const Happening& one) {
      return std::holds_alternative<Edited>(one.what) && one.at >= since &&
             one.at <= records_.since_of(item.seq);
    });
  };
  // A draft whose time lies outside the hours is not missed then.
  bool waits = item.kind == "document" &&
               std::ranges::any_of(texts_of(item), [&](const Text* text) {
                 return text->opens(item.planned_at) != item.planned_at;
               });
  if (waits) return false;
  // With the start: nobody knew of it then.
  bool with_start = std::ranges::any_of(told_with(item), [&](const ItemRow* one) {
    return one->kind == "start" && one->audience == item.audience;
  });
  return !with_start && told - item.planned_at > fresh + 10 &&
         std::ranges::any_of(life.down(), [&](const Span& span) {
           auto from = life.wall_at(span.from) + 10, to = life.wall_at(span.to);
           return from < item.planned_at && item.planned_at + fresh < to &&
                  !edited_since(span.from);
         });
}

void Told::judge_late(const ItemRow& item) {
  bool can_be = item.kind == "stage" || item.kind == "list" || item.kind == "document";
  if (item.late && !can_be) return complain("LATE", item, "it cannot be late");
  if (!can_be || court_.life.clock_was_set()) return;
  auto told = records_.told_at(item);
  if (item.late && told - item.planned_at <= fresh) {
    complain("LATE", item, "marked late, and it was planned for " + court_.at(item.planned_at));
  } else if (item.late && !may_be_late(item)) {
    complain("LATE", item, "marked late, and the look at " + court_.at(item.planned_at) +
                               " was not missed");
  } else if (!item.late && is_surely_late(item, told)) {
    complain("LATE", item, "not marked late, and it was missed at " + court_.at(item.planned_at));
  }
}

// Where the clock was set its wall time may have come twice, each time by another text.
std::vector<const Text*> Told::texts_of(const ItemRow& item) const {
  auto since = records_.since_of(item.seq);
  auto texts = records_.texts_at(since);
  if (!court_.life.clock_was_set()) return texts;
  auto told = records_.told_at(item);
  for (const auto& use : records_.uses()) {
    auto again = court_.life.written_at(told, std::max(use.span.from, since));
    bool then = again && use.span.contains(*again) &&
                std::abs(court_.life.wall_at(*again) - told) <= 2;
    if (then) texts.push_back(use.text);
  }
  return texts;
}

void Told::judge(const ItemRow& item) {
  judge_late(item);
  if (item.duty.empty() || court_.story.plan.shipped) return;
  Owed owed{item.duty, item.period, item.unit};
  auto now = records_.told_at(item);
  std::string why;
  for (const auto* text : texts_of(item)) {
    for (auto before : {item.seq, first_of_step(item)}) {
      for (bool ended_now : {true, false}) {
        Knowing knowing{before, now, ended_now};
        auto reason = why_not(item, Situation{records_, *text, owed, knowing}, *text, knowing);
        if (reason.empty()) return;
        if (why.empty()) why = reason;
      }
    }
  }
  if (!why.empty()) complain("TOLD", item, why);
}

}  // namespace

void judge_told(Court& court) {
  Records records{court};
  Told told{court, records};
  for (const auto& item : court.outcome.items) {
    if (!item.notices.empty()) told.judge(item);
  }
}

}  // namespace duban::sim::model
