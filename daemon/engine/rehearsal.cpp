#include "engine/rehearsal.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace duban::engine {
namespace {

std::string month_of(const schedule::Timetable& timetable, Instant at) {
  return format_day(timetable.zone().day_of(at)).substr(0, 7);
}

bool is_pre_due(const schedule::Item& item) {
  const auto& stage = item.key.stage;
  return item.key.kind == ItemKind::stage &&
         (stage.starts_with(to_word(StageKind::remind)) ||
          stage.starts_with(to_word(StageKind::due)));
}

// Who gets how much of what was lived.
class Account {
 public:
  Account(const schedule::Timetable& timetable, Rehearsal& out)
      : timetable_(timetable), out_(out) {
    for (const auto& unit : timetable.plan().units) share_of(unit.id);
  }

  void count_messages();
  void count_requests(Instant from, Instant to);
  void judge_budget();

 private:
  void count(const ledger::Notice& notice);
  Share& share_of(const std::string& unit);

  const schedule::Timetable& timetable_;
  Rehearsal& out_;
};

Share& Account::share_of(const std::string& unit) {
  auto found = std::ranges::find(out_.shares, unit, &std::pair<std::string, Share>::first);
  if (found != out_.shares.end()) return found->second;
  return out_.shares.emplace_back(unit, Share{}).second;
}

void Account::count(const ledger::Notice& notice) {
  std::set<std::string> told, reminded;
  for (const auto& item : notice.items) {
    if (item.key.audience == Audience::leader) continue;
    told.insert(item.key.about.unit);
    if (is_pre_due(item)) reminded.insert(item.key.about.unit);
  }
  for (const auto& unit : told) ++share_of(unit).messages;
  auto month = month_of(timetable_, notice.head.queued_at);
  for (const auto& unit : reminded) ++share_of(unit).pre_due[month];
}

void Account::count_messages() {
  for (const auto& notice : out_.notices) {
    if (notice.head.state != NoticeState::drafted) count(notice);
  }
}

void Account::count_requests(Instant from, Instant to) {
  for (const auto& slot : timetable_.slots()) {
    const auto& occurrence = timetable_.occurrences()[slot.occurrence];
    if (occurrence.dating != calendar::Dating::dated) continue;
    auto asked = occurrence.ask_by.value_or(*occurrence.due);
    if (asked < from || asked >= to) continue;
    ++share_of(slot.key.unit).requests[month_of(timetable_, asked)];
  }
}

void Account::judge_budget() {
  const auto& budget = timetable_.plan().budget;
  auto breach = [&](const std::string& unit, const std::map<std::string, std::size_t>& months,
                    unsigned most, Breach::What what) {
    for (const auto& [month, count] : months) {
      if (count > most) out_.breaches.push_back({unit, month, what, count, most});
    }
  };
  for (const auto& [unit, share] : out_.shares) {
    bool exempt = unit == plan::office_id ||
                  std::ranges::find(budget.exempt, unit) != budget.exempt.end();
    if (exempt) continue;
    breach(unit, share.pre_due, budget.pre_due, Breach::What::pre_due);
    breach(unit, share.requests, budget.requests, Breach::What::requests);
  }
}

}  // namespace

std::string breach_words(Breach::What what) {
  return what == Breach::What::pre_due ? "到期前的提醒" : "要交的东西";
}

std::string breach_words(const Breach& breach, const plan::Plan& plan) {
  return fmt::format("{} {}:{} {} 次,预算 {} 次", plan.name_of(breach.unit), breach.month,
                     breach_words(breach.what), breach.count, breach.budget);
}

Rehearsal rehearse(std::shared_ptr<const plan::Plan> plan, const message::Templates& templates,
                   const RehearsalOptions& options) {
  PlanRun run{std::move(plan), templates};
  run.use_forms(options.forms);
  return rehearse(run, options);
}

Rehearsal rehearse(PlanRun& run, const RehearsalOptions& options) {
  const auto& zone = run.timetable().zone();
  auto from = zone.to_instant(Civil{options.from});
  auto to = zone.to_instant(Civil{options.to + std::chrono::days{1}});
  Rehearsal out;
  out.notices = forecast(run, {.from = from,
                               .to = to,
                               .behaviour = options.behaviour,
                               .salt = std::string{rehearsal_salt},
                               .book = options.book}).notices;
  Account account{run.timetable(), out};
  account.count_messages();
  account.count_requests(from, to);
  account.judge_budget();
  return out;
}

}  // namespace duban::engine
