"""Documents that write themselves, through the built programs: the draft in the office's mail, the
same bytes by `report`, files that are not overwritten, and what was issued."""

import email
import email.policy
import hashlib
import unittest
import zipfile
from io import BytesIO

from office import Office
from programs import Daemon
from waiting import wait_until

# The dispatch of April is due on 5 May, before that is a holiday: its draft on 28 April.
BEFORE_THE_DRAFT = "2022-04-28T09:59:58+08:00"
AFTER_IT = "2022-04-28T15:00:00+08:00"
TABLE = ("monthly-table", "04")


class Reports(unittest.TestCase):
    def begin(self, now):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.duband = Daemon(self.office.config, "--pretend", now)
        self.addCleanup(self.duband.close)
        self.duband.ready()

    def say(self, *words, code=0):
        said = self.duband.ctl(*words)
        self.assertEqual(said.code, code, said)
        return said

    def drafts(self):
        """The office's mails that carry a draft of the dispatch."""
        mails = [email.message_from_bytes(raw, policy=email.policy.default)
                 for raw in self.office.outbox().values()]
        return [mail for mail in mails if "送审稿" in mail["Subject"] and "4月" in mail["Subject"]]

    def test_the_draft_comes_as_an_attachment_and_report_writes_the_same_bytes(self):
        self.begin(BEFORE_THE_DRAFT)
        wait_until(lambda: self.drafts(), "the draft in the office's mail")
        mail = self.drafts()[0]
        files = list(mail.iter_attachments())
        self.assertEqual([f.get_content_type() for f in files][1:], ["text/html"])
        name, sent = files[0].get_filename(), files[0].get_content()
        self.assertIn("月调度通报", name)
        self.assertIn("word/document.xml", zipfile.ZipFile(BytesIO(sent)).namelist())
        self.assertIn("dubanctl report issued", mail.get_body(("plain",)).get_content())
        # what is recorded later is not in it
        self.say("submit", *TABLE, "市教育局", "--unchanged")
        out = self.office.folder / "out"
        self.say("report", "dispatch", "04", "--out", str(out))
        self.assertEqual((out / name).read_bytes(), sent)
        self.assertEqual(sorted(p.suffix for p in out.iterdir()), [".docx", ".html", ".txt"])
        self.assertEqual(len(self.drafts()), 1)

    def test_a_file_that_is_there_is_not_overwritten(self):
        self.begin(AFTER_IT)
        file = self.office.folder / "4月.docx"
        file.write_text("the office's own")
        said = self.say("report", "dispatch", "04", "--out", str(file), code=2)
        self.assertIn("4月.docx", said.err)
        self.assertEqual(file.read_text(), "the office's own")

    def test_on_the_screen_it_is_text_with_what_was_recorded(self):
        self.begin(AFTER_IT)
        wait_until(lambda: self.drafts(), "the draft in the office's mail")
        self.say("submit", *TABLE, "市教育局", "--unchanged", "--at", "14:00")
        today = "04-28"
        text = self.say("report", "dispatch", "04", "--at", today).out
        self.assertIn("2022年4月", text)
        self.assertIn("迟报1", text)
        self.assertIn("迟报0", self.say("report", "dispatch", "04").out, "as of the draft")

    def test_one_page_for_each_stop_of_a_visit(self):
        self.begin(AFTER_IT)
        text = self.say("report", "visit", "市交通运输局", "武汉地铁集团").out
        self.assertLess(text.index("市交通运输局"), text.index("武汉地铁集团"))

    def test_what_was_issued_is_kept_and_ends_the_draft_of_its_period(self):
        self.begin(AFTER_IT)
        out = self.office.folder / "out"
        self.say("report", "dispatch", "04", "--out", str(out))
        issued = next(out.glob("*.docx"))
        said = self.say("report", "issued", str(issued), "--no", "1", "--json").json()
        fact = said["facts"][0]
        self.assertEqual((fact["kind"], fact["duty"], fact["period"]),
                         ("issued", "monthly-dispatch", "2022-04"))
        digest = hashlib.sha256(issued.read_bytes()).hexdigest()
        self.assertEqual([p.read_bytes() for p in self.office.state.rglob(digest)],
                         [issued.read_bytes()])
        self.assertIn("第1期", self.say("explain", "--unit", "office", "--duty",
                                        "monthly-dispatch", "--period", "04").out)

    def test_a_file_whose_name_says_nothing_asks_which_it_is(self):
        self.begin(AFTER_IT)
        file = self.office.folder / "终稿.docx"
        file.write_text("x")
        said = self.say("report", "issued", str(file), "--no", "1", code=2)
        self.assertIn("--period", said.err)
        self.say("report", "issued", str(file), "--no", "1", "--duty", "monthly-dispatch",
                 "--period", "04")

    def test_a_broken_form_keeps_the_plan_back_and_says_where(self):
        self.begin(AFTER_IT)
        form = self.office.folder / "templates/documents/dispatch.txt.mustache"
        form.write_text(form.read_text(encoding="utf-8") + "{{no_such_name}}\n", encoding="utf-8")
        said = self.say("check", code=1)
        self.assertIn("dispatch.txt.mustache", said.out + said.err)
        self.assertIn("no_such_name", said.out + said.err)


if __name__ == "__main__":
    unittest.main()
