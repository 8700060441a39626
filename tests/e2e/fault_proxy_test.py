"""The proxy of the tests: each fault alone, in each direction, against a peer that echoes."""

import asyncio
import socket
import threading
import time
import unittest

from fault_proxy import CLEAN, FaultProxy, Faults, Link, end
from waiting import wait_until

TEXT = b"0123456789"


class Echo:
    """Sends back what it gets, each `after` bytes at once, and notes what it got."""

    def __init__(self):
        self.got = b""
        self.pieces = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        while True:
            try:
                talk, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._echo, args=(talk,), daemon=True).start()

    def _echo(self, talk):
        with talk:
            try:
                while data := talk.recv(1000):
                    self.got += data
                    self.pieces.append(data)
                    talk.sendall(data)
            except OSError:
                pass  # cut off: that is the test

    def close(self):
        if self.listener.fileno() >= 0:
            self.listener.shutdown(socket.SHUT_RDWR)  # wakes who accepts
        self.listener.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Proxy(unittest.TestCase):
    def setUp(self):
        self.echo = self.enter(Echo())

    def enter(self, context):
        self.addCleanup(context.close)
        return context

    def proxy(self, **faults):
        return self.enter(FaultProxy(self.echo.port, **faults))

    def said_through(self, proxy, text=TEXT, whole=True):
        """What comes back, and in which pieces; without `whole`: until the connection ends."""
        with socket.create_connection(("127.0.0.1", proxy.port)) as talk:
            talk.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            talk.settimeout(20)
            talk.sendall(text)
            pieces = []
            while not whole or len(b"".join(pieces)) < len(text):
                data = talk.recv(1000)
                if not data:
                    break
                pieces.append(data)
        return b"".join(pieces), pieces

    def test_without_faults_passes_everything(self):
        proxy = self.proxy()
        self.assertEqual(self.said_through(proxy)[0], TEXT)
        self.assertEqual((proxy.links[0].up, proxy.links[0].down, proxy.links[0].cut),
                         (TEXT, TEXT, False))

    def test_cuts_at_every_count_of_bytes_of_either_direction(self):
        for count in range(len(TEXT)):
            with self.subTest(count=count):
                down = self.proxy(down=Faults(cut_after=count))
                self.assertEqual(self.said_through(down, whole=False)[0], TEXT[:count])
                self.assertTrue(down.links[0].cut)
                up = self.proxy(up=Faults(cut_after=count))
                self.assertTrue(TEXT[:count].startswith(self.said_through(up, whole=False)[0]))
                self.assertEqual(up.links[0].up, TEXT[:count])

    def test_a_cut_after_the_last_byte_is_none(self):
        proxy = self.proxy(down=Faults(cut_after=len(TEXT)))
        self.assertEqual(self.said_through(proxy)[0], TEXT)
        self.assertFalse(proxy.links[0].cut)

    def test_cuts_by_a_reset_if_asked(self):
        proxy = self.proxy(down=Faults(cut_after=3, reset=True))
        with self.assertRaises(ConnectionResetError):
            while self.said_through(proxy, whole=False)[0] is not None:
                break

    def test_drops_the_rest_and_keeps_the_connection(self):
        proxy = self.proxy(up=Faults(drop_after=4))
        with socket.create_connection(("127.0.0.1", proxy.port)) as talk:
            talk.settimeout(20)
            talk.sendall(TEXT)
            self.assertEqual(talk.recv(100), TEXT[:4])
            wait_until(lambda: self.echo.got == TEXT[:4], "the first bytes")
            self.assertEqual(len(proxy.open_links), 1)

    def test_slices_into_single_bytes(self):
        passed = []
        proxy = self.proxy(up=Faults(slice=1),
                           on_pass=lambda link, way: way == "up" and passed.append(len(link.up)))
        self.assertEqual(self.said_through(proxy)[0], TEXT)
        self.assertEqual(passed, list(range(1, len(TEXT) + 1)))

    def test_joins_what_was_sent_apart(self):
        proxy = self.proxy(up=Faults(join=len(TEXT)))
        with socket.create_connection(("127.0.0.1", proxy.port)) as talk:
            talk.settimeout(20)
            for n in range(len(TEXT)):
                talk.sendall(TEXT[n:n + 1])
            self.assertEqual(talk.recv(100), TEXT)
        self.assertEqual(self.echo.pieces, [TEXT])

    def test_what_is_held_back_goes_when_the_sender_ends(self):
        proxy = self.proxy(up=Faults(join=1000))
        with socket.create_connection(("127.0.0.1", proxy.port)) as talk:
            talk.settimeout(20)
            talk.sendall(TEXT)
            talk.shutdown(socket.SHUT_WR)
            self.assertEqual(talk.recv(100), TEXT)

    def test_ends_a_connection_that_breaks_just_as_it_is_hurried(self):
        for turns in range(8):
            with self.subTest(turns=turns):
                self.break_and_hurry(turns)

    def break_and_hurry(self, turns):
        """The echo of three bytes is being delayed when the way up is cut, and the hurry comes so
        many turns of the proxy's loop after the cut."""
        def hurry_in(left):
            if left == 0:
                proxy.hurry()
            else:
                proxy.loop.call_soon(hurry_in, left - 1)

        with FaultProxy(self.echo.port, up=Faults(cut_after=5), down=Faults(delay=1000),
                        on_pass=lambda link, way: len(link.up) == 5 and hurry_in(turns)) as proxy, \
                socket.create_connection(("127.0.0.1", proxy.port)) as talk:
            talk.sendall(TEXT[:3])
            wait_until(lambda: proxy.links and proxy.links[0].delayed["down"], "the echo to wait")
            talk.sendall(TEXT[3:])
            wait_until(lambda: not proxy.open_links, "the connection to end", deadline=5)

    def test_a_cut_by_a_reset_ends_what_the_other_side_has_reset_already(self):
        async def end_both():
            writers = [(await asyncio.open_connection("127.0.0.1", self.echo.port))[1]
                       for _ in range(2)]
            writers[0].transport.abort()
            await writers[0].wait_closed()
            link = Link(0, CLEAN, Faults(cut_after=0, reset=True))
            link.cut = True
            end(link, writers)
            self.assertTrue(link.over.is_set())
            self.assertTrue(all(writer.is_closing() for writer in writers))

        asyncio.run(end_both())

    def test_corrupts_the_bytes_it_is_told(self):
        proxy = self.proxy(down=Faults(corrupt={0: 1, 9: 0xFF}, slice=3))
        self.assertEqual(self.said_through(proxy)[0], b"1" + TEXT[1:9] + bytes([TEXT[9] ^ 0xFF]))
        self.assertEqual(self.echo.got, TEXT)

    def test_delays_and_limits_the_rate(self):
        for faults in (Faults(delay=0.1), Faults(rate=100)):
            with self.subTest(faults=faults):
                proxy = self.proxy(down=faults)
                began = time.monotonic()
                self.assertEqual(self.said_through(proxy)[0], TEXT)
                self.assertGreaterEqual(time.monotonic() - began, 0.1)

    def test_can_be_told_to_hurry(self):
        proxy = self.proxy(down=Faults(delay=1000))
        with socket.create_connection(("127.0.0.1", proxy.port)) as talk:
            talk.settimeout(20)
            talk.sendall(TEXT)
            wait_until(lambda: self.echo.got == TEXT, "the request to pass")
            proxy.hurry()
            self.assertEqual(talk.recv(100), TEXT)

    def test_each_connection_may_fare_otherwise(self):
        proxy = self.proxy()
        proxy.choose(lambda number: (Faults(), Faults(cut_after=number)))
        got = [self.said_through(proxy, whole=False)[0] for _ in range(4)]
        self.assertEqual(got, [TEXT[:n] for n in range(4)])

    def test_a_peer_that_is_away_ends_the_connection(self):
        proxy = self.proxy()
        self.echo.close()
        self.echo.thread.join(5)
        self.assertEqual(self.said_through(proxy, whole=False)[0], b"")

    def test_refuses_faults_that_mean_nothing(self):
        for wrong in ({"slice": 0}, {"join": 0}, {"cut_after": -1}, {"delay": -1}, {"rate": 0}):
            with self.subTest(wrong=wrong), self.assertRaises(ValueError):
                Faults(**wrong)
