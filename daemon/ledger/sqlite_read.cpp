// Reading the past: the fold's rows, and what those who ask are shown.

#include <array>

#include "ledger/sqlite_tables.h"

namespace duban::ledger {
namespace {

schedule::ItemKey item_key(Query& row, int first) {
  return {{row.text(first), row.text(first + 1), row.text(first + 2), row.text(first + 3)},
          row.word<ItemKind>(first + 4),
          row.text(first + 5),
          row.word<Audience>(first + 6),
          row.small(first + 7)};
}

FactRow fact_row(Query& row) {
  schedule::Fact fact;
  fact.seq = row.number(0);
  fact.kind = row.word<FactKind>(1);
  fact.about = {row.text(2), row.text(3), row.text(4), row.text(5)};
  fact.at = row.at(6);
  fact.recorded_at = row.at(7);
  fact.by = row.text(8);
  fact.way = row.text(9);
  fact.time = row.maybe_at(10);
  fact.refers = row.is_null(11) ? 0 : row.number(11);
  fact.subject = row.text(12);
  fact.note = row.text(13);
  return {std::move(fact)};
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    auto end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

schedule::NoticeHead head_of(Query& row) {
  schedule::NoticeHead head;
  head.id = row.text(1);
  head.endpoint = row.text(2);
  head.channel = row.text(3);
  head.contact = row.text(4);
  head.state = row.word<NoticeState>(5);
  head.reason = row.word<Reason>(6);
  head.queued_at = row.at(7);
  head.expires_at = row.maybe_at(8);
  return head;
}

AttemptRow attempt_row(Query& row) {
  return {row.text(1), row.word<AttemptOutcome>(2), row.word<Reason>(3), row.at(4)};
}

NoticeEndRow notice_end_row(Query& row) {
  return {row.text(1), row.word<NoticeState>(2), row.word<Reason>(3), row.at(4)};
}

ItemEndRow item_end_row(Query& row) {
  return {item_key(row, 1), row.word<Reason>(9), row.at(10)};
}

constexpr const char* facts_after =
    "SELECT seq, kind, duty, period, unit, slice, at, recorded_at, by, way, time, refers, subject,"
    " note FROM facts WHERE plan = ? AND seq > ? ORDER BY seq LIMIT ?";
constexpr const char* notices_after =
    "SELECT seq, id, endpoint, channel, contact, state, reason, queued_at, expires_at"
    " FROM notices WHERE plan = ? AND seq > ? ORDER BY seq LIMIT ?";
constexpr const char* attempts_after =
    "SELECT a.seq, n.id, a.outcome, a.reason, a.business_at FROM attempts a"
    " JOIN notices n ON n.plan = a.plan AND n.seq = a.notice_seq"
    " WHERE a.plan = ? AND a.seq > ? ORDER BY a.seq LIMIT ?";
constexpr const char* notice_ends_after =
    "SELECT e.seq, n.id, e.state, e.reason, e.at, n.seq FROM notice_endings e"
    " JOIN notices n ON n.plan = e.plan AND n.seq = e.notice_seq"
    " WHERE e.plan = ? AND e.seq > ? ORDER BY e.seq LIMIT ?";
constexpr const char* item_ends_after =
    "SELECT e.seq, i.duty, i.period, i.unit, i.slice, i.kind, i.stage, i.audience, i.telling,"
    " e.reason, e.at FROM item_endings e JOIN items i ON i.plan = e.plan AND i.seq = e.item_seq"
    " WHERE e.plan = ? AND e.seq > ? ORDER BY e.seq LIMIT ?";

/// One of the tables that a read merges, at its next row.
struct Source {
  Query query;
  bool more = false;
  explicit Source(SQLite::Statement& statement) : query(statement) {}
};

}  // namespace

void Tables::add_submission(const std::string& plan, schedule::Fact& fact) {
  Query row(sql_["SELECT clause, unchanged, progress, state, problem, asks_whom, asks_what,"
                 " asks_by, lacks FROM submitted_rows WHERE plan = ? AND fact_seq = ?"
                 " ORDER BY place"]);
  row.with(plan, fact.seq);
  while (row.step()) {
    fact.rows.push_back({row.text(0), row.small(1) != 0, row.text(2), row.word<RowState>(3),
                         row.text(4), row.text(5), row.text(6), row.text(7),
                         lines_of(row.text(8))});
  }
  Query file(sql_["SELECT name, digest, bytes FROM submitted_files"
                  " WHERE plan = ? AND fact_seq = ? ORDER BY place"]);
  file.with(plan, fact.seq);
  while (file.step()) fact.files.push_back({file.text(0), file.text(1), file.number(2)});
}

std::vector<schedule::Item> Tables::items_of(const std::string& plan, std::int64_t notice_seq) {
  Query row(sql_["SELECT i.duty, i.period, i.unit, i.slice, i.kind, i.stage, i.audience, i.telling,"
                 " i.planned_at, i.due, i.was_due, i.late, i.reason FROM notice_items ni"
                 " JOIN items i ON i.plan = ni.plan AND i.seq = ni.item_seq"
                 " WHERE ni.plan = ? AND ni.notice_seq = ? ORDER BY ni.place"]);
  row.with(plan, notice_seq);
  std::vector<schedule::Item> items;
  while (row.step()) {
    items.push_back({item_key(row, 0), row.at(8), row.maybe_at(9), row.maybe_at(10),
                     row.small(11) != 0, row.word<Reason>(12)});
  }
  return items;
}

Rows Tables::read(const std::string& plan, std::int64_t after, std::size_t limit) {
  const auto most = static_cast<std::int64_t>(limit);
  std::array<Source, 5> sources{Source(sql_[facts_after]), Source(sql_[notices_after]),
                                Source(sql_[attempts_after]), Source(sql_[notice_ends_after]),
                                Source(sql_[item_ends_after])};
  for (auto& source : sources) source.more = source.query.with(plan, after, most).step();
  Rows rows{{}, after};
  while (rows.rows.size() < limit) {
    std::size_t first = sources.size();
    for (std::size_t i = 0; i < sources.size(); ++i) {
      if (!sources[i].more) continue;
      if (first == sources.size() || sources[i].query.number(0) < sources[first].query.number(0)) {
        first = i;
      }
    }
    if (first == sources.size()) break;
    Query& row = sources[first].query;
    rows.last = row.number(0);
    switch (first) {
      case 0: {
        auto fact = fact_row(row);
        if (fact.fact.kind == FactKind::submitted) add_submission(plan, fact.fact);
        rows.rows.emplace_back(std::move(fact));
        break;
      }
      case 1: {
        NoticeRow notice{head_of(row), items_of(plan, rows.last)};
        notice.head.items = keys_of(notice.items);
        rows.rows.emplace_back(std::move(notice));
        break;
      }
      case 2: rows.rows.emplace_back(attempt_row(row)); break;
      case 3:
        if (auto end = notice_end_row(row); end.state != NoticeState::bounced) {
          rows.rows.emplace_back(std::move(end));
        } else {
          rows.rows.emplace_back(BounceRow{head_at(plan, row.number(5)), end.reason, end.at});
        }
        break;
      default: rows.rows.emplace_back(item_end_row(row)); break;
    }
    sources[first].more = row.step();
  }
  return rows;
}

schedule::NoticeHead Tables::head_at(const std::string& plan, std::int64_t notice_seq) {
  Query row(sql_["SELECT seq, id, endpoint, channel, contact, state, reason, queued_at, expires_at"
                 " FROM notices WHERE plan = ? AND seq = ?"]);
  row.with(plan, notice_seq).step();
  auto head = head_of(row);
  head.items = keys_of(items_of(plan, notice_seq));
  return head;
}

std::vector<Attachment> Tables::attachments_of(const std::string& notice) {
  Query row(sql_["SELECT name, type, bytes FROM notice_files WHERE notice = ? ORDER BY place"]);
  row.with(notice);
  std::vector<Attachment> attachments;
  while (row.step()) attachments.push_back({row.text(0), row.text(1), row.text(2)});
  return attachments;
}

Notice Tables::letter_at(const std::string& plan, std::int64_t notice_seq) {
  Query row(sql_["SELECT n.seq, n.id, n.endpoint, n.channel, n.contact, n.state, n.reason,"
                 " n.queued_at, n.expires_at, coalesce(n.replaces, ''), c.subject, c.text, c.html,"
                 " c.json FROM notices n LEFT JOIN contents c ON c.notice = n.id"
                 " WHERE n.plan = ? AND n.seq = ?"]);
  row.with(plan, notice_seq).step();
  Notice notice;
  notice.head = head_of(row);
  notice.replaces = row.text(9);
  if (row.is_null(10)) {
    throw Stop{{StoreStatus::broken, "notice without content: " + notice.head.id}};
  }
  notice.content = {row.text(10), row.text(11), row.text(12), row.text(13),
                    attachments_of(notice.head.id)};
  return notice;
}

Notice Tables::notice_at(const std::string& plan, std::int64_t notice_seq) {
  auto notice = letter_at(plan, notice_seq);
  notice.items = items_of(plan, notice_seq);
  notice.head.items = keys_of(notice.items);
  return notice;
}

std::vector<AttemptView> Tables::attempts_of(const std::string& plan, std::int64_t notice_seq) {
  Query row(sql_["SELECT business_at, outcome, reason, detail, wire_digest FROM attempts"
                 " WHERE plan = ? AND notice_seq = ? ORDER BY number"]);
  row.with(plan, notice_seq);
  std::vector<AttemptView> attempts;
  while (row.step()) {
    attempts.push_back({row.at(0), row.word<AttemptOutcome>(1), row.word<Reason>(2), row.text(3),
                        row.text(4)});
  }
  return attempts;
}

namespace {

/// Every notice with its state now: an ending (a bounce is the last), else what the outbox says.
constexpr const char* notices_matching =
    "SELECT * FROM (SELECT n.plan, n.seq, n.queued_at AS queued_at, o.next_at,"
    "  CASE WHEN b.state IS NOT NULL THEN b.state WHEN e.state IS NOT NULL THEN e.state"
    "       WHEN o.token IS NOT NULL THEN 'sending' WHEN o.tries > 0 THEN 'retrying'"
    "       ELSE n.state END AS now_state,"
    "  coalesce(b.reason, e.reason, (SELECT a.reason FROM attempts a WHERE a.plan = n.plan"
    "       AND a.notice_seq = n.seq ORDER BY a.number DESC LIMIT 1), n.reason),"
    "  coalesce(b.at, e.at)"
    " FROM notices n"
    " LEFT JOIN outbox o ON o.plan = n.plan AND o.notice_seq = n.seq"
    " LEFT JOIN notice_endings e ON e.plan = n.plan AND e.notice_seq = n.seq"
    "   AND e.state <> 'bounced'"
    " LEFT JOIN notice_endings b ON b.plan = n.plan AND b.notice_seq = n.seq"
    "   AND b.state = 'bounced'"
    " WHERE (?1 = '' OR n.plan = ?1) AND (?2 = '' OR n.id = ?2)"
    "   AND (?3 IS NULL OR n.queued_at >= ?3)"
    "   AND (?4 = '' OR EXISTS (SELECT 1 FROM notice_items ni JOIN items i ON i.plan = ni.plan"
    "        AND i.seq = ni.item_seq WHERE ni.plan = n.plan AND ni.notice_seq = n.seq"
    "        AND i.unit = ?4)))"
    " WHERE (?5 = '' OR now_state = ?5) ORDER BY queued_at DESC, plan DESC, seq DESC LIMIT ?6";

}  // namespace

std::vector<NoticeView> Tables::notices(const NoticeQuery& query) {
  struct Match {
    std::string plan;
    std::int64_t seq;
    std::optional<Instant> next_at;
    NoticeState state;
    Reason reason;
    std::optional<Instant> ended_at;
  };
  std::vector<Match> matches;
  {
    Query row(sql_[notices_matching]);
    row.with(query.plan, query.id, query.since, query.unit,
             query.state ? to_word(*query.state) : std::string_view{},
             static_cast<std::int64_t>(query.limit));
    while (row.step()) {
      matches.push_back({row.text(0), row.number(1), row.maybe_at(3), row.word<NoticeState>(4),
                         row.word<Reason>(5), row.maybe_at(6)});
    }
  }
  std::vector<NoticeView> views;
  for (auto match = matches.rbegin(); match != matches.rend(); ++match) {
    NoticeView view{match->plan, notice_at(match->plan, match->seq),
                    attempts_of(match->plan, match->seq), match->next_at, match->ended_at};
    view.notice.head.state = match->state;
    view.notice.head.reason = match->reason;
    view.notice.head.attempted = !view.attempts.empty();
    views.push_back(std::move(view));
  }
  return views;
}

OutboxCounts Tables::counts(const std::string& plan) {
  OutboxCounts counts;
  Query open(sql_["SELECT total(next_at IS NULL), total(next_at IS NOT NULL AND tries = 0),"
                  " total(tries > 0) FROM outbox WHERE ?1 = '' OR plan = ?1"]);
  open.with(plan).step();
  counts.drafted = open.number(0);
  counts.queued = open.number(1);
  counts.retrying = open.number(2);
  // What was sent again, or went another way, is that one's matter.
  Query failed(sql_["SELECT count(*) FROM notice_endings e JOIN notices n"
                    " ON n.plan = e.plan AND n.seq = e.notice_seq"
                    " WHERE (?1 = '' OR e.plan = ?1) AND e.state IN ('failed', 'bounced')"
                    " AND n.id NOT IN"
                    " (SELECT replaces FROM notices WHERE replaces IS NOT NULL)"]);
  failed.with(plan).step();
  counts.failed = failed.number(0);
  return counts;
}

OutboxRows Tables::outbox(const std::string& plan, std::int64_t after, std::size_t limit) {
  Query row(sql_["SELECT o.notice_seq, coalesce(n.id, ''), o.next_at, o.lease, o.tries"
                 " FROM outbox o LEFT JOIN notices n ON n.plan = o.plan AND n.seq = o.notice_seq"
                 " WHERE o.plan = ? AND o.notice_seq > ? ORDER BY o.notice_seq LIMIT ?"]);
  row.with(plan, after, static_cast<std::int64_t>(limit));
  OutboxRows found{{}, after};
  while (row.step()) {
    found.last = row.number(0);
    found.rows.push_back({found.last, row.text(1), row.maybe_at(2), row.maybe_at(3), row.small(4)});
  }
  return found;
}

}  // namespace duban::ledger
