#include "sim/model_tests/hand.h"

#include <chrono>

namespace duban::sim {
namespace {

using Kind = Event::Kind;

DayNumber day_of(int month, int day) {
  std::chrono::year_month_day date{std::chrono::year{2030},
                                   std::chrono::month{static_cast<unsigned>(month)},
                                   std::chrono::day{static_cast<unsigned>(day)}};
  return std::chrono::sys_days{date}.time_since_epoch().count();
}

}  // namespace

Plan plan_by_hand() {
  Plan plan;
  plan.begins = day_of(4, 20);
  plan.ends = day_of(6, 30);
  plan.calendar = {{day_of(5, 1), day_of(5, 2), day_of(5, 3)}, {day_of(5, 11)}};
  plan.units = {{"a", {"hook:https://a.example.org/hook"}, {"mail:lead-a@example.org"}}};
  plan.office = {"hook:https://office.example.org/desk"};
  using enum Stage::Kind;
  plan.ladders = {{.id = "one",
                   .stages = {{remind, -2, true, 540},
                              {due, 0, false, 540},
                              {overdue, 1, true, 840, true},
                              {escalate, 2, true, 540}}}};
  Duty duty;
  duty.id = "p";
  duty.month = 5;
  duty.day = 16;
  duty.due_minute = 17 * 60;
  duty.who = {"a"};
  duty.ladder = "one";
  plan.duties = {duty};
  return plan;
}

Hand::Hand(Plan plan, int offset_hours) : offset_(offset_hours) {
  story.plan = plan;
  story.begins = at(4, 26, 9);
  outcome.plans = {std::move(plan)};
}

Second Hand::at(int month, int day, int hour, int minute) const {
  return day_of(month, day) * 86400 + (hour - offset_) * 3600 + minute * 60;
}

void Hand::look(Second at) { outcome.events.push_back({.kind = Kind::looked, .at = {at, at}}); }

void Hand::up(Second at) {
  outcome.events.push_back({.kind = Kind::up, .at = {at, at}, .text = outcome.plans.size() - 1});
  if (outcome.facts.empty()) {
    fact("in-force", at);
    fact("in-force", at, "p");
    fact("in-force", at, "", "a");
  }
}

void Hand::down(Second at) { outcome.events.push_back({.kind = Kind::down, .at = {at, at}}); }

void Hand::ends(Second at) {
  story.faults_end = story.ends = at;
  outcome.cursor = at;
}

FactRow& Hand::fact(std::string kind, Second at, std::string duty, std::string unit) {
  FactRow row;
  row.seq = ++seq_;
  row.kind = std::move(kind);
  row.duty = std::move(duty);
  row.unit = std::move(unit);
  row.at = row.recorded_at = at;
  outcome.facts.push_back(row);
  return outcome.facts.back();
}

void Hand::say(Second at, Said said) {
  // In the order of Said::What.
  static const std::vector<std::string> kinds{
      "received", "checked",   "extended", "excused", "silenced", "released",
      "released", "deferred",  "voided",   "",        "submitted", "accepted",
      "asked",    "declined",  "returned", "not-ours", "reassigned", "called", "issued"};
  look(at);
  auto& row = fact(kinds.at(static_cast<std::size_t>(said.what)), at, said.duty,
                   said.what == Said::What::checked ? "" : said.unit);
  if (said.what != Said::What::silenced) row.period = said.period;
  row.at = at - said.ago;
  row.subject = said.to;
  if (said.until != 0) row.time = said.until;
  outcome.events.push_back({.kind = Kind::fact_taken,
                            .at = {at, at},
                            .happening = story.happenings.size(),
                            .seq = row.seq});
  story.happenings.push_back({at, std::move(said)});
  look(at);
}

void Hand::edit(Second at, Plan plan) {
  outcome.plans.push_back(plan);
  look(at);
  outcome.events.push_back({.kind = Kind::edit_taken,
                            .at = {at, at},
                            .happening = story.happenings.size(),
                            .text = outcome.plans.size() - 1});
  story.happenings.push_back({at, Edited{std::move(plan)}});
}

void Hand::write(ItemRow item, NoticeRow notice) {
  item.seq = ++seq_;
  notice.seq = ++seq_;
  notice.id = "ntc_" + std::to_string(notice.seq);
  notice.content = "content of " + notice.id;
  item.notices = {notice.id};
  auto told = notice.queued_at;
  look(told);
  if (notice.state == "queued") {
    const auto* address = notice.endpoint == "office-liaison/1" ? "https://office.example.org/desk"
                                                                : "https://a.example.org/hook";
    notice.attempts = {{1, told, "delivered", "accepted"}};
    notice.ended = "delivered";
    notice.end_reason = "accepted";
    notice.ended_at = told;
    seq_ += 2;
    outcome.arrivals.push_back({.at = {told, told},
                                .channel = notice.channel,
                                .address = address,
                                .notice = notice.id,
                                .content = notice.content,
                                .taken = true,
                                .answered = true,
                                .settled = true});
    outcome.exchanges.push_back({.notice = notice.id,
                                 .channel = notice.channel,
                                 .address = address,
                                 .began = {told, told},
                                 .ended = {told, told},
                                 .whole = true,
                                 .handed_over = true,
                                 .taken = true,
                                 .reply = 200});
  }
  outcome.items.push_back(std::move(item));
  outcome.notices.push_back(std::move(notice));
}

ItemRow Hand::of_the_duty(const std::string& kind, const std::string& stage,
                          const std::string& audience, Second planned, Second due) {
  ItemRow item;
  item.duty = "p";
  item.period = "2030";
  item.unit = "a";
  item.kind = kind;
  item.stage = stage;
  item.audience = audience;
  item.planned_at = planned;
  item.due = due;
  return item;
}

ItemRow& Hand::tell(const std::string& kind, const std::string& stage, Second planned, Second told,
                    Second due) {
  auto item = of_the_duty(kind, stage, "liaison", planned, due);
  NoticeRow notice;
  notice.endpoint = "a-liaison/1";
  notice.channel = "hook";
  notice.state = "queued";
  notice.queued_at = told;
  write(std::move(item), std::move(notice));
  return outcome.items.back();
}

ItemRow& Hand::draft(const std::string& stage, Second planned, Second told, Second due) {
  auto item = of_the_duty("stage", stage, "leader", planned, due);
  NoticeRow notice;
  notice.endpoint = "a-leader/1";
  notice.channel = "mail";
  notice.state = "drafted";
  notice.queued_at = told;
  write(std::move(item), std::move(notice));
  return outcome.items.back();
}

NoticeRow& Hand::release(Second at) {
  auto draft = outcome.notices.back();
  NoticeRow notice = draft;
  notice.seq = ++seq_;
  notice.id = "ntc_" + std::to_string(notice.seq);
  notice.state = "queued";
  notice.queued_at = at;
  notice.replaces = draft.id;
  for (auto& item : outcome.items) {
    if (item.notices == std::vector{draft.id}) item.notices.push_back(notice.id);
  }
  outcome.notices.back().ended = "superseded";
  outcome.notices.back().end_reason = "waits-for-release";
  outcome.notices.back().ended_at = at;
  outcome.notices.push_back(std::move(notice));
  return outcome.notices.back();
}

ItemRow& Hand::list(Second planned, std::string text) {
  ItemRow item;
  auto day = (planned + offset_ * 3600) / 86400;
  std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  auto two = [](unsigned n) { return std::string{n < 10 ? "0" : ""} + std::to_string(n); };
  item.period = "2030-" + two(static_cast<unsigned>(date.month())) + '-' +
                two(static_cast<unsigned>(date.day()));
  item.unit = "office";
  item.kind = "list";
  item.audience = "office";
  item.planned_at = planned;
  NoticeRow notice;
  notice.endpoint = "office-liaison/1";
  notice.channel = "hook";
  notice.state = "queued";
  notice.queued_at = planned;
  notice.text = std::move(text);
  write(std::move(item), std::move(notice));
  return outcome.items.back();
}

Hand Hand::unanswered() {
  Hand hand;
  auto due = hand.at(5, 16, 17);
  hand.up(hand.at(4, 26, 9));
  hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), due);
  hand.tell("stage", "remind -2wd 09:00", hand.at(5, 14, 9), hand.at(5, 14, 9), due);
  hand.tell("stage", "due 0d 09:00", hand.at(5, 16, 9), hand.at(5, 16, 9), due);
  Said checked{.what = Said::What::checked, .duty = "p", .period = "2030", .unit = "a"};
  hand.say(hand.at(5, 17, 9, 30), checked);
  hand.tell("stage", "overdue +1wd 14:00", hand.at(5, 17, 14), hand.at(5, 17, 14), due);
  hand.draft("escalate +2wd 09:00", hand.at(5, 20, 9), hand.at(5, 17, 16, 30), due);
  hand.list(hand.at(5, 17, 16, 30), "  dubanctl received p 2030 a --at 时:分\n");
  hand.ends(hand.at(5, 18, 9));
  return hand;
}

}  // namespace duban::sim
