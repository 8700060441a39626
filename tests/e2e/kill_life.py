"""One life of the daemon in the kill campaign: started, given work, killed at its moment."""

import os
import shutil
import signal
import socket
import sqlite3
import tempfile
import time
from pathlib import Path

from kill_moment import AT_LATEST, Killer, LogWatch, poll_of
from programs import Daemon

DEADLINE = 30


class Call:
    """A request on the daemon's socket that may never be answered."""

    def __init__(self, path, target, body):
        self.said = b""
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(10)
        try:
            self.socket.connect(str(path))
            self.socket.sendall(f"POST {target} HTTP/1.1\r\nHost: duband\r\nConnection: close\r\n"
                                f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        except OSError:
            pass  # killed before it could be asked

    def hear(self):
        """What has come; False when no more will."""
        try:
            more = self.socket.recv(1 << 16)
        except OSError:
            return False
        self.said += more
        return bool(more)

    def answer(self):
        """Status and body of a whole answer, else None."""
        head, found, body = self.said.partition(b"\r\n\r\n")
        for field in head.split(b"\r\n")[1:]:
            name, _, value = field.partition(b":")
            if found and name.lower() == b"content-length" and len(body) >= int(value):
                return int(head.split(b" ")[1]), body[:int(value)]
        return None


class Life:
    """`once_ready(daemon)` gives it work and may return a Call."""

    def __init__(self, number, office, clock, peers, moment, once_ready=lambda daemon: None):
        self.number, self.office, self.peers = number, office, peers
        self.once_ready = once_ready
        self.call = None
        self.ready_after = None
        peers.life = number
        self.log = LogWatch(office.state, "ledger.sqlite-wal")
        self.began = time.monotonic()
        self.daemon = Daemon(office.config, environment=clock.environment)
        self.killer = Killer(moment, self.daemon.process.pid)
        peers.at_point = lambda point, arrival: self.killer.event(point)
        self._heard = 0

    def run(self):
        """Until it is dead; True when it was killed, False when it ended by itself."""
        process = os.pidfd_open(self.daemon.process.pid)
        files = [process, self.daemon.notify.fileno(), self.killer.wake, self.log.fd]
        try:
            self._until_dead(process, files)
        finally:
            os.close(process)
            self.ended = time.monotonic()
            if self.daemon.process.poll() is None:
                self.daemon.kill()  # given up by us
            self._take_last_words()
            self.peers.at_point = lambda point, arrival: None
            self.daemon.close()
            self.killer.close()
            self.log.close()
        return self.daemon.process.returncode == -signal.SIGKILL

    def _until_dead(self, process, files):
        poll = poll_of(*files)
        while True:
            if time.monotonic() - self.began > DEADLINE:
                raise AssertionError(f"life {self.number} does not end:\n{self.daemon.text()}")
            happened = dict(poll.poll(self._patience()))
            if process in happened:
                return
            if self.killer.wake in happened:
                self.killer.woken()
            if self.log.fd in happened:
                for _ in range(self.log.writes()):
                    self.killer.event("wal")
            if self.daemon.notify.fileno() in happened:
                self._notified(poll)
            if self.call and self.call.socket.fileno() in happened and not self.call.hear():
                poll.unregister(self.call.socket)

    def _patience(self):
        left = self.killer.strike_when_due()
        return 1000 if left is None else max(left, 0)

    def _notified(self, poll):
        said = self.daemon.heard()
        new, self._heard = said[self._heard:], len(said)
        if "RELOADING=1" in new:
            self.killer.event("reload")
        if "READY=1" in new and self.ready_after is None:
            self.ready_after = time.monotonic() - self.began
            self.killer.event("ready")
            if self.killer.moment.event != "ready":
                self.killer.at_latest(AT_LATEST)
            self.call = self.once_ready(self.daemon)
            if self.call:
                poll.register(self.call.socket)
                self.killer.event("asked")

    def _take_last_words(self):
        if self.call:
            self.call.socket.settimeout(0.5)
            while self.call.hear():
                pass
            self.call.socket.close()


class Remains:
    """The ledger as a dead process left it, read from a copy: the file itself is not touched."""

    def __init__(self, state):
        self._folder = tempfile.TemporaryDirectory(prefix="duban-remains-")
        for name in ("ledger.sqlite", "ledger.sqlite-wal"):
            if (state / name).exists():
                shutil.copy(state / name, self._folder.name)
        self._db = sqlite3.connect(Path(self._folder.name) / "ledger.sqlite")
        self.any = bool(self.ask("SELECT 1 FROM sqlite_schema WHERE name = 'notices'"))

    def ask(self, sql, *values):
        return self._db.execute(sql, values).fetchall()

    def delivered(self):
        if not self.any:
            return set()
        return {i for i, in self.ask(
            "SELECT n.id FROM notice_endings e JOIN notices n ON n.plan = e.plan"
            " AND n.seq = e.notice_seq WHERE e.state = 'delivered'")}

    def count(self, condition):
        if not self.any:
            return 0
        return self.ask(f"SELECT count(*) FROM outbox WHERE {condition}")[0][0]

    def next_send(self):
        """When all leases are over and something can be claimed; None: nothing is open."""
        if not self.any:
            return None
        leases, soonest = self.ask("SELECT max(lease), min(next_at) FROM outbox"
                                   " WHERE next_at IS NOT NULL")[0]
        return leases or soonest

    def close(self):
        self._db.close()
        self._folder.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
