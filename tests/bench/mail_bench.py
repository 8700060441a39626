"""Mails: duband beside bare libcurl, both to smtp-sink."""

import re

from measure import rates, seconds
from peers import MailSink
from programs import BIN
from wake import HookCrowd, Wake

CONNECTIONS = 8


class MailCrowd(HookCrowd):
    """Every liaison has a mail address of its own."""

    def __init__(self, port, count):
        super().__init__("http://127.0.0.1:9", count)
        self.mail_channel(port, f'url = "smtp://127.0.0.1:{port}"', 'tls = "none"',
                          "per_second = 1000")
        self.edit("duband.toml", r"\[channel.hook\](?:\n(?!\[)[^\n]*)*", "")
        for plan in self.units:
            file = self.folder_of(plan) / "units.toml"
            text = file.read_text(encoding="utf-8")
            file.write_text(re.sub(r'"hook:[^"]*/([^/"]+)"', r'"mail:\1@units.example.org"', text),
                            encoding="utf-8")


def ours(count):
    with MailSink() as sink, MailCrowd(sink.port, count) as crowd, Wake(crowd.config) as wake:
        began = wake.go()
        took = wake.wait_until_settled(crowd.count) - began
        failed = wake.ledger.count("SELECT count(*) FROM notice_endings WHERE state<>'delivered'")
        if failed:
            raise SystemExit(f"mails: {failed} were not delivered")
        size = wake.ledger.count("SELECT avg(length(cast(text || html AS blob))) FROM contents")
        return took, round(size * 4 / 3)


def bare(count, size):
    with MailSink() as sink:
        return float(seconds([BIN / "bench_bare_curl", f"smtp://127.0.0.1:{sink.port}/example.org",
                              count, CONNECTIONS, size])[1])


def mails(smoke):
    count, pairs = (40, 1) if smoke else (5000, 5)
    taken = []
    for _ in range(pairs):
        took, size = ours(count)
        taken.append((took, bare(count, size)))
    yield rates(f"mails a second, {size} bytes, durable, beside bare libcurl with "
                f"{CONNECTIONS} connections", count, taken, ">= 0.8")
