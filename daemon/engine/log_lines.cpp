#include "engine/log_lines.h"

#include <fmt/format.h>
#include <set>
#include <spdlog/spdlog.h>

namespace duban::engine {

std::vector<std::string> units_of(const std::vector<schedule::ItemKey>& items) {
  std::set<std::string> units;
  for (const auto& item : items) units.insert(item.about.unit);
  units.erase("");
  return {units.begin(), units.end()};
}

std::vector<LogLine> notice_lines(const std::string& plan,
                                  const std::vector<ledger::Notice>& notices) {
  std::vector<LogLine> lines;
  for (const auto& notice : notices) {
    const auto& head = notice.head;
    lines.push_back({{.plan = plan,
                      .notice = head.id,
                      .channel = head.channel,
                      .reason = std::string{to_word(head.reason)},
                      .units = units_of(head.items)},
                     fmt::format("notice to {} {}: {}", head.endpoint, to_word(head.state),
                                 notice.content.subject)});
  }
  return lines;
}

void log_written(const std::vector<LogLine>& lines) {
  for (const auto& line : lines) {
    log_about(line.about, [&] { spdlog::info("{}", line.words); });
  }
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
