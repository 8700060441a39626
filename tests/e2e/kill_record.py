"""What the judge of the kill campaign is given of a ledger."""

import json

from kill_judge import Notice

ITEMS = "SELECT unit, duty, period, slice, kind, stage, audience, telling FROM items"
ITEMS_OF_NOTICES = """
SELECT n.id, i.unit, i.duty, i.period, i.slice, i.kind, i.stage, i.audience, i.telling
FROM notice_items ni JOIN items i ON i.plan = ni.plan AND i.seq = ni.item_seq
JOIN notices n ON n.plan = ni.plan AND n.seq = ni.notice_seq
"""
ATTEMPTS = """
SELECT n.id, a.outcome, a.wire_digest
FROM attempts a JOIN notices n ON n.plan = a.plan AND n.seq = a.notice_seq ORDER BY a.number
"""
NOTICES = """
SELECT n.id, n.channel, e.state, e.at, c.subject, c.text, c.html, c.json
FROM notices n JOIN contents c ON c.notice = n.id
LEFT JOIN notice_endings e ON e.plan = n.plan AND e.notice_seq = n.seq AND e.state <> 'bounced'
"""


def notices_of(ledger, may_expire):
    """{id: Notice}; `may_expire(items, at)`: whether their sense had ended by then."""
    items, attempts, found = {}, {}, {}
    for id_, *key in ledger.ask(ITEMS_OF_NOTICES):
        items.setdefault(id_, []).append(tuple(key))
    for id_, outcome, wire in ledger.ask(ATTEMPTS):
        attempts.setdefault(id_, []).append((outcome, wire.removeprefix("sha256:")))
    for id_, channel, state, at, subject, text, html, body in ledger.ask(NOTICES):
        content = body
        if channel == "mail":
            content = json.dumps([subject, text, html or None], ensure_ascii=False)
        carried = items.get(id_, [])
        found[id_] = Notice(id_, channel, state or "open", content, carried,
                            attempts.get(id_, []), state == "expired" and may_expire(carried, at))
    return found


def held_by(ledger):
    """What a caller may have been promised: facts, and notices sent again."""
    facts = ledger.ask("SELECT duty, unit FROM facts WHERE kind = 'received'")
    ids = ledger.ask("SELECT id FROM notices")
    return {("received", *fact) for fact in facts} | {("resent", *row) for row in ids}


def answered_in(ledger):
    """Items that were withdrawn since their paper had been received."""
    return set(ledger.ask(
        "SELECT i.unit, i.duty, i.period, i.slice, i.kind, i.stage, i.audience, i.telling"
        " FROM items i JOIN item_endings e ON e.plan = i.plan AND e.item_seq = i.seq"
        " JOIN facts f ON f.plan = i.plan AND f.kind = 'received' AND f.duty = i.duty"
        " AND f.unit = i.unit AND f.seq < e.seq WHERE e.reason = 'answered'"))


def damage_of(ledger):
    rows = ledger.ask("PRAGMA integrity_check") + ledger.ask("PRAGMA foreign_key_check")
    return [str(row) for row in rows if row != ("ok",)]
