"""Reloads while ten thousand notices are in flight lose, double and delay nothing."""

import json
import shutil
import unittest
from collections import Counter

from crowd import Crowd
from gated_hooks import GatedHooks
from ledger_rows import Ledger
from programs import Daemon
from waiting import wait_until

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLASxMfKQ9r8GKYqr"
PLANS, UNITS = 10, 1000
# The hour of the reminder is 09:00.
EVE = "2022-03-28T08:59:57+08:00"
REMIND = "remind -3wd 09:00"
# A slow receiver, so that every reload but the one at the shut gate meets notices on their way.
PACE = 0.15
DEADLINE = 120
# base/limits.h: what duband sends at once, shared by the three channels of duband.toml, and claims.
IN_FLIGHT, CLAIMED = 192 // 3, 512


class ReloadUnderLoad(unittest.TestCase):
    def setUp(self):
        self.hooks = self.enter(GatedHooks())
        self.office = self.enter(Crowd(self.hooks.url, PLANS, UNITS))
        self.office.hook_channel(SECRET, lines=["per_second = 1000"])
        self.office.edit("duband.toml", '^timeout = "5s"', 'timeout = "30s"')
        self.duband = self.enter(Daemon(self.office.config, "--pretend", EVE)).ready(DEADLINE)
        self.ledger = Ledger(self.office.state / "pretended.sqlite")
        wait_until(lambda: self.outbox()["queued"] >= PLANS * UNITS, "all to be queued", DEADLINE)
        self.planned = {i: n for i, n in self.ledger.notices().items() if n.channel == "hook"}

    def enter(self, context):
        self.addCleanup(context.close)
        return context

    def outbox(self):
        return self.duband.ctl("status", "--json").json()["outbox"]

    def reload(self, *options, code=0):
        """While the gate is open, what is in flight goes on arriving meanwhile."""
        before = self.hooks.answered
        said = self.duband.ctl("reload", *options)
        self.assertEqual(said.code, code, said)
        return self.hooks.answered - before

    def test_ten_thousand_notices_arrive_once_whatever_is_reloaded_meanwhile(self):
        self.assertEqual(len(self.planned), PLANS * UNITS)
        self.hooks.open(PACE)
        self.reload_what_concerns_nobody()
        self.reload_what_comes_later()
        # A plan is half sent, and some of it is not claimed yet.
        self.hooks.wait_for_answers(3200 - self.hooks.answered, DEADLINE)
        self.reload_other_addresses_and_fewer_units()
        self.reload_in_a_burst()
        self.reload_a_bad_file()
        self.hooks.open()
        wait_until(lambda: self.ledger.open() == 0, "every notice to end", DEADLINE)
        self.assertEqual(self.duband.stop(), 0, self.duband.text()[-2000:])
        self.check_what_arrived()
        self.check_the_ledger()

    def edit_plans(self, pattern, replacement):
        for plan in self.office.units:
            self.office.edit(f"plans/{plan}/plan.toml", pattern, replacement)

    def reload_what_concerns_nobody(self):
        self.edit_plans('^name   = "汇编"', '# 又一行说明\nname   = "汇编本"')
        self.assertGreater(self.reload(), 0)
        self.check_untouched()

    def reload_what_comes_later(self):
        self.edit_plans('^due    = "0d 09:00"', 'due    = "0d 10:00"')
        self.assertGreater(self.reload(), 0)
        self.check_untouched()

    def check_untouched(self, but=()):
        """What was planned is on its way as it was, or has arrived at the first attempt."""
        now = self.ledger.notices()
        for id_, was in self.planned.items():
            if id_ in but:
                continue
            self.assertIn(id_, now)
            row = now[id_]
            self.assertEqual((row.endpoint, row.body, row.items),
                             (was.endpoint, was.body, was.items))
            arrived = (row.state, row.next_at, row.attempts) == ("delivered", None, ["delivered"])
            waits = (row.state, row.next_at, row.attempts) == ("open", was.next_at, [])
            self.assertTrue(arrived or waits, row)
        return now

    def reload_other_addresses_and_fewer_units(self):
        self.hooks.shut()
        wait_until(self.is_at_rest, "the shut gate to stop everything")
        self.choose(self.ledger.notices(), {h.id for h in self.hooks.hooks})
        for unit in self.moved:
            self.office.addresses[unit] = f"{self.hooks.url}/moved/{unit}"
        for unit in self.excused + self.removed:
            self.office.asked[unit.partition("-")[0]].remove(unit)
        for unit in self.removed:
            self.office.units[unit.partition("-")[0]].remove(unit)
        for plan in self.office.units:
            self.office.write_units(plan)
        self.reload()
        self.withdrawn = {self.notice_of[unit]: ("withdrawn", reason)
                          for units, reason in ((self.excused, "removed"),
                                                (self.removed, "contact-changed"))
                          for unit in units if self.stood[unit] == "queued"}
        now = self.check_untouched(but=self.withdrawn)
        for id_, ending in self.withdrawn.items():
            self.assertEqual((now[id_].state, now[id_].reason), ending)
        self.check_the_storm(now)
        self.hooks.open(PACE)

    def is_at_rest(self):
        return (self.hooks.at_the_gate == IN_FLIGHT and self.ledger.leased() == CLAIMED
                and self.ledger.delivered("hook") == self.hooks.answered)

    def choose(self, now, arrived):
        """Units of the plan that is half sent and of the last one, by how far their notices are."""
        self.notice_of = {n.items[0][0]: id_ for id_, n in self.planned.items()}
        self.stood = {unit: self.standing(now[id_], id_ in arrived)
                      for unit, id_ in self.notice_of.items()}
        half = Counter(n.plan for n in now.values() if n.leased).most_common(1)[0][0]
        self.left = list(self.office.units[half])
        self.moved = self.take({"delivered": 10, "in flight": 4, "claimed": 10, "queued": 10})
        self.moved += self.office.units[f"p{PLANS - 1}"][-10:]
        self.excused = self.take({"delivered": 25, "in flight": 4, "claimed": 10, "queued": 10})
        self.removed = self.take({"delivered": 5, "in flight": 2, "claimed": 5, "queued": 5})

    def standing(self, row, arrived):
        if row.state == "delivered":
            return "delivered"
        if arrived:
            return "in flight"
        return "claimed" if row.leased else "queued"

    def take(self, counts):
        chosen = []
        for stood, count in counts.items():
            units = [u for u in self.left if self.stood[u] == stood][:count]
            self.assertEqual(len(units), count, stood)
            chosen += units
        self.left = [u for u in self.left if u not in chosen]
        return chosen

    def check_the_storm(self, now):
        """More than twenty hear at once that they owe nothing: the office is asked first."""
        gone = [n for n in now.values() if n.items[0][4] == "gone"]
        self.assertEqual(sorted(n.items[0][0] for n in gone),
                         sorted(u for u in self.excused if self.stood[u] == "delivered"))
        self.assertEqual({(n.state, n.next_at, n.leased) for n in gone}, {("open", None, False)})
        self.assertEqual(self.outbox()["drafted"], len(gone))
        said = self.duband.ctl("release", "storm")
        self.assertEqual(said.code, 0, said)

    def reload_in_a_burst(self):
        for _ in range(5):
            self.duband.reload_by_signal()
        wait_until(lambda: "reload by SIGHUP" in self.duband.text(), "a reload by signal")
        self.check_untouched(but=self.withdrawn)

    def reload_a_bad_file(self):
        file = self.office.folder_of("p0") / "units.toml"
        good = file.read_text(encoding="utf-8")
        file.write_text(good.replace("[[unit]]", "[[unit]", 1), encoding="utf-8")
        self.assertGreater(self.reload(code=1), 0)
        self.check_untouched(but=self.withdrawn)
        file.write_text(good, encoding="utf-8")
        self.assertGreater(self.reload(), 0)

    def check_what_arrived(self):
        repeated = {i: n for i, n in Counter(h.id for h in self.hooks.hooks).items() if n > 1}
        self.assertEqual(repeated, {})
        told = Counter((i["unit"], i["duty"], i["period"], i["kind"], i["stage"])
                       for h in self.hooks.hooks for i in json.loads(h.body)["data"]["items"])
        self.assertEqual(set(told.values()), {1})
        self.assertEqual(sorted(set(told) ^ self.expected(), key=str)[:9], [])
        at = {h.id: h.path for h in self.hooks.hooks}
        for unit, id_ in self.notice_of.items():
            new = unit in self.moved and self.stood[unit] in ("claimed", "queued")
            path = f"/moved/{unit}" if new else f"/{unit.partition('-')[0]}/{unit}"
            self.assertEqual(at.get(id_), None if id_ in self.withdrawn else path, unit)

    def expected(self):
        items = set()
        for unit, id_ in self.notice_of.items():
            if id_ not in self.withdrawn:
                items |= {(unit, "report", "2022", "start", None),
                          (unit, "report", "2022", "stage", REMIND)}
        return items | {(unit, "report", "2022", "gone", None) for unit in self.excused
                        if self.stood[unit] != "queued"}

    def check_the_ledger(self):
        copy = self.office.folder / "copy.sqlite"
        shutil.copy(self.ledger.file, copy)
        kept = Ledger(copy)
        self.assertEqual(kept.ask("PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(kept.ask("PRAGMA foreign_key_check"), [])
        self.assertEqual(kept.open(), 0)
        rows = kept.notices()
        bodies = {h.id: h.body.decode() for h in self.hooks.hooks}
        sent = {i: n for i, n in rows.items() if n.channel == "hook" and n.attempts}
        self.assertEqual([i for i in sent.keys() | bodies if i not in sent or
                          sent[i].body != bodies.get(i)], [])
        self.assertEqual({(n.state, *n.attempts) for n in sent.values()},
                         {("delivered", "delivered")})
        ended_unsent = {i: (n.state, n.reason) for i, n in rows.items() if not n.attempts}
        drafts = {i for i in ended_unsent if rows[i].items[0][4] == "gone"}
        self.assertEqual({ended_unsent.pop(i) for i in drafts}, {("superseded", "storm")})
        self.assertEqual(ended_unsent, self.withdrawn)
        carried = Counter((n.plan, item) for i, n in rows.items() if i not in drafts
                          for item in n.items)
        self.assertEqual(set(carried.values()), {1})
