#pragma once
// Where a test makes a commit fail. Every Store has such a hook, since every Store can hear nothing
// of a commit that happened.

#include <functional>

namespace duban::ledger {

enum class FaultPoint { before_commit, after_commit };
/// Called on the writer's thread around each commit; true: the caller hears `unknown`. Before the
/// commit, true also means that nothing is committed.
using Fault = std::function<bool(FaultPoint)>;

}  // namespace duban::ledger
