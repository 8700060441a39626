#include "schedule/life.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "schedule/wake.h"

namespace duban::tests {
namespace {

constexpr int rounds_at_most = 6;

const calendar::Zone& shanghai() {
  static const auto zone = calendar::Zone::find("Asia/Shanghai").value();
  return zone;
}

void add_unit(plan::Plan& plan, const std::string& id, bool reachable) {
  plan::Unit unit;
  unit.id = unit.name = id;
  plan.units.push_back(unit);
  if (!reachable) return;
  for (auto role : {plan::Role::liaison, plan::Role::leader}) {
    auto contact = id + (role == plan::Role::leader ? "-leader" : "");
    plan.endpoints.push_back({.id = contact + "@mail", .channel = "mail", .address = "x",
                              .place = {}});
    plan.contacts.push_back({.id = contact, .unit = id, .role = role, .name = contact,
                             .endpoints = {contact + "@mail"}, .place = {}});
  }
}

void add_office(plan::Plan& plan) {
  plan.endpoints.push_back({.id = "office@mail", .channel = "mail", .address = "x", .place = {}});
  plan.endpoints.push_back({.id = "office@bot", .channel = "bot", .address = "x", .place = {}});
  plan.contacts.push_back({.id = "desk", .unit = "office", .role = plan::Role::liaison,
                           .name = "desk", .endpoints = {"office@mail", "office@bot"},
                           .place = {}});
}

}  // namespace

plan::Ladder ladder_of(std::vector<std::pair<StageKind, std::string>> stages) {
  plan::Ladder ladder;
  ladder.id = "chasing";
  for (const auto& [kind, text] : stages) {
    auto made = stage(kind, text);
    made.after_checked = kind == StageKind::overdue;
    if (kind == StageKind::escalate) made.audience = Audience::leader;
    ladder.stages.push_back(std::move(made));
  }
  return ladder;
}

plan::Ladder chasing() {
  return ladder_of({{StageKind::remind, "-3wd 09:00"}, {StageKind::due, "0d 09:00"},
                    {StageKind::overdue, "+1wd 14:00"}, {StageKind::escalate, "+2wd 09:00"}});
}

plan::Plan office_of(std::vector<plan::Duty> duties) {
  for (auto& one : duties) {
    if (one.who.empty()) one.who = {"a"};
    one.ladder = 0;
  }
  auto plan = plan_of(2022, std::move(duties));
  plan.ladders = {chasing()};
  plan.phases.push_back({.id = "all", .name = "all", .clause = "", .from = day("2022-03-01"),
                         .to = day("2022-12-31")});
  add_unit(plan, "a", true);
  add_unit(plan, "b", true);
  add_unit(plan, "c", false);
  add_office(plan);
  return plan;
}

plan::Duty paper(std::string_view id, unsigned month, unsigned day, std::string_view time,
                 std::vector<std::string> who) {
  auto made = duty(id, plan::Every::once, on_date(month, day, time));
  made.who = std::move(who);
  return made;
}

plan::Duty undated(std::string_view id, std::string_view decide_by) {
  auto made = duty(id, plan::Every::once, tbd());
  made.decide_by = day(decide_by);
  return made;
}

AssignmentKey of(std::string_view unit, std::string_view duty, std::string_view period) {
  return {std::string{duty}, std::string{period}, std::string{unit}, ""};
}

Instant at(std::string_view month_day_hour) {
  return shanghai().to_instant(civil("2022-" + std::string{month_day_hour}));
}

Fact fact(FactKind kind, AssignmentKey about, std::string_view happened) {
  Fact made;
  made.kind = kind;
  made.about = std::move(about);
  made.at = at(happened);
  made.by = "tester";
  return made;
}

Life::Life(plan::Plan plan) : plan_(std::make_shared<const plan::Plan>(std::move(plan))) {
  refresh_timetable();
}

Life::Life(Life&& other) noexcept
    : unreachable(std::move(other.unreachable)),
      deliver(other.deliver),
      plan_(std::move(other.plan_)),
      timetable_(std::move(other.timetable_)),
      record_(std::move(other.record_)),
      cursor_(other.cursor_),
      looked_(other.looked_),
      now_(other.now_),
      seq_(other.seq_),
      notice_count_(other.notice_count_),
      endings_(std::move(other.endings_)),
      idle_wakes_(std::move(other.idle_wakes_)),
      notices_(std::move(other.notices_)),
      heads_(std::move(other.heads_)),
      items_(std::move(other.items_)),
      keys_(std::move(other.keys_)),
      board_(std::make_unique<schedule::Board>(*timetable_, record_)) {}

std::string Life::clock(Instant when) const {
  auto civil = shanghai().to_civil(when);
  return format_day(day_of(civil)).substr(5) + " " + format_time_of_day(time_of(civil));
}

std::string Life::line(const schedule::NoticePlan& notice, const schedule::Item& item) const {
  const auto& key = item.key;
  auto day = [&](std::optional<Instant> when) {
    return when ? clock(*when).substr(0, 5) : std::string{"tbd"};
  };
  std::string what{to_word(key.kind)};
  if (key.kind == ItemKind::stage) what = key.stage;
  if (key.kind == ItemKind::change) what += " " + day(item.was_due) + ">" + day(item.due);
  if (key.kind == ItemKind::trouble) what += " " + key.about.slice;
  auto duty = key.about.duty;
  if (key.about.period.size() > 4 && !duty.empty()) duty += "/" + key.about.period;
  return fmt::format("{} {}{}{} {}{}{}", clock(now_), key.about.unit, duty.empty() ? "" : " ",
                     duty, what, item.late ? " late" : "",
                     notice.state == NoticeState::drafted ? " draft"
                     : key.audience == Audience::leader   ? " leader"
                                                          : "");
}

void Life::take_notice(const schedule::NoticePlan& notice, Lines& lines) {
  schedule::NoticeHead head{.id = fmt::format("n{:03}", ++notice_count_),
                            .endpoint = notice.endpoint,
                            .channel = notice.channel,
                            .contact = notice.contact,
                            .state = notice.state,
                            .reason = notice.storm ? Reason::storm
                                                   : notice.tellings.front().item.reason,
                            .queued_at = now_,
                            .expires_at = notice.expires_at};
  std::vector<schedule::Item> items;
  for (const auto& telling : notice.tellings) {
    items.push_back(telling.item);
    bool first = keys_.insert(telling.item.key).second;
    bool again = !notice.replaces.empty();
    EXPECT_TRUE(first || again) << "told twice: " << line(notice, telling.item);
    if (first) items_.push_back(telling.item);
    bool draft = notice.state == NoticeState::drafted;
    EXPECT_TRUE(draft || telling.item.planned_at <= std::max(now_, cursor_.value_or(now_)))
        << "told before it should: " << line(notice, telling.item);
    lines.push_back(line(notice, telling.item) + (again ? " again" : ""));
  }
  if (!notice.replaces.empty()) {
    record_.end_notice(notice.replaces, NoticeState::superseded, notice.replaces_reason, now_);
    endings_.push_back(fmt::format("superseded {}", to_word(notice.replaces_reason)));
  }
  record_.apply(head, items);
  heads_[head.id] = record_.open_notices().at(head.id);
}

void Life::take(const schedule::Decision& decision, Lines& lines) {
  for (auto fact : decision.facts) {
    fact.seq = ++seq_;
    record_.apply(fact);
  }
  for (const auto& end : decision.ended_items) record_.end_item(end.key, end.reason);
  for (const auto& end : decision.ended_notices) {
    record_.end_notice(end.id, end.state, end.reason, now_);
    endings_.push_back(fmt::format("{} {}", to_word(end.state), to_word(end.reason)));
  }
  if (!decision.notices.empty()) notices_ = decision.notices;
  for (const auto& notice : decision.notices) take_notice(notice, lines);
  cursor_ = std::max(now_, cursor_.value_or(now_));
  looked_ = now_;
  if (deliver) deliver_all();
}

void Life::refresh_timetable() {
  timetable_ =
      std::make_unique<schedule::Timetable>(plan_, schedule::bearings_of(*plan_, record_));
  board_ = std::make_unique<schedule::Board>(*timetable_, record_);
}

std::vector<std::string> Life::summary_of(const schedule::Decision& decision) const {
  std::vector<std::string> summary;
  for (const auto& notice : decision.notices) {
    for (const auto& telling : notice.tellings) {
      summary.push_back(notice.endpoint + " " + line(notice, telling.item) + " " +
                        std::to_string(telling.item.key.telling) + " for " + notice.replaces);
    }
  }
  for (const auto& end : decision.ended_notices) {
    summary.push_back(fmt::format("{} {} {}", end.id, to_word(end.state), to_word(end.reason)));
  }
  for (const auto& end : decision.ended_items) {
    summary.push_back(fmt::format("{} {} {}", end.key.about.duty, end.key.stage,
                                  to_word(end.reason)));
  }
  summary.push_back(std::to_string(decision.facts.size()));
  return summary;
}

Lines Life::step(Instant when) {
  now_ = when;
  Lines lines;
  for (int round = 0; round < rounds_at_most; ++round) {
    auto decision = schedule::decide(*timetable_, record_, cursor_, now_);
    EXPECT_EQ(summary_of(schedule::decide(*board_, cursor_, now_)), summary_of(decision))
        << "a kept board says otherwise at " << clock(when);
    take(decision, lines);
    if (decision.nothing()) return lines;
  }
  ADD_FAILURE() << "does not settle at " << clock(when);
  return lines;
}

std::optional<Instant> Life::wake() const {
  auto next = schedule::next_wake(*timetable_, record_, cursor_.value(), looked_.value());
  EXPECT_EQ(schedule::next_wake(*board_, *cursor_, *looked_), next)
      << "a kept board wakes otherwise";
  return next;
}

Lines Life::run_to(Instant when) {
  Lines lines;
  for (auto next = wake(); next && *next <= when; next = wake()) {
    if (*next <= *looked_) {
      ADD_FAILURE() << "a wake-up in the past: " << clock(*next);
      return lines;
    }
    auto before = endings_.size();
    auto told = step(*next);
    if (told.empty() && endings_.size() == before) idle_wakes_.push_back(clock(*next));
    lines.insert(lines.end(), told.begin(), told.end());
  }
  now_ = when;
  return lines;
}

Lines Life::look_every(Seconds stride, Instant until) {
  Lines lines;
  for (auto next = now_ + stride; next <= until; next += stride) {
    auto told = step(next);
    lines.insert(lines.end(), told.begin(), told.end());
  }
  now_ = until;
  return lines;
}

Lines Life::record(Instant when, Fact fact) {
  auto lines = step(when);
  fact.seq = ++seq_;
  fact.recorded_at = when;
  auto seq = fact.seq;
  record_.apply(fact);
  refresh_timetable();
  auto told = step(when);
  seq_ = std::max(seq_, seq);
  lines.insert(lines.end(), told.begin(), told.end());
  return lines;
}

Lines Life::voids(std::string_view when, std::int64_t seq) {
  auto old = std::ranges::find(record_.facts(), seq, &Fact::seq);
  auto made = fact(FactKind::voided, old->about, when);
  made.refers = seq;
  return record(when, std::move(made));
}

Lines Life::release(std::string_view when, const std::string& notice) {
  auto made = fact(FactKind::released, {}, when);
  made.subject = notice;
  return record(when, std::move(made));
}

void Life::starts_with(plan::Plan plan) {
  plan_ = std::make_shared<const plan::Plan>(std::move(plan));
  refresh_timetable();
}

Lines Life::edit(Instant when, plan::Plan plan) {
  auto lines = step(when);
  starts_with(std::move(plan));
  auto told = step(when);
  lines.insert(lines.end(), told.begin(), told.end());
  return lines;
}

void Life::deliver_all() {
  auto open = record_.open_notices();
  for (const auto& [id, notice] : open) {
    if (notice.state == NoticeState::drafted || unreachable.contains(notice.endpoint)) continue;
    settle(id, NoticeState::delivered);
  }
}

void Life::settle(const std::string& notice, NoticeState state) {
  bool delivered = state == NoticeState::delivered;
  record_.attempted(notice, delivered ? AttemptOutcome::delivered : AttemptOutcome::rejected,
                    delivered ? Reason::accepted : Reason::refused, now_);
  record_.end_notice(notice, state, delivered ? Reason::accepted : Reason::refused, now_);
}

void Life::bounce(const schedule::NoticeHead& notice, Reason reason) {
  record_.bounced(notice, reason, now_);
}

void Life::fail(const std::string& endpoint, int attempts, bool for_good) {
  auto open = record_.open_notices();
  for (const auto& [id, notice] : open) {
    if (notice.endpoint != endpoint) continue;
    for (int i = 0; i < attempts; ++i) {
      record_.attempted(id, AttemptOutcome::retry, Reason::connect_failed, now_);
    }
    if (for_good) record_.end_notice(id, NoticeState::failed, Reason::tries_exhausted, now_);
  }
}

std::vector<std::string> Life::come_back(const std::string& endpoint) {
  std::vector<std::string> ids;
  auto open = record_.open_notices();
  for (const auto& [id, notice] : open) {
    if (notice.endpoint != endpoint) continue;
    settle(id, NoticeState::delivered);
    bounce(notice, Reason::bad_address);
    ids.push_back(id);
  }
  return ids;
}

std::vector<std::string> Life::come_back_late(const std::string& endpoint,
                                              std::string_view stage) {
  std::vector<std::string> ids;
  for (const auto& [about, all] : schedule::Record{record_}.told()) {
    for (const auto& told : all) {
      if (told.item.key.stage != stage) continue;
      const auto& head = heads_.at(told.notices.back());
      if (head.endpoint != endpoint) continue;
      bounce(head, Reason::refused);
      ids.push_back(head.id);
    }
  }
  return ids;
}

std::vector<std::string> Life::open_at(const std::string& endpoint) const {
  std::vector<std::string> found;
  for (const auto& [id, notice] : record_.open_notices()) {
    if (notice.endpoint == endpoint) found.push_back(id);
  }
  return found;
}

std::vector<std::string> Life::drafts() const {
  std::vector<std::string> found;
  for (const auto& [id, notice] : record_.open_notices()) {
    if (notice.state == NoticeState::drafted) found.push_back(id);
  }
  return found;
}

}  // namespace duban::tests
