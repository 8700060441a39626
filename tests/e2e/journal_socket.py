"""A stand-in for journald: what a program sends to the journal's socket, as fields.

In a mount namespace of its own the program finds it where it looks for journald's."""

import socket
import struct
import subprocess

SOCKET = "/run/systemd/journal/socket"
# The program stays the shell's own process (exec), so that signals reach it.
INTO_NAMESPACE = ('mount -t tmpfs duban-test /run && mkdir -p /run/systemd/journal'
                  f' && ln -s "$1" {SOCKET} && shift && exec "$@"')


def fields_of(datagram):
    """systemd's native protocol: {name: [value]}."""
    fields = {}
    while datagram:
        line, _, datagram = datagram.partition(b"\n")
        name, equals, value = line.partition(b"=")
        if not equals:
            (length,) = struct.unpack("<Q", datagram[:8])
            value, datagram = datagram[8:8 + length], datagram[9 + length:]
        fields.setdefault(name.decode(), []).append(value.decode())
    return fields


class JournalSocket:
    """`prefix` is for programs.Daemon; `environment` tells it that it logs to a journal."""

    environment = {"JOURNAL_STREAM": "8:1"}

    def __init__(self, folder):
        path = folder / "journal.sock"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self.socket.settimeout(0)
        self.lines = []
        self.prefix = ("unshare", "--mount", "sh", "-c", INTO_NAMESPACE, "sh", path)

    @staticmethod
    def problem():
        tried = subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "duban-test", "/run"],
                               capture_output=True, text=True, check=False)
        return tried.stderr.strip() if tried.returncode else None

    def heard(self):
        while True:
            try:
                self.lines.append(fields_of(self.socket.recv(1 << 20)))
            except BlockingIOError:
                return self.lines

    def about(self, **wanted):
        """The lines that `journalctl DUBAN_UNIT=edu` would show: unit="edu"."""
        return [line for line in self.heard()
                if all(value in line.get(f"DUBAN_{name.upper()}", []) for name, value in
                       wanted.items())]

    def close(self):
        self.socket.close()
