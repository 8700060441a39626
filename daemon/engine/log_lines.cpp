#include "engine/log_lines.h"

#include <set>
#include <spdlog/spdlog.h>

#include "base/line_fields.h"

namespace duban::engine {

std::vector<std::string> units_of(const std::vector<schedule::ItemKey>& items) {
  std::set<std::string> units;
  for (const auto& item : items) units.insert(item.about.unit);
  units.erase("");
  return {units.begin(), units.end()};
}

void log_notice(const std::string& plan, const ledger::Notice& notice) {
  const auto& head = notice.head;
  const LineFields about{.plan = plan,
                         .notice = head.id,
                         .channel = head.channel,
                         .reason = std::string{to_word(head.reason)},
                         .units = units_of(head.items)};
  log_about(about, [&] {
    spdlog::info("notice to {} {}: {}", head.endpoint, to_word(head.state),
                 notice.content.subject);
  });
}

void log_fact(const std::string& plan, const schedule::Fact& fact) {
  LineFields about{.plan = plan};
  if (!fact.about.unit.empty()) about.units.push_back(fact.about.unit);
  log_about(about, [&] {
    spdlog::info("fact {} {} {} {} by {}", fact.seq, to_word(fact.kind), fact.about.duty,
                 fact.about.period, fact.by);
  });
}

}  // namespace duban::engine
