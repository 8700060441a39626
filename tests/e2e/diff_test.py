"""dubanctl diff: an edit shown as its effect, and reload --if taking just that edit."""

import re
import unittest

from office import PLAN, Office
from programs import Daemon, dubanctl
from waiting import wait_until

SPRING = "2022-03-22T10:00:00+08:00"
JULY = "2022-07-04T10:00:00+08:00"
DUE_25 = r'^due    = "25 17:00"'


class Diff(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)

    def start(self, moment):
        duband = Daemon(self.office.config, "--pretend", moment)
        self.addCleanup(duband.close)
        duband.ready()
        wait_until(lambda: not self.unfinished(duband), "every notice to end", 60)
        return duband

    def july(self):
        """A plan whose start was told in March, on the admin's morning in July."""
        self.start(SPRING).stop()
        return self.start(JULY)

    def notices(self, duband):
        return duband.ctl("notices", "--json").json()["notices"]

    def unfinished(self, duband):
        return [n for n in self.notices(duband) if n["state"] in ("queued", "sending", "retrying")]

    def plan(self, pattern, replacement):
        self.office.edit(self.office.plan_file("plan.toml"), pattern, replacement)

    def effect(self, said):
        return said.json()["plans"][0]

    def command(self, said):
        """The hash in the command that the last line of the screen gives."""
        found = re.search(r"dubanctl reload --if ([0-9a-f]{12,64})$", said.out.strip())
        self.assertTrue(found, said)
        return found.group(1)

    def test_files_that_are_those_in_force_are_exit_0(self):
        said = self.start(SPRING).ctl("diff")
        self.assertEqual(said.code, 0, said)

    def test_an_edit_that_changes_nothing_for_anybody_is_exit_0(self):
        duband = self.start(SPRING)
        self.plan("# 每月25日", "# 每月")
        said = duband.ctl("diff")
        self.assertEqual(said.code, 0, said)
        self.assertIn("没有变化", said.out)

    def test_an_admin_sees_on_one_screen_what_moving_the_due_day_does(self):
        duband = self.july()
        self.plan(DUE_25, 'due    = "20 17:00"')
        said = duband.ctl("diff")
        self.assertEqual(said.code, 1, said)
        self.assertLessEqual(len(said.out.splitlines()), 40, said)
        for words in ("再告知", "改时间", "7月25日(周一)17:00 → 7月20日(周三)17:00",
                      "没有超出预算"):
            self.assertIn(words, said.out)
        everything = duband.ctl("diff", "--all")
        self.assertIn("7月20日(周三)9:00 → 7月15日(周五)9:00", everything.out)

    def test_what_was_shown_is_what_is_told(self):
        duband = self.july()
        self.plan(DUE_25, 'due    = "20 17:00"')
        before = {n["id"] for n in self.notices(duband)}
        said = duband.ctl("diff", "--json")
        promised = {(c["duty"], c["period"], c["unit"], c["after"]["due"])
                    for c in self.effect(said)["changes"] if c["change"] == "told_again"}
        self.assertGreater(len(promised), 50)
        taken = duband.ctl("reload", "--if", said.json()["hash"])
        self.assertEqual(taken.code, 0, taken)
        told = {(i["duty"], i["period"], i["unit"], i["due"])
                for n in self.notices(duband) if n["id"] not in before
                for i in n["items"] if i["kind"] == "change"}
        self.assertEqual(told, promised)
        self.assertEqual(duband.ctl("diff").code, 0)

    def test_the_command_of_the_last_line_applies_what_was_shown_and_nothing_else(self):
        duband = self.start(SPRING)
        self.plan(DUE_25, 'due    = "20 17:00"')
        shown = self.command(duband.ctl("diff"))
        self.plan('^due    = "20 17:00"', 'due    = "19 17:00"')
        stale = duband.ctl("reload", "--if", shown)
        self.assertEqual(stale.code, 2, stale)
        self.assertIn("diff", stale.err)
        self.assertIn("2022-05-25", self.dues(duband))
        fresh = duband.ctl("reload", "--if", self.command(duband.ctl("diff")))
        self.assertEqual(fresh.code, 0, fresh)
        self.assertIn("2022-05-19", self.dues(duband))

    def dues(self, duband):
        rows = duband.ctl("agenda", "--duty", "monthly-table", "--from", "05-01", "--to", "05-31",
                          "--json").json()["stages"]
        return {r["due"][:10] for r in rows}

    def test_a_typo_is_shown_with_its_line_and_exit_2(self):
        duband = self.start(SPRING)
        self.plan(r'^ladder = "monthly"', 'ladder = "monthyl"')
        said = duband.ctl("diff")
        self.assertEqual(said.code, 2, said)
        self.assertIn("plan.toml:", said.err)
        self.assertIn("monthyl", said.err)
        self.assertEqual(said.out, "")

    def test_a_mistake_that_only_the_daemon_can_see_is_shown_at_the_admins_file(self):
        duband = self.start(SPRING)
        self.plan(r"^year     = 2022", "year     = 2023")
        said = duband.ctl("diff")
        self.assertEqual(said.code, 2, said)
        self.assertIn(str(self.office.plan / "plan.toml"), said.err)
        self.assertIn("year", said.err)

    def test_an_edited_copy_elsewhere_is_compared_with_the_running_plan(self):
        duband = self.start(SPRING)
        with Office() as copy:
            copy.edit(copy.plan_file("plan.toml"), DUE_25, 'due    = "20 17:00"')
            said = duband.ctl("diff", copy.folder)
            self.assertEqual(said.code, 1, said)
            # not yet where the daemon reads
            self.assertEqual(duband.ctl("reload", "--if", self.command(said)).code, 2)
            self.plan(DUE_25, 'due    = "20 17:00"')
            self.assertEqual(duband.ctl("reload", "--if", self.command(said)).code, 0)

    def test_other_private_contacts_are_seen_although_nobody_else_may_read_them(self):
        duband = self.start(SPRING)
        contacts = self.office.plan / "contacts.private.toml"
        contacts.write_text('[[contact]]\nid = "edu-mobile"\nunit = "edu"\nrole = "leader"\n'
                            'name = "手机"\nchannels = ["folder:mobile@edu.example.org"]\n',
                            encoding="utf-8")
        said = duband.ctl("diff", "--json")
        self.assertIn(said.code, (0, 1), said)
        self.assertEqual([p["id"] for p in said.json()["plans"]], [PLAN])
        self.assertNotIn("mobile@", said.out)
        self.assertEqual([p.name for p in self.office.state.iterdir() if p.name == "diff"], [])

    def test_two_trees_need_no_daemon(self):
        with Office() as copy:
            copy.edit(copy.plan_file("plan.toml"), DUE_25, 'due    = "20 17:00"')
            said = dubanctl(self.office.config, "diff", self.office.folder, copy.folder, "--json")
            self.assertEqual(said.code, 1, said)
            effect = self.effect(said)
            self.assertTrue(effect["from_the_beginning"])
            # Nothing was told yet, so nothing is told again.
            self.assertEqual(effect["all"]["told_again"]["items"], 0)
            self.assertGreater(effect["all"]["moved"]["items"], 500)

    def test_without_a_daemon_it_is_exit_3(self):
        self.assertEqual(dubanctl(self.office.config, "diff").code, 3)
