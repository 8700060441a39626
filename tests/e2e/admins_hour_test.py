"""An admin's hour at the terminal: next month's table should be due on the 20th, not the 25th.

The transcript is kept as it reads (tests/golden/hour/transcript.txt); what differs from run to run
(ids, hashes, the minute, who ran it) is put in one form. DUBAN_UPDATE_GOLDEN=1 writes it anew.
"""

import os
import re
import unittest

from office import Office
from programs import ROOT, Daemon
from waiting import wait_until

GOLDEN = ROOT / "tests/golden/hour/transcript.txt"
MONDAY = "2022-07-04T10:00:00+08:00"
# five seconds before the reminder of the table that is then due on the 20th
REMINDER = "2022-07-15T08:59:55+08:00"


class AdminsHour(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.transcript = []
        self.start(MONDAY)

    def start(self, moment):
        self.duband = Daemon(self.office.config, "--pretend", moment)
        self.addCleanup(self.duband.close)
        self.duband.ready()

    def say(self, text):
        self.transcript.append(text)

    def run_verb(self, *words, code=0):
        said = self.duband.ctl(*words)
        self.assertEqual(said.code, code, said)
        shown = " ".join(f'"{w}"' if " " in w else w for w in words)
        self.say(f"$ dubanctl {shown}\n{said.out}{said.err}")
        return said.out

    def due(self, pattern, text):
        self.office.edit(self.office.plan_file("plan.toml"), pattern, text)
        self.say(f"(把 monthly-table 的 due 改成:{text})\n")

    def notices(self):
        return self.duband.ctl("notices", "--unit", "edu", "--json").json()["notices"]

    def told(self, kind, stage=""):
        """The newest delivered notice to the unit that carries a kind of item."""
        def found():
            return [n for n in self.notices() if n["state"] == "delivered"
                    and any(i["kind"] == kind and (i["stage"] or "").startswith(stage)
                            for i in n["items"])]
        return wait_until(found, f"a {kind} {stage} to be delivered", 40)[-1]["id"]

    def plain(self):
        text = "\n".join(self.transcript).replace(str(self.office.folder), "config")
        for pattern, form in ((r"ntc_[0-9A-Z]{26}", "ntc_…"), (r"sha256:[0-9a-f]+", "sha256:…"),
                              (r"--if [0-9a-f]+", "--if HASH"), (r"(?<!\d)10:0\d", "10:00"),
                              (r"(?<!\d)9:0\d", "9:00"), (r"第\d+号", "第N号"),
                              (r"已登记 \d+", "已登记 N"),
                              (r"由 \S+ 登记", "由 admin 登记"), (r" +\n", "\n")):
            text = re.sub(pattern, form, text)
        return text

    def test_reads_as_it_was_written(self):
        start = self.told("start")
        self.due(r'^due    = "25 17:00"', 'due    = "20 17.00"')
        self.run_verb("check", code=1)
        self.due(r'^due    = "20 17\.00"', 'due    = "20 17:00"')
        shown = self.run_verb("diff", code=1)
        self.run_verb("reload", "--if", shown.split()[-1])
        self.run_verb("agenda", "--duty", "monthly-table", "--from", "07-01", "--to", "07-31")
        change = self.told("change")
        self.run_verb("explain", start)
        self.run_verb("explain", change)
        self.assertEqual(self.duband.stop(), 0)
        self.say("(7月15日)\n")
        self.start(REMINDER)
        self.run_verb("explain", self.told("stage", "remind"))
        self.run_verb("received", "monthly-table", "07", "water", "--at", "07-14 16:40")
        self.run_verb("explain", "--unit", "water", "--duty", "monthly-table", "--period", "07")
        self.keep(self.plain())

    def keep(self, text):
        if os.environ.get("DUBAN_UPDATE_GOLDEN"):
            GOLDEN.parent.mkdir(parents=True, exist_ok=True)
            GOLDEN.write_text(text, encoding="utf-8")
        self.assertEqual(text, GOLDEN.read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
