"""Taking whole webhooks out of the bytes of a connection."""

from collections import namedtuple

Hook = namedtuple("Hook", "path id body")


def take_hook(buffer):
    """(the first whole request, what follows it), or None while it is not all there."""
    head, found, rest = buffer.partition(b"\r\n\r\n")
    if not found:
        return None
    line, *fields = head.decode("latin-1").split("\r\n")
    headers = {k.lower(): v for k, v in (f.split(": ", 1) for f in fields)}
    length = int(headers.get("content-length", 0))
    if len(rest) < length:
        return None
    return Hook(line.split(" ")[1], headers.get("webhook-id"), rest[:length]), rest[length:]
