// LIST: the office's list comes at its hour of a working day, once, and whenever something is
// overdue, somebody waits for the office's answer, or rows wait to be understood.

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
  std::string wanted_at(const Text& text, Second since) const;

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

// Something that stands on a list, and why; empty: nothing.
std::string Lists::wanted_at(const Text& text, Second since) const {
  Knowing knowing{records_.number_at(since), court_.life.wall_at(since), true};
  auto heard_of = records_.heard_of();
  for (const auto& [owed, dates] : text.owed()) {
    bool said = heard_of.contains(owed);
    if (!said && dates.due > knowing.now - slack) continue;
    Situation now{records_, text, owed, knowing};
    bool open = now.standing() == Situation::Standing::open;
    const auto& [duty, period, unit] = owed;
    auto name = duty + ' ' + period + ' ' + unit;
    if (open && now.due() <= knowing.now - slack) return name + " is overdue";
    if (open && !now.question().empty()) return name + " waits for the office's answer";
    if (now.has_unclear_rows()) return name + " has rows that nobody understands";
  }
  return "";
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
    bool comes = lies_in && in_plan && text.workdays().works(day);
    if (!comes || days.contains(text_of(day))) continue;
    auto wanted = wanted_at(text, *since - slack);
    if (wanted.empty() || wanted_at(text, *since + slack).empty()) continue;
    court_.complain(rule, "there is none at " + court_.at(hour) + ", and " + wanted);
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
