"""language = "en" in a plan: its messages, marks and explanations in English."""

import email
import email.policy
import json
import tempfile
import unittest
from pathlib import Path

from office import Office
from programs import Daemon, dubanctl
from waiting import wait_until

EVE = "2022-05-25T08:59:45+08:00"
# A subject of each kind that the year of silent units brings forth begins so.
HEADS = ("Start | ", "Reminder | ", "Today | ", "Overdue | ", "For our office | ", "Draft | ",
         "List of the day | ", "Please see to it | ")
CHINESE_HEADS = ("启动|", "提醒|", "当日|", "逾期|", "我办待办|", "送审稿|", "办公室日清单|",
                 "请处理|")


def english_office():
    office = Office()
    office.edit(office.plan_file("plan.toml"), r"^year ", 'language = "en"\nyear ')
    return office


class Language(unittest.TestCase):
    def setUp(self):
        self.office = english_office()
        self.addCleanup(self.office.close)

    def test_a_whole_year_is_told_in_english(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        answer = dubanctl(self.office.config, "rehearse", "--out", folder.name, deadline=300)
        self.assertEqual(answer.code, 0, answer)
        lines = (Path(folder.name) / "notices.jsonl").read_text(encoding="utf-8").splitlines()
        heads = set()
        for notice in map(json.loads, lines):
            data = (Path(folder.name) / notice["message"]).read_bytes()
            if not notice["message"].endswith(".eml"):
                self.assertNotIn("贵单位", json.loads(data)["data"]["text"])
                continue
            message = email.message_from_bytes(data, policy=email.policy.default)
            page = message.get_body(("html",)).get_content()
            with self.subTest(subject=message["subject"]):
                self.assertFalse(message["subject"].startswith(CHINESE_HEADS))
                self.assertIn('<html lang="en">', page)
                text = message.get_body(("plain",)).get_content()
                for word in ("贵局", "我办", "依据文件", "请于", "个工作日", "本平台"):
                    self.assertNotIn(word, text)
            heads.update(head for head in HEADS if message["subject"].startswith(head))
        self.assertLessEqual({"Reminder | ", "Overdue | "}, heads)

    def test_the_daemon_answers_in_the_plans_language_unless_asked(self):
        duband = Daemon(self.office.config, "--pretend", EVE)
        self.addCleanup(duband.close)
        duband.ready()
        told = wait_until(lambda: [n for n in duband.ctl("notices", "--json").json()["notices"]
                                   if n["state"] == "delivered"], "a delivered notice", 40)[0]
        whole = duband.ctl("explain", told["id"], "--json")
        self.assertEqual(whole.code, 0, whole)
        english = duband.ctl("explain", told["id"], "--lang", "en").out
        self.assertEqual(duband.ctl("explain", told["id"]).out, english)
        self.assertNotEqual(duband.ctl("explain", told["id"], "--lang", "zh").out, english)
        again = duband.ctl("resend", told["id"])
        self.assertEqual(again.code, 0, again)

    def test_what_is_wrong_is_told_in_the_plans_language_unless_asked(self):
        self.office.edit(self.office.plan_file("plan.toml"), r'^ladder = "monthly"',
                         'ladder = "montly"')
        said = dubanctl(self.office.config, "check")
        self.assertEqual(said.code, 1, said)
        self.assertIn("there is no ladder “montly”; did you mean “monthly”?", said.out)
        self.assertIn("errors: ", said.out)
        chinese = dubanctl(self.office.config, "check", "--lang", "zh")
        self.assertIn("没有“montly”这个催办梯", chinese.out)
        as_json = dubanctl(self.office.config, "check", "--json").json()
        self.assertIn("there is no ladder “montly”", [d["message"] for d in as_json["diagnostics"]])

    def test_mistakes_in_duband_toml_are_told_in_the_language_of_all_plans(self):
        self.office.append("duband.toml", "[channel.post]\nfoo = 3\n")
        said = dubanctl(self.office.config, "check")
        self.assertEqual(said.code, 1, said)
        self.assertNotRegex(said.out, "[一-鿿]")
        unknown = dubanctl(self.office.config, "chek")
        self.assertEqual(unknown.code, 2, unknown)
        self.assertIn("did you mean “check”?", unknown.err)

    def test_the_daemon_refuses_in_the_plans_language(self):
        unreached = dubanctl(self.office.config, "status")
        self.assertEqual(unreached.code, 3, unreached)
        self.assertNotRegex(unreached.err, "[一-鿿]")
        duband = Daemon(self.office.config, "--pretend", EVE)
        self.addCleanup(duband.close)
        duband.ready()
        refused = duband.ctl("received", "monthly-tabel", "05", "edu")
        self.assertEqual(refused.code, 2, refused)
        self.assertIn("there is no duty “monthly-tabel”", refused.err)
        self.assertIn("did you mean “monthly-table”?", refused.err)

    def test_another_language_is_refused_with_its_place(self):
        self.office.edit(self.office.plan_file("plan.toml"), r'^language = "en"',
                         'language = "fr"')
        said = dubanctl(self.office.config, "check")
        self.assertEqual(said.code, 1, said)
        self.assertIn("plan.toml:16:", said.out)
        self.assertIn("fr", said.out)

    def test_a_template_that_is_missing_in_english_is_named(self):
        (self.office.folder / "templates/remind.en.mustache").unlink()
        said = dubanctl(self.office.config, "check")
        self.assertEqual(said.code, 1, said)
        self.assertIn("notice.en.mustache", said.out)
        self.assertIn("remind", said.out)


if __name__ == "__main__":
    unittest.main()
