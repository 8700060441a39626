"""What else befalls a daemon in the kill campaign: stopped, without a receiver, without a disk."""

import signal
import threading

from kill_moment import Moment, choose
from ledger_rows import Ledger
from programs import Daemon
from waiting import wait_until

LEASE = 120  # base/limits.h
KILLS_AT_MOST = 3


def stopped_past_its_lease(era):
    """Stopped when a request has arrived, woken when its leases are over; then it ends well.

    Meanwhile a second one must not start, and what it had sent is answered."""
    era.number += 1
    era.peers.life = era.number
    stopped = threading.Event()
    mark = era.office.next_mark(era.clock.now())
    era.clock.set_to(mark - 0.4)
    with Daemon(era.office.config, environment=era.clock.environment) as daemon:
        def stop(point, _):
            if point == "arrival" and not stopped.is_set():
                daemon.process.send_signal(signal.SIGSTOP)
                stopped.set()
        era.peers.at_point = stop
        daemon.ready()
        wait_until(stopped.is_set, "a request that stops the daemon")
        era.peers.at_point = lambda point, arrival: None
        _second_is_refused(era)
        era.clock.pass_by(LEASE + 60)
        daemon.process.send_signal(signal.SIGCONT)
        wait_until(lambda: _all_written_down(era), "what it had sent to be written down",
                   deadline=60)
        code = daemon.stop()
        if code != 0:
            raise AssertionError(f"after a stop it ended with {code}:\n{daemon.text()}")
    era.wait_for_the_last_bytes()


def _second_is_refused(era):
    with Daemon(era.office.config, environment=era.clock.environment) as second:
        if second.process.wait(20) == 0 or "READY=1" in second.heard():
            raise AssertionError(f"two daemons on one state folder:\n{second.text()}")


def _all_written_down(era):
    whole = {a.id for a in era.peers.arrivals if a.life == era.number and a.reply == "whole"}
    ledger = Ledger(era.office.state / "ledger.sqlite")
    # A reply that was heard too late to count is an attempt all the same.
    told = ledger.ask("SELECT n.id FROM attempts a JOIN notices n ON n.plan = a.plan"
                      " AND n.seq = a.notice_seq")
    return whole and whole <= {i for i, in told}


def receivers_die_and_return(era):
    """They die in one life, are away for another, and return during a third."""
    era.live_and_die(Moment("wal", 9), once_ready=lambda _: era.peers.go_away())
    era.live_and_die(Moment("ready", 1, 0.2), once_ready=lambda _: None)
    era.live_and_die(Moment("arrival", 2), once_ready=lambda _: era.peers.come_back())


def disk_full_in_a_life(era, disk):
    """It fills up while duband runs; duband may end by that. Then there is room again."""
    era.live_and_die(choose(era.rng), once_ready=lambda _: disk.fill(), may_end=True)
    if era.rng.random() < 0.5:
        era.live_and_die(Moment("exec", 1, era.rng.uniform(0.05, 0.4)), may_end=True)
    disk.free()
