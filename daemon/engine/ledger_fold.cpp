#include "engine/ledger_fold.h"

#include <algorithm>
#include <functional>
#include <string_view>

namespace duban::engine {
namespace {

struct Fold {
  schedule::Record& record;
  void operator()(const ledger::FactRow& row) const { record.apply(row.fact); }
  void operator()(const ledger::NoticeRow& row) const { record.apply(row.head, row.items); }
  void operator()(const ledger::AttemptRow& row) const {
    record.attempted(row.notice, row.outcome, row.reason, row.at);
  }
  void operator()(const ledger::NoticeEndRow& row) const {
    record.end_notice(row.notice, row.state, row.reason, row.at);
  }
  void operator()(const ledger::ItemEndRow& row) const { record.end_item(row.item, row.reason); }
  void operator()(const ledger::BounceRow& row) const {
    record.bounced(row.head, row.reason, row.at);
  }
};

// Each row changes what follows from the ones before it: order counts.
struct Count {
  RowTally& tally;

  void mix(std::uint64_t value) const {
    tally.digest = (tally.digest ^ value) * 0x9e3779b97f4a7c15ULL;
    tally.digest ^= tally.digest >> 29;
  }
  void mix(std::string_view text) const { mix(std::hash<std::string_view>{}(text)); }
  void mix(const schedule::AssignmentKey& key) const {
    mix(schedule::AssignmentKeyHash{}(key));
  }
  void mix(Instant at) const { mix(static_cast<std::uint64_t>(at.time_since_epoch().count())); }
  void mix(const schedule::ItemKey& key) const {
    mix(key.about);
    mix(to_word(key.kind));
    mix(key.stage);
    mix(static_cast<std::uint64_t>(key.telling));
  }

  void operator()(const ledger::FactRow& row) const {
    ++tally.facts;
    mix(static_cast<std::uint64_t>(row.fact.seq));
    mix(to_word(row.fact.kind));
    mix(row.fact.about);
    mix(row.fact.at);
  }
  void operator()(const ledger::NoticeRow& row) const {
    ++tally.notices;
    mix(row.head.id);
    for (const auto& item : row.items) mix(item.key);
  }
  void operator()(const ledger::AttemptRow& row) const {
    ++tally.attempts;
    mix(row.notice);
    mix(to_word(row.outcome));
  }
  void operator()(const ledger::NoticeEndRow& row) const {
    ++tally.endings;
    mix(row.notice);
    mix(to_word(row.state));
  }
  void operator()(const ledger::ItemEndRow& row) const {
    ++tally.endings;
    mix(row.item);
  }
  void operator()(const ledger::BounceRow& row) const {
    ++tally.endings;
    mix(row.head.id);
    mix(to_word(NoticeState::bounced));
  }
};

}  // namespace

void RowTally::add(const ledger::Row& row) { std::visit(Count{*this}, row); }

void fold(const ledger::Row& row, schedule::Record& record) { std::visit(Fold{record}, row); }

// Before the row is folded. What replaces a notice ends it first, and a fallback goes to another
// endpoint.
void LedgerFold::note_doubled(const ledger::NoticeRow& row) {
  if (row.head.reason == Reason::resent) return;
  for (const auto& item : row.items) {
    const auto* told = record_.told_item(item.key);
    if (told == nullptr) continue;
    bool stands = std::ranges::any_of(told->notices, [&](const std::string& id) {
      auto open = record_.open_notices().find(id);
      if (open != record_.open_notices().end()) return open->second.endpoint == row.head.endpoint;
      return record_.state_of(id) == NoticeState::delivered;
    });
    if (stands) doubled_.push_back({item.key, row.head.id});
  }
}

void LedgerFold::add(const ledger::Rows& rows) {
  for (const auto& row : rows.rows) {
    if (const auto* notice = std::get_if<ledger::NoticeRow>(&row)) {
      note_doubled(*notice);
    } else if (const auto* attempt = std::get_if<ledger::AttemptRow>(&row)) {
      if (record_.open_notices().contains(attempt->notice)) ++attempts_[attempt->notice];
    } else if (const auto* ended = std::get_if<ledger::NoticeEndRow>(&row)) {
      attempts_.erase(ended->notice);
    }
    tally_.add(row);
    engine::fold(row, record_);
  }
  last_ = std::max(last_, rows.last);
}

}  // namespace duban::engine
