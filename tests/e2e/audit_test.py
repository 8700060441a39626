"""The daemon audits itself: what was done to its ledger comes to the office and to the operator."""

import socket
import sqlite3
import unittest

from ledger_rows import Ledger
from office import Office
from programs import Daemon
from waiting import wait_until

# before the reminder of the work plan; nothing else falls due in the minutes of the test
EVE = "2022-03-28T09:00:30+08:00"
CENTURY = 7258118400


class Audit(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        with socket.socket() as nobody:  # a port at which nobody listens
            nobody.bind(("127.0.0.1", 0))
            self.office.mail_channel(nobody.getsockname()[1])
        self.office.route("edu-liaison", "mail:edu@wuban.example.org")

    def start(self, every):
        self.office.edit("duband.toml", r"^audit\s*=.*$", f"audit = {every}")
        duband = Daemon(self.office.config, "--pretend", EVE)
        self.addCleanup(duband.close)
        return duband.ready()

    def status(self, duband):
        return duband.ctl("status", "--json")

    def audited(self, duband):
        return self.status(duband).json()["plans"][0]["audited_at"]

    def doctor(self, sql, *values):
        connection = sqlite3.connect(self.office.state / "pretended.sqlite", timeout=10)
        try:
            connection.execute(sql, values)
            connection.commit()
        finally:
            connection.close()

    def test_a_doctored_ledger_is_a_problem_and_reaches_the_office(self):
        duband = self.start('"1s"')
        ledger = Ledger(self.office.state / "pretended.sqlite")
        waiting = wait_until(
            lambda: ledger.ask("SELECT plan, notice_seq, next_at FROM outbox WHERE tries > 0"
                               " AND lease IS NULL"), "a notice that is retried")
        wait_until(lambda: self.audited(duband), "an audit")
        self.assertEqual(self.status(duband).code, 0, self.status(duband))
        plan, seq, next_at = waiting[0]
        put_off = "UPDATE outbox SET next_at = ? WHERE plan = ? AND notice_seq = ?"
        self.doctor(put_off, CENTURY, plan, seq)
        unwell = wait_until(lambda: (s := self.status(duband)).code == 1 and s, "status to be 1")
        problems = {p["code"]: p for p in unwell.json()["problems"]}
        self.assertIn("audit-failed", problems)
        self.assertIn("市教育局", problems["audit-failed"]["message"])
        self.assertTrue(problems["audit-failed"]["mend"])

        def told():
            listed = duband.ctl("notices", "--unit", "office", "--json").json()["notices"]
            return [n for n in listed if "自查" in n["subject"] and n["state"] == "delivered"]
        self.assertEqual(len(wait_until(told, "the office to be told")), 1)
        once = self.audited(duband)
        wait_until(lambda: self.audited(duband) != once, "another audit")
        self.assertEqual(len(told()), 1, "once a day")

        self.doctor(put_off, next_at, plan, seq)
        wait_until(lambda: self.status(duband).code == 0, "status to be well again")
        self.assertEqual(duband.text().count("difference(s)"), 1, "logged once")

    def test_without_an_audit_nobody_looks(self):
        duband = self.start("false")
        self.assertIsNone(self.audited(duband))
        self.office.edit("duband.toml", r"^audit\s*=.*$", 'audit = "1s"')
        self.assertEqual(duband.ctl("reload").code, 0)
        wait_until(lambda: self.audited(duband), "an audit from the reload on")


if __name__ == "__main__":
    unittest.main()
