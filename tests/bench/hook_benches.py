"""Webhooks: duband beside bare libcurl and beside Alertmanager."""

import json
import subprocess
import time
import urllib.request
from datetime import datetime, timedelta, timezone

from measure import beside, rates, seconds
from peers import Peer, QuickHooks
from programs import BIN
from wake import CHANNELS, HookCrowd, Wake

CONNECTIONS = 192 // CHANNELS


def body_bytes(ledger):
    return ledger.count("SELECT avg(length(cast(json AS blob))) FROM contents WHERE json <> ''")


def burst(count):
    """Seconds from waking until the last has arrived, and until all is settled; notices a second of
    those still to be sent once all were queued; a body's bytes."""
    with QuickHooks() as hooks, HookCrowd(hooks.url, count) as crowd:
        with Wake(crowd.config) as wake:
            began = wake.go()
            queued = wake.wait_for_rows("SELECT count(*) FROM notices", crowd.count)
            ended = wake.ledger.count("SELECT count(*) FROM notice_endings")
            left = max(crowd.count - ended, 0)
            settled = wake.wait_until_settled(crowd.count)
            arrived = max(hooks.wait_for(crowd.count, "/").values())
            return (arrived - began, settled - began, left / (settled - queued),
                    round(body_bytes(wake.ledger)))


def bare(count, size):
    with QuickHooks() as hooks:
        return float(seconds([BIN / "bench_bare_curl", hooks.url + "/bare", count, CONNECTIONS,
                              size])[1])


ALERTMANAGER = """
route:
  receiver: hook
  group_by: ['...']
  group_wait: 0s
  group_interval: 5m
  repeat_interval: 4h
receivers:
  - name: hook
    webhook_configs:
      - url: {url}/alert
        send_resolved: false
"""


class Alertmanager(Peer):
    def __init__(self, url):
        super().__init__("alertmanager")
        config = self.folder / "alertmanager.yml"
        config.write_text(ALERTMANAGER.format(url=url))
        self.start("prometheus-alertmanager", f"--config.file={config}",
                   f"--storage.path={self.folder}/data", "--cluster.listen-address=",
                   f"--web.listen-address=127.0.0.1:{self.port}", "--log.level=error")

    def post(self, alerts):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/api/v2/alerts",
                                         json.dumps(alerts).encode(),
                                         {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=60).close()


def alert(number, ends, text):
    return {"labels": {"alertname": "bench", "unit": f"u{number:06}"},
            "annotations": {"text": text}, "endsAt": ends}


def alertmanager(count, size):
    """Seconds from the first post until the last webhook has arrived."""
    ends = (datetime.now(timezone.utc) + timedelta(hours=1)).isoformat()
    # beside an alert's text its webhook has some 500 bytes
    alerts = [alert(n, ends, "x" * max(size - 500, 1)) for n in range(count)]
    with QuickHooks() as hooks, Alertmanager(hooks.url) as manager:
        began = time.time()
        for first in range(0, count, 500):
            manager.post(alerts[first:first + 500])
        log = hooks.folder / "arrivals.log"
        while log.read_bytes().count(b" /alert") < count:
            try:
                manager.process.wait(0.2)
                raise SystemExit("alertmanager ended: " + (manager.folder / "said").read_text())
            except subprocess.TimeoutExpired:
                pass
        last = log.read_text().splitlines()[-1]
        return float(last.split()[0]) - began


def hooks(smoke):
    count, pairs = (40, 1) if smoke else (10000, 5)
    ours, against_bare, last, once_queued = [], [], [], []
    for _ in range(pairs):
        arrived, settled, rate, size = burst(count)
        other = bare(count, size)
        ours.append(settled)
        once_queued.append((rate, count / other))
        against_bare.append((settled, other))
        last.append((arrived, other))
    yield rates(f"webhook notices a second, {size} bytes, durable, beside bare libcurl with "
                f"{CONNECTIONS} connections", count, against_bare, ">= 0.6")
    yield beside("the same once all are queued: claimed, signed, sent, settled", once_queued)
    yield beside(f"last of {count} notices due in one second, s, beside bare libcurl", last, 3,
                 "<= 2")
    with_manager = [(a, alertmanager(count, size)) for a in ours[:1 if smoke else 3]]
    yield rates("webhook notices a second, beside Alertmanager", count, with_manager, ">= 3")
