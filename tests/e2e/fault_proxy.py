"""A proxy between a program and its peer that harms what passes, each direction by a small value.

    with FaultProxy(server.port, down=Faults(cut_after=12)) as proxy:
        ...  # whoever connects to proxy.port gets twelve bytes of the server, then no more
"""

import asyncio
import itertools
import socket
import struct
import threading
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Faults:
    """What happens to the bytes of one direction; as it stands: nothing."""

    # The byte after so many ends the connection instead of passing; with `reset` by a reset.
    cut_after: int | None = None
    reset: bool = False
    # What comes after so many bytes vanishes; the connection stays.
    drop_after: int | None = None
    # At most so many bytes at once, each piece a packet of its own.
    slice: int | None = None
    # Bytes are held back until so many have come together, or the sender has ended.
    join: int | None = None
    # Seconds before a piece goes on, and bytes a second.
    delay: float = 0
    rate: float | None = None
    # {offset: value that the byte is combined with by exclusive or}
    corrupt: dict = field(default_factory=dict)

    def __post_init__(self):
        least = {"cut_after": 0, "drop_after": 0, "slice": 1, "join": 1}
        for name, value in least.items():
            given = getattr(self, name)
            if given is not None and given < value:
                raise ValueError(f"{name} = {given}: at least {value}")
        if self.delay < 0 or (self.rate is not None and self.rate <= 0):
            raise ValueError(f"delay = {self.delay}, rate = {self.rate}: no such pace")

    def corrupted(self, offset, data):
        return bytes(byte ^ self.corrupt.get(offset + n, 0) for n, byte in enumerate(data))


CLEAN = Faults()


class Link:
    """One connection. `up`: bytes passed to the server, `down`: to the client; `cut`: by us."""

    def __init__(self, number, up, down):
        self.number = number
        self.faults = {"up": up, "down": down}
        self.passed = {"up": bytearray(), "down": bytearray()}
        self.delayed = {"up": False, "down": False}  # something is being held back now
        self.cut = False
        self.port = None  # of our connection to the server, as the server sees it
        self.over = threading.Event()

    @property
    def up(self):
        return bytes(self.passed["up"])

    @property
    def down(self):
        return bytes(self.passed["down"])


class _Cut(Exception):
    pass


def end(link, writers):
    """Closes the link's connections, by a reset where it was cut so."""
    reset = link.cut and any(f.reset for f in link.faults.values())
    for writer in writers:
        if not reset:
            writer.close()
        elif not writer.is_closing():  # else its socket may be closed already
            writer.get_extra_info("socket").setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
    link.over.set()


class FaultProxy:
    """On a free port of 127.0.0.1. `links` are the connections so far, in order."""

    def __init__(self, target, up=CLEAN, down=CLEAN, on_pass=None):
        """`on_pass(link, way)` is called on the proxy's thread after bytes have passed."""
        self.target = target
        self.links = []
        self._choose = lambda number: (up, down)
        self._on_pass = on_pass or (lambda link, way: None)
        self._tasks = set()
        self.loop = asyncio.new_event_loop()
        self._hurry = asyncio.Event()
        self._server = self.loop.run_until_complete(
            asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = self._server.sockets[0].getsockname()[1]
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def use(self, up=CLEAN, down=CLEAN):
        """For connections from now on."""
        self._choose = lambda number: (up, down)

    def choose(self, chooser):
        """`chooser(number of the connection, from 0)` gives (up, down) of each from now on."""
        self._choose = chooser

    @property
    def open_links(self):
        return [link for link in self.links if not link.over.is_set()]

    def hurry(self, on=True):
        """Delays and rates are left out, also of what is under way."""
        self.loop.call_soon_threadsafe(self._hurry.set if on else self._hurry.clear)

    async def _serve(self, reader, writer):
        task = asyncio.current_task()
        self._tasks.add(task)
        up, down = self._choose(len(self.links))
        link = Link(len(self.links), up, down)
        self.links.append(link)
        ends = [writer]
        try:
            server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self.target)
            ends.append(server_writer)
            link.port = server_writer.get_extra_info("sockname")[1]
            await self._pass_both(link, (reader, server_writer), (server_reader, writer))
        except (_Cut, OSError, asyncio.CancelledError):
            pass  # either side may go at any time: that is what this is for
        finally:
            end(link, ends)
            self._tasks.discard(task)

    async def _pass_both(self, link, upward, downward):
        for _, writer in (upward, downward):
            writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ways = [asyncio.ensure_future(self._pass(link, "up", *upward)),
                asyncio.ensure_future(self._pass(link, "down", *downward))]
        try:
            await asyncio.gather(*ways)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pass(self, link, way, reader, writer):
        faults = link.faults[way]
        seen = 0
        async for piece in self._pieces(reader, faults):
            for part in self._parts(piece, seen, faults):
                if part is None:
                    link.cut = True
                    raise _Cut
                link.delayed[way] = True
                await self._pace(len(part), faults)
                link.delayed[way] = False
                part = faults.corrupted(seen, part)
                link.passed[way] += part
                seen += len(part)
                writer.write(part)
                await writer.drain()
                self._on_pass(link, way)
        if writer.can_write_eof():
            writer.write_eof()

    @staticmethod
    async def _pieces(reader, faults):
        held = b""
        while data := await reader.read(1 << 16):
            held += data
            if faults.join is None or len(held) >= faults.join:
                yield held
                held = b""
        if held:
            yield held

    @staticmethod
    def _parts(piece, seen, faults):
        """The piece cut into what is written at once; None: here the connection ends."""
        left = len(piece)
        if faults.drop_after is not None:
            left = max(min(left, faults.drop_after - seen), 0)
        cut = faults.cut_after is not None and seen + left > faults.cut_after
        if cut:
            left = faults.cut_after - seen
        size = faults.slice or max(left, 1)
        parts = [piece[at:min(at + size, left)] for at in range(0, left, size)]
        return itertools.chain(parts, [None] if cut else [])

    async def _pace(self, count, faults):
        wait = faults.delay + (count / faults.rate if faults.rate else 0)
        if wait > 0:
            # Not wait_for: it forgets that it was cancelled when what it waits for is there too.
            try:
                async with asyncio.timeout(wait):
                    await self._hurry.wait()
            except TimeoutError:
                pass  # that long it had to take

    def close(self):
        asyncio.run_coroutine_threadsafe(self._close(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()

    async def _close(self):
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
