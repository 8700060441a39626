"""An HTTP proxy that takes CONNECT and nothing else (RFC 9110, 9.3.6), as an office's may be."""

import asyncio
import threading


class ConnectProxy:
    """On a free port of 127.0.0.1. `asked`: `host:port` of each CONNECT; `refuse`: answers 403."""

    def __init__(self, refuse=False):
        self.asked = []
        self._refuse = refuse
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,))
        self._thread.start()
        ready.wait()
        self.port = self._server.sockets[0].getsockname()[1]

    def _run(self, ready):
        async def listen():
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._loop.run_until_complete(listen())
        ready.set()
        self._loop.run_forever()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    async def _serve(self, reader, writer):
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            method, target, _ = head.split(b" ", 2)
            self.asked.append(target.decode())
            if method != b"CONNECT" or self._refuse:
                writer.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")
                return
            host, port = target.decode().rsplit(":", 1)
            there = await asyncio.open_connection(host, int(port))
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await asyncio.gather(self._pass(reader, there[1]), self._pass(there[0], writer))
        except (OSError, asyncio.IncompleteReadError):
            pass  # one of them has gone
        finally:
            writer.close()

    async def _pass(self, reader, writer):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()

    def close(self):
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
