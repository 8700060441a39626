"""A real HTTP server for thousands of webhooks that answers when it is told to."""

import asyncio
import threading

from hook_request import take_hook
from waiting import wait_until

ANSWER = b"HTTP/1.1 204 No Content\r\n\r\n"


class GatedHooks:
    """Shut at first: what arrives waits for its answer. `hooks` are what arrived, in order."""

    def __init__(self):
        self.hooks = []
        self.answered = 0
        self._pace = None  # seconds from request to answer; None: the gate is shut
        self._waiting = []
        self._loop = asyncio.new_event_loop()
        self._server = self._loop.run_until_complete(
            self._loop.create_server(lambda: _Connection(self), "127.0.0.1", 0))
        self.port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def shut(self):
        """From its return on nothing is answered."""
        asyncio.run_coroutine_threadsafe(self._set_pace(None), self._loop).result()

    def open(self, pace=0):
        """Every request is answered after `pace` seconds, those that wait at once."""
        asyncio.run_coroutine_threadsafe(self._set_pace(pace), self._loop).result()

    async def _set_pace(self, pace):
        self._pace = pace
        if pace is not None:
            for connection in self._waiting:
                self._answer(connection)
            self._waiting.clear()

    def arrived(self, connection, hook):
        self.hooks.append(hook)
        if self._pace is None:
            self._waiting.append(connection)
        else:
            self._loop.call_later(self._pace, self._due, connection)

    def _due(self, connection):
        if self._pace is None:
            self._waiting.append(connection)
        else:
            self._answer(connection)

    def _answer(self, connection):
        connection.transport.write(ANSWER)
        self.answered += 1

    @property
    def at_the_gate(self):
        """How many have arrived and are not answered while it is shut."""
        return len(self._waiting)

    def wait_for_answers(self, more, deadline=60):
        """Until so many more than now have been answered."""
        goal = self.answered + more
        wait_until(lambda: self.answered >= goal, f"{more} webhooks more", deadline)

    def close(self):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._server.close()
        self._loop.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class _Connection(asyncio.Protocol):
    def __init__(self, server):
        self.server = server
        self.buffer = b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.buffer += data
        while (taken := take_hook(self.buffer)) is not None:
            request, self.buffer = taken
            self.server.arrived(self, request)
