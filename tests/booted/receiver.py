"""A name server and receivers of webhooks, on a machine that has no network."""

import http.server
import socket
import ssl
import struct
import threading
from pathlib import Path

HOST = "hook.example.org"


class NameServer:
    """Knows that HOST is this machine, and nothing else; asked by way of /etc/resolv.conf."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        self.asked = 0
        Path("/etc/resolv.conf").write_text("nameserver 127.0.0.1\n")
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                question, whose = self.socket.recvfrom(512)
                self.asked += 1
                self.socket.sendto(self.answer(question), whose)
            except OSError:  # closed
                return

    @staticmethod
    def answer(question):
        end = question.index(b"\0", 12) + 5
        name = b".".join(_labels(question[12:end - 4])).decode()
        kind = struct.unpack(">H", question[end - 4:end - 2])[0]
        known = name == HOST and kind == 1
        code = 0 if name == HOST else 3
        head = question[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, int(known), 0, 0)
        record = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 60, 4) + b"\x7f\0\0\1"
        return head + question[12:end] + (record if known else b"")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()


def _labels(name):
    while name and name[0]:
        yield name[1:1 + name[0]]
        name = name[1 + name[0]:]


class Server(http.server.ThreadingHTTPServer):
    # a burst that comes at once is not turned away
    request_queue_size = 1024
    daemon_threads = True


class Receiver:
    """Takes every webhook. `ids` are those of the requests as they come, `answered` those that got
    their 204, `held` how many wait at its gate, without an answer."""

    def __init__(self, certificate=None, key=None):
        self.headers, self.ids, self.answered = [], [], []
        self._lock = threading.Lock()
        self._gate = threading.Event()
        self._gate.set()
        self._passes, self.held = 0, 0
        self.server = Server(("127.0.0.1", 0), self._handler())
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, key)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _handler(self):
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):  # noqa: N802: http.server's name
                self.rfile.read(int(self.headers.get("content-length", 0)))
                receiver.take({k.lower(): v for k, v in self.headers.items()})
                try:
                    self.send_response(204)
                    self.end_headers()
                except OSError:  # who asked has ended meanwhile
                    return
                receiver.answered.append(self.headers["webhook-id"])

            def log_message(self, *_):
                pass

        return Handler

    def take(self, headers):
        with self._lock:
            self.headers.append(headers)
            self.ids.append(headers["webhook-id"])
            passes, self._passes = self._passes > 0, self._passes - 1
            if not passes and not self._gate.is_set():
                self.held += 1
        if not passes:
            self._gate.wait()

    def shut(self, after):
        """Answers so many more, and then none until `open`."""
        with self._lock:
            self._passes, self.held = after, 0
            self._gate.clear()

    def open(self):
        self._gate.set()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.open()
        self.server.shutdown()
        self.server.server_close()
