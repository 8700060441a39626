"""A hundred endpoints of which thirty misbehave: how much later the others hear."""

import os
import statistics
import tempfile
from contextlib import contextmanager
from pathlib import Path

from bad_peers import BadPeers
from measure import figure
from peers import QuickHooks
from wake import HookCrowd, Wake

ENDPOINTS, BAD = 100, 30


@contextmanager
def silent_name_server():
    """What a daemon is started with, so that names are asked of nobody: needs root."""
    with tempfile.TemporaryDirectory(prefix="duban-bench-") as folder:
        resolver = Path(folder) / "resolv.conf"
        resolver.write_text("nameserver 192.0.2.53\noptions timeout:30 attempts:2\n")
        yield ["unshare", "--mount", "sh", "-c",
               f'mount --bind {resolver} /etc/resolv.conf && exec "$@"', "sh"]


def delays(bad):
    """Milliseconds from waking to the arrival at each endpoint that is well."""
    with QuickHooks() as hooks, BadPeers() as peers, silent_name_server() as prefix:
        with HookCrowd(hooks.url, ENDPOINTS, ENDPOINTS) as crowd:
            units = list(crowd.addresses)
            spoiled = units[::len(units) // BAD][:BAD]
            for number, unit in enumerate(spoiled if bad else []):
                url = peers.urls[number % len(peers.urls)]
                crowd.addresses[unit] = f"{url}/{unit}"
            crowd.write_units("p0")
            with Wake(crowd.config, prefix=prefix if os.getuid() == 0 else ()) as wake:
                began = wake.go()
                arrived = hooks.wait_for(len(units) - BAD if bad else len(units), "/")
                return [(arrived[f"/p0/{unit}"] - began) * 1000
                        for unit in units if unit not in spoiled]


def isolation(smoke):
    pairs = [(delays(True), delays(False)) for _ in range(1 if smoke else 5)]
    more = statistics.median(statistics.median(a) - statistics.median(b) for a, b in pairs)
    with_bad = statistics.median(x for a, _ in pairs for x in a)
    yield figure(f"ms later at the median of {ENDPOINTS - BAD} endpoints, beside {BAD} bad ones "
                 f"(at {with_bad:.0f} ms)", round(more, 1), None, None, "<= 50")
