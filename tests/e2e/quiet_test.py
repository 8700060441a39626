"""What holds messages back: silences that end by themselves, a storm that the office lets go."""

import unittest

from office import Office
from programs import Daemon
from waiting import wait_until

# Friday, five minutes before the reminder of May's table goes out at 09:00
EVE = "2022-05-20T08:59:50+08:00"
# Monday of the week after, in the plan's hours
MONDAY = "2022-05-16T10:00:00+08:00"


class Held(unittest.TestCase):
    def start(self, moment, *options):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.duband = Daemon(self.office.config, "--pretend", moment, *options)
        self.addCleanup(self.duband.close)
        return self.duband.ready()

    def notices(self, *words):
        listed = self.duband.ctl("notices", *words, "--json")
        self.assertEqual(listed.code, 0, listed)
        return listed.json()["notices"]

    def reminded(self, unit):
        return [n for n in self.notices("--unit", unit) for i in n["items"]
                if i["unit"] == unit and (i["stage"] or "").startswith("remind")]


class Silence(Held):
    def test_a_silenced_unit_is_left_alone_and_hears_the_newest_at_the_end(self):
        duband = self.start(EVE)
        said = duband.ctl("silence", "--unit", "市教育局", "--until", "09:01", "--why", "防汛")
        self.assertEqual(said.code, 0, said)
        self.assertIn("已静默", said.out)
        listed = duband.ctl("silence")
        self.assertIn("市教育局", listed.out)
        self.assertIn("防汛", listed.out)
        self.assertIn("防汛", duband.ctl("status").out)
        wait_until(lambda: self.reminded("transport"), "the others' reminder", 40)
        self.assertEqual(self.reminded("edu"), [])
        wait_until(lambda: self.reminded("edu"), "the reminder at the silence's end", 90)
        self.assertEqual(len(self.reminded("edu")), 1)

    def test_it_can_be_ended_early_by_its_number(self):
        duband = self.start(EVE)
        said = duband.ctl("silence", "--unit", "edu", "--until", "05-31", "--why", "防汛", "--json")
        number = said.json()["facts"][0]["seq"]
        ended = duband.ctl("silence", "--end", str(number))
        self.assertEqual(ended.code, 0, ended)
        self.assertIn("没有静默", duband.ctl("silence").out)
        wait_until(lambda: self.reminded("edu"), "the reminder", 40)

    def test_what_cannot_be_is_refused_with_a_way(self):
        duband = self.start(EVE)
        for words, part in ((("--until", "05-31", "--why", "x"), "--unit"),
                            (("--unit", "edux", "--until", "05-31", "--why", "x"), "edu"),
                            (("--unit", "edu", "--why", "x"), "until"),
                            (("--unit", "edu", "--until", "05-01", "--why", "x"), "05-01"),
                            (("--unit", "edu", "--until", "05-31", "--stage", "remnd", "--why",
                              "x"), "remind")):
            with self.subTest(words=words):
                said = duband.ctl("silence", *words)
                self.assertIn(said.code, (1, 2), said)
                self.assertIn(part, said.err + said.out)


class Storm(Held):
    def move_the_tables(self):
        self.office.edit(self.office.plan_file("plan.toml"), r'^due    = "25 17:00"',
                         'due    = "27 17:00"')

    def test_a_flood_of_changes_waits_until_the_office_lets_it_go(self):
        duband = self.start(MONDAY)
        wait_until(lambda: not [n for n in self.notices() if n["state"] in ("queued", "sending")],
                   "the start letters to be out")
        self.move_the_tables()
        said = duband.ctl("reload")
        self.assertEqual(said.code, 0, said)
        held = wait_until(lambda: self.notices("--state", "drafted"), "the changes to be held")
        self.assertGreater(len(held), 20)
        self.assertTrue(all(i["kind"] == "change" for n in held for i in n["items"]))
        asked = [n for n in self.notices("--unit", "office")
                 for i in n["items"] if i["kind"] == "trouble"]
        self.assertEqual(len(asked), 1)
        status = duband.ctl("status")
        self.assertEqual(status.code, 1)
        self.assertIn("release storm", status.out)
        freed = duband.ctl("release", "storm")
        self.assertEqual(freed.code, 0, freed)
        wait_until(lambda: len([n for n in self.notices("--state", "delivered")
                                for i in n["items"] if i["kind"] == "change"]) >= len(held),
                   "the changes to go out")
        self.assertEqual(self.notices("--state", "drafted"), [])
        self.assertEqual(duband.ctl("status").code, 0, duband.ctl("status"))

    def test_without_a_storm_there_is_nothing_to_let_go(self):
        duband = self.start(MONDAY)
        said = duband.ctl("release", "storm")
        self.assertIn(said.code, (1, 2), said)
        self.assertIn("没有压下", said.err)


class Handover(Held):
    def test_a_new_liaison_gets_one_list_and_the_former_one_nothing_more(self):
        duband = self.start(MONDAY)
        wait_until(lambda: [n for n in self.notices("--unit", "edu", "--state", "delivered")],
                   "the start letter to be out")
        former = len(self.notices("--unit", "edu"))
        self.office.edit(self.office.plan_file("units.toml"), r'^id       = "edu-liaison"',
                         'id       = "edu-liaison-2"')
        self.office.edit(self.office.plan_file("units.toml"), r'liaison@edu\.example\.org',
                         'new@edu.example.org')
        said = duband.ctl("reload")
        self.assertEqual(said.code, 0, said)
        lists = wait_until(lambda: [n for n in self.notices("--unit", "edu")
                                    if n["contact"] == "edu-liaison-2"], "the handover list")
        self.assertEqual([i["kind"] for n in lists for i in n["items"]], ["handover"])
        self.assertEqual(len(self.notices("--unit", "edu")), former + 1)
        wait_until(lambda: any(b"new@edu.example.org" in p for p in self.office.outbox().values()),
                   "its letter")


if __name__ == "__main__":
    unittest.main()
