"""Real servers as programs in folders of their own."""

import os
import socket
import subprocess
import tempfile
from pathlib import Path

from waiting import wait_until

PATH = os.environ["PATH"] + ":/usr/sbin"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def answers(port):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


class Peer:
    """A program in a folder of its own that listens at a port."""

    def __init__(self, name):
        self._folder = tempfile.TemporaryDirectory(prefix=f"duban-{name}-")
        self.folder = Path(self._folder.name)
        self.port = free_port()
        self.process = None

    def start(self, *command):
        with (self.folder / "said").open("wb") as said:
            self.process = subprocess.Popen([str(c) for c in command], stdout=said, stderr=said,
                                            env={**os.environ, "PATH": PATH})
        wait_until(self._listens, f"{command[0]} to listen")

    def _listens(self):
        if self.process.poll() is not None:
            raise AssertionError((self.folder / "said").read_text())
        return answers(self.port)

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        self._folder.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
