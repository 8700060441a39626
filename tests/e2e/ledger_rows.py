"""The ledger's rows as a test looks at them: read only, beside the daemon or after it."""

import sqlite3
from collections import defaultdict, namedtuple

# `items`: (unit, duty, period, slice, kind, stage, audience, telling). `leased`: being sent.
Row = namedtuple("Row", "id plan channel endpoint body next_at leased tries state reason attempts"
                        " items")

NOTICES = """
SELECT n.plan, n.seq, n.id, n.channel, n.endpoint, c.json, o.next_at, o.token IS NOT NULL, o.tries,
       e.state, e.reason,
       (SELECT group_concat(a.outcome) FROM attempts a WHERE a.plan = n.plan
                                                         AND a.notice_seq = n.seq)
FROM notices n JOIN contents c ON c.notice = n.id
LEFT JOIN outbox o ON o.plan = n.plan AND o.notice_seq = n.seq
LEFT JOIN notice_endings e ON e.plan = n.plan AND e.notice_seq = n.seq AND e.state <> 'bounced'
"""
ITEMS = """
SELECT ni.plan, ni.notice_seq, i.unit, i.duty, i.period, i.slice, i.kind, i.stage, i.audience,
       i.telling
FROM notice_items ni JOIN items i ON i.plan = ni.plan AND i.seq = ni.item_seq ORDER BY ni.place
"""


class Ledger:
    def __init__(self, file):
        self.file = file

    def ask(self, sql, *values):
        connection = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def count(self, sql, *values):
        return self.ask(sql, *values)[0][0]

    def notices(self):
        """{id: Row} as of one moment."""
        connection = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)
        try:
            connection.execute("BEGIN")
            items = defaultdict(list)
            for plan, seq, *key in connection.execute(ITEMS):
                items[plan, seq].append(tuple(key))
            return {row[2]: self._row(row, items) for row in connection.execute(NOTICES)}
        finally:
            connection.close()

    def _row(self, row, items):
        plan, seq, id_, channel, endpoint, body, next_at, leased, tries, state, reason, tried = row
        return Row(id_, plan, channel, endpoint, body, next_at, bool(leased), tries or 0,
                   state or "open", reason, tried.split(",") if tried else [], items[plan, seq])

    def delivered(self, channel):
        return self.count("SELECT count(*) FROM notice_endings e JOIN notices n ON n.plan = e.plan"
                          " AND n.seq = e.notice_seq WHERE e.state = 'delivered'"
                          " AND n.channel = ?", channel)

    def leased(self):
        return self.count("SELECT count(*) FROM outbox WHERE lease IS NOT NULL")

    def open(self):
        return self.count("SELECT count(*) FROM outbox")
