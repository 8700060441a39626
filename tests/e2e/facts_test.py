"""What the office records: who has handed in is left alone, who has not is told."""

import unittest

from office import Office
from programs import Daemon
from waiting import wait_until

# the day the table of May is due at 17:00; the note of the day goes out at 09:00
EVE = "2022-05-25T08:59:45+08:00"


class Facts(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.duband = Daemon(self.office.config, "--pretend", EVE)
        self.addCleanup(self.duband.close)
        self.duband.ready()

    def told(self, unit, stage):
        """The items of a stage of the table of May that a unit's notices carry."""
        listed = self.duband.ctl("notices", "--unit", unit, "--json")
        self.assertEqual(listed.code, 0, listed)
        return [i for n in listed.json()["notices"] for i in n["items"]
                if (i["duty"], i["period"]) == ("monthly-table", "2022-05")
                and i["unit"] == unit and (i["stage"] or "").startswith(stage)]

    def test_who_has_handed_in_is_left_alone_on_the_day_and_others_are_told(self):
        said = self.duband.ctl("received", "monthly-table", "2022-05", "edu", "--at",
                               "05-24 16:40")
        self.assertEqual(said.code, 0, said)
        wait_until(lambda: self.told("transport", "due"), "the note of the day", 40)
        self.assertEqual(self.told("edu", "due"), [])

    def test_a_wrong_entry_that_is_voided_counts_no_more(self):
        for words in (("received", "monthly-table", "2022-05", "edu", "--at", "05-24 16:40"),
                      ("void", "monthly-table", "2022-05", "edu")):
            said = self.duband.ctl(*words)
            self.assertEqual(said.code, 0, said)
        wait_until(lambda: self.told("edu", "due"), "the note of the day", 40)

    def test_a_time_in_the_future_or_a_name_nobody_has_is_refused(self):
        for words in (("received", "monthly-table", "2022-05", "edu", "--at", "05-25 23:00"),
                      ("received", "monthly-table", "2022-05", "edux", "--at", "05-24 16:40"),
                      ("received", "monthly-tabel", "2022-05", "edu", "--at", "05-24 16:40")):
            with self.subTest(words=words):
                said = self.duband.ctl(*words)
                self.assertIn(said.code, (1, 2), said)
                self.assertTrue(said.err.strip() or said.out.strip())

    def test_many_are_recorded_in_one_line(self):
        said = self.duband.ctl("received", "monthly-table", "2022-05", "edu", "transport", "water",
                               "--at", "05-24 16:40")
        self.assertEqual(said.code, 0, said)
        wait_until(lambda: self.told("environment", "due"), "the note of the day", 40)
        for unit in ("edu", "transport", "water"):
            self.assertEqual(self.told(unit, "due"), [], unit)
