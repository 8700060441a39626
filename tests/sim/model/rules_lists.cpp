// LIST: the office's list comes at its hour of a working day, once, and whenever something is
// overdue.

#include <algorithm>
#include <set>

#include "sim/model/situation.h"

namespace duban::sim::model {
namespace {

constexpr std::string_view rule = "LIST";
constexpr Second slack = 900;

class Lists {
 public:
  Lists(Court& court, const Records& records) : court_(court), records_(records) {}
  void judge(const ItemRow& item) const;
  void judge_missing(const Text& text, const Span& calm, const std::set<std::string>& days) const;

 private:
  bool is_list_hour(Second at, const Text& text) const {
    const auto& zone = text.zone();
    auto day = zone.day_at(at);
    return text.workdays().works(day) &&
           at == zone.instant_of(day, Second{text.plan().list_minute} * 60);
  }
  const Owed* overdue_at(const Text& text, Second since) const;

  Court& court_;
  const Records& records_;
};

void Lists::judge(const ItemRow& item) const {
  auto told = records_.told_at(item);
  const auto* notice = court_.notice_by_id.at(item.notices.front());
  auto texts = records_.texts_at(records_.since_of(notice->seq));
  bool hour = std::ranges::any_of(
      texts, [&](const Text* text) { return is_list_hour(item.planned_at, *text); });
  auto complain = [&](const std::string& what) {
    court_.complain(rule, name_of(item) + " told at " + court_.at(told) + ' ' + what);
  };
  if (!hour) complain("is for " + court_.at(item.planned_at) + ", no hour of a list");
  if (told < item.planned_at) complain("came before its hour " + court_.at(item.planned_at));
  auto day = text_of(court_.zone.day_at(item.planned_at));
  if (item.period != day) complain("has another day's name");
}

const Owed* Lists::overdue_at(const Text& text, Second since) const {
  Knowing knowing{records_.number_at(since), court_.life.wall_at(since), true};
  for (const auto& [owed, dates] : text.owed()) {
    if (dates.due > knowing.now - slack) continue;
    Situation now{records_, text, owed, knowing};
    bool overdue = now.standing() == Situation::Standing::open && now.due() <= knowing.now - slack;
    if (overdue) return &owed;
  }
  return nullptr;
}

void Lists::judge_missing(const Text& text, const Span& calm,
                          const std::set<std::string>& days) const {
  const auto& zone = text.zone();
  const auto& life = court_.life;
  if (text.plan().office.empty()) return;
  auto last = zone.day_at(life.wall_at(calm.to));
  for (auto day = zone.day_at(life.wall_at(calm.from)); day <= last; ++day) {
    auto hour = zone.instant_of(day, Second{text.plan().list_minute} * 60);
    auto since = life.since_of(hour, calm.from);
    bool lies_in = since && *since - slack >= calm.from && *since + slack <= calm.to;
    bool in_plan = hour >= text.begins() && hour < text.ends();
    bool wanted = lies_in && in_plan && text.workdays().works(day);
    if (!wanted || days.contains(text_of(day))) continue;
    const auto* owed = overdue_at(text, *since - slack);
    if (owed == nullptr || overdue_at(text, *since + slack) == nullptr) continue;
    const auto& [duty, period, unit] = *owed;
    court_.complain(rule, "there is none at " + court_.at(hour) + ", and " + duty + ' ' + period +
                              ' ' + unit + " is overdue");
  }
}

}  // namespace

void judge_lists(Court& court) {
  Records records{court};
  Lists lists{court, records};
  std::set<std::string> days;
  for (const auto& item : court.outcome.items) {
    if (item.kind != "list" || item.notices.empty()) continue;
    lists.judge(item);
    days.insert(item.period);
  }
  for (const auto& [span, text] : records.certain_uses()) {
    for (const auto& calm : court.life.calm()) {
      Span both{std::max(span.from, calm.from), std::min(span.to, calm.to)};
      if (both.to > both.from) lists.judge_missing(*text, both, days);
    }
  }
}

}  // namespace duban::sim::model
