"""What is ordered in a meeting, added while duband runs: the unit is told, and received ends it."""

import unittest

from office import Office
from programs import Daemon
from waiting import wait_until

MONDAY = "2022-06-13T09:30:00+08:00"


class Ordered(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.duband = Daemon(self.office.config, "--pretend", MONDAY)
        self.addCleanup(self.duband.close)
        self.duband.ready()

    def well(self, *words):
        said = self.duband.ctl(*words)
        self.assertEqual(said.code, 0, said)
        return said

    def items_of(self, unit, duty):
        listed = self.well("notices", "--unit", unit, "--json").json()["notices"]
        return [i for n in listed for i in n["items"] if (i["unit"], i["duty"]) == (unit, duty)]

    def done(self, verb):
        return [one["done"] for one in self.well(verb, "--json").json()[verb + "s"]]

    def test_an_action_is_told_at_once_and_is_done_when_all_have_reported(self):
        said = self.well("action", "--source", "6月10日协商会议定", "--clause", "2.2a", "--who",
                         "市交通运输局", "市城建局", "--name", "答复断头路的意见", "--due", "07-15")
        self.assertIn("duband 已用新文件", said.out)
        for unit in ("transport", "construction"):
            wait_until(lambda u=unit: self.items_of(u, "2.2a-1"), "the unit is told", 40)
        self.assertEqual(self.done("action"), [0])
        self.well("received", "2.2a-1", "2022", "transport", "--at", "06-13 09:30")
        self.assertEqual(self.done("action"), [1])
        self.assertIn("2家办结1家", self.well("action").out)
        self.well("received", "2.2a-1", "2022", "construction", "--at", "06-13 09:30")
        self.assertIn("已办结", self.well("action").out)

    def test_a_milestone_that_moves_is_told_as_a_change(self):
        self.well("milestone", "--unit", "武汉地铁集团", "--clause", "2.2b", "--name", "某线开工",
                  "--due", "07-15")
        wait_until(lambda: self.items_of("metro", "2.2b-1"), "the unit is told", 40)
        self.well("milestone", "2.2b-1", "--due", "07-29")
        wait_until(lambda: [i for i in self.items_of("metro", "2.2b-1") if i["kind"] == "change"],
                   "the unit hears of the new date", 40)
