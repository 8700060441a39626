"""The operator's page: each of its entries is played as it stands there, on a daemon in that
trouble, and what must come of it comes."""

import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import manual
from chat_server import KEYS, ChatServer
from kill_plan import BEGIN, BesetOffice
from killed_peers import Peers
from ledger_rows import Ledger
from ledger_test import spoil_index
from machine_clock import MachineClock
from mail_server import MailServer
from office import Office
from programs import ROOT, Daemon, dubanctl
from small_disk import SmallDisk
from waiting import wait_until

PAGE = "duban-runbook.7"
EVE = "2022-03-28T08:59:50+08:00"
NO_DISK = SmallDisk.problem()


def shows(entry):
    """How the page says that a trouble is recognised."""
    text = manual.PAGES[PAGE].read_text(encoding="utf-8")
    section = re.search(rf"^\.Sh {entry}\n(.*?)(?=^\.Sh )", text, re.MULTILINE | re.DOTALL)[1]
    return re.findall(r"^\.(?:Pq )?Dq Li (.+?)(?: [;,.])?$", section, re.MULTILINE)


class Runbook(unittest.TestCase):
    """`outside`: what a command of the machine does here, by its first two words. `machine`: the
    root of its file system."""

    machine = Path("/")

    def begin(self, office, *options, **more):
        self.office, self.options, self.more = office, options, more
        self.outside = {}
        self.home, self.backups = self.folder("home"), self.folder("backups")
        self.duband = self.life().ready()

    def folder(self, name):
        made = tempfile.TemporaryDirectory(prefix=f"duban-{name}-")
        self.addCleanup(made.cleanup)
        return Path(made.name)

    def life(self):
        return self.enter(Daemon(self.office.config, *self.options, **self.more))

    def enter(self, context):
        self.addCleanup(context.close)
        return context

    def play(self, moment, names=()):
        """The commands of one block, in their order."""
        found = [e for e in manual.examples() if (e.page, e.where) == (PAGE, moment)]
        self.assertTrue(found, moment)
        for example in found:
            with self.subTest(example=example.text):
                self.type(example, dict(names))

    def type(self, example, names):
        here = {"/etc/duban": self.office.folder, "/var/lib/duban": self.office.state,
                "/var/backups/duban": self.backups}
        words = [re.sub("^(" + "|".join(here) + ")", lambda m: str(here[m[0]]), word)
                 for word in (names.get(manual.NOTICE.match(w) and w, w) for w in example.words)]
        words = [str(self.machine) if word == "/" else word for word in words]
        known = self.outside.get(" ".join(words[:2]))
        if words[0] == "dubanctl":
            done = self.ctl(*words[1:])
            self.assertIn(done.code, example.exits, done)
        elif words[0] == "systemctl":
            self.systemctl(words[1], words[-1])
        elif known is not None:
            known()
        else:
            words = [w for w in words if w not in ("-g", "duban")]  # a group of the package
            done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False,
                                  cwd=self.home)
            self.assertEqual(done.returncode, 0, done.stderr)

    def systemctl(self, verb, unit):
        self.assertEqual(unit, "duband")
        self.assertTrue((ROOT / f"systemd/{unit}.service").is_file())
        if verb in ("stop", "disable", "restart"):
            self.duband.stop()
        if verb in ("start", "restart"):
            self.duband = self.life().ready()

    def ctl(self, *words):
        return dubanctl(self.office.config, *words)

    def problems(self):
        return {p["code"] for p in self.ctl("status", "--json").json()["problems"]}

    def notices(self, *words):
        return self.ctl("notices", *words, "--json").json()["notices"]


class Beset(Runbook):
    """A paper is asked for every five minutes."""

    def beset(self):
        self.peers = self.enter(Peers())
        ports = self.peers.ports
        office = self.enter(BesetOffice(ports["hook"], ports["hook"], ports["mail"], 3, 0))
        office.ask_for_papers(2)
        return office

    def settle(self):
        self.ledger = Ledger(self.office.state / "ledger.sqlite")
        wait_until(lambda: len(self.peers.arrivals) == 3 and not self.ledger.open(),
                   "the start letters")

    def assert_each_told_once(self, count):
        wait_until(lambda: len(self.peers.arrivals) >= count and not self.ledger.open(),
                   f"{count} arrivals", 60)
        ids = [a.id for a in self.peers.arrivals]
        self.assertEqual(len(ids), count)
        self.assertEqual(len(set(ids)), count)


@unittest.skipUnless(MachineClock.tell_timers(),
                     "only who may set the clock can have the kernel tell of it")
class Clock(Beset):
    def setUp(self):
        office = self.beset()
        self.clock = self.enter(MachineClock(office.next_mark(BEGIN) - 30))
        self.begin(office, environment=self.clock.environment)
        self.settle()
        self.step(3 * 3600)
        wait_until(lambda: "clock-step" in self.problems(), "the step to be held")
        self.assertIn(shows("THE CLOCK IS WRONG")[0], self.ctl("status").out)

    def step(self, seconds):
        self.clock.step(seconds)
        self.assertTrue(MachineClock.tell_timers())

    def test_that_is_wrong_is_set_right(self):
        self.outside = {"timedatectl": lambda: None,
                        "timedatectl set-ntp": lambda: self.step(-3 * 3600)}
        self.play("clock-wrong")
        wait_until(lambda: not self.problems(), "the hold to end")
        self.assertEqual(self.ctl("status").code, 0)
        # half a minute before the first mark again: the step told nobody anything
        self.assert_each_told_once(3)
        self.step(60)
        self.assert_each_told_once(6)

    def test_that_is_right_is_accepted(self):
        self.play("clock-right")
        # both papers at once, in one message
        self.assert_each_told_once(6)
        self.assertEqual(self.problems(), set())


@unittest.skipIf(NO_DISK, f"no small file system here: {NO_DISK}")
class Disk(Beset):
    def test_that_is_full_gets_room(self):
        office = self.beset()
        disk = self.enter(SmallDisk(office.state))
        clock = self.enter(MachineClock(BEGIN))
        self.begin(office, environment=clock.environment)
        self.settle()
        self.assertEqual(self.duband.stop(), 0)
        clock.set_to(office.next_mark(clock.now()) - 1)
        self.duband = self.life().ready()
        disk.fill()
        wait_until(lambda: "ledger-failing" in self.problems(), "status to say so")
        self.assertIn(shows("THE DISK IS FULL")[0], self.ctl("status").out)
        self.outside = {"journalctl --vacuum-size=200M": disk.free}
        self.play("disk")
        self.assert_each_told_once(6)
        wait_until(lambda: self.ctl("status").code == 0, "all to be well")


class Mail(Runbook):
    def test_goes_by_the_new_server(self):
        office = self.enter(Office())
        old, new = self.enter(MailServer()), self.enter(MailServer())
        old.refuse("edu@wuban.example.org", "550 5.1.1 no such user")
        old.refuse("water@wuban.example.org", "451 4.3.0 not now")
        office.mail_channel(old.port)
        office.route("edu-liaison", "mail:edu@wuban.example.org")
        office.route("water-liaison", "mail:water@wuban.example.org")
        self.begin(office, "--pretend", EVE, "--speed", "60")
        wait_until(lambda: self.notices("--state", "failed"), "one to fail for good", 60)
        wait_until(lambda: any(n["attempts"] for n in self.notices("--unit", "water")),
                   "one to be put off", 60)
        self.assertIn(shows("THE MAIL SERVER HAS CHANGED")[0], self.ctl("status").out)
        office.edit("duband.toml", rf"smtp://127\.0\.0\.1:{old.port}",
                    f"smtp://127.0.0.1:{new.port}")
        self.play("mail")
        waiting = next(n["id"] for n in self.notices("--unit", "water")
                       if n["state"] == "retrying")
        failed = next(n["id"] for n in self.notices("--unit", "edu") if n["state"] == "failed")
        self.play("mail-again", {"ntc_01G6J8PBZ0WAITING00000000A": waiting,
                                 "ntc_01G6J8PBZ0FAILED000000000A": failed})
        for unit, was in (("water", waiting), ("edu", failed)):
            letter = wait_until(lambda: self.again(new, f"{unit}@wuban.example.org"), unit, 60)[0]
            self.assertIn(was, letter.message.get_body(("plain",)).get_content())
        state = next(n["state"] for n in self.notices("--unit", "water") if n["id"] == waiting)
        self.assertEqual(state, "superseded")

    @staticmethod
    def again(server, address):
        return [m for m in server.to(address) if "补发" in m.message["subject"]]


class Bot(Runbook):
    def test_gets_a_new_key(self):
        office = self.enter(Office())
        server = self.enter(ChatServer())
        (office.folder / "secrets").mkdir()
        office.secret("secrets/wecom", "the-leaked-key")
        office.bot_channel("wecom", server.url, "secrets")
        office.route("edu-liaison", "wecom:工作群")
        self.begin(office, "--pretend", EVE, "--speed", "60")
        wait_until(lambda: self.notices("--state", "failed"), "the bot to be refused", 60)
        failed = self.notices("--state", "failed")[0]
        self.assertEqual(failed["reason"], shows("A BOT'S URL HAS LEAKED")[0])
        (self.home / "new-key").write_text(KEYS["/wecom"] + "\n", encoding="utf-8")
        self.play("bot")
        self.assertFalse((self.home / "new-key").exists())
        self.assertTrue(server.wait_for("/wecom"))
        self.play("bot-again", {"ntc_01G6J8PBZ0FAILED000000000A": failed["id"]})
        wait_until(lambda: [text for _, text in server.at("/wecom") if "补发" in text],
                   "the failed one", 60)


class DamagedLedger(Runbook):
    def test_is_left_for_the_newest_copy(self):
        office = self.enter(Office())
        self.begin(office)
        name = next(word for e in manual.examples() if (e.page, e.where) == (PAGE, "ledger")
                    for word in e.words if word.startswith("/var/backups/duban/"))
        self.assertEqual(self.ctl("ledger", "backup", self.backups / Path(name).name).code, 0)
        self.assertEqual(self.duband.stop(), 0)
        ledger = office.state / "ledger.sqlite"
        spoil_index(ledger)
        spoilt = ledger.read_bytes()
        refused = self.life()
        self.assertEqual(refused.process.wait(20), 2)
        self.assertIn(shows("THE LEDGER IS DAMAGED")[0], refused.text())
        self.play("ledger")
        self.assertIn(spoilt, [f.read_bytes() for f in office.state.glob("ledger.2*.sqlite")])
        self.assertEqual(self.duband.stop(), 0)


class Machine(Beset):
    @staticmethod
    def installed(office, root):
        """An office's files where a machine has them."""
        shutil.copytree(office.folder, root / "etc/duban", ignore=shutil.ignore_patterns(
            "state", "*.log", "*.sock"))
        moved = Office.at(root / "etc/duban", root / "var/lib/duban")
        moved.state.mkdir(parents=True)
        moved.edit("duband.toml", r"^state\s*=.*$", 'state = "../../var/lib/duban"')
        moved.edit("duband.toml", r"^socket\s*=.*$", 'socket = "../../duban.sock"')
        return moved

    def test_is_moved_and_nobody_is_told_twice(self):
        office = self.beset()
        machines = self.folder("machines")
        clock = self.enter(MachineClock(office.next_mark(BEGIN) - 30))
        old = self.installed(office, machines / "old")
        new = self.installed(self.enter(Office()), machines / "new")
        self.begin(old, environment=clock.environment)
        self.machine = machines / "old"
        self.settle()
        self.play("move-from")
        shutil.copy(self.home / "duban.tar.gz", machines)
        clock.pass_by(60)
        self.machine = machines / "new"
        self.begin(new, environment=clock.environment)
        shutil.copy(machines / "duban.tar.gz", self.home)
        self.play("move-to")
        self.assertEqual([p["id"] for p in self.ctl("status", "--json").json()["plans"]], ["beset"])
        self.assert_each_told_once(6)


if __name__ == "__main__":
    unittest.main()
