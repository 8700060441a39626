// Settling attempts and handing out what is due.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/limits.h"
#include "ledger/sqlite_tables.h"

namespace duban::ledger {

Tables::Settled Tables::settle(const Settlement& s, const std::string& token) {
  const auto notice = standing(s.plan, s.notice);
  if (!notice) return Settled::stale;
  if (s.attempted && s.number > 0) {
    Query proof(sql_["SELECT token FROM attempts WHERE plan = ? AND notice_seq = ?"
                     " AND number = ?"]);
    if (proof.with(s.plan, notice->seq, s.number).step()) {
      return proof.text(0) == token ? Settled::before : Settled::stale;
    }
  }
  int tries = 0;
  {
    Query row(sql_["SELECT o.tries FROM outbox o JOIN plans p ON p.plan = o.plan"
                   " WHERE o.plan = ? AND o.notice_seq = ? AND o.token = ?"
                   " AND o.epoch = p.epoch"]);
    if (!row.with(s.plan, notice->seq, token).step()) return Settled::stale;
    tries = row.small(0);
  }
  if (s.number > 0 && s.number != tries + 1) return Settled::stale;
  if (!s.ends && !s.next_at) {
    throw Stop{{StoreStatus::refused, fmt::format("settlement of {} ends nothing", s.notice)}};
  }
  PlanRow plan = load(s.plan);
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
  save(plan);
  return Settled::written;
}

Batch Tables::settle_and_claim(const std::vector<Settlement>& settled, const std::string& token,
                               std::size_t limit, Seconds lease, Instant now,
                               const std::vector<EndpointKey>& held_back) {
  Batch batch;
  for (const auto& settlement : settled) {
    if (settle(settlement, token) == Settled::stale) batch.stale.push_back(settlement.notice);
  }
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
  Claimed claimed{plan, notice_at(plan, notice_seq), tries, std::nullopt, 0, lease_lost};
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
