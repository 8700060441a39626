#include "sim/model/situation.h"

#include <algorithm>

namespace duban::sim::model {
namespace {

bool before_due(const Stage& stage) {
  return stage.kind == Stage::Kind::remind || stage.kind == Stage::Kind::due;
}

bool above(const Stage& stage) { return stage.kind == Stage::Kind::escalate; }

}  // namespace

Situation::Situation(const Records& records, const Text& text, const Owed& owed,
                     const Knowing& knowing)
    : records_(records),
      text_(text),
      owed_(owed),
      knowing_(knowing),
      now_(knowing.now),
      ladder_(text.ladder_of(std::get<0>(owed))),
      silences_(records.silences(text, knowing)),
      facts_(records.facts_about(owed, knowing)),
      known_(records.known(owed, audience(), knowing)),
      leader_known_(records.known(owed, "leader", knowing)) {
  const auto* dates = text.dates_of(owed);
  const auto* handed = dates == nullptr ? records.handed_on(owed, knowing) : nullptr;
  if (handed != nullptr) dates = text.dates_of_period(handed->duty, handed->period);
  if (dates != nullptr) {
    due_ = dates->due;
    ask_by_ = dates->ask_by;
  }
  if (handed != nullptr && handed->time) {
    due_ = *handed->time;
    ask_by_.reset();
  }
  read_facts();
  if (dates == nullptr || ladder_ == nullptr) return;
  judge_standing();
  if (leader_known_.due != due_) leader_known_.stages.clear();
  if (standing_ == Standing::open && !waits_for_office()) add_points();
}

void Situation::read_facts() {
  for (const auto* fact : facts_) read(*fact);
}

// What a unit asked, and the office's yes or no.
void Situation::read_question(const FactRow& fact) {
  if ((fact.kind == "asked" || fact.kind == "not-ours") && !answered_at_) {
    question_ = fact.kind;
    asked_in_time_ = fact.at < due_;
  }
  if (fact.kind == "declined" && !question_.empty()) {
    if (asked_in_time_) declined_at_ = fact.recorded_at;
    answer_ = "declined " + std::to_string(fact.seq);
    answer_is_no_ = true;
  }
  bool closes = fact.kind == "declined" || fact.kind == "extended" || fact.kind == "excused" ||
                fact.kind == "reassigned" || hands_in(fact);
  if (closes) question_.clear();
}

void Situation::read(const FactRow& fact) {
  auto at = fact.at;
  read_question(fact);
  if (hands_in(fact) && !(returned_at_ && at < *returned_at_)) {
    answered_at_ = std::min(answered_at_.value_or(at), at);
  }
  // A story's tables name clauses that its plans do not have.
  if (fact.kind == "submitted") unclear_ = true;
  if (fact.kind == "accepted" || fact.kind == "returned") unclear_ = false;
  if (fact.kind == "excused") excused_ = true;
  if (fact.kind == "reassigned") handed_on_ = true;
  bool moves = (fact.kind == "extended" || fact.kind == "returned") && fact.time;
  if (moves) {
    due_ = *fact.time;
    ask_by_.reset();
  }
  if (fact.kind == "extended" && answer_is_no_) answer_.clear();
  if (fact.kind != "returned") return;
  returned_at_ = at;
  answered_at_.reset();
  answer_ = "returned " + std::to_string(fact.seq);
  answer_is_no_ = false;
}

std::string Situation::untold_answer() const {
  for (const auto* item : records_.items_about(owed_)) {
    bool same = item->kind == "answer" && item->stage == answer_ && item->audience == audience();
    if (same && records_.stands(*item, knowing_)) return "";
  }
  return answer_;
}

// By the plan's own date, whatever was granted since, and never from before anything was recorded.
std::optional<Second> Situation::draft_from() const {
  const auto* draft = text_.draft_of(std::get<0>(owed_));
  const auto* dates = text_.dates_of(owed_);
  if (draft == nullptr || dates == nullptr || standing_ != Standing::open) return std::nullopt;
  auto in_force = records_.in_force(owed_, knowing_);
  return std::max({text_.draft_at(*draft, dates->due), in_force + 1, text_.begins()});
}

bool Situation::draft_is_told() const {
  return std::ranges::any_of(records_.items_about(owed_), [&](const ItemRow* item) {
    return item->kind == "document" && records_.stands(*item, knowing_);
  });
}

// A due time that was past when it became known is nobody's fault: silent.
void Situation::judge_standing() {
  standing_ = Standing::open;
  if (excused_) {
    standing_ = Standing::excused;
  } else if (handed_on_) {
    standing_ = Standing::not_owed;
  } else if (answered_at_) {
    standing_ = Standing::answered;
  } else if (due_ <= now_) {
    bool other_date = known_.told && known_.due != due_;
    bool before = !known_.told && due_ <= records_.in_force(owed_, knowing_);
    if (other_date || before) standing_ = Standing::silent;
  }
}

Second Situation::audible(Second at, const std::optional<std::string>& stage) const {
  for (bool moved = true; moved;) {
    moved = false;
    for (const auto& one : silences_) {
      if (!one.contains(at) || !one.mutes(owed_, stage)) continue;
      at = one.until;
      moved = true;
    }
  }
  return at;
}

Second Situation::first_moment(std::optional<Second> due) const {
  auto heard = audible(now_, std::nullopt);
  auto opens = text_.opens(heard);
  // The hours put nothing off past its due time.
  return due && *due > heard && opens >= *due ? heard : opens;
}

// From when a chase counts: the due time, or where that passed unseen when one could see again.
Second Situation::chase_base() const {
  auto base = audible(due_, std::nullopt);
  for (const auto& [from, to] : records_.outages(knowing_)) {
    if (from < base && base <= to) base = to;
  }
  for (const auto* fact : facts_) {
    if (fact->kind == "voided") base = std::max(base, fact->recorded_at);
  }
  if (declined_at_) base = std::max(base, *declined_at_);
  return base;
}

Second Situation::counted(const Stage& stage, DayNumber from) const {
  auto day = stage.working ? text_.workdays_of(*ladder_).counted(from, stage.days)
                           : from + stage.days;
  return text_.zone().instant_of(day, Second{stage.minute} * 60);
}

std::optional<Second> Situation::checked_from(Second base) const {
  std::optional<Second> first;
  for (const auto* fact : facts_) {
    if (fact->kind == "checked" && fact->unit.empty() && fact->at >= base) {
      first = std::min(first.value_or(fact->at), fact->at);
    }
  }
  return first;
}

Point Situation::overdue(const Stage& stage, Second base) const {
  auto planned = counted(stage, text_.zone().day_at(base));
  if (!stage.after_checked && base <= due_) return {.stage = &stage, .at = planned, .from = {}};
  auto checked = checked_from(base);
  if (!checked) return {.stage = &stage, .at = {}, .from = {}, .moved = true};
  if (*checked <= planned) return {.stage = &stage, .at = planned, .from = {}};
  const auto& zone = text_.zone();
  const auto& days = text_.workdays_of(*ladder_);
  auto hour = time_of(zone.wall_at(planned));
  auto day = days.at_or_after(zone.day_at(*checked));
  if (wall(day, hour) < zone.wall_at(*checked)) day = days.at_or_after(day + 1);
  return {.stage = &stage, .at = zone.instant_of(day, hour), .from = {}, .moved = true};
}

Point Situation::escalate(const Stage& stage, Second base, const Point* overdue) const {
  if (overdue != nullptr && !overdue->at) {
    return {.stage = &stage, .at = {}, .from = {}, .moved = true};
  }
  auto from = text_.zone().day_at(base > due_ ? base : due_);
  if (overdue != nullptr && overdue->moved) {
    auto told = text_.zone().day_at(*overdue->at);
    from = overdue->stage->working
               ? text_.workdays_of(*ladder_).counted(told, -overdue->stage->days)
               : told - overdue->stage->days;
  }
  return {.stage = &stage, .at = counted(stage, from), .from = {}};
}

// What falls into a silence is heard when it is over, within the hours.
void Situation::put_off(Point& point) const {
  if (!point.at) return;
  auto heard = audible(*point.at, word_of(point.stage->kind));
  if (heard > *point.at) {
    point.at = text_.opens(heard);
    point.moved = true;
  }
  point.from = above(*point.stage) ? text_.list_before(*point.at) : *point.at;
}

void Situation::add_points() {
  auto base = due_ <= now_ || audible(due_, std::nullopt) > due_ ? chase_base() : due_;
  const Point* last_overdue = nullptr;
  points_.reserve(ladder_->stages.size());
  for (const auto& stage : ladder_->stages) {
    if (before_due(stage)) {
      auto day = text_.zone().day_at(ask_by_.value_or(due_));
      points_.push_back({.stage = &stage, .at = counted(stage, day), .from = {}});
    } else if (above(stage)) {
      points_.push_back(escalate(stage, base, last_overdue));
    } else {
      points_.push_back(overdue(stage, base));
    }
    put_off(points_.back());
    if (stage.kind == Stage::Kind::overdue) last_overdue = &points_.back();
  }
}

const Point* Situation::newest(bool leader) const {
  const Point* newest = nullptr;
  for (const auto& point : points_) {
    if (above(*point.stage) != leader || !point.from || *point.from > now_) continue;
    if (before_due(*point.stage) && due_ <= now_) continue;
    newest = &point;
  }
  return newest;
}

// By its text; else a stage moved by an edit is the first of its kind that is not told by its text.
std::vector<std::optional<std::size_t>> Situation::places_of(const Known& known) const {
  std::vector<std::optional<std::size_t>> places(known.stages.size());
  std::vector<bool> taken(ladder_->stages.size());
  for (bool by_text : {true, false}) {
    for (std::size_t i = 0; i < places.size(); ++i) {
      const auto& told = known.stages[i]->stage;
      for (std::size_t place = 0; place < taken.size() && !places[i]; ++place) {
        const auto& stage = ladder_->stages[place];
        bool same = by_text ? key_of(stage) == told
                            : !taken[place] && told.starts_with(word_of(stage.kind) + ' ');
        if (same) places[i] = place;
      }
      if (places[i]) taken[*places[i]] = true;
    }
  }
  return places;
}

bool Situation::is_news(const Point& point, const Known& known) const {
  if (known.changed_at && *point.at <= *known.changed_at) return false;
  auto own = static_cast<std::size_t>(point.stage - ladder_->stages.data());
  auto places = places_of(known);
  for (std::size_t i = 0; i < places.size(); ++i) {
    bool after = places[i] ? own > *places[i] : *point.at > known.stages[i]->planned_at;
    if (!after) return false;
  }
  return true;
}

std::string Situation::why_silent() const {
  switch (standing_) {
    case Standing::open: return "";
    case Standing::answered: return "it was answered";
    case Standing::excused: return "it was excused";
    case Standing::silent: return "its due time was past when it became known";
    case Standing::not_owed: return "nobody owes it";
  }
  return "";
}

}  // namespace duban::sim::model
