"""`ledger backup` and `ledger restore`: the past is saved while it goes on, and goes on from there;
a ledger that is damaged is refused, and never touched."""

import os
import shutil
import socket
import sqlite3
import threading
import unittest
from contextlib import closing
from pathlib import Path

from crowd import Crowd
from gated_hooks import GatedHooks
from ledger_rows import Ledger
from office import Office
from programs import Daemon, dubanctl
from waiting import wait_until

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLASxMfKQ9r8GKYqr"
PLANS, UNITS = 2, 400
# The hour of the reminder is 09:00.
EVE, LATER = "2022-03-28T08:59:57+08:00", "2022-03-28T09:10:00+08:00"
EVE_AGAIN = "2022-03-28T09:05:00+08:00"
# Slow, so that the backup falls in the midst of it.
PACE = 0.3
DEADLINE = 120
LARGE = 16 << 20  # base/limits.h: what is checked whole at a start


def bytes_below(folder):
    """Every file with its bytes, but what only tells who is there."""
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*"))
            if f.is_file() and f.name != "lock" and not f.name.endswith("-shm")}


class BackupInABurst(unittest.TestCase):
    def setUp(self):
        self.hooks = self.enter(GatedHooks())
        self.office = self.enter(Crowd(self.hooks.url, PLANS, UNITS))
        self.office.hook_channel(SECRET, lines=["per_second = 1000"])
        self.backup = self.office.folder / "backup.sqlite"
        self.ledger = Ledger(self.office.state / "pretended.sqlite")

    def enter(self, context):
        self.addCleanup(context.close)
        return context

    def test_goes_beside_the_delivery_and_nothing_in_it_is_told_as_new(self):
        first = self.enter(Daemon(self.office.config, "--pretend", EVE)).ready(DEADLINE)
        wait_until(lambda: self.ledger.open() >= PLANS * UNITS, "all to be queued", DEADLINE)
        self.hooks.open(PACE)
        self.hooks.wait_for_answers(50, DEADLINE)
        before = self.hooks.answered
        while self.hooks.answered < before + 60:
            self.backup.unlink(missing_ok=True)
            said = first.ctl("ledger", "backup", self.backup)
            self.assertEqual(said.code, 0, said)
            self.assertIn("完好", said.out)
            saved = self.check_backup()
        self.hooks.open()
        wait_until(lambda: self.ledger.open() == 0, "every notice to end", DEADLINE)
        self.assertEqual(first.stop(), 0, first.text()[-2000:])

        delivered = len(self.hooks.hooks)
        said = dubanctl(self.office.config, "ledger", "restore", self.backup)
        self.assertEqual(said.code, 0, said)
        self.assertIn("编号不变", said.out)
        second = self.enter(Daemon(self.office.config, "--pretend", LATER)).ready(DEADLINE)
        # what the saved moment was sending waits for the end of its lease
        wait_until(lambda: self.ledger.open() == self.ledger.leased(), "the rest", DEADLINE)
        now = self.ledger.notices()
        self.assertEqual({i: n.items for i, n in now.items()},
                         {i: n.items for i, n in saved.items()})
        leased = self.ledger.leased()
        again = {h.id for h in self.hooks.hooks[delivered:]}
        was_open = {i for i, n in saved.items() if n.state == "open"}
        self.assertTrue(again or leased == len(was_open))
        self.assertLessEqual(again, was_open)
        self.assertEqual(second.stop(), 0, second.text()[-2000:])

    def check_backup(self):
        """Its notices; it is sound, alone, and of a moment in the midst of the burst."""
        connection = sqlite3.connect(f"file:{self.backup}?mode=ro", uri=True)
        self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        connection.close()
        self.assertEqual([f.name for f in self.office.folder.glob("backup.sqlite*")],
                         ["backup.sqlite"])
        self.assertEqual(list(self.office.state.glob("backup/*")), [])
        saved = Ledger(self.backup).notices()
        states = {n.state for n in saved.values() if n.channel == "hook"}
        self.assertEqual(states, {"open", "delivered"})
        return saved


class Desk(unittest.TestCase):
    """The shipped plan, and where backups go."""

    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.shelf = self.office.folder / "shelf"
        self.shelf.mkdir()
        self.backup = self.shelf / "backup.sqlite"

    def start(self, *options):
        daemon = Daemon(self.office.config, *options)
        self.addCleanup(daemon.close)
        return daemon

    def ctl(self, *words):
        return dubanctl(self.office.config, "ledger", *words)

    @property
    def ledger(self):
        return self.office.state / "ledger.sqlite"

    @property
    def pretended(self):
        """The office hears of trouble in the hours of its plan."""
        return self.office.state / "pretended.sqlite"


class Backup(Desk):
    def test_is_one_file_for_its_owner_and_can_be_read_by_a_program(self):
        daemon = self.start().ready()
        said = self.ctl("backup", self.backup, "--json")
        self.assertEqual(said.code, 0, said)
        document = said.json()
        self.assertEqual(document["file"], str(self.backup))
        self.assertEqual(document["bytes"], self.backup.stat().st_size)
        self.assertEqual((document["kind"], document["plans"]), ("real", ["wuhan-2022-1"]))
        self.assertEqual(self.backup.stat().st_mode & 0o777, 0o600)
        self.assertEqual(daemon.stop(), 0)

    def test_of_a_name_that_is_taken_is_refused(self):
        self.start().ready()
        self.backup.write_text("mine")
        said = self.ctl("backup", self.backup)
        self.assertEqual(said.code, 2, said)
        self.assertIn("已经有了", said.err)
        self.assertEqual(bytes_below(self.shelf), {"backup.sqlite": b"mine"})

    def test_without_a_daemon_leaves_nothing(self):
        said = self.ctl("backup", self.backup)
        self.assertEqual(said.code, 3, said)
        self.assertIn("没有在运行", said.err)
        self.assertEqual(bytes_below(self.shelf), {})

    def test_takes_over_what_a_killed_one_left(self):
        self.start().ready()
        (self.shelf / "backup.sqlite.part").write_bytes(b"half" * 100000)
        said = self.ctl("backup", self.backup)
        self.assertEqual(said.code, 0, said)
        self.assertEqual(list(bytes_below(self.shelf)), ["backup.sqlite"])

    def test_what_a_killed_daemon_left_is_removed_at_the_start(self):
        stale = self.office.state / "backup" / "copy.sqlite"
        stale.parent.mkdir(parents=True)
        stale.write_bytes(b"half")
        self.start().ready()
        self.assertFalse(stale.exists())

    def test_of_a_damaged_ledger_is_refused_and_shows_in_status(self):
        daemon = self.start().ready()
        spoil_index(self.ledger)
        said = self.ctl("backup", self.backup)
        self.assertEqual(said.code, 2, said)
        self.assertIn("台账坏了", said.err)
        self.assertIn("ledger restore", said.err)
        self.assertEqual(bytes_below(self.shelf), {})
        status = daemon.ctl("status", "--json")
        self.assertEqual(status.code, 1, status)
        self.assertIn("ledger-damaged", [p["code"] for p in status.json()["problems"]])

    def test_of_a_damaged_ledger_reaches_the_office(self):
        self.start("--pretend", LATER).ready()
        spoil_index(self.pretended)
        self.assertEqual(self.ctl("backup", self.backup).code, 2)
        wait_until(lambda: told_of_damage(self.pretended), "the office to be told")


class CutOff(Desk):
    """A daemon that says something else than a whole ledger."""

    def answer(self, head, body):
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(self.office.folder / "duband.sock"))
        listener.listen()
        self.addCleanup(listener.close)

        def serve():
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(head + b"\r\n\r\n" + body)
        threading.Thread(target=serve, daemon=True).start()
        return self.ctl("backup", self.backup)

    def test_half_an_answer_leaves_nothing(self):
        said = self.answer(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000",
                           b"SQLite format 3\0" * 999)
        self.assertEqual(said.code, 3, said)
        self.assertIn("没有拿完", said.err)
        self.assertEqual(bytes_below(self.shelf), {})

    def test_what_is_no_ledger_leaves_nothing(self):
        said = self.answer(b"HTTP/1.1 200 OK\r\nContent-Length: 4000", b"x" * 4000)
        self.assertEqual(said.code, 2, said)
        self.assertIn("不能用", said.err)
        self.assertEqual(bytes_below(self.shelf), {})


class Restore(Desk):
    def setUp(self):
        super().setUp()
        daemon = self.start().ready()
        said = self.ctl("backup", self.backup)
        self.assertEqual(said.code, 0, said)
        self.assertEqual(daemon.stop(), 0)

    def test_while_it_runs_is_refused(self):
        daemon = self.start().ready()
        said = self.ctl("restore", self.backup)
        self.assertEqual(said.code, 2, said)
        self.assertIn("systemctl stop duband", said.err)
        self.assertEqual(list(self.office.state.glob("ledger.*.sqlite")), [])
        self.assertEqual(daemon.stop(), 0)

    def test_puts_the_old_one_aside_and_the_daemon_goes_on(self):
        old = self.ledger.read_bytes()
        self.ledger.chmod(0o640)
        said = self.ctl("restore", self.backup)
        self.assertEqual(said.code, 0, said)
        aside = list(self.office.state.glob("ledger.2*.sqlite"))
        self.assertEqual([f.read_bytes() for f in aside], [old])
        self.assertIn(str(aside[0]), said.out)
        self.assertEqual(self.ledger.read_bytes(), self.backup.read_bytes())
        self.assertEqual(self.ledger.stat().st_mode & 0o777, 0o640)
        self.assertEqual(self.start().ready().stop(), 0)

    def test_on_a_new_machine_makes_the_state_folder(self):
        shutil.rmtree(self.office.state)
        said = self.ctl("restore", self.backup, "--json")
        self.assertEqual(said.code, 0, said)
        self.assertEqual(said.json()["moved"], [])
        self.assertEqual(self.office.state.stat().st_mode & 0o777, 0o750)
        self.assertEqual(self.start().ready().stop(), 0)

    @unittest.skipUnless(os.geteuid() == 0, "only root may give files away")
    def test_is_the_owner_of_the_state_folders(self):
        for path in [self.office.state, *self.office.state.rglob("*")]:
            os.chown(path, 12345, 12346)
        (self.office.state / "lock").unlink()
        self.assertEqual(self.ctl("restore", self.backup).code, 0)
        for path in (self.ledger, self.office.state / "lock"):
            self.assertEqual((path.stat().st_uid, path.stat().st_gid), (12345, 12346), path)

    def test_of_what_is_no_ledger_to_go_on_from_changes_nothing(self):
        sound = self.backup.read_bytes()
        newer, theirs = bytearray(sound), bytearray(sound)
        newer[60:64] = (99).to_bytes(4, "big")
        theirs[68:72] = (7).to_bytes(4, "big")
        flipped = self.shelf / "flipped"
        flipped.write_bytes(sound)
        spoil_index(flipped)
        for given, words in ((sound[:len(sound) // 2], "坏了"), (flipped.read_bytes(), "坏了"),
                             (newer, "更新的 duban"), (theirs, "不是 duban 的台账"),
                             (b"", "不是 duban 的台账"), (b"x" * 9000, "不是台账")):
            self.backup.write_bytes(given)
            before = bytes_below(self.office.folder)
            said = self.ctl("restore", self.backup)
            self.assertEqual(said.code, 2, said)
            self.assertIn(words, said.err)
            self.assertEqual(bytes_below(self.office.folder), before)


class DamagedAtTheStart(Desk):
    def setUp(self):
        super().setUp()
        daemon = self.start().ready()
        daemon.kill()  # the newest pages are in the journal only
        self.journal = Path(f"{self.ledger}-wal")
        self.assertGreater(self.journal.stat().st_size, 0)

    def expect_refused(self, words, *options):
        before = bytes_below(self.office.state)
        daemon = self.start(*options)
        self.assertEqual(daemon.process.wait(20), 2, daemon.text())
        self.assertIn(words, daemon.text())
        self.assertEqual(bytes_below(self.office.state), before)

    def settle(self):
        """Everything in one file, as after an orderly end."""
        script(self.ledger, "PRAGMA wal_checkpoint(TRUNCATE)")

    def test_a_flipped_byte_with_a_journal_and_without(self):
        self.settle()
        spoil_index(self.ledger)
        self.expect_refused("dubanctl ledger restore")
        # A commit of another process that was killed: a journal that belongs to the file.
        keeper = sqlite3.connect(self.ledger)
        keeper.execute("INSERT INTO plans VALUES ('another', NULL, 1, 0, 1)")
        keeper.commit()
        copy = self.journal.read_bytes(), self.ledger.read_bytes()
        keeper.close()
        self.journal.write_bytes(copy[0])
        self.ledger.write_bytes(copy[1])
        self.expect_refused("dubanctl ledger restore")

    def test_half_a_file(self):
        self.settle()
        os.truncate(self.ledger, self.ledger.stat().st_size // 2)
        self.expect_refused("dubanctl ledger restore")

    def test_nothing_of_a_file(self):
        self.ledger.write_bytes(b"")
        self.journal.unlink()
        self.expect_refused("dubanctl ledger restore")

    def test_a_newer_schema(self):
        script(self.ledger, "PRAGMA user_version = 99")
        self.expect_refused("install the newer duban")

    def test_another_programs_file(self):
        self.journal.unlink()
        self.ledger.unlink()
        script(self.ledger, "CREATE TABLE theirs (x)")
        self.expect_refused("another program's")

    def test_the_other_kind(self):
        self.journal.rename(self.office.state / "pretended.sqlite-wal")
        self.ledger.rename(self.office.state / "pretended.sqlite")
        self.expect_refused("start without --pretend", "--pretend", LATER)


class DamageMetLater(Desk):
    def test_is_answered_said_in_the_log_and_ends_the_daemon(self):
        self.assertEqual(self.start().ready().stop(), 0)
        grow(self.ledger)
        spoil_contents(self.ledger)
        daemon = self.start().ready()
        said = daemon.ctl("notices", "--since", "2000-01-01T00:00:00+08:00")
        said = said if said.code != 0 else daemon.ctl("notices")
        self.assertNotEqual(said.code, 0, said)
        self.assertEqual(daemon.process.wait(20), 1, daemon.text())
        self.assertIn("dubanctl ledger restore", daemon.text())

    def test_reaches_the_office_from_the_next_life_where_one_begins(self):
        self.assertEqual(self.start("--pretend", EVE).ready().stop(), 0)
        grow(self.pretended)
        spoil_contents(self.pretended, pages=1)
        daemon = self.start("--pretend", EVE_AGAIN).ready()
        daemon.ctl("notices", "--since", "1970-01-01T00:00:00+08:00")
        self.assertEqual(daemon.process.wait(20), 1, daemon.text())
        daemon = self.start("--pretend", LATER).ready()
        wait_until(lambda: told_of_damage(self.pretended), "the office to be told")
        self.assertEqual(daemon.stop(), 0, daemon.text())


class BrokenInABurst(unittest.TestCase):
    """A ledger that is sound and cannot be gone on with: here a table is gone, else the disk fails
    at one statement."""

    def setUp(self):
        self.hooks = GatedHooks()
        self.addCleanup(self.hooks.close)
        self.office = Crowd(self.hooks.url, 1, 20)
        self.addCleanup(self.office.close)
        self.office.hook_channel(SECRET, lines=["per_second = 1000"])

    def test_ends_the_daemon_although_nobody_but_delivery_has_met_it(self):
        daemon = Daemon(self.office.config, "--pretend", EVE)
        self.addCleanup(daemon.close)
        daemon.ready(DEADLINE)
        wait_until(lambda: self.hooks.at_the_gate == 20, "all to be under way", DEADLINE)
        script(self.office.state / "pretended.sqlite", "DROP TABLE outbox")
        self.hooks.open()
        self.assertEqual(daemon.process.wait(20), 1, daemon.text())
        self.assertIn("dispatcher failed: ledger broken", daemon.text())


def script(file, statements):
    """Closed at once: a connection left to the collector would keep the journal in place."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(statements)


def spoil_index(file):
    """Another key in the last place of an index: only a whole check sees it."""
    connection = sqlite3.connect(file)
    connection.execute("INSERT INTO plans VALUES ('old', 1, 1, 0, 100)")
    connection.execute("INSERT INTO notices VALUES ('old',1,'ntc_1','e','folder','','queued',"
                       "'on-time',1,NULL,NULL)")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    page, = connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'notices_by_time'").fetchone()
    connection.close()
    with open(file, "r+b") as raw:
        raw.seek(page * 4096 - 1)
        last = raw.read(1)[0]
        raw.seek(page * 4096 - 1)
        raw.write(bytes([last ^ 0x40]))


def grow(file):
    """Beyond what is checked at a start."""
    connection = sqlite3.connect(file)
    connection.execute("INSERT INTO plans VALUES ('old', 1, 1, 0, 100000)")
    count = LARGE // 30000 + 50
    connection.executemany("INSERT INTO notices VALUES ('old',?1,'ntc_'||?1,'e','folder','',"
                           "'queued','on-time',?1,NULL,NULL)", [(i,) for i in range(1, count)])
    connection.executemany("INSERT INTO contents VALUES ('ntc_'||?1,'s',?2,'h','{}')",
                           [(i, "x" * 30000) for i in range(1, count)])
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def spoil_contents(file, pages=None):
    """So many leaves of the table of contents, the oldest first; all where it is not said."""
    raw = bytearray(file.read_bytes())
    leaves = [at for at in range(100 * 4096, len(raw), 4096) if raw[at] == 0x0D]
    for at in leaves[:pages]:
        raw[at] = 0x7F
    file.write_bytes(raw)


def told_of_damage(file):
    """Notices of it that reached the office. (Not their contents, which may be what is damaged.)"""
    return Ledger(file).ask(
        "SELECT n.notice_seq FROM items i JOIN notice_items n ON n.plan = i.plan"
        " AND n.item_seq = i.seq JOIN notice_endings e ON e.plan = n.plan"
        " AND e.notice_seq = n.notice_seq WHERE i.kind = 'trouble'"
        " AND i.slice = 'ledger-damaged' AND e.state = 'delivered'")


if __name__ == "__main__":
    unittest.main()
