#include "control/health.h"

#include <fmt/format.h>

#include "base/limits.h"

namespace duban::control {

Seconds overdue(const engine::PlanPulse& plan, const engine::Pulse& pulse) {
  // While a step of the clock is held nothing is looked at, on purpose.
  if (pulse.clock_held) return Seconds{0};
  // One that was never looked at wanted to be from the start on.
  auto wanted = plan.advanced ? plan.next : std::optional{pulse.since};
  return wanted ? std::max(Seconds{0}, pulse.now - *wanted) : Seconds{0};
}

Faults faults_of_life(const engine::Pulse& pulse) {
  Faults faults;
  if (pulse.ledger_failures >= limits::ledger_failures) {
    faults.push_back(fmt::format("台账连续 {} 次写不进或读不出:看磁盘满没满、好不好",
                                 pulse.ledger_failures));
  }
  for (const auto& plan : pulse.plans) {
    if (plan.refusals > 0) {
      faults.push_back(
          fmt::format("方案 {} 的一步连续 {} 次没有写成:看 dubanctl status", plan.id,
                      plan.refusals));
      continue;
    }
    auto late = overdue(plan, pulse);
    if (late <= limits::overdue_look * pulse.speed) continue;
    faults.push_back(fmt::format("方案 {} 该看一遍了,已迟 {} 秒:看 duband 的日志,必要时重启",
                                 plan.id, late.count()));
  }
  return faults;
}

Faults faults_of_readiness(const engine::Pulse& pulse, bool listening) {
  Faults faults;
  if (!pulse.started) {
    faults.emplace_back("还没有起来:正在读方案和台账");
    return faults;
  }
  if (pulse.plans.empty()) faults.emplace_back("没有一个方案在运行:运行 dubanctl check");
  if (!listening) faults.emplace_back("还没有在 socket 上听");
  if (pulse.clock_held) {
    faults.emplace_back("时钟跳得太远,已停下不发:时钟对了就运行 dubanctl clock accept");
  }
  return faults;
}

}  // namespace duban::control
