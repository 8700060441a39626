#include <algorithm>
#include <iostream>

#include "app/daemon.h"
#include "engine/rehearsal.h"

namespace duban::app {
namespace {

void print_notice(const ledger::Notice& notice, const calendar::Zone& zone) {
  std::cout << zone.format(notice.head.queued_at) << "  " << notice.head.endpoint << "  "
            << to_word(notice.head.state) << "  " << notice.content.subject << '\n';
}

}  // namespace

int check_only(const Clock& clock, const engine::Tree& tree) {
  std::size_t count = 0;
  for (const auto& loaded : tree.plans) {
    if (!loaded.plan) continue;
    auto zone = calendar::Zone::find(loaded.plan->zone);
    auto today = zone->day_of(clock.now());
    auto life = engine::rehearse(loaded.plan, tree.templates,
                                 {.from = today, .to = today + std::chrono::days{1}});
    for (const auto& notice : life.notices) {
      bool within = notice.head.queued_at >= clock.now() &&
                    notice.head.queued_at < clock.now() + std::chrono::days{1};
      if (!within) continue;
      print_notice(notice, *zone);
      ++count;
    }
  }
  std::cout << count << " notices in the first 24 hours\n";
  return has_errors(tree.diagnostics) ? 2 : 0;
}

}  // namespace duban::app
