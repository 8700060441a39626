#include "engine/effect_sums.h"

#include <algorithm>
#include <map>
#include <set>

#include "calendar/period.h"

namespace duban::engine {
namespace {

class TallyKeeper {
 public:
  void add(const Change& change) {
    auto& kept = kept_.at(static_cast<std::size_t>(change.kind));
    ++kept.items;
    kept.notices.insert(change.shown().notice);
    kept.units.insert(change.key().about.unit);
    units_.insert(change.key().about.unit);
  }
  Tallies tallies() const {
    Tallies out;
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      out.by_kind.at(i) = {kept_.at(i).items, kept_.at(i).notices.size(),
                           kept_.at(i).units.size()};
    }
    out.units = units_.size();
    return out;
  }

 private:
  struct Kept {
    std::size_t items = 0;
    std::set<std::string> notices, units;
  };
  std::array<Kept, change_kinds> kept_;
  std::set<std::string> units_;
};

void earliest(std::optional<Instant>& kept, const std::optional<Instant>& at) {
  if (at) kept = std::min(kept.value_or(*at), *at);
}

// What an item of the edited future says of the due time before: a change names it, and what fell
// away had it.
std::optional<Instant> due_known(const Change& change) {
  if (change.from) return change.from->item.due;
  const auto& item = change.to->item;
  return item.key.kind == ItemKind::gone ? item.due : item.was_due;
}

std::optional<Instant> due_told(const Change& change) {
  bool has_none = !change.to || change.to->item.key.kind == ItemKind::gone;
  return has_none ? std::nullopt : change.to->item.due;
}

std::size_t place_in(const std::vector<std::string>& order, const std::string& id) {
  if (id.empty()) return order.size() + 1;
  return static_cast<std::size_t>(std::ranges::find(order, id) - order.begin());
}

std::vector<DutyEffect> by_duty(const std::vector<Change>& changes,
                                const std::vector<std::string>& order) {
  struct Row {
    TallyKeeper tally;
    std::optional<Instant> before, after;
  };
  std::map<std::pair<std::string, std::string>, Row> rows;
  for (const auto& change : changes) {
    const auto& about = change.key().about;
    auto& row = rows[{about.duty, about.duty.empty() ? "" : about.period}];
    row.tally.add(change);
    earliest(row.before, due_known(change));
    earliest(row.after, due_told(change));
  }
  std::vector<DutyEffect> out;
  for (const auto& [key, row] : rows) {
    out.push_back({key.first, key.second, row.before, row.after, row.tally.tallies()});
  }
  std::ranges::stable_sort(out, {}, [&](const DutyEffect& one) {
    return place_in(order, one.duty);
  });
  return out;
}

using Counted = std::map<std::string, Messages>;  // by whatever they are counted by

// Each message counts once for each thing that `of` says of its items.
template <class Of>
void count(const std::vector<Prospect>& all, std::size_t Messages::* side, Of of, Counted& into) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const auto& one : all) {
    if (one.drafted) continue;
    auto key = of(one);
    if (key && seen.emplace(*key, one.notice).second) ++(into[*key].*side);
  }
}

template <class Of>
Counted count_both(const std::vector<Prospect>& before, const std::vector<Prospect>& after, Of of) {
  Counted counted;
  count(before, &Messages::before, of, counted);
  count(after, &Messages::after, of, counted);
  return counted;
}

std::vector<SpanEffect> by_span(const std::vector<Change>& changes, const Counted& messages,
                                plan::Every every, const calendar::Zone& zone) {
  struct Row {
    calendar::Period period;
    TallyKeeper tally;
  };
  std::map<std::string, Row> rows;
  for (const auto& change : changes) {
    auto period = calendar::period_of(every, zone.day_of(change.shown().at));
    auto& row = rows.try_emplace(period.id, Row{period, {}}).first->second;
    row.tally.add(change);
  }
  std::vector<SpanEffect> out;
  for (const auto& [id, row] : rows) {
    auto found = messages.find(id);
    out.push_back({id, row.period.first, row.period.last,
                   found == messages.end() ? Messages{} : found->second, row.tally.tallies()});
  }
  return out;
}

std::vector<SpanEffect> by_span(const std::vector<Change>& changes,
                                const std::vector<Prospect>& before,
                                const std::vector<Prospect>& after, plan::Every every,
                                const calendar::Zone& zone) {
  auto period = [&](const Prospect& one) {
    return std::optional{calendar::period_of(every, zone.day_of(one.at)).id};
  };
  return by_span(changes, count_both(before, after, period), every, zone);
}

std::vector<UnitEffect> by_unit(const std::vector<Change>& changes,
                                const std::vector<Prospect>& before,
                                const std::vector<Prospect>& after,
                                const std::vector<std::string>& order) {
  std::map<std::string, TallyKeeper> tallies;
  for (const auto& change : changes) tallies[change.key().about.unit].add(change);
  auto unit = [](const Prospect& one) -> std::optional<std::string> {
    bool above = one.item.key.audience == Audience::leader;
    return above ? std::nullopt : std::optional{one.item.key.about.unit};
  };
  auto messages = count_both(before, after, unit);
  for (const auto& [id, counted] : messages) {
    if (counted.before != counted.after) tallies.try_emplace(id);
  }
  std::vector<UnitEffect> out;
  for (const auto& [id, tally] : tallies) out.push_back({id, messages[id], tally.tallies()});
  std::ranges::stable_sort(out, {}, [&](const UnitEffect& one) {
    return place_in(order, one.unit);
  });
  return out;
}

}  // namespace

EffectSums sum_up(const std::vector<Change>& changes, const std::vector<Prospect>& before,
                  const std::vector<Prospect>& after, const calendar::Zone& zone,
                  const EffectOrder& order) {
  EffectSums sums;
  TallyKeeper all;
  for (const auto& change : changes) all.add(change);
  sums.all = all.tallies();
  sums.messages = count_both(before, after, [](const Prospect&) {
    return std::optional<std::string>{""};
  })[""];
  sums.duties = by_duty(changes, order.duties);
  sums.weeks = by_span(changes, before, after, plan::Every::week, zone);
  sums.months = by_span(changes, before, after, plan::Every::month, zone);
  sums.units = by_unit(changes, before, after, order.units);
  return sums;
}

}  // namespace duban::engine
