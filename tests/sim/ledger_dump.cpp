#include "sim/ledger_dump.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <map>
#include <set>

#include "base/digest.h"

namespace duban::sim {
namespace {

std::optional<Second> maybe(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  return column.getInt64();
}

void dump_items(SQLite::Database& db, Outcome& outcome) {
  SQLite::Statement query{
      db, "SELECT i.seq, duty, period, unit, slice, kind, stage, audience, telling, planned_at,"
          " due,"
          " was_due, late, i.reason, e.reason, e.at FROM items i LEFT JOIN item_endings e"
          " ON e.plan = i.plan AND e.item_seq = i.seq WHERE i.plan = 'p' ORDER BY i.seq"};
  std::map<std::int64_t, std::size_t> by_seq;
  while (query.executeStep()) {
    ItemRow row;
    row.seq = query.getColumn(0).getInt64();
    row.duty = query.getColumn(1).getString();
    row.period = query.getColumn(2).getString();
    row.unit = query.getColumn(3).getString();
    row.slice = query.getColumn(4).getString();
    row.kind = query.getColumn(5).getString();
    row.stage = query.getColumn(6).getString();
    row.audience = query.getColumn(7).getString();
    row.telling = query.getColumn(8).getInt();
    row.planned_at = query.getColumn(9).getInt64();
    row.due = maybe(query.getColumn(10));
    row.was_due = maybe(query.getColumn(11));
    row.late = query.getColumn(12).getInt() != 0;
    row.reason = query.getColumn(13).getString();
    if (!query.getColumn(14).isNull()) {
      row.ended_reason = query.getColumn(14).getString();
      row.ended_at = query.getColumn(15).getInt64();
    }
    by_seq[row.seq] = outcome.items.size();
    outcome.items.push_back(std::move(row));
  }
  SQLite::Statement carried{
      db, "SELECT i.item_seq, n.id FROM notice_items i JOIN notices n ON n.plan = i.plan"
          " AND n.seq = i.notice_seq WHERE i.plan = 'p' ORDER BY n.seq, i.place"};
  while (carried.executeStep()) {
    auto& item = outcome.items.at(by_seq.at(carried.getColumn(0).getInt64()));
    item.notices.push_back(carried.getColumn(1).getString());
  }
}

std::set<std::string> notices_with_a_list(const Outcome& outcome) {
  std::set<std::string> found;
  for (const auto& item : outcome.items) {
    if (item.kind == "list") found.insert(item.notices.begin(), item.notices.end());
  }
  return found;
}

void dump_notices(SQLite::Database& db, Outcome& outcome) {
  SQLite::Statement query{
      db, "SELECT n.seq, n.id, n.endpoint, n.channel, n.state, n.reason, coalesce(n.replaces, ''),"
          " n.queued_at, n.expires_at, c.subject, c.text, c.html, c.json, e.state, e.reason, e.at,"
          " o.next_at FROM notices n JOIN contents c ON c.notice = n.id LEFT JOIN notice_endings e"
          " ON e.plan = n.plan AND e.notice_seq = n.seq AND e.state <> 'bounced' LEFT JOIN outbox o"
          " ON o.plan = n.plan AND o.notice_seq = n.seq WHERE n.plan = 'p' ORDER BY n.seq"};
  auto lists = notices_with_a_list(outcome);
  std::map<std::int64_t, std::size_t> by_seq;
  while (query.executeStep()) {
    NoticeRow row;
    row.seq = query.getColumn(0).getInt64();
    row.id = query.getColumn(1).getString();
    row.endpoint = query.getColumn(2).getString();
    row.channel = query.getColumn(3).getString();
    row.state = query.getColumn(4).getString();
    row.reason = query.getColumn(5).getString();
    row.replaces = query.getColumn(6).getString();
    row.queued_at = query.getColumn(7).getInt64();
    row.expires_at = maybe(query.getColumn(8));
    std::string content;
    for (int column = 9; column <= 12; ++column) {
      content += query.getColumn(column).getString() + '\n';
    }
    row.content = named_digest(sha256(content));
    if (lists.contains(row.id)) row.text = query.getColumn(10).getString();
    if (!query.getColumn(13).isNull()) {
      row.ended = query.getColumn(13).getString();
      row.end_reason = query.getColumn(14).getString();
      row.ended_at = query.getColumn(15).getInt64();
    }
    row.outbox_next = maybe(query.getColumn(16));
    by_seq[row.seq] = outcome.notices.size();
    outcome.notices.push_back(std::move(row));
  }
  SQLite::Statement attempts{
      db, "SELECT notice_seq, number, at, outcome, reason FROM attempts WHERE plan = 'p'"
          " ORDER BY notice_seq, number"};
  while (attempts.executeStep()) {
    auto& notice = outcome.notices.at(by_seq.at(attempts.getColumn(0).getInt64()));
    notice.attempts.push_back({attempts.getColumn(1).getInt(), attempts.getColumn(2).getInt64(),
                               attempts.getColumn(3).getString(),
                               attempts.getColumn(4).getString()});
  }
}

void dump_facts(SQLite::Database& db, Outcome& outcome) {
  SQLite::Statement query{
      db, "SELECT seq, kind, duty, period, unit, subject, note, at, recorded_at, time,"
          " coalesce(refers, 0) FROM facts WHERE plan = 'p' ORDER BY seq"};
  while (query.executeStep()) {
    FactRow row;
    row.seq = query.getColumn(0).getInt64();
    row.kind = query.getColumn(1).getString();
    row.duty = query.getColumn(2).getString();
    row.period = query.getColumn(3).getString();
    row.unit = query.getColumn(4).getString();
    row.subject = query.getColumn(5).getString();
    row.note = query.getColumn(6).getString();
    row.at = query.getColumn(7).getInt64();
    row.recorded_at = query.getColumn(8).getInt64();
    row.time = maybe(query.getColumn(9));
    row.refers = query.getColumn(10).getInt64();
    outcome.facts.push_back(std::move(row));
  }
}

}  // namespace

void dump_ledger(const std::string& file, Outcome& outcome) {
  SQLite::Database db{file, SQLite::OPEN_READWRITE};
  dump_items(db, outcome);
  dump_notices(db, outcome);
  dump_facts(db, outcome);
  SQLite::Statement cursor{db, "SELECT cursor FROM plans WHERE plan = 'p'"};
  if (cursor.executeStep()) outcome.cursor = maybe(cursor.getColumn(0));
}

}  // namespace duban::sim
