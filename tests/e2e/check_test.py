"""dubanctl check: silent on the shipped plan but for true warnings; precise about mistakes."""

import tomllib
import unittest

from office import Office
from programs import ROOT, dubanctl

PLAN = ROOT / "config/plans/wuhan-2022-1"


def unreachable_units():
    """Units of the shipped plan that have no liaison, by the file itself."""
    units = tomllib.loads((PLAN / "units.toml").read_text(encoding="utf-8"))
    reached = {c["unit"] for c in units["contact"] if c["role"] == "liaison"}
    return {u["id"]: u["name"] for u in units["unit"] if u["id"] not in reached}


class ShippedPlan(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.answer = dubanctl(ROOT / "config/duband.toml", "check", "--json")
        cls.diagnostics = cls.answer.json()["diagnostics"]

    def test_has_no_mistake(self):
        self.assertEqual(self.answer.code, 0, self.answer)
        self.assertEqual([d for d in self.diagnostics if d["severity"] == "error"], [])

    def test_is_warned_of_each_unit_that_nobody_can_reach_and_of_nothing_untrue(self):
        unreachable = unreachable_units()
        self.assertEqual(len(unreachable), 14)
        words = [d["message"] + d["mend"] for d in self.diagnostics]
        for unit, name in unreachable.items():
            with self.subTest(unit=unit):
                self.assertTrue([w for w in words if name in w or unit in w])

    def test_each_warning_says_where_and_how_to_mend_it(self):
        for one in self.diagnostics:
            with self.subTest(one=one["message"]):
                self.assertTrue(one["file"].endswith(".toml"))
                self.assertGreater(one["line"], 0)
                self.assertGreater(one["column"], 0)
                self.assertTrue(one["code"] and one["message"] and one["mend"])


class Mistakes(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.plan = self.office.plan_file("plan.toml")

    def errors(self):
        answer = dubanctl(self.office.config, "check", "--json")
        found = [d for d in answer.json()["diagnostics"] if d["severity"] == "error"]
        self.assertEqual(answer.code, 1 if found else 0, answer)
        return found

    def test_a_typo_in_a_file_is_shown_with_its_line_a_caret_and_the_word_that_was_meant(self):
        self.office.edit(self.plan, r'^ladder = "monthly"', 'ladder = "monthyl"')
        answer = dubanctl(self.office.config, "check")
        self.assertEqual(answer.code, 1, answer)
        text = (self.office.folder / self.plan).read_text(encoding="utf-8")
        line = text[:text.index('"monthyl"')].count("\n") + 1
        said = answer.out + answer.err
        self.assertRegex(said, rf"plan\.toml:{line}:\d+")
        self.assertRegex(said, r"(?m)^[\s|│\d]*\^")
        self.assertRegex(said, r"monthly\b")

    def test_all_mistakes_of_all_files_are_told_at_once(self):
        self.office.edit(self.plan, r'^ladder = "monthly"', 'ladder = "monthyl"')
        self.office.edit(self.plan, r'^due    = "03-31"', 'due    = "06-31"')
        self.office.edit(self.office.plan_file("units.toml"), r'^unit     = "edu"',
                         'unit     = "edux"')
        found = self.errors()
        said = " ".join(d["message"] + d["mend"] for d in found)
        for word in ("monthyl", "6月只有30天", "edux"):
            self.assertIn(word, said)

    def test_an_unknown_key_names_the_nearest(self):
        self.office.edit(self.plan, r'^on_day_off = "before"', 'on_dayoff = "before"')
        self.assertTrue([d for d in self.errors() if "on_day_off" in d["message"] + d["mend"]])

    def test_a_mark_of_byte_order_and_windows_line_ends_are_accepted(self):
        path = self.office.folder / self.plan
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
        self.assertEqual(self.errors(), [])

    def test_a_file_in_gb18030_is_refused_with_a_hint(self):
        path = self.office.folder / self.plan
        path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
        found = self.errors()
        self.assertTrue([d for d in found if "UTF-8" in d["message"] + d["mend"]], found)

    def test_a_secret_written_as_a_value_is_an_error_that_does_not_repeat_it(self):
        self.office.append("duband.toml", """
[channel.mail]
type = "smtp"
url = "smtp://127.0.0.1:2525"
tls = "none"
user = "duban"
password = "Tr0ub4dor"
from = "duban@wuban.example.org"
""")
        answer = dubanctl(self.office.config, "check", "--json")
        self.assertEqual(answer.code, 1, answer)
        self.assertTrue([d for d in answer.json()["diagnostics"]
                         if d["severity"] == "error" and "credential" in d["mend"]], answer)
        for mode in ((), ("--json",)):
            self.assertNotIn("Tr0ub4dor", str(dubanctl(self.office.config, "check", *mode)))

    def test_other_verbs_refuse_bad_files_with_exit_2(self):
        self.office.edit(self.plan, r'^ladder = "monthly"', 'ladder = "monthyl"')
        self.assertEqual(dubanctl(self.office.config, "show").code, 2)

    def test_a_verb_that_does_not_exist_is_exit_2_and_no_daemon_is_exit_3(self):
        self.assertEqual(dubanctl(self.office.config, "frobnicate").code, 2)
        self.assertEqual(dubanctl(self.office.config, "status").code, 3)
