"""Asking why: from a message back to the line in the file, and why nothing was sent."""

import unittest

from office import Office
from programs import Daemon, dubanctl
from waiting import wait_until

# the day the table of May is due at 17:00; the note of the day goes out at 09:00
EVE = "2022-05-25T08:59:45+08:00"
TABLE = ("monthly-table", "2022-05")


class Explain(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.duband = Daemon(self.office.config, "--pretend", EVE)
        self.addCleanup(self.duband.close)
        self.duband.ready()

    def notices(self):
        listed = self.duband.ctl("notices", "--json")
        self.assertEqual(listed.code, 0, listed)
        return listed.json()["notices"]

    def carrying(self, kind, unit=None):
        """The first delivered notice that carries an item of a kind."""
        return [n for n in self.notices() if n["state"] == "delivered"
                and any(i["kind"] == kind and unit in (None, i["unit"]) for i in n["items"])]

    def told(self, kind, unit=None):
        return wait_until(lambda: self.carrying(kind, unit), f"a notice that tells {kind}", 40)[0]

    def well(self, *words):
        said = self.duband.ctl(*words)
        self.assertEqual(said.code, 0, said)
        return said

    def line_of(self, needle):
        """Which line of plan.toml holds this."""
        text = (self.office.folder / self.office.plan_file("plan.toml")).read_text("utf-8")
        return 1 + text[:text.index(needle)].count("\n")

    def test_one_message_of_each_kind_is_led_back_to_what_it_followed_from(self):
        self.told("start", "edu")
        self.told("stage", "edu")
        self.well("extend", *TABLE, "edu", "--until", "05-27 17:00")
        self.well("excuse", *TABLE, "water", "--reason", "防汛期间免报")
        self.office.edit(self.office.plan_file("plan.toml"), r'^ladder = "monthly"',
                         'ladder = "monthyl"')
        self.assertNotEqual(self.duband.ctl("reload").code, 0)
        expected = {"start": ("edu", "由 duban 管"),
                    "stage": ("transport", "还没有登记收到"),
                    "change": ("edu", "准予延期到5月27日(周五)17:00"),
                    "gone": ("water", "防汛期间免报"),
                    "trouble": ("office", "bad-files")}
        for kind, (unit, words) in expected.items():
            notice = self.told(kind, unit)
            with self.subTest(kind=kind, notice=notice["id"]):
                page = self.well("explain", notice["id"]).out
                self.assertIn(words, page)
                self.assertIn("sha256:", page)
                english = self.well("explain", notice["id"], "--lang", "en").out
                self.assertEqual(page.count("\n"), english.count("\n"))
                whole = self.well("explain", notice["id"], "--json").json()
                self.assertEqual(whole["explanation"]["notice"]["id"], notice["id"])
                self.assertEqual(whole["text"], page)

    def test_the_line_is_cited_as_it_was_when_the_message_went_out(self):
        notice = self.told("stage", "transport")
        line = self.line_of('due    = "25 17:00"')
        cited = f'plans/wuhan-2022-1/plan.toml:{line}  due    = "25 17:00"'
        self.assertIn(cited, self.well("explain", notice["id"]).out)
        self.office.edit(self.office.plan_file("plan.toml"), r'^due    = "25 17:00"',
                         '\n\ndue    = "26 17:00"')
        self.well("reload")
        self.assertIn(cited, self.well("explain", notice["id"]).out)
        now = self.well("explain", "--unit", "市交通运输局", "--duty", "monthly-table").out
        self.assertIn(f'plan.toml:{line + 2}  due    = "26 17:00"', now)

    def test_what_was_not_sent_says_why(self):
        self.well("received", *TABLE, "edu", "--at", "05-24 16:40")
        self.told("stage", "transport")
        page = self.well("explain", "--unit", "市教育局", "--duty", "月调度表",
                         "--period", "5").out
        self.assertIn("没有发:已报", page)
        self.assertIn("5月24日(周二)16:40报来", page)
        whole = self.well("explain", "--unit", "edu", "--duty", "monthly-table",
                          "--json").json()["explanation"]
        self.assertIsNone(whole["notice"])
        # May is in, so the one that matters now is June
        self.assertEqual(whole["duties"][0]["periods"][0]["period"], "2022-06")
        english = self.well("explain", "--unit", "transport", "--duty", "monthly-table",
                            "--lang", "en").out
        self.assertIn("not yet", english)

    def test_what_nobody_knows_is_refused_with_a_way(self):
        said = self.duband.ctl("explain", "ntc_01G3ZZZZZZZZZZZZZZZZZZZZZZ")
        self.assertEqual(said.code, 2, said)
        self.assertIn("dubanctl notices", said.err)
        for words in ((), ("--unit", "edu"), ("ntc_x", "--unit", "edu", "--duty", "summary"),
                      ("--unit", "edux", "--duty", "monthly-table"),
                      ("--unit", "edu", "--duty", "monthly-tabel"), ("ntc_x", "--lang", "fr")):
            with self.subTest(words=words):
                said = self.duband.ctl("explain", *words)
                self.assertEqual(said.code, 2, said)
                self.assertTrue(said.err.strip())


class WithoutADaemon(unittest.TestCase):
    def test_a_daemon_that_is_not_there_is_exit_3(self):
        with Office() as office:
            said = dubanctl(office.config, "explain", "ntc_x")
            self.assertEqual(said.code, 3, said)
            self.assertIn("duband", said.err)
