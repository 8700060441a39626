#include "control/health.h"

#include "base/bilingual.h"
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
  auto say = [&](const Bilingual& what) { faults.push_back(what.in(pulse.language)); };
  if (pulse.ledger_failures >= limits::ledger_failures) {
    say(both("台账连续 {} 次写不进或读不出:看磁盘满没满、好不好",
             "the ledger could not be written or read {} times in a row: see whether the disk is "
             "full or failing",
             pulse.ledger_failures));
  }
  for (const auto& plan : pulse.plans) {
    if (plan.refusals > 0) {
      say(both("方案 {} 的一步连续 {} 次没有写成:看 dubanctl status",
               "plan {}: a step could not be written {} times in a row: see dubanctl status",
               plan.id, plan.refusals));
      continue;
    }
    auto late = overdue(plan, pulse);
    if (late <= limits::overdue_look * pulse.speed) continue;
    say(both("方案 {} 该看一遍了,已迟 {} 秒:看 duband 的日志,必要时重启",
             "plan {} was to be looked at {} s ago: see the log of duband, restart it if need be",
             plan.id, late.count()));
  }
  return faults;
}

Faults faults_of_readiness(const engine::Pulse& pulse, bool listening) {
  Faults faults;
  auto say = [&](const Bilingual& what) { faults.push_back(what.in(pulse.language)); };
  if (!pulse.started) {
    say(both("还没有起来:正在读方案和台账", "not up yet: reading plans and ledger"));
    return faults;
  }
  if (pulse.plans.empty()) {
    say(both("没有一个方案在运行:运行 dubanctl check", "no plan is running: run dubanctl check"));
  }
  if (!listening) say(both("还没有在 socket 上听", "not listening on the socket yet"));
  if (pulse.clock_held) {
    say(both("时钟跳得太远,已停下不发:时钟对了就运行 dubanctl clock accept",
             "the clock stepped too far, nothing is sent: once it is right, run dubanctl clock "
             "accept"));
  }
  return faults;
}

}  // namespace duban::control
