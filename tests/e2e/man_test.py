"""The manual pages: every example does what the page says, and every verb, option and key has its
place in them."""

import datetime
import json
import os
import re
import shutil
import subprocess
import unittest
from pathlib import Path

import manual
import runbook_test
from machine_clock import CHINA, MachineClock
from office import Office
from programs import DUBAND, DUBANCTL, ROOT, Answer, Daemon, dubanctl
from waiting import wait_until
from year_test import JunesChase

# a year that nobody has published: days of the week do not matter here
HOLIDAYS = {"year": 2027, "days": [
    {"name": name, "date": f"2027-{day}", "isOffDay": True} for name, day in (
        ("元旦", "01-01"), ("春节", "02-06"), ("清明节", "04-05"), ("劳动节", "05-01"),
        ("端午节", "06-09"), ("中秋节", "09-15"), ("国庆节", "10-01"))]}


def prepared(office):
    """The files that examples name."""
    (office.folder / "tmp").mkdir()
    (office.folder / "backups").mkdir()
    (office.folder / "6月.csv").write_text(
        "条款,任务,本月进展,节点状态\n二(二)5,高校合作,与黄冈签约3所高校,正常\n", encoding="utf-8")
    (office.folder / "2027.json").write_text(json.dumps(HOLIDAYS), encoding="utf-8")
    return office


def run(office, example, words=None):
    """The example as its reader would type it, with the folders of this test for the machine's."""
    here = {"/etc/duban": office.folder, "/tmp": office.folder / "tmp",
            "/var/backups/duban": office.folder / "backups"}
    command = [re.sub("^(" + "|".join(here) + ")", lambda m: str(here[m[0]]), word)
               for word in words or example.words]
    program = {"dubanctl": DUBANCTL, "duband": DUBAND}[command[0]]
    if "--config" not in command:
        command[1:1] = ["--config", str(office.config)]
    return Answer(subprocess.run([program, *command[1:]], capture_output=True, text=True,
                                 timeout=120, cwd=office.folder,
                                 env={**os.environ, "NO_COLOR": "1"}))


class Examples(unittest.TestCase):
    def checked(self, office, example, words=None):
        with self.subTest(page=example.page, example=example.text):
            done = run(office, example, words)
            self.assertIn(done.code, example.exits, done)

    def at(self, where):
        found = [e for e in manual.examples() if e.kind == "at" and e.where == where]
        self.assertTrue(found, where)
        return found

    def test_each_command_is_marked_with_where_it_is_run(self):
        # but for the restore of duband.8, which dubanctl.1 has too
        unmarked = [line for _, line in manual.unmarked_commands()
                    if not line.startswith("dubanctl ledger restore")]
        self.assertEqual(unmarked, [])
        known = {"offline", "daemon", "stepped", *Day.MOMENTS}
        self.assertEqual({e.where for e in manual.examples()
                          if e.kind == "at" and e.page != runbook_test.PAGE}, known)

    def test_each_entry_of_the_runbook_is_played(self):
        moments = {e.where for e in manual.examples() if e.page == runbook_test.PAGE}
        played = set(re.findall(r'self\.play\("([a-z-]+)"',
                                Path(runbook_test.__file__).read_text(encoding="utf-8")))
        self.assertEqual(moments, played)

    def test_those_that_need_no_daemon(self):
        with Office() as office:
            prepared(office)
            for example in self.at("offline"):
                self.checked(office, example)

    def test_those_that_start_or_ask_one(self):
        office = prepared(Office())
        self.addCleanup(office.close)
        for example in sorted(self.at("daemon"), key=lambda e: e.words[0] != "duband"):
            if example.words[0] == "dubanctl":
                self.checked(office, example)
                continue
            duband = Daemon(office.config, *example.words[1:])
            self.addCleanup(duband.close)
            duband.ready()

    @unittest.skipUnless(MachineClock.tell_timers(),
                         "only who may set the clock can have the kernel tell of it")
    def test_the_one_after_a_step_of_the_clock(self):
        # a plan that is over has no clock to hold
        began = datetime.datetime(2022, 3, 28, 10, 0, tzinfo=CHINA).timestamp()
        office, clock = prepared(Office()), MachineClock(began)
        self.addCleanup(office.close)
        self.addCleanup(clock.close)
        duband = Daemon(office.config, environment=clock.environment)
        self.addCleanup(duband.close)
        duband.ready()
        clock.step(3 * 3600)
        MachineClock.tell_timers()
        wait_until(lambda: "clock-step" in duband.ctl("status", "--json").out, "it to be held")
        for example in self.at("stepped"):
            self.checked(office, example)

    def test_the_tables(self):
        tables = [e for e in manual.examples() if e.kind == "toml"]
        self.assertTrue(tables)
        for example in tables:
            with self.subTest(page=example.page, text=example.text), Office() as office:
                self.assert_checks(office, example)

    def assert_checks(self, office, example):
        if example.where == "calendar":
            (office.folder / "calendars/example.toml").write_text(example.text, encoding="utf-8")
        else:
            file = example.where if example.where == "duband.toml" \
                else office.plan_file(example.where)
            (office.folder / file).touch()
            office.append(file, example.text)
        done = dubanctl(office.config, "check", "--json")
        wrong = [d for d in done.json()["diagnostics"] if d["severity"] == "error"]
        self.assertEqual(wrong, [])
        # a text of the page that is not read at all would pass as well
        broken = "nonsense = 1\n" + example.text
        path = office.folder / ("calendars/example.toml" if example.where == "calendar" else file)
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(example.text.strip(), broken.strip()), encoding="utf-8")
        self.assertEqual(dubanctl(office.config, "check").code, 1, broken)


class Day(JunesChase):
    """The examples of an office's day, at the moments for which the page marks them."""

    MOMENTS = ("afternoon", "monday", "evening", "stopped")

    def play(self, moment, names=()):
        names = dict(names)
        for example in manual.examples():
            if (example.kind, example.where) != ("at", moment):
                continue
            words = [names.get(manual.NOTICE.match(w) and w, w) for w in example.words]
            with self.subTest(page=example.page, example=example.text):
                done = run(self.office, example, words)
                self.assertIn(done.code, example.exits, done)

    def notice(self, *words):
        return self.notices(*words)[0]["id"]

    def test_the_day(self):
        prepared(self.office)
        self.play("afternoon")
        self.live_to("06-27 10:00")
        self.play("monday")
        self.live_to("06-27 16:35")
        # one is called, one released, one deferred
        drafts = [n["id"] for n in self.notices("--state", "drafted")
                  if any(i["audience"] == "leader" and i["unit"] != self.ids["市水务局"]
                         for i in n["items"])]
        self.assertGreaterEqual(len(drafts), 2)
        report = run(self.office, None, ["dubanctl", "report", "dispatch", "06", "--out",
                                         "/tmp/issued"])
        self.assertEqual(report.code, 0, report)
        made = next((self.office.folder / "tmp/issued").glob("*.docx"))
        shutil.copy(made, self.office.folder / "月调度通报.docx")
        wait_until(lambda: self.notices("--state", "delivered"), "a notice to be delivered")
        self.play("evening", {"ntc_01G6J8PBZ0DRAFT0000000000A": drafts[0],
                              "ntc_01G6J8PBZ0DRAFT0000000000B": drafts[1],
                              "ntc_01G6J8PBZ0SENT00000000000A":
                                  self.notice("--state", "delivered")})
        self.assertEqual(self.duband.stop(), 0)
        self.play("stopped")

    # JunesChase's own tests are year_test.py's
    test_a_table_comes_in_a_draft_waits_and_is_released = None
    test_who_was_chased_because_of_a_wrong_entry_gets_one_line_of_correction = None


def load_tests(loader, _, __):
    return unittest.TestSuite(loader.loadTestsFromTestCase(c) for c in (Examples, Day, Pages))


class Pages(unittest.TestCase):
    def test_mandoc_and_man_find_nothing_to_say(self):
        for name, page in manual.PAGES.items():
            with self.subTest(page=name):
                lint = Answer(subprocess.run(["mandoc", "-Tlint", "-W", "warning", page],
                                             capture_output=True, text=True, timeout=60))
                self.assertEqual((lint.code, lint.out), (0, ""))
                shown = Answer(subprocess.run(
                    ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page],
                    capture_output=True, text=True, timeout=60,
                    env={**os.environ, "LC_ALL": "C.UTF-8", "MANROFFSEQ": ""}))
                self.assertEqual((shown.code, shown.err), (0, ""))

    def test_each_verb_is_explained_with_an_example(self):
        listed = dubanctl(ROOT / "config/duband.toml", "--help").out.split("Subcommands:")[1]
        verbs = re.findall(r"^  ([a-z][a-z-]*) ", listed, re.MULTILINE)
        self.assertGreater(len(verbs), 30)
        played = {e.words[1] for e in manual.examples() if e.kind == "at"
                  and e.page == "dubanctl.1"}
        self.assertEqual(set(verbs) - manual.items("dubanctl.1"), set())
        self.assertEqual(set(verbs) - played, set())
        page = manual.PAGES["dubanctl.1"].read_text(encoding="utf-8")
        # options as mdoc writes them, `.Fl -from , -to`, and nothing longer
        written = set(re.findall(r"(?<![\w-])-([a-z][a-z-]*)", page))
        for verb in verbs:
            help_text = dubanctl(ROOT / "config/duband.toml", verb, "--help").out
            options = set(re.findall(r"(?<!\S)--([a-z][a-z-]*)", help_text.split("例:")[0]))
            with self.subTest(verb=verb):
                self.assertEqual(options - written, set())

    def test_each_option_of_duband_is_explained(self):
        said = subprocess.run([DUBAND, "--help"], capture_output=True, text=True, timeout=60)
        options = set(re.findall(r"(?<!\S)--([a-z][a-z-]*)", said.stdout.split("例:")[0]))
        self.assertIn("pretend", options)
        self.assertEqual(options - {w.lstrip("-") for w in manual.items("duband.8")}, set())

    def test_each_key_of_the_settings_is_explained(self):
        keys = set()
        for source in sorted((ROOT / "daemon/settings").glob("*_settings.cpp")):
            keys |= manual.keys_of(source)
        keys |= manual.keys_of(ROOT / "daemon/settings/secret_ref.cpp")
        self.assertIn("redirect_all", keys)
        self.assertIn("hosts", keys)
        page = manual.PAGES["duban.toml.5"].read_text(encoding="utf-8")
        headed = set(re.findall(r"^\.Ss The tables? Bq ([a-z]+)", page, re.MULTILINE))
        self.assertEqual(keys - manual.items("duban.toml.5") - headed, set())

    def test_each_key_of_a_plan_is_explained(self):
        keys = set()
        for source in sorted((ROOT / "daemon/plan").glob("*_file.cpp")):
            keys |= manual.keys_of(source)
        self.assertTrue({"on_day_off", "regrade", "successor", "decide_by"} <= keys)
        page = manual.PAGES["duban-plan.5"].read_text(encoding="utf-8")
        headed = set(re.findall(r"B[oq] (?:Bq )?([a-z]+)", page))
        self.assertEqual(keys - manual.items("duban-plan.5") - headed, set())


if __name__ == "__main__":
    unittest.main()
