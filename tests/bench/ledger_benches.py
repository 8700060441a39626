"""The ledger: how fast notices come into it, and what a long past costs at the start."""

import signal
import sqlite3
import tempfile
import time
from pathlib import Path

from measure import beside, private_dirty, rates, seconds
from office import Office
from peers import Mute
from programs import BIN, Daemon
from wake import HookCrowd, Wake

ROWS_A_COMMIT = 1000
# Finished plans of a thousand notices each: some twenty years of fifty plans.
NOTICES_A_PLAN = 1000


def materialised(smoke):
    """From waking to the last row of what is told, with receivers that never answer."""
    count, pairs = (40, 1) if smoke else (10000, 5)
    taken = []
    for _ in range(pairs):
        with Mute() as mute, HookCrowd(mute.url, count) as crowd, Wake(crowd.config) as wake:
            began = wake.go()
            took = wake.wait_for_rows("SELECT count(*) FROM outbox", crowd.count) - began
            wake.process.send_signal(signal.SIGSTOP)
            with tempfile.TemporaryDirectory(prefix="duban-bench-") as folder:
                copy = Path(folder) / "copy.sqlite"
                command = [BIN / "bench_bare_inserts", wake.ledger.file, copy, ROWS_A_COMMIT]
                taken.append((took, float(seconds(command)[1])))
    yield rates(f"notices materialised a second, of {count}, beside SQLite inserting their rows, "
                f"{ROWS_A_COMMIT} a commit", count, taken, ">= 0.7")


INSERTS = {
    "items": "plan, seq, duty, period, unit, slice, kind, stage, audience, telling, planned_at,"
             " due, was_due, late, reason",
    "notices": "plan, seq, id, endpoint, channel, contact, state, reason, queued_at, expires_at",
    "contents": "notice, subject, text, html, json",
    "notice_items": "plan, notice_seq, place, item_seq",
    "attempts": "plan, seq, notice_seq, number, token, at, business_at, outcome, reason, detail,"
                " wire_digest",
    "notice_endings": "plan, seq, notice_seq, state, reason, at",
}


def past_notices(plan, first, count):
    """Rows of delivered notices of one item each, by table."""
    text = "截至今日,请于5月25日(周三)17:00前报送。领导小组办公室。" * 4
    rows = {table: [] for table in INSERTS}
    for number in range(count):
        seq, at = 1 + number * 4, 1600000000 + first + number
        unit, id_ = f"u{number:04}", f"ntc_{first + number:026}"
        rows["items"].append((plan, seq, "report", "2020", unit, "", "stage", "due 0d 09:00",
                              "liaison", 1, at, at, None, 0, "on-time"))
        rows["notices"].append((plan, seq + 1, id_, f"{unit}@1", "hook", f"{unit}-liaison",
                                "queued", "none", at, None))
        rows["contents"].append((id_, "提醒", text, "", '{"text":"' + text + '"}'))
        rows["notice_items"].append((plan, seq + 1, 0, seq))
        rows["attempts"].append((plan, seq + 2, seq + 1, 1, "token", at, at, "delivered",
                                 "accepted", "HTTP 204", "sha256:" + "0" * 64))
        rows["notice_endings"].append((plan, seq + 3, seq + 1, "delivered", "accepted", at))
    return rows


def fill(file, notices):
    """Adds a past of other plans to a ledger that nobody has open."""
    db = sqlite3.connect(file)
    db.execute("PRAGMA synchronous = OFF")
    for first in range(0, notices, NOTICES_A_PLAN):
        plan = f"past-{first // NOTICES_A_PLAN}"
        count = min(NOTICES_A_PLAN, notices - first)
        db.execute("INSERT INTO plans (plan, cursor, epoch, last_fact, next_seq) VALUES"
                   " (?, 1700000000, 1, 0, ?)", (plan, count * 4 + 1))
        for table, rows in past_notices(plan, first, count).items():
            marks = ", ".join("?" * len(rows[0]))
            db.executemany(f"INSERT INTO {table} ({INSERTS[table]}) VALUES ({marks})", rows)
        db.commit()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def start(office):
    """Seconds until it is ready, and its private memory then."""
    began = time.perf_counter()
    with Daemon(office.config) as daemon:
        daemon.ready(600)
        took = time.perf_counter() - began
        memory = private_dirty(daemon.process.pid)
        daemon.stop(60)
    return took, memory


def past(smoke):
    notices, pairs = (2000, 1) if smoke else (1_000_000, 5)
    with Office() as office, Office() as old:
        for one in (office, old):
            start(one)
        fill(old.state / "ledger.sqlite", notices)
        taken = [(start(old), start(office)) for _ in range(pairs)]
    for what, place, unit in (("start", 0, "s"), ("memory after a start", 1, "MiB")):
        yield beside(f"{what}, {unit}, with {notices} past notices of finished plans, beside none",
                     [(a[place], b[place]) for a, b in taken], 3, "<= 1.5")
