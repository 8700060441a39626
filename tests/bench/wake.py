"""A daemon that is held while the hour of its notices passes, and let go at a known moment."""

import signal
import time

from crowd import Crowd
from ledger_rows import Ledger
from programs import Daemon
from waiting import wait_until

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLASxMfKQ9r8GKYqr"
# The hour of the crowd's reminder is 09:00; each liaison is told one notice, of start and reminder.
EVE = "2022-03-28T08:59:58+08:00"
# Business time that has certainly passed the hour.
PASSES = 3.0
# base/limits.h: attempts in flight, shared by the channels of duband.toml.
CHANNELS = 3

LONG = "(含责任分工)"


class Wake:
    """Started before the hour and stopped (SIGSTOP) until it has passed: `go` lets it go."""

    def __init__(self, config, eve=EVE, passes=PASSES, prefix=(), deadline=120):
        began = time.monotonic()
        self.daemon = Daemon(config, "--pretend", eve, prefix=prefix)
        self.daemon.ready(deadline)
        self.process = self.daemon.process
        self.process.send_signal(signal.SIGSTOP)
        self.was_ready = time.monotonic() - began
        self.ledger = Ledger(config.parent / "state" / "pretended.sqlite")
        end = time.monotonic() + passes
        wait_until(lambda: time.monotonic() > end, "the hour to pass", passes + 5)

    def go(self):
        """When it was let go: seconds since 1970."""
        at = time.time()
        self.process.send_signal(signal.SIGCONT)
        return at

    def wait_for_rows(self, sql, goal, deadline=600):
        """Until a count of the ledger's has reached the goal: seconds since 1970."""
        wait_until(lambda: self.ledger.count(sql) >= goal, f"{goal} of {sql}", deadline)
        return time.time()

    def wait_until_settled(self, count, deadline=600):
        return self.wait_for_rows("SELECT count(*) FROM notice_endings", count, deadline)

    def close(self):
        self.process.send_signal(signal.SIGCONT)
        self.daemon.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class HookCrowd(Crowd):
    """Plans of fifty units, a webhook and one notice each: no endpoint's pace is met."""

    def __init__(self, url, count, units=50):
        units = min(units, count)
        super().__init__(url, count // units, units)
        self.count = count // units * units
        for plan in self.units:  # with such a name a webhook has a kilobyte
            self.edit(f"plans/{plan}/plan.toml", '"情况报告"', f'"情况报告{LONG}"')
        self.hook_channel(SECRET, lines=["per_second = 1000"])
