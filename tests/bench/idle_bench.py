"""A daemon that has nothing to do."""

import re
import subprocess
import threading
from datetime import date
from pathlib import Path

from measure import private_dirty
from office import Office
from programs import Daemon


def wake_ups(pid):
    """Times that any of its threads was put on a processor of its own accord."""
    total = 0
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        total += int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status.read_text(),
                               re.MULTILINE)[1])
    return total


def settled(pid, pause):
    """Waits until it has nothing more to do after its start."""
    before = -1
    while before != (now := wake_ups(pid)):
        before = now
        pause.wait(1)


def idle(smoke):
    minute = 2 if smoke else 60
    with Office() as office:
        today = date.today()
        office.edit(office.plan_file("plan.toml"), r"^year\s*=.*$", f"year = {today.year}")
        with Daemon(office.config) as daemon:
            daemon.ready()
            pid = daemon.process.pid
            settled(pid, threading.Event())
            before = wake_ups(pid)
            try:
                raise SystemExit(f"idle: duband ended: {daemon.process.wait(minute)}")
            except subprocess.TimeoutExpired:
                pass
            woken = wake_ups(pid) - before
            yield {"name": f"idle, wake-ups in {minute} s", "ours": woken, "other": None,
                   "ratio": None, "goal": "<= 0"}
            yield {"name": "idle, private dirty MiB", "ours": round(private_dirty(pid), 1),
                   "other": None, "ratio": None, "goal": "<= 8"}
