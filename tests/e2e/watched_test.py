"""Who watches over the daemon: metrics, the heartbeat, what its log says and never says."""

import os
import re
import shutil
import subprocess
import unittest
import urllib.error
import urllib.request

from echo_server import EchoServer
from hook_server import OddServer
from journal_socket import JournalSocket
from mail_server import MailServer, certificate_for_loopback
from office import PLAN, Office
from peer_program import free_port
from programs import ROOT, Daemon
from signatures import new_secret
from waiting import wait_until

# ten seconds before the reminders of the first paper
EVE = "2022-03-28T08:59:50+08:00"
PROMTOOL = os.environ.get("PROMTOOL") or shutil.which("promtool")
RULES = ROOT / "systemd/prometheus/duban.rules.yml"


def fetch(port, path):
    """(status, text), whatever the status is; None where nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()
    except OSError:
        return None


def promtool(*words, said=None):
    if not PROMTOOL:
        raise AssertionError("no promtool: tests/packages.txt names its package, or set PROMTOOL")
    return subprocess.run([PROMTOOL, *map(str, words)], input=said, capture_output=True, text=True,
                          timeout=60, check=False)


class Watched(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.port = free_port()
        self.office.append("duband.toml", f'[metrics]\nlisten = "127.0.0.1:{self.port}"')

    def living(self, *options, environment=None):
        duband = Daemon(self.office.config, *options, environment=environment)
        self.addCleanup(duband.close)
        return duband.ready()

    def server(self, replies):
        server = OddServer(replies)
        self.addCleanup(server.close)
        return server

    def metric(self, start):
        """The value of the first sample that begins so."""
        for line in fetch(self.port, "/metrics")[1].splitlines():
            if line.startswith(start):
                return float(line.rsplit(" ", 1)[1])
        return None


class Metrics(Watched):
    def test_promtool_has_nothing_to_say(self):
        self.living("--pretend", EVE)
        delivered = 'duban_notices_total{channel="folder",outcome="delivered",reason="accepted"}'
        wait_until(lambda: self.metric(delivered), "deliveries to be counted")
        status, page = fetch(self.port, "/metrics")
        self.assertEqual(status, 200)
        checked = promtool("check", "metrics", said=page)
        self.assertEqual((checked.returncode, checked.stdout, checked.stderr), (0, "", ""))

    def test_what_is_on_the_page_names_no_unit_and_no_address(self):
        self.living("--pretend", EVE)
        wait_until(lambda: self.metric("duban_ledger_commit_seconds_count"), "a commit")
        page = fetch(self.port, "/metrics")[1]
        units = (self.office.plan / "units.toml").read_text(encoding="utf-8")
        for unit in re.findall(r'^id\s*=\s*"([^"]+)"', units, re.MULTILINE):
            self.assertNotIn(f'"{unit}"', page)
        self.assertNotIn("@", page)

    def test_the_socket_has_them_too(self):
        duband = self.living("--pretend", EVE)
        for path in ("/metrics", "/livez", "/readyz"):
            said = subprocess.run(
                ["curl", "--silent", "--fail", "--unix-socket", self.office.folder / "duband.sock",
                 f"http://duban{path}"], capture_output=True, text=True, timeout=20, check=False)
            self.assertEqual(said.returncode, 0, path)
            self.assertTrue(said.stdout)
        self.assertEqual(fetch(self.port, "/livez"), (200, "ok\n"))
        self.assertEqual(fetch(self.port, "/readyz"), (200, "ok\n"))
        self.assertEqual(duband.stop(), 0)

    def test_a_reload_that_was_kept_back_shows(self):
        duband = self.living("--pretend", EVE)
        self.assertEqual(self.metric("duban_reload_last_successful"), 1)
        self.office.edit(f"plans/{PLAN}/plan.toml", r"^\[office\]", "[offise]")
        duband.ctl("reload")
        self.assertEqual(self.metric("duban_reload_last_successful"), 0)
        self.assertEqual(self.metric('duban_problem{code="bad-files"}'), 1)


class Rules(unittest.TestCase):
    def test_the_shipped_rules_check_and_fire_when_they_should(self):
        checked = promtool("check", "rules", RULES)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        tested = promtool("test", "rules", ROOT / "tests/e2e/duban.rules_test.yml")
        self.assertEqual(tested.returncode, 0, tested.stdout + tested.stderr)

    def test_every_alert_is_tried(self):
        tried = (ROOT / "tests/e2e/duban.rules_test.yml").read_text(encoding="utf-8")
        alerts = re.findall(r"alert: (\w+)", RULES.read_text(encoding="utf-8"))
        self.assertTrue(alerts)
        for alert in alerts:
            self.assertGreaterEqual(len(re.findall(rf"\b{alert}\b", tried)), 2, alert)


class Heartbeat(Watched):
    def beating(self, replies, every="10s"):
        server = self.server(replies)
        self.office.secret("heart.secret", f"{server.url}/ping/planted-heart")
        self.office.append("duband.toml", f"""
[heartbeat]
url = {{ file = "heart.secret" }}
every = "{every}"
allow_private = true
""")
        return server

    def test_a_daemon_that_is_well_says_so_at_once(self):
        server = self.beating({"/ping/planted-heart": [(200, {})]})
        self.living()
        server.wait_for("/ping/planted-heart")
        wait_until(lambda: self.metric('duban_heartbeats_total{outcome="heard"}') == 1,
                   "the beat to be counted")

    def test_a_beat_that_is_lost_is_logged_once_without_its_url(self):
        server = self.beating({"/ping/planted-heart": [(404, {})]})
        duband = self.living()
        server.wait_for("/ping/planted-heart")
        wait_until(lambda: "heartbeat was not heard" in duband.text(), "the warning")
        duband.reload_by_signal()
        server.wait_for("/ping/planted-heart", 2)
        duband.stop()
        self.assertNotIn("planted-heart", duband.text())

    def test_a_pretended_time_has_no_heart(self):
        server = self.beating({"/ping/planted-heart": [(200, {})]})
        duband = self.living("--pretend", EVE)
        wait_until(lambda: self.metric("duban_ledger_commit_seconds_count"), "a commit")
        duband.stop()
        self.assertEqual(server.requests, [])


class Log(Watched):
    """Lines that can be searched for, and that keep what must not be read."""

    def test_each_attempt_has_a_line_with_what_it_is_about(self):
        duband = self.living("--pretend", EVE)
        line = re.compile(rf"info .*attempt 1: delivered plan={PLAN} unit=\S*edu\S* notice=ntc_\w+ "
                          r"channel=folder outcome=delivered reason=accepted")
        wait_until(lambda: line.search(duband.text()), "the line of an attempt")

    def test_a_failure_is_one_warning(self):
        server = self.server({"/gone": [(410, {})]})
        self.office.hook_channel(new_secret())
        self.office.route("edu-liaison", f"hook:{server.url}/gone")
        duband = self.living("--pretend", EVE)
        ended = wait_until(lambda: re.findall(r"warning .* notice=(ntc_\w+) channel=hook",
                                              duband.text()), "the warning")
        duband.stop()
        for notice in set(ended):
            warnings = [one for one in duband.text().splitlines()
                        if notice in one and " warning " in one]
            self.assertEqual(len(warnings), 1, warnings)
            self.assertIn("endpoint-gone", warnings[0])

    def test_the_journal_answers_for_a_unit_a_plan_and_a_notice(self):
        if why := JournalSocket.problem():
            self.skipTest(why)
        journal = JournalSocket(self.office.folder)
        self.addCleanup(journal.close)
        duband = Daemon(self.office.config, "--pretend", EVE, prefix=journal.prefix,
                        environment=journal.environment)
        self.addCleanup(duband.close)
        duband.ready()
        line = wait_until(lambda: journal.about(unit="edu", plan=PLAN, outcome="delivered"),
                          "a line about edu")[0]
        self.assertRegex(line["MESSAGE"][0], r"^\(pretended\) attempt 1: delivered$")
        self.assertEqual((line["PRIORITY"], line["DUBAN_REASON"], line["DUBAN_CHANNEL"],
                          line["DUBAN_PRETENDED"]), (["6"], ["accepted"], ["folder"], ["1"]))
        notice = line["DUBAN_NOTICE"][0]
        self.assertEqual(len(journal.about(notice=notice)), 2, "written, and delivered")
        self.assertEqual(journal.about(unit="nobody"), [])

    def test_no_secret_is_in_anything_that_is_said_at_any_level(self):
        planted = {name: f"planted-{name}-6b1f" for name in
                   ("smtp", "heart", "hook-path", "hook-query", "proxy")}
        planted["hook-key"] = new_secret()
        server = EchoServer()
        self.addCleanup(server.close)
        certificate = certificate_for_loopback(self.office.folder)
        mail = MailServer(tls="starttls", users={"duban": "another word"}, certificate=certificate)
        self.addCleanup(mail.close)
        self.office.hook_channel(planted["hook-key"])
        self.office.hook_channel(
            planted["hook-key"], name="proxied",
            lines=[f'proxy = "http://planted:{planted["proxy"]}@127.0.0.1:{free_port()}"'])
        self.office.secret("smtp.secret", planted["smtp"])
        self.office.mail_channel(mail.port, f'url = "smtp://127.0.0.1:{mail.port}"',
                                 'tls = "starttls"', 'user = "duban"',
                                 'password = { file = "smtp.secret" }', f'ca = "{certificate[0]}"')
        self.office.secret("heart.secret", f"{server.url}/{planted['heart']}")
        self.office.append("duband.toml", """
[heartbeat]
url = { file = "heart.secret" }
allow_private = true
""")
        way = f"{server.url}/{planted['hook-path']}?key={planted['hook-query']}"
        self.office.route("edu-liaison", f"hook:{way}")
        self.office.route("water-liaison", f"proxied:{way}")
        self.office.route("transport-liaison", "mail:liaison@transport.example.org")
        self.trace_a_life(server, planted)

    def trace_a_life(self, server, planted):
        duband = self.living("--pretend", EVE, "--log-level", "trace")
        for channel in ("hook", "proxied", "mail"):
            line = re.compile(rf"attempt \d+: \w+.* channel={channel} ")
            wait_until(lambda line=line: line.search(duband.text()), f"an attempt by {channel}")
        self.assertTrue(server.requests)
        said = [str(duband.ctl(*words)) for words in (
            ("send-test", "--unit", "edu"), ("status",), ("notices", "--json"), ("check",),
            ("reload",))]
        duband.stop()
        real = self.living("--log-level", "trace")
        wait_until(lambda: "heartbeat was not heard" in real.text(), "a beat")
        real.stop()
        ledgers = b"".join(p.read_bytes() for p in sorted(self.office.state.glob("*.sqlite*")))
        self.assertTrue(ledgers)
        heard = {"duband's log": duband.text() + real.text(), "dubanctl": "\n".join(said),
                 "the ledger": ledgers.decode("latin-1")}
        self.assertIn(" debug ", heard["duband's log"], "the level is not what was asked for")
        self.assertIn("cannot POST", heard["dubanctl"], "the receivers repeated nothing")
        for name, secret in planted.items():
            for where, words in heard.items():
                self.assertNotIn(secret, words, f"{name} in {where}")


if __name__ == "__main__":
    unittest.main()
