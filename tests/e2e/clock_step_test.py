"""Somebody sets the machine's clock while duband runs: the kernel tells it, and it acts."""

import unittest

from kill_plan import BEGIN, EVERY, BesetOffice
from killed_peers import Peers
from ledger_rows import Ledger
from machine_clock import MachineClock
from programs import Daemon
from waiting import wait_until

ALLOWED = MachineClock.tell_timers()


@unittest.skipUnless(ALLOWED, "only who may set the clock can have the kernel tell of it")
class ClockStep(unittest.TestCase):
    def setUp(self):
        self.peers = self.enter(Peers())
        ports = self.peers.ports
        self.office = self.enter(BesetOffice(ports["hook"], ports["hook"], ports["mail"], 3, 0))
        self.office.ask_for_papers(2)
        # half a minute before the first of two moments that lie five minutes apart
        self.clock = self.enter(MachineClock(self.office.next_mark(BEGIN) - 30))
        self.duband = self.enter(Daemon(self.office.config,
                                        environment=self.clock.environment)).ready()
        self.ledger = Ledger(self.office.state / "ledger.sqlite")
        wait_until(lambda: len(self.peers.arrivals) == 3 and not self.ledger.open(),
                   "the start letters")

    def enter(self, context):
        self.addCleanup(context.close)
        return context

    def step(self, seconds):
        self.clock.step(seconds)
        self.assertTrue(MachineClock.tell_timers())

    def reminders(self):
        return self.ledger.ask("SELECT duty, late FROM items WHERE kind = 'stage' ORDER BY duty")

    def wait_for_reminders(self, count):
        wait_until(lambda: len(self.reminders()) >= count and not self.ledger.open(),
                   f"{count} reminders")

    def problems(self):
        return {p["code"] for p in self.duband.ctl("status", "--json").json()["problems"]}

    def test_forwards_tells_at_once_what_has_fallen_due(self):
        self.step(60)
        self.wait_for_reminders(3)
        self.assertEqual(self.reminders(), [("p000", 0)] * 3)
        self.step(40 * 60)
        self.wait_for_reminders(6)
        self.assertEqual(self.reminders()[3:], [("p001", 1)] * 3)

    def test_far_forwards_is_held_until_somebody_accepts_it(self):
        self.step(3 * 3600)
        wait_until(lambda: "clock-step" in self.problems(), "the step to be held")
        self.assertEqual(self.reminders(), [])
        self.assertEqual(self.duband.ctl("clock", "accept").code, 0)
        self.wait_for_reminders(6)
        self.assertEqual(self.problems(), set())

    def test_back_tells_nothing_twice_and_forwards_again_the_rest_once(self):
        self.step(60)
        self.wait_for_reminders(3)
        self.step(-20 * 60)
        wait_until(lambda: self.duband.text().count("the clock was set") >= 2, "it to be noticed")
        self.assertEqual(len(self.reminders()), 3)
        self.step(20 * 60 + EVERY.total_seconds())
        self.wait_for_reminders(6)
        self.assertEqual(len({a.id for a in self.peers.arrivals}), len(self.peers.arrivals))
        told = self.ledger.ask("SELECT unit, duty, kind, count(*) FROM items WHERE kind = 'stage'"
                               " GROUP BY 1, 2, 3")
        self.assertEqual({row[-1] for row in told}, {1})
