"""Waiting for an event with a deadline: never for a number of seconds."""

import threading
import time

DEADLINE = 20.0


class NotInTime(AssertionError):
    pass


def wait_until(condition, what, deadline=DEADLINE, every=0.02):
    """Returns what `condition` returned once it is true; asked anew until the deadline."""
    end = time.monotonic() + deadline
    pause = threading.Event()
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise NotInTime(f"not within {deadline:g} s: {what}")
        pause.wait(every)
