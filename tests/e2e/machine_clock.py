"""The machine's clock as a tested duband reads it: set ahead, or let pass, without waiting."""

import datetime
import mmap
import struct
import subprocess
import tempfile
import time
from pathlib import Path

SOURCE = Path(__file__).with_name("clock_ahead.c")
SECOND = 1_000_000_000
CHINA = datetime.timezone(datetime.timedelta(hours=8))


class MachineClock:
    """`environment` is for Daemon(environment=…). `now` is seconds of UTC since 1970."""

    def __init__(self, now=None):
        self._folder = tempfile.TemporaryDirectory(prefix="duban-clock-")
        library = Path(self._folder.name) / "clock_ahead.so"
        subprocess.run(["clang-19", "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"],
                       check=True, capture_output=True, text=True)
        page = Path(self._folder.name) / "ahead"
        page.write_bytes(struct.pack("qq", 0, 0))
        with page.open("r+b") as file:
            self._page = mmap.mmap(file.fileno(), 16)
        self.environment = {"LD_PRELOAD": str(library), "DUBAN_TEST_CLOCK": str(page)}
        if now is not None:
            self.set_to(now)

    def _read(self):
        return struct.unpack("qq", self._page)

    def now(self):
        return (time.time_ns() + self._read()[0]) / SECOND

    def set_to(self, moment):
        """Between two lives of a daemon: the machine was off until then, or time passed."""
        self.pass_by(moment - self.now())

    def pass_by(self, seconds):
        """As while a machine sleeps: wall clock and time since boot go on together."""
        wall, boot = self._read()
        passed = int(seconds * SECOND)
        self._page[:] = struct.pack("qq", wall + passed, boot + passed)

    def step(self, seconds):
        """Somebody sets the wall clock; `tell_timers` is how the kernel says so."""
        wall, boot = self._read()
        self._page[:] = struct.pack("qq", wall + int(seconds * SECOND), boot)

    @staticmethod
    def tell_timers():
        """Every timer that waits for a set clock hears of one: the clock is set to what it is.

        False where that is not allowed."""
        try:
            time.clock_settime_ns(time.CLOCK_REALTIME, time.clock_gettime_ns(time.CLOCK_REALTIME))
        except PermissionError:
            return False
        return True

    def close(self):
        self._page.close()
        self._folder.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
