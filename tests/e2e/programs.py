"""The built programs: dubanctl as a call, duband as a process that says when it is ready."""

import json
import os
import signal
import socket
import subprocess
from pathlib import Path

from waiting import NotInTime, wait_until

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("DUBAN_BIN", ROOT / "build/release/bin"))
DUBAND = BIN / "duband"
DUBANCTL = BIN / "dubanctl"


class Answer:
    """What a call of dubanctl said, and how it ended."""

    def __init__(self, run):
        self.code, self.out, self.err = run.returncode, run.stdout, run.stderr

    def json(self):
        return json.loads(self.out)

    def __str__(self):
        return f"exit {self.code}\n{self.out}\n{self.err}"


def dubanctl(config, *words, deadline=60):
    command = [DUBANCTL, "--config", config, *words]
    environment = dict(os.environ, NO_COLOR="1", LC_ALL="C.UTF-8")
    return Answer(subprocess.run([str(c) for c in command], capture_output=True, text=True,
                                 timeout=deadline, env=environment))


class Daemon:
    """duband on a configuration, as the service manager would run it: READY=1 is awaited.

    `prefix`: a command that becomes duband."""

    def __init__(self, config, *options, environment=None, prefix=()):
        self.config = Path(config)
        self.folder = self.config.parent
        self.log = self.folder / f"duband-{len(list(self.folder.glob('duband-*.log')))}.log"
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notify.bind("")  # an abstract name of the kernel's choice
        self.notify.settimeout(0)
        self.said = []
        name = self.notify.getsockname().decode().replace("\0", "@", 1)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*map(str, (*prefix, DUBAND, "--config", self.config, *options))],
                stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                env={**os.environ, "NOTIFY_SOCKET": name, **(environment or {})})

    def heard(self):
        while True:
            try:
                self.said += self.notify.recv(4096).decode().split("\n")
            except BlockingIOError:
                return self.said

    def wait_for(self, word, deadline=20):
        """Until the daemon has told its service manager `word` (READY=1, STOPPING=1)."""
        def told():
            if word in self.heard():
                return True
            if self.process.poll() is not None and word not in self.heard():
                raise NotInTime(f"duband ended with {self.process.returncode} before {word}:\n"
                                + self.text())
            return False
        wait_until(told, f"{word} from duband", deadline)
        return self

    def ready(self, deadline=20):
        return self.wait_for("READY=1", deadline)

    def text(self):
        return self.log.read_text(encoding="utf-8", errors="replace")

    def ctl(self, *words, **options):
        return dubanctl(self.config, *words, **options)

    def reload_by_signal(self):
        self.process.send_signal(signal.SIGHUP)

    def stop(self, deadline=10):
        """SIGTERM, and its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(deadline)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def close(self):
        if self.process.poll() is None:
            self.kill()
        self.notify.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
