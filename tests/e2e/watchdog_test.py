"""The service manager's watchdog: what feeds it is the loop, in quiet and in a burst."""

import http.client
import os
import signal
import socket
import threading
import time
import unittest

from office import Office
from programs import Daemon
from waiting import wait_until

WITHIN = 2.0  # as WatchdogSec= would say


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost")
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


class Watchdog(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)

    def start(self, **environment):
        duband = Daemon(self.office.config, environment=environment)
        self.addCleanup(duband.close)
        return duband.ready()

    def watched(self):
        return self.start(WATCHDOG_USEC=str(int(WITHIN * 1e6)))

    def fed(self, duband):
        return duband.heard().count("WATCHDOG=1")

    def longest_gap(self, duband, feeds):
        """The longest time between two of so many feeds, as the service manager counts it."""
        at, gap = time.monotonic(), 0.0
        duband.heard().clear()
        for _ in range(feeds):
            wait_until(lambda: self.fed(duband), "a feed", WITHIN, every=0.005)
            duband.said.clear()
            now = time.monotonic()
            at, gap = now, max(gap, now - at)
        return gap

    def test_it_is_fed_in_good_time_where_nothing_happens(self):
        self.assertLess(self.longest_gap(self.watched(), 6), WITHIN)

    def test_it_is_fed_in_a_burst_of_reloads_and_questions(self):
        duband = self.watched()
        over, asked = threading.Event(), []

        def ask(method, target):
            connection = UnixConnection(self.office.folder / "duband.sock")
            while not over.is_set():
                connection.request(method, target, body="{}" if method == "POST" else None)
                asked.append(connection.getresponse().read())

        askers = [threading.Thread(target=ask, args=words, daemon=True)
                  for words in [("POST", "/api/v1/reload")] * 3 + [("GET", "/api/v1/agenda")] * 3]
        for asker in askers:
            asker.start()
        self.addCleanup(lambda: (over.set(), [a.join(20) for a in askers]))
        wait_until(lambda: len(asked) > 6, "the burst", 20)
        before = len(asked)
        for _ in range(50):
            duband.reload_by_signal()
        self.assertLess(self.longest_gap(duband, 10), WITHIN)
        self.assertGreater(len(asked), before, "the burst went on meanwhile")

    def test_it_is_not_fed_by_a_loop_that_stands(self):
        duband = self.watched()
        wait_until(lambda: self.fed(duband), "a feed", WITHIN)
        os.kill(duband.process.pid, signal.SIGSTOP)
        self.addCleanup(os.kill, duband.process.pid, signal.SIGCONT)
        duband.heard().clear()
        self.assertRaises(AssertionError, wait_until, lambda: self.fed(duband), "none", WITHIN)

    def test_nobody_is_told_where_nobody_watches_or_watches_another(self):
        for environment in ({}, {"WATCHDOG_USEC": "100000", "WATCHDOG_PID": "1"}):
            with self.subTest(environment=environment):
                duband = self.start(**environment)
                # it has answered, so it has had turns enough
                self.assertIn(duband.ctl("status").code, (0, 1))
                self.assertEqual(duband.stop(), 0)
                self.assertEqual(self.fed(duband), 0)

    def test_it_tells_when_a_reload_began_by_the_clock_that_systemd_reads(self):
        duband = self.start()
        duband.reload_by_signal()
        wait_until(lambda: "RELOADING=1" in duband.heard(), "a reload")
        [told] = [w for w in duband.heard() if w.startswith("MONOTONIC_USEC=")]
        self.assertLess(abs(int(told.split("=")[1]) / 1e6 - time.monotonic()), 20)
        wait_until(lambda: duband.heard().count("READY=1") == 2, "its end")


if __name__ == "__main__":
    unittest.main()
