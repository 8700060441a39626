"""Receivers that misbehave, each kind at a port of its own."""

import socket
import threading

HEAD = b"HTTP/1.1 200 OK\r\n"


def pause(connection, seconds):
    """Until the other side has ended it, or so long."""
    connection.settimeout(seconds)
    try:
        while connection.recv(65536):
            pass
        raise ConnectionError("closed")
    except TimeoutError:
        connection.settimeout(None)


def stall(connection):
    pause(connection, None)


def drip(connection):
    for byte in HEAD * 100:
        connection.send(bytes([byte]))
        pause(connection, 1)


def flood(connection):
    """A header without end; no faster than some MB a second, which leaves others the processor."""
    connection.sendall(HEAD)
    while True:
        connection.sendall((b"X-More: " + b"x" * 1000 + b"\r\n") * 50)
        pause(connection, 0.01)


def never_close(connection):
    """A body that ends with the connection, which does not end."""
    connection.sendall(HEAD + b"\r\nok")
    pause(connection, None)


def no_tls(connection):
    connection.sendall(b"this is no handshake\r\n")
    pause(connection, None)


KINDS = {"stall": stall, "drip": drip, "flood": flood, "never-close": never_close, "no-tls": no_tls}


class BadPeers:
    """`urls`: one of each kind, and one of a host that only a silent name server could know."""

    def __init__(self):
        self._open = []
        self.urls = [f"{'https' if kind == 'no-tls' else 'http'}://127.0.0.1:{self._serve(act)}"
                     for kind, act in KINDS.items()] + ["http://bench.example.org"]

    def _serve(self, act):
        listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self._open.append(listener)
        threading.Thread(target=self._accept, args=(listener, act), daemon=True).start()
        return listener.getsockname()[1]

    def _accept(self, listener, act):
        try:
            while True:
                connection, _ = listener.accept()
                self._open.append(connection)
                threading.Thread(target=self._talk, args=(connection, act), daemon=True).start()
        except OSError:
            return  # shut by close()

    def _talk(self, connection, act):
        with connection:
            try:
                act(connection)
            except OSError:
                return  # the other side has had enough

    def close(self):
        for one in self._open:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it had ended already

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
