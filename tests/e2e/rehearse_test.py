"""dubanctl rehearse: the whole year, every message readable, none doubled, nobody flooded."""

import collections
import email
import email.policy
import json
import sqlite3
import tempfile
import unittest
from pathlib import Path

from programs import ROOT, dubanctl

CONFIG = ROOT / "config/duband.toml"


class Rehearsal:
    def __init__(self, folder, *options):
        self.folder = Path(folder)
        self.answer = dubanctl(CONFIG, "rehearse", "--out", folder, *options, deadline=300)
        assert self.answer.code == 0, self.answer
        lines = (self.folder / "notices.jsonl").read_text(encoding="utf-8").splitlines()
        self.notices = [json.loads(line) for line in lines]


class Year(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.silent = Rehearsal(f"{cls.temporary.name}/silent")
        cls.punctual = Rehearsal(f"{cls.temporary.name}/punctual", "--behave", "punctual")

    def test_every_message_is_written_and_can_be_read(self):
        self.assertGreater(len(self.silent.notices), 100)
        for notice in self.silent.notices:
            data = (self.silent.folder / notice["message"]).read_bytes()
            if notice["message"].endswith(".eml"):
                message = email.message_from_bytes(data, policy=email.policy.default)
                text = message["subject"] + message.get_body(("plain",)).get_content()
            else:
                text = json.loads(data)["data"]["text"]
            with self.subTest(message=notice["message"]):
                self.assertGreater(len(text), 20)
                for residue in ("{{", "}}", "�", "null", "NaN", "\\u"):
                    self.assertNotIn(residue, text)

    def test_nothing_is_told_twice(self):
        for year in (self.silent, self.punctual):
            told = collections.Counter(
                (n["plan"], *(i[k] for k in ("duty", "period", "unit", "clause", "kind", "stage",
                                             "audience", "telling")))
                for n in year.notices for i in n["items"])
            self.assertEqual([k for k, count in told.items() if count > 1], [])
            self.assertEqual(len(year.notices), len({n["id"] for n in year.notices}))

    def test_one_endpoint_gets_one_message_for_one_moment(self):
        moments = collections.Counter((n["endpoint"], n["at"]) for n in self.silent.notices)
        self.assertEqual([m for m, count in moments.items() if count > 1], [])

    def test_the_header_says_how_the_units_behave(self):
        self.assertNotEqual(self.silent.answer.out, self.punctual.answer.out)

    def test_a_punctual_unit_gets_no_more_than_the_budget(self):
        """At most two told before the due time in a month, start letter and changes not counted."""
        months = collections.Counter()
        for notice in self.punctual.notices:
            units = {i["unit"] for i in notice["items"]
                     if i["kind"] == "stage" and i["audience"].startswith("liaison")
                     or i["kind"] == "stage" and i["audience"] == i["unit"]}
            for unit in units - {"office", "ndrc"}:
                months[unit, notice["at"][:7]] += 1
        self.assertEqual({k: n for k, n in months.items() if n > 2}, {})

    def test_nobody_is_chased_who_hands_in_on_time(self):
        chased = [i for n in self.punctual.notices for i in n["items"]
                  if (i["stage"] or "").startswith(("overdue", "escalate"))
                  and i["unit"] not in ("office", "ndrc")]
        self.assertEqual(chased, [])

    def test_the_ledger_of_the_year_is_kept_and_bears_looking_at(self):
        with sqlite3.connect(f"file:{self.silent.folder / 'ledger.db'}?mode=ro", uri=True) as db:
            self.assertEqual(db.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            ids = {i for i, in db.execute("SELECT id FROM notices")}
            ended = {i for i, in db.execute(
                "SELECT n.id FROM notices n JOIN notice_endings e ON e.plan = n.plan"
                " AND e.notice_seq = n.seq WHERE e.state = 'delivered'")}
            drafted = {i for i, in db.execute("SELECT id FROM notices WHERE state = 'drafted'")}
        self.assertEqual(ids, {n["id"] for n in self.silent.notices})
        self.assertEqual(ended, ids - drafted)
        self.assertTrue(drafted)

    def test_a_day_of_the_office_is_a_file(self):
        lists = sorted((self.silent.folder / "lists").iterdir())
        sent = {n["at"][:10] for n in self.silent.notices
                if any(i["kind"] == "list" for i in n["items"])}
        self.assertEqual({p.stem for p in lists}, sent)
        may = (self.silent.folder / "lists/2022-05-26.txt").read_text(encoding="utf-8")
        self.assertIn("办公室日清单", may.splitlines()[0])
        self.assertIn("dubanctl release ntc_", may)

    def test_another_file_in_the_ledgers_place_is_left_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            notes = Path(folder) / "ledger.db"
            notes.write_text("somebody's notes", encoding="utf-8")
            said = dubanctl(CONFIG, "rehearse", "--out", folder)
            self.assertEqual(said.code, 2, said)
            self.assertIn("ledger.db", said.err)
            self.assertEqual(notes.read_text(encoding="utf-8"), "somebody's notes")

    def test_the_same_year_is_the_same_messages_byte_for_byte(self):
        again = Rehearsal(f"{self.temporary.name}/again")
        self.assertEqual((again.folder / "notices.jsonl").read_bytes(),
                         (self.silent.folder / "notices.jsonl").read_bytes())
        for notice in again.notices[:20]:
            self.assertEqual((again.folder / notice["message"]).read_bytes(),
                             (self.silent.folder / notice["message"]).read_bytes())
