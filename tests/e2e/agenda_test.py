"""dubanctl agenda against tests/source/agenda_oracle.py, which shares nothing with duban's code."""

import json
import subprocess
import unittest

from office import Office
from programs import ROOT, dubanctl

FIELDS = ("duty", "period", "stage", "at", "due")


def oracle(year, config):
    run = subprocess.run(["/usr/bin/python3", ROOT / "tests/source/agenda_oracle.py", str(year),
                          "--config", config], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def keys(rows, first, last):
    return sorted({tuple(r[f] for f in FIELDS) for r in rows if first <= r["at"][:10] <= last})


class Agenda(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)

    def agenda(self, *options):
        answer = dubanctl(self.office.config, "agenda", "--json", *options)
        self.assertEqual(answer.code, 0, answer)
        return answer.json()["stages"]

    def agrees(self, year, first, last):
        rows = self.agenda("--from", first, "--to", last)
        self.assertEqual(keys(rows, first, last),
                         keys(oracle(year, self.office.folder), first, last))
        self.assertEqual([r["at"] for r in rows], sorted(r["at"] for r in rows))
        return rows

    def test_2022_agrees_instant_by_instant(self):
        rows = self.agrees(2022, "2022-03-01", "2022-12-31")
        self.assertGreater(len(rows), 60)
        one = next(r for r in rows if r["duty"] == "monthly-table" and r["period"] == "2022-05"
                   and r["stage"] == "remind -3wd 09:00")
        self.assertEqual((one["at"], one["due"], len(one["units"])),
                         ("2022-05-20T09:00:00+08:00", "2022-05-25T17:00:00+08:00", 28))

    def test_2026_agrees_by_one_changed_line(self):
        self.office.edit(self.office.plan_file("plan.toml"), r"^year\s*=\s*2022", "year     = 2026")
        self.agrees(2026, "2026-01-01", "2026-12-31")

    def test_one_unit_is_asked_for_what_it_owes(self):
        rows = self.agenda("--from", "2022-03-01", "--to", "2022-12-31", "--unit", "edu")
        self.assertTrue(rows)
        self.assertTrue(all("edu" in r["units"] for r in rows))
