#pragma once
// What the Store does, on one SQLite connection, synchronously, inside whatever transaction is
// open. Throws Stop or SQLite::Exception; the caller rolls back. Internal to ledger.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ledger/sqlite_query.h"
#include "ledger/store.h"

namespace duban::ledger {

/// In their order.
inline std::vector<schedule::ItemKey> keys_of(const std::vector<schedule::Item>& items) {
  std::vector<schedule::ItemKey> keys;
  for (const auto& item : items) keys.push_back(item.key);
  return keys;
}

class Tables {
 public:
  /// Of one endpoint at most `per_endpoint` notices are under a live lease at once.
  Tables(SQLite::Database& db, std::size_t per_endpoint) : sql_(db), per_endpoint_(per_endpoint) {}

  Cursor cursor(const std::string& plan);
  std::map<std::string, Cursor> cursors();
  Rows read(const std::string& plan, std::int64_t after, std::size_t limit);
  Advanced advance(const Advance& step);
  std::vector<std::int64_t> record(const std::string& plan,
                                   const std::vector<schedule::Fact>& facts);
  Batch settle_and_claim(const std::vector<Settlement>& settled, const std::string& token,
                         std::size_t limit, Seconds lease, Instant now,
                         const std::vector<EndpointKey>& held_back);
  std::vector<Claimed> leased(const std::string& token);
  BounceAnswer bounce(const Bounce& bounce);
  void postpone(const EndpointKey& endpoint, Instant next_at);
  std::vector<NoticeView> notices(const NoticeQuery& query);
  OutboxCounts counts(const std::string& plan);
  OutboxRows outbox(const std::string& plan, std::int64_t after, std::size_t limit);
  void shift(Seconds by);

 private:
  /// A plan's moving row, written back by `save`.
  struct PlanRow {
    std::string plan;
    Cursor cursor;
    std::int64_t next_seq = 1;
  };
  /// Those that one request moves, each read once and saved once.
  using PlanRows = std::map<std::string, PlanRow>;
  /// A notice of which a settler speaks; `tries` are its attempts so far if the settler holds it.
  struct InHand {
    PlanRow& plan;
    std::int64_t seq;
    std::optional<int> tries;
  };
  /// A notice as the outbox and its endings know it.
  struct Standing {
    std::int64_t seq = 0;
    bool open = false, leased = false;
    /// `delivered` stays true of what bounced.
    bool delivered = false, bounced = false;
  };

  // sqlite_advance.cpp
  PlanRow load(const std::string& plan);
  void save(const PlanRow& row);
  void insert_fact(PlanRow& row, const schedule::Fact& fact);
  void insert_submission(const std::string& plan, std::int64_t seq, const schedule::Fact& fact);
  std::optional<Standing> standing(const std::string& plan, const std::string& notice);
  void insert_ending(PlanRow& row, std::int64_t notice_seq, NoticeState state, Reason reason,
                     Instant at);
  /// Whether an attempt or ending of the notice came after that row.
  bool settled_since(const std::string& plan, std::int64_t notice_seq, std::int64_t row);
  /// Whether it was ended (now or before); false: it is being sent, or was settled meanwhile.
  bool end_notice(PlanRow& row, const schedule::NoticeEnd& end, const Advance& step);
  void end_item(PlanRow& row, const schedule::ItemEnd& end, Instant now,
                const std::set<std::string>& in_flight);
  /// It tells of something that a notice in flight tells, too.
  bool rests_on(const Notice& notice, const std::string& plan,
                const std::set<std::string>& in_flight);
  bool is_carried(const std::string& plan, std::int64_t item, const std::string& notice);
  std::int64_t find_item(const std::string& plan, const schedule::ItemKey& key);
  void insert_content(const std::string& notice, const Content& content);
  std::int64_t item_of(PlanRow& row, const schedule::Item& item, const Notice& notice,
                       std::int64_t first_new);
  /// Whether the notice was written; false: what it replaces goes on whole.
  bool insert_notice(PlanRow& row, const Notice& notice, const Advance& step,
                     std::int64_t first_new);

  // sqlite_claim.cpp
  enum class Settled { written, before, stale };
  std::optional<InHand> in_hand(const Settlement& settlement, const std::string& token,
                                PlanRows& plans);
  Settled settled_before(const Settlement& settlement, std::int64_t notice_seq,
                         const std::string& token);
  Settled settle(const Settlement& settlement, const std::string& token, PlanRows& plans);
  void claim(Batch& batch, const std::string& token, std::size_t limit, Seconds lease, Instant now,
             const std::vector<EndpointKey>& held_back);
  Claimed take(const std::string& plan, std::int64_t notice_seq, int tries, bool lease_lost);

  // sqlite_read.cpp
  void add_submission(const std::string& plan, schedule::Fact& fact);
  std::vector<schedule::Item> items_of(const std::string& plan, std::int64_t notice_seq);
  std::vector<Attachment> attachments_of(const std::string& notice);
  /// What a notice is without its letter.
  schedule::NoticeHead head_at(const std::string& plan, std::int64_t notice_seq);
  /// All of a notice but its items.
  Notice letter_at(const std::string& plan, std::int64_t notice_seq);
  Notice notice_at(const std::string& plan, std::int64_t notice_seq);
  std::vector<AttemptView> attempts_of(const std::string& plan, std::int64_t notice_seq);

  Statements sql_;
  std::size_t per_endpoint_;
};

}  // namespace duban::ledger
