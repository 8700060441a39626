#include "engine/outbox_check.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>

#include "base/limits.h"

namespace duban::engine {
namespace {

bool stays_leased(Instant lease, const OutboxCheck::Moment& moment) {
  bool too_long = lease > moment.now + 2 * limits::lease;
  bool forgotten =
      std::max(lease, moment.sending_since) < moment.now - limits::lease_forgotten;
  return too_long || forgotten;
}

// Whether it will be sent, as far as the outbox's row tells; nothing when it will.
std::optional<FindingKind> hindrance(const ledger::OutboxRow& row, bool drafted,
                                     const OutboxCheck::Moment& moment) {
  if (drafted) return row.next_at ? std::optional{FindingKind::draft_is_due} : std::nullopt;
  if (!row.next_at) return FindingKind::never_due;
  if (*row.next_at > moment.now + limits::retry_at_most) return FindingKind::far_away;
  bool stays = row.lease && stays_leased(*row.lease, moment);
  return stays ? std::optional{FindingKind::lease_stays} : std::nullopt;
}

// Named by the first thing it tells.
Finding about(FindingKind kind, const std::string& notice, const schedule::Record& record) {
  Finding finding{kind, {}, notice};
  auto open = record.open_notices().find(notice);
  bool known = open != record.open_notices().end() && !open->second.items.empty();
  if (known) finding.item = open->second.items.front();
  return finding;
}

}  // namespace

void OutboxCheck::begin(const LedgerFold& before) {
  begun_at_ = before.last();
  for (const auto& [id, notice] : before.record().open_notices()) {
    open_[id] = before.attempts_at(id);
  }
}

void OutboxCheck::add(std::vector<ledger::OutboxRow> rows) {
  std::ranges::move(rows, std::back_inserter(rows_));
}

std::vector<Finding> OutboxCheck::against(const LedgerFold& after, const Moment& moment) const {
  std::vector<Finding> found;
  const auto& record = after.record();
  std::set<std::string_view> there;
  for (const auto& row : rows_) {
    there.insert(row.notice);
    auto open = record.open_notices().find(row.notice);
    if (open == record.open_notices().end()) {
      bool meanwhile = row.seq > begun_at_ || open_.contains(row.notice);
      bool known = !row.notice.empty() && row.seq <= after.last();
      if (!meanwhile || !known) {
        found.push_back(about(FindingKind::ended_in_outbox, row.notice, record));
      }
      continue;
    }
    bool drafted = open->second.state == NoticeState::drafted;
    if (auto kind = hindrance(row, drafted, moment)) {
      found.push_back(about(*kind, row.notice, record));
    }
    auto was = open_.find(row.notice);
    int least = was == open_.end() ? 0 : was->second;
    if (row.tries < least || row.tries > after.attempts_at(row.notice)) {
      found.push_back(about(FindingKind::tries_differ, row.notice, record));
    }
  }
  for (const auto& [id, attempts] : open_) {
    bool gone = !there.contains(id) && record.open_notices().contains(id);
    if (gone) found.push_back(about(FindingKind::not_in_outbox, id, record));
  }
  return found;
}

}  // namespace duban::engine
