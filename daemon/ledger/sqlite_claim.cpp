// Settling attempts and handing out what is due.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/limits.h"
#include "ledger/sqlite_tables.h"

namespace duban::ledger {

std::optional<Tables::InHand> Tables::in_hand(const Settlement& s, const std::string& token,
                                              PlanRows& plans) {
  Query row(sql_["SELECT n.seq, o.tries, o.epoch FROM notices n LEFT JOIN outbox o"
                 " ON o.plan = n.plan AND o.notice_seq = n.seq AND o.token = ?"
                 " WHERE n.id = ? AND n.plan = ?"]);
  if (!row.with(token, s.notice, s.plan).step()) return std::nullopt;
  auto found = plans.find(s.plan);
  if (found == plans.end()) found = plans.emplace(s.plan, load(s.plan)).first;
  const bool held = !row.is_null(1) && row.number(2) == found->second.cursor.epoch;
  return InHand{found->second, row.number(0), held ? std::optional(row.small(1)) : std::nullopt};
}

// The attempt's row carries the token: who asks again learns that it was written.
Tables::Settled Tables::settled_before(const Settlement& s, std::int64_t notice_seq,
                                       const std::string& token) {
  if (!s.attempted || s.number <= 0) return Settled::stale;
  Query proof(sql_["SELECT token FROM attempts WHERE plan = ? AND notice_seq = ?"
                   " AND number = ?"]);
  const bool there = proof.with(s.plan, notice_seq, s.number).step();
  return there && proof.text(0) == token ? Settled::before : Settled::stale;
}

Tables::Settled Tables::settle(const Settlement& s, const std::string& token, PlanRows& plans) {
  const auto notice = in_hand(s, token, plans);
  if (!notice) return Settled::stale;
  if (!notice->tries || (s.number > 0 && s.number != *notice->tries + 1)) {
    return settled_before(s, notice->seq, token);
  }
  if (!s.ends && !s.next_at) {
    throw Stop{{StoreStatus::refused, fmt::format("settlement of {} ends nothing", s.notice)}};
  }
  PlanRow& plan = notice->plan;
  int tries = *notice->tries;
  if (s.attempted) {
    Query(sql_["INSERT INTO attempts (plan, seq, notice_seq, number, token, at, business_at,"
               " outcome, reason, detail, wire_digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"])
        .with(s.plan, plan.next_seq++, notice->seq, ++tries, token, s.at, s.business_at,
              to_word(s.outcome), to_word(s.reason), s.detail, s.wire_digest)
        .run();
  }
  if (s.ends) {
    insert_ending(plan, notice->seq, *s.ends, s.end_reason, s.business_at);
  } else {
    Query(sql_["UPDATE outbox SET next_at = ?, tries = ?, lease = NULL, token = NULL, epoch = NULL"
               " WHERE plan = ? AND notice_seq = ?"])
        .with(s.next_at, tries, s.plan, notice->seq)
        .run();
  }
  return Settled::written;
}

Batch Tables::settle_and_claim(const std::vector<Settlement>& settled, const std::string& token,
                               std::size_t limit, Seconds lease, Instant now,
                               const std::vector<EndpointKey>& held_back) {
  Batch batch;
  PlanRows plans;
  for (const auto& settlement : settled) {
    if (settle(settlement, token, plans) == Settled::stale) {
      batch.stale.push_back(settlement.notice);
    }
  }
  for (const auto& [id, row] : plans) save(row);
  claim(batch, token, limit, lease, now, held_back);
  return batch;
}

namespace {

/// A row of the outbox that may be handed out.
struct Candidate {
  std::string plan;
  std::int64_t notice_seq = 0;
  int tries = 0;
  bool lease_lost = false;
};

}  // namespace

void Tables::claim(Batch& batch, const std::string& token, std::size_t limit, Seconds lease,
                   Instant now, const std::vector<EndpointKey>& held_back) {
  const std::set<EndpointKey> held(held_back.begin(), held_back.end());
  std::map<EndpointKey, std::size_t> out;
  std::vector<Candidate> chosen;
  std::optional<Instant> next;
  const auto sooner = [&next](Instant at) { next = next ? std::min(*next, at) : at; };
  const auto may = [&](const EndpointKey& endpoint) {
    return !held.contains(endpoint) && out[endpoint] < per_endpoint_;
  };
  {
    Query live(sql_["SELECT plan, endpoint, lease FROM outbox WHERE lease > ?"]);
    live.with(now);
    while (live.step()) {
      ++out[{live.text(0), live.text(1)}];
      sooner(live.at(2));
    }
  }
  Query lost(sql_["SELECT plan, notice_seq, endpoint, tries FROM outbox WHERE lease <= ?"
                  " ORDER BY lease, plan, notice_seq"]);
  lost.with(now);
  while (lost.step()) {
    if (chosen.size() == limit) {
      sooner(now);
      break;
    }
    const EndpointKey endpoint{lost.text(0), lost.text(2)};
    if (!may(endpoint)) continue;
    ++out[endpoint];
    chosen.push_back({endpoint.plan, lost.number(1), lost.small(3), true});
  }
  Query due(sql_["SELECT plan, notice_seq, endpoint, tries, next_at FROM outbox"
                 " WHERE next_at IS NOT NULL AND lease IS NULL"
                 " ORDER BY next_at, plan, notice_seq"]);
  while (due.step()) {
    const EndpointKey endpoint{due.text(0), due.text(2)};
    if (!may(endpoint)) continue;
    if (due.at(4) > now || chosen.size() == limit) {
      sooner(due.at(4));
      break;
    }
    ++out[endpoint];
    chosen.push_back({endpoint.plan, due.number(1), due.small(3), false});
  }
  for (const auto& row : chosen) {
    Query(sql_["UPDATE outbox SET lease = ?, token = ?,"
               " epoch = (SELECT epoch FROM plans p WHERE p.plan = outbox.plan)"
               " WHERE plan = ? AND notice_seq = ?"])
        .with(now + lease, token, row.plan, row.notice_seq)
        .run();
    batch.claimed.push_back(take(row.plan, row.notice_seq, row.tries, row.lease_lost));
    sooner(now + lease);
  }
  batch.next_at = next;
}

Claimed Tables::take(const std::string& plan, std::int64_t notice_seq, int tries,
                     bool lease_lost) {
  Claimed claimed{plan, letter_at(plan, notice_seq), tries, std::nullopt, 0, lease_lost};
  claimed.notice.head.attempted = tries > 0;
  if (tries > 0) {
    Query query(sql_["SELECT min(at), total(outcome = 'unknown') FROM attempts"
                     " WHERE plan = ? AND notice_seq = ?"]);
    query.with(plan, notice_seq).step();
    claimed.first_attempt_at = query.maybe_at(0);
    claimed.unknowns = query.small(1);
  }
  return claimed;
}

std::vector<Claimed> Tables::leased(const std::string& token) {
  std::vector<Candidate> rows;
  {
    Query query(sql_["SELECT plan, notice_seq, tries FROM outbox WHERE lease IS NOT NULL"
                     " AND token = ? ORDER BY next_at, plan, notice_seq"]);
    query.with(token);
    while (query.step()) rows.push_back({query.text(0), query.number(1), query.small(2)});
  }
  std::vector<Claimed> claimed;
  for (const auto& row : rows) claimed.push_back(take(row.plan, row.notice_seq, row.tries, false));
  return claimed;
}

void Tables::postpone(const EndpointKey& endpoint, Instant next_at) {
  Query(sql_["UPDATE outbox SET next_at = ?1 WHERE plan = ?2 AND endpoint = ?3"
             " AND next_at < ?1 AND next_at IS NOT NULL AND lease IS NULL"])
      .with(next_at, endpoint.plan, endpoint.endpoint)
      .run();
}

void Tables::shift(Seconds by) {
  const std::int64_t seconds = by.count();
  // Zero means at once, on any clock.
  Query(sql_["UPDATE outbox SET next_at = iif(next_at > 0, max(next_at + ?1, 1), 0),"
             " lease = lease + ?1 WHERE next_at IS NOT NULL"])
      .with(seconds)
      .run();
}

}  // namespace duban::ledger
