#pragma once
// What an audit found: one difference a finding, and how an office reads it.

#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "plan/plan.h"
#include "schedule/record.h"

namespace duban::engine {

enum class FindingKind {
  /// What is kept in memory is not what the ledger holds.
  rows_differ,
  /// It must be told by now, and the daemon does not think so.
  untold,
  /// By the plainer rule it must have been told by now.
  plainly_untold,
  /// It must have been told by now, and nobody woke for it.
  overslept,
  /// The daemon would tell what is not to be told.
  unasked,
  /// A notice goes on although its cause has gone; or would be ended although it stands.
  goes_on, taken_back,
  /// The next wake-up is planned for another moment than it should be.
  wake_differs,
  /// A notice has not ended, and nobody will send it: it is not in the outbox, or at no time, or
  /// years away, or under a lease that nobody gives up.
  not_in_outbox, never_due, far_away, lease_stays,
  /// The outbox has what has ended, or is not in the ledger, or a draft at a time.
  ended_in_outbox, draft_is_due,
  /// The outbox counts other attempts than there were.
  tries_differ,
  /// One item in two notices.
  doubled,
  /// The plan was looked at until a day that is far from come.
  cursor_ahead,
};
std::string_view to_word(FindingKind kind);

/// One difference. `item` is empty where it is about the whole plan or only about a notice.
struct Finding {
  FindingKind kind = FindingKind::rows_differ;
  schedule::ItemKey item{};
  std::string notice{};
};

/// `该通知而没有通知:市教育局 月调度表 2022-05 remind -3wd 09:00`.
Bilingual words_of(const Finding& finding, const plan::Plan& plan);
/// The first few of them, and how many there are.
Bilingual words_of(const std::vector<Finding>& findings, const plan::Plan& plan);

/// A line each for the log, with a line break before it; what is beyond limits::audit_log_bytes is
/// left out, and a last line says so.
std::string log_lines(const std::vector<Finding>& findings);

}  // namespace duban::engine
