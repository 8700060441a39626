// Writing facts, items, notices and endings, and moving the cursor.

#include <fmt/format.h>

#include "ledger/sqlite_tables.h"

namespace duban::ledger {
namespace {

[[noreturn]] void refuse(std::string detail) {
  throw Stop{{StoreStatus::refused, std::move(detail)}};
}

std::string in_lines(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, "\n"));
}

Cursor cursor_at(Query& row, int first) {
  return {row.maybe_at(first), row.number(first + 1), row.number(first + 2),
          row.number(first + 3)};
}

}  // namespace

Tables::PlanRow Tables::load(const std::string& plan) {
  PlanRow row{plan, {}, 1};
  Query query(sql_["SELECT cursor, last_fact, epoch, next_seq - 1 FROM plans WHERE plan = ?"]);
  if (query.with(plan).step()) {
    row.cursor = cursor_at(query, 0);
    row.next_seq = row.cursor.last_row + 1;
  } else {
    Query insert(sql_["INSERT INTO plans (plan, epoch, last_fact, next_seq) VALUES (?, 1, 0, 1)"]);
    insert.with(plan).run();
  }
  return row;
}

void Tables::save(const PlanRow& row) {
  Query(sql_["UPDATE plans SET cursor = ?, last_fact = ?, next_seq = ? WHERE plan = ?"])
      .with(row.cursor.at, row.cursor.last_fact, row.next_seq, row.plan)
      .run();
}

Cursor Tables::cursor(const std::string& plan) {
  Query query(sql_["SELECT cursor, last_fact, epoch, next_seq - 1 FROM plans WHERE plan = ?"]);
  if (!query.with(plan).step()) return {};
  return cursor_at(query, 0);
}

std::map<std::string, Cursor> Tables::cursors() {
  Query query(sql_["SELECT plan, cursor, last_fact, epoch, next_seq - 1 FROM plans"]);
  std::map<std::string, Cursor> all;
  while (query.step()) all.emplace(query.text(0), cursor_at(query, 1));
  return all;
}

void Tables::insert_fact(PlanRow& row, const schedule::Fact& fact) {
  Query query(sql_["INSERT INTO facts (plan, seq, kind, duty, period, unit, slice, at, recorded_at,"
                   " by, way, time, refers, subject, note)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?)"]);
  query.with(row.plan, row.next_seq, to_word(fact.kind), fact.about.duty, fact.about.period,
             fact.about.unit, fact.about.slice, fact.at, fact.recorded_at, fact.by, fact.way,
             fact.time, fact.refers, fact.subject, fact.note)
      .run();
  insert_submission(row.plan, row.next_seq, fact);
  row.cursor.last_fact = row.next_seq++;
}

void Tables::insert_submission(const std::string& plan, std::int64_t seq,
                               const schedule::Fact& fact) {
  int place = 0;
  for (const auto& one : fact.rows) {
    const auto lacks = in_lines(one.lacks);
    Query(sql_["INSERT INTO submitted_rows (plan, fact_seq, place, clause, unchanged, progress,"
               " state, problem, asks_whom, asks_what, asks_by, lacks)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"])
        .with(plan, seq, place++, one.clause, one.unchanged, one.progress, to_word(one.state),
              one.problem, one.asks_whom, one.asks_what, one.asks_by, lacks)
        .run();
  }
  place = 0;
  for (const auto& file : fact.files) {
    Query(sql_["INSERT INTO submitted_files (plan, fact_seq, place, name, digest, bytes)"
               " VALUES (?, ?, ?, ?, ?, ?)"])
        .with(plan, seq, place++, file.name, file.digest, file.bytes)
        .run();
  }
}

std::vector<std::int64_t> Tables::record(const std::string& plan,
                                         const std::vector<schedule::Fact>& facts) {
  PlanRow row = load(plan);
  std::vector<std::int64_t> numbers;
  for (const auto& fact : facts) {
    insert_fact(row, fact);
    numbers.push_back(row.cursor.last_fact);
  }
  save(row);
  return numbers;
}

std::optional<Tables::Standing> Tables::standing(const std::string& plan,
                                                 const std::string& notice) {
  Query query(sql_[
      "SELECT n.seq, o.notice_seq IS NOT NULL, o.token IS NOT NULL, EXISTS (SELECT 1 FROM"
      " notice_endings e WHERE e.plan = n.plan AND e.notice_seq = n.seq AND e.state = 'delivered'),"
      " EXISTS (SELECT 1 FROM notice_endings e WHERE e.plan = n.plan AND e.notice_seq = n.seq"
      " AND e.state = 'bounced')"
      " FROM notices n LEFT JOIN outbox o ON o.plan = n.plan AND o.notice_seq = n.seq"
      " WHERE n.id = ? AND n.plan = ?"]);
  if (!query.with(notice, plan).step()) return std::nullopt;
  return Standing{query.number(0), query.small(1) != 0, query.small(2) != 0, query.small(3) != 0,
                  query.small(4) != 0};
}

void Tables::insert_ending(PlanRow& row, std::int64_t notice_seq, NoticeState state, Reason reason,
                           Instant at) {
  Query(sql_["INSERT INTO notice_endings (plan, seq, notice_seq, state, reason, at)"
             " VALUES (?, ?, ?, ?, ?, ?)"])
      .with(row.plan, row.next_seq, notice_seq, to_word(state), to_word(reason), at)
      .run();
  ++row.next_seq;
}

BounceAnswer Tables::bounce(const Bounce& bounce) {
  Query query(sql_["SELECT plan FROM notices WHERE id = ?"]);
  if (!query.with(bounce.notice).step()) return {};
  BounceAnswer answer{Bounced::settled, query.text(0)};
  const auto notice = standing(answer.plan, bounce.notice);
  if (!notice || notice->bounced) return answer;
  if (notice->open) answer.what = Bounced::not_ended;
  if (!notice->delivered) return answer;
  PlanRow row = load(answer.plan);
  insert_ending(row, notice->seq, NoticeState::bounced, bounce.reason, bounce.at);
  save(row);
  answer.what = Bounced::written;
  answer.items = keys_of(items_of(answer.plan, notice->seq));
  return answer;
}

bool Tables::settled_since(const std::string& plan, std::int64_t notice_seq, std::int64_t row) {
  Query query(sql_["SELECT EXISTS (SELECT 1 FROM attempts WHERE plan = ?1 AND notice_seq = ?2"
                   " AND seq > ?3) OR EXISTS (SELECT 1 FROM notice_endings WHERE plan = ?1"
                   " AND notice_seq = ?2 AND state <> 'bounced' AND seq > ?3)"]);
  query.with(plan, notice_seq, row).step();
  return query.small(0) != 0;
}

bool Tables::end_notice(PlanRow& row, const schedule::NoticeEnd& end, const Advance& step) {
  const auto notice = standing(row.plan, end.id);
  if (!notice) refuse(fmt::format("notice {} to be ended is not in the ledger", end.id));
  // A token whose lease is over counts too: somebody may have sent it.
  if (notice->leased || settled_since(row.plan, notice->seq, step.last_row)) return false;
  if (notice->open) insert_ending(row, notice->seq, end.state, end.reason, step.now);
  return true;
}

std::int64_t Tables::find_item(const std::string& plan, const schedule::ItemKey& key) {
  Query query(sql_["SELECT seq FROM items WHERE plan = ? AND duty = ? AND period = ? AND unit = ?"
                   " AND slice = ? AND kind = ? AND stage = ? AND audience = ? AND telling = ?"]);
  query.with(plan, key.about.duty, key.about.period, key.about.unit, key.about.slice,
             to_word(key.kind), key.stage, to_word(key.audience), key.telling);
  return query.step() ? query.number(0) : 0;
}

bool Tables::is_carried(const std::string& plan, std::int64_t item, const std::string& notice) {
  Query query(sql_["SELECT 1 FROM notice_items i JOIN notices n ON n.plan = i.plan"
                   " AND n.seq = i.notice_seq WHERE i.plan = ? AND i.item_seq = ? AND n.id = ?"]);
  return query.with(plan, item, notice).step();
}

bool Tables::rests_on(const Notice& notice, const std::string& plan,
                      const std::set<std::string>& in_flight) {
  for (const auto& id : in_flight) {
    for (const auto& item : notice.items) {
      const auto& about = item.key.about;
      Query query(sql_["SELECT 1 FROM notices n JOIN notice_items c ON c.plan = n.plan"
                       " AND c.notice_seq = n.seq JOIN items i ON i.plan = n.plan"
                       " AND i.seq = c.item_seq WHERE n.id = ? AND n.plan = ? AND i.duty = ?"
                       " AND i.period = ? AND i.unit = ? AND i.slice = ? AND i.audience = ?"]);
      query.with(id, plan, about.duty, about.period, about.unit, about.slice,
                 to_word(item.key.audience));
      if (query.step()) return true;
    }
  }
  return false;
}

void Tables::end_item(PlanRow& row, const schedule::ItemEnd& end, Instant now,
                      const std::set<std::string>& in_flight) {
  const auto item = find_item(row.plan, end.key);
  if (item == 0) refuse("an item to be ended is not in the ledger");
  for (const auto& notice : in_flight) {
    if (is_carried(row.plan, item, notice)) return;
  }
  Query(sql_["INSERT INTO item_endings (plan, seq, item_seq, reason, at) VALUES (?, ?, ?, ?, ?)"])
      .with(row.plan, row.next_seq, item, to_word(end.reason), now)
      .run();
  ++row.next_seq;
}

std::int64_t Tables::item_of(PlanRow& row, const schedule::Item& item, const Notice& notice,
                             std::int64_t first_new) {
  if (const auto seq = find_item(row.plan, item.key); seq != 0) {
    const bool old = seq < first_new;
    if (old && (notice.replaces.empty() || !is_carried(row.plan, seq, notice.replaces))) {
      refuse(fmt::format("told already: {} {} {} {} {} {}", item.key.about.duty,
                         item.key.about.period, item.key.about.unit, item.key.about.slice,
                         to_word(item.key.kind), item.key.stage));
    }
    return seq;
  }
  const auto& key = item.key;
  Query(sql_["INSERT INTO items (plan, seq, duty, period, unit, slice, kind, stage, audience,"
             " telling, planned_at, due, was_due, late, reason)"
             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"])
      .with(row.plan, row.next_seq, key.about.duty, key.about.period, key.about.unit,
            key.about.slice, to_word(key.kind), key.stage, to_word(key.audience), key.telling,
            item.planned_at, item.due, item.was_due, item.late, to_word(item.reason))
      .run();
  return row.next_seq++;
}

void Tables::insert_content(const std::string& notice, const Content& content) {
  Query(sql_["INSERT INTO contents (notice, subject, text, html, json) VALUES (?, ?, ?, ?, ?)"])
      .with(notice, content.subject, content.text, content.html, content.json)
      .run();
  int place = 0;
  for (const auto& file : content.attachments) {
    Query(sql_["INSERT INTO notice_files (notice, place, name, type, bytes)"
               " VALUES (?, ?, ?, ?, ?)"])
        .with(notice, place++, file.name, file.type, Bytes{file.bytes})
        .run();
  }
}

bool Tables::insert_notice(PlanRow& row, const Notice& notice, const Advance& step,
                           std::int64_t first_new) {
  const auto& head = notice.head;
  if (!notice.replaces.empty()) {
    const auto old = standing(row.plan, notice.replaces);
    if (!old) refuse(fmt::format("notice {} to be replaced is not in the ledger", notice.replaces));
    const bool arrived = old->delivered && !old->bounced;
    const bool moved = arrived || settled_since(row.plan, old->seq, step.last_row);
    if (old->leased || (moved && head.reason != Reason::resent)) return false;
    if (old->open) {
      insert_ending(row, old->seq, NoticeState::superseded, notice.replaces_reason, step.now);
    }
  }
  if (notice.items.empty()) refuse(fmt::format("notice {} carries nothing", head.id));
  std::vector<std::int64_t> items;
  for (const auto& item : notice.items) items.push_back(item_of(row, item, notice, first_new));
  const auto seq = row.next_seq++;
  Query(sql_["INSERT INTO notices (plan, seq, id, endpoint, channel, contact, state, reason,"
             " queued_at, expires_at, replaces) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
             " nullif(?, ''))"])
      .with(row.plan, seq, head.id, head.endpoint, head.channel, head.contact,
            to_word(head.state), to_word(head.reason), head.queued_at, head.expires_at,
            notice.replaces)
      .run();
  insert_content(head.id, notice.content);
  int place = 0;
  for (const auto item : items) {
    Query(sql_["INSERT INTO notice_items (plan, notice_seq, place, item_seq) VALUES (?, ?, ?, ?)"])
        .with(row.plan, seq, place++, item)
        .run();
  }
  const auto next_at = head.state == NoticeState::drafted ? std::nullopt
                                                          : std::optional(step.machine_now);
  Query(sql_["INSERT INTO outbox (plan, notice_seq, endpoint, next_at) VALUES (?, ?, ?, ?)"])
      .with(row.plan, seq, head.endpoint, next_at)
      .run();
  return true;
}

Advanced Tables::advance(const Advance& step) {
  PlanRow row = load(step.plan);
  if (row.cursor.at != step.expected || row.cursor.last_fact != step.last_fact ||
      row.cursor.epoch != step.epoch) {
    throw Stop{{StoreStatus::fenced, "the plan has advanced meanwhile"}};
  }
  const auto first_new = row.next_seq;
  std::set<std::string> in_flight;
  for (const auto& fact : step.facts) insert_fact(row, fact);
  for (const auto& end : step.ended_notices) {
    if (!end_notice(row, end, step)) in_flight.insert(end.id);
  }
  for (const auto& notice : step.notices) {
    if (rests_on(notice, row.plan, in_flight)) continue;
    try {
      if (!insert_notice(row, notice, step, first_new)) in_flight.insert(notice.replaces);
    } catch (Stop& stop) {
      stop.error.notice = notice.head.id;
      throw;
    }
  }
  for (const auto& end : step.ended_items) end_item(row, end, step.now, in_flight);
  row.cursor.at = step.cursor;
  save(row);
  return {{in_flight.begin(), in_flight.end()}};
}

}  // namespace duban::ledger
