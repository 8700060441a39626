"""Receivers of the kill campaign: HTTP and SMTP servers that know which replies they completed.

What happens at a point of a conversation (`POINTS`) is for the campaign to say: `at_point` may kill
the daemon there, `answer_for` says how a request is answered.
"""

import asyncio
import email
import email.policy
import hashlib
import json
import threading
import time
from dataclasses import dataclass

from hook_request import take_hook
from waiting import wait_until

POINTS = ("greeting", "data", "arrival", "half-reply", "reply")
# How a request is answered: whole; half, then the connection ends; not at all; a refusal for now.
ANSWERS = ("whole", "half", "none", "refused")
HTTP = {"whole": b"HTTP/1.1 204 No Content\r\n\r\n",
        "refused": b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"}
SMTP = {"whole": b"250 2.0.0 taken\r\n", "refused": b"451 4.3.0 not now\r\n"}


@dataclass
class Arrival:
    """One request that came in whole. `reply`: what of its answer was sent (ANSWERS)."""

    id: str
    channel: str
    to: str
    content: str
    wire: str
    life: int
    reply: str = "none"
    replied_at: float = 0.0
    port: int = 0


def content_of_mail(raw):
    """What a mail says: subject and bodies, whatever its envelope."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [message.get_body((kind,)) for kind in ("plain", "html")]
    texts = [part.get_content().replace("\r\n", "\n") if part else None for part in parts]
    return json.dumps([message["subject"], *texts], ensure_ascii=False)


def id_of_mail(raw):
    message = email.message_from_bytes(raw, policy=email.policy.default)
    return message["message-id"].strip("<>").partition("@")[0]


class Peers:
    """Both servers on one thread. `arrivals`: in the order in which they came."""

    def __init__(self):
        self.arrivals = []
        self.life = 0
        self.at_point = lambda point, arrival: None
        self.answer_for = lambda arrival: "whole"
        self._open = set()
        self._servers = {}
        self._ports = {"hook": 0, "mail": 0}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.come_back()

    @property
    def ports(self):
        return dict(self._ports)

    def come_back(self):
        """They listen (again), on the ports that they had."""
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)

    async def _listen(self):
        for name, protocol in (("hook", HookTalk), ("mail", MailTalk)):
            server = await self._loop.create_server(
                lambda make=protocol: make(self), "127.0.0.1", self._ports[name], backlog=500)
            self._servers[name] = server
            self._ports[name] = server.sockets[0].getsockname()[1]

    def go_away(self):
        """They die: nobody listens, every conversation is broken off."""
        asyncio.run_coroutine_threadsafe(self._leave(), self._loop).result(10)

    async def _leave(self):
        for server in self._servers.values():
            server.close()
        for talk in list(self._open):
            talk.transport.abort()

    def wait_until_alone(self, deadline=20):
        """Until everything that a dead daemon had sent has come in."""
        wait_until(lambda: self._is_alone() and self._is_alone(), "the last bytes", deadline)

    def _is_alone(self):
        # a round of the loop takes in what waits at the door
        asyncio.run_coroutine_threadsafe(self._round(), self._loop).result(10)
        return not self._open

    async def _round(self):
        await self._loop.run_in_executor(None, int)

    def close(self):
        self.go_away()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


class _Talk(asyncio.Protocol):
    channel = ""

    def __init__(self, peers):
        self.peers = peers
        self.buffer = b""

    def connection_made(self, transport):
        self.transport = transport
        self.peers._open.add(self)
        self.life = self.peers.life
        self.greet()

    def greet(self):
        pass

    def connection_lost(self, _):
        self.peers._open.discard(self)

    def point(self, name, arrival=None):
        self.peers.at_point(name, arrival)

    def arrived(self, id_, to, content, raw, replies):
        """A request is in: noted, then answered as the campaign wants it."""
        arrival = Arrival(id_, self.channel, to, content, hashlib.sha256(raw).hexdigest(),
                          self.life, port=self.transport.get_extra_info("peername")[1])
        self.peers.arrivals.append(arrival)
        self.point("arrival", arrival)
        how = self.peers.answer_for(arrival)
        if how == "none":
            return self.transport.abort()
        reply = replies["refused" if how == "refused" else "whole"]
        half = len(reply) // 3
        self.transport.write(reply[:half])
        arrival.reply = "half"
        self.point("half-reply", arrival)
        if how == "half":
            return self.transport.close()
        self.transport.write(reply[half:])
        arrival.reply, arrival.replied_at = how, time.monotonic()
        self.point("reply", arrival)


class HookTalk(_Talk):
    channel = "hook"

    def data_received(self, data):
        self.buffer += data
        while (taken := take_hook(self.buffer)) is not None:
            hook, self.buffer = taken
            self.arrived(hook.id, hook.path, hook.body.decode(), hook.body, HTTP)


class MailTalk(_Talk):
    channel = "mail"
    to, in_data = "", False

    def greet(self):
        self.point("greeting")
        self.say(b"220 receiver.example.org ready")

    def say(self, line):
        self.transport.write(line + b"\r\n")

    def data_received(self, data):
        self.buffer += data
        if self.in_data:
            return self._more_data()
        while not self.in_data and b"\r\n" in self.buffer:
            line, _, self.buffer = self.buffer.partition(b"\r\n")
            self._command(line)

    def _command(self, line):
        word = line[:4].upper()
        if word == b"RCPT":
            self.to = line.partition(b"<")[2].rstrip(b">").decode()
        if word == b"DATA":
            self.in_data = True
            return self.say(b"354 go on")
        if word == b"QUIT":
            self.say(b"221 bye")
            return self.transport.close()
        self.say(b"250 fine")

    def _more_data(self):
        self.point("data")
        message, found, rest = self.buffer.partition(b"\r\n.\r\n")
        if not found:
            return
        self.in_data, self.buffer = False, rest
        raw = message.replace(b"\r\n..", b"\r\n.") + b"\r\n"
        self.arrived(id_of_mail(raw), self.to, content_of_mail(raw), raw, SMTP)
