"""A disk that fills up under duband: it says so, waits without haste, and goes on when it can."""

import unittest

from kill_plan import BEGIN, BesetOffice
from killed_peers import Peers
from ledger_rows import Ledger
from machine_clock import MachineClock
from programs import Daemon
from small_disk import SmallDisk
from waiting import wait_until

PROBLEM = SmallDisk.problem()


@unittest.skipIf(PROBLEM, f"no small file system here: {PROBLEM}")
class FullDisk(unittest.TestCase):
    def setUp(self):
        self.peers = self.enter(Peers())
        ports = self.peers.ports
        self.office = self.enter(BesetOffice(ports["hook"], ports["hook"], ports["mail"]))
        self.office.ask_for_papers(1)
        self.disk = self.enter(SmallDisk(self.office.state))
        self.clock = self.enter(MachineClock(BEGIN))
        self.duband = self.enter(Daemon(self.office.config,
                                        environment=self.clock.environment)).ready()
        self.ledger = Ledger(self.office.state / "ledger.sqlite")
        wait_until(lambda: self.ledger.count("SELECT count(*) FROM notices")
                   and not self.ledger.open(), "the start letters")

    def enter(self, context):
        self.addCleanup(context.close)
        return context

    def restart_before_something_is_due(self):
        self.assertEqual(self.duband.stop(), 0)
        self.clock.set_to(self.office.next_mark(self.clock.now()) - 1)
        self.duband = self.enter(Daemon(self.office.config,
                                        environment=self.clock.environment)).ready()

    def problems(self):
        return {p["code"] for p in self.duband.ctl("status", "--json").json()["problems"]}

    def test_is_said_waited_out_and_forgotten(self):
        told = len(self.peers.arrivals)
        self.restart_before_something_is_due()
        self.disk.fill()
        wait_until(lambda: "ledger-failing" in self.problems(), "status to say so")
        self.assertEqual(self.duband.ctl("status").code, 1)
        self.assertEqual(len(self.peers.arrivals), told)
        # one line a notice and try, the tries seconds apart: not thousands
        self.assertLess(self.duband.text().count("\n"), 100)
        # by who tells and by who sends, each once
        errors = [line for line in self.duband.text().splitlines() if " error " in line]
        self.assertLessEqual(len(errors), 2, errors)
        self.assertTrue(errors)
        self.disk.free()
        wait_until(lambda: len(self.peers.arrivals) == told + len(self.office.units)
                   and not self.ledger.open(), "what had to wait", 60)
        self.assertEqual(self.problems(), set())
        self.assertEqual(self.duband.ctl("status").code, 0)
