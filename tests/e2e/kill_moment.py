"""When a life of the daemon ends: by an event, counted, and a delay after it."""

import ctypes
import os
import select
import signal
import struct
import threading
import time
from dataclasses import dataclass

from killed_peers import POINTS

# exec: the program begins; ready: READY=1; reload: RELOADING=1; asked: a request has gone to its
# socket; wal: the ledger's log was written to; the others are points of a conversation.
EVENTS = ("exec", "ready", "reload", "asked", "wal", *POINTS)
# From READY on, where the event does not come.
AT_LATEST = 0.6


@dataclass
class Moment:
    event: str
    count: int = 1
    delay: float = 0.0


def choose(rng):
    """Weighted so that each step of the path is hit in every hundred kills."""
    event = rng.choices(EVENTS, (10, 6, 11, 11, 18, 7, 8, 11, 8, 16))[0]
    counts = {"wal": 14, "data": 3, "arrival": 6, "half-reply": 6, "reply": 6}
    delays = {"exec": 0.12, "ready": 0.3, "reload": 0.06, "asked": 0.012, "reply": 0.006}
    delay = rng.uniform(0, delays.get(event, 0.0))
    if event == "reply" and rng.random() < 0.3:
        delay = 0.0
    return Moment(event, rng.randint(1, counts.get(event, 1)), delay)


class Killer:
    """Kills one process when its moment has come; `fell` says whether by the event or the clock."""

    def __init__(self, moment, pid, signal_number=signal.SIGKILL):
        self.moment, self.signal = moment, signal_number
        self.process = os.pidfd_open(pid)
        self.fell = None
        self._left = moment.count
        self._by_clock = False
        self._lock = threading.Lock()
        self._kill_at = None
        self._wake_read, self._wake_write = os.pipe()
        self.event("exec")

    def event(self, name):
        """From any thread: something happened. Kills here and now where there is no delay."""
        with self._lock:
            if self.fell or name != self.moment.event or self._left == 0:
                return
            self._left -= 1
            if self._left > 0:
                return
            if self.moment.delay == 0:
                self._strike(name)
            else:
                self._kill_at = time.monotonic() + self.moment.delay
                self._by_clock = False
            os.write(self._wake_write, b"!")

    def at_latest(self, seconds):
        with self._lock:
            if self._kill_at is None:
                self._kill_at = time.monotonic() + seconds
                self._by_clock = self._left > 0

    def _strike(self, why):
        if self.fell is None:
            self.fell = why
            try:
                signal.pidfd_send_signal(self.process, self.signal)
            except ProcessLookupError:
                pass  # it has ended by itself

    def strike_when_due(self):
        """Milliseconds until it has to be asked again; None: when an event comes."""
        with self._lock:
            if self._kill_at is None or self.fell:
                return None
            left = self._kill_at - time.monotonic()
            if left > 0:
                return left * 1000
            self._strike("clock" if self._by_clock else self.moment.event)
            return None

    @property
    def wake(self):
        return self._wake_read

    def woken(self):
        os.read(self._wake_read, 64)

    def close(self):
        with self._lock:
            self.fell = self.fell or "closed"
            for file in (self._wake_read, self._wake_write, self.process):
                os.close(file)


class LogWatch:
    """Tells of each write to a file of a folder (inotify); `fd` is readable then."""

    MODIFY = 0x2
    HEAD = struct.Struct("iIII")

    def __init__(self, folder, name):
        self._name = name.encode()
        libc = ctypes.CDLL(None, use_errno=True)
        self.fd = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self.fd < 0 or libc.inotify_add_watch(self.fd, str(folder).encode(), self.MODIFY) < 0:
            raise OSError(ctypes.get_errno(), f"inotify on {folder}")

    def writes(self):
        """How many since it was asked last."""
        try:
            data = os.read(self.fd, 1 << 16)
        except BlockingIOError:
            return 0
        count = at = 0
        while at < len(data):
            size = self.HEAD.unpack_from(data, at)[3]
            at += self.HEAD.size
            count += data[at:at + size].rstrip(b"\0") == self._name
            at += size
        return count

    def close(self):
        os.close(self.fd)


def poll_of(*files):
    poll = select.poll()
    for file in files:
        poll.register(file, select.POLLIN)
    return poll
