"""dubanctl show: the plan as understood, in the numbers of the document."""

import unittest

from office import Office
from programs import ROOT, dubanctl


class Show(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        answer = dubanctl(ROOT / "config/duband.toml", "show", "--json")
        assert answer.code == 0, answer
        cls.plans = answer.json()["plans"]
        cls.plan = cls.plans[0]

    def test_one_plan_of_24_clauses_43_units_and_4_phases(self):
        self.assertEqual(len(self.plans), 1)
        self.assertEqual([len(self.plan[k]) for k in ("tasks", "units", "phases")], [24, 43, 4])

    def test_15_lead_pairs_and_93_responsible_pairs(self):
        self.assertEqual(sum(len(t["leads"]) for t in self.plan["tasks"]), 15)
        self.assertEqual(sum(len(t["responsible"]) for t in self.plan["tasks"]), 93)

    def test_the_monthly_table_falls_on_28_units_with_53_rows(self):
        table = next(d for d in self.plan["duties"] if d["id"] == "monthly-table")
        reporters = [u for t in self.plan["tasks"] for u in t["reporters"]]
        self.assertEqual(len(reporters), 53)
        self.assertEqual(set(table["units"]), set(reporters))
        self.assertEqual(len(set(reporters)), 28)

    def test_every_task_has_its_words_and_the_documents_numbering(self):
        ids = [t["id"] for t in self.plan["tasks"]]
        self.assertEqual(ids[:6], ["1.1", "1.2", "1.3", "2.1a", "2.1b", "2.1c"])
        self.assertEqual(ids[-1], "4")
        self.assertTrue(all(t["text"] and t["clause"] for t in self.plan["tasks"]))

    def test_unknown_is_null_or_empty_and_never_left_out(self):
        keys = {
            "phases": {"id", "name", "from", "to"},
            "units": {"id", "name", "aliases", "groups", "contacts"},
            "parties": {"id", "name"},
            "tasks": {"id", "clause", "text", "leads", "responsible", "reporters"},
            "duties": {"id", "name", "clause", "basis", "to", "copy", "units", "periods"},
        }
        for part, wanted in keys.items():
            for one in self.plan[part]:
                with self.subTest(part=part, id=one["id"]):
                    self.assertLessEqual(wanted, set(one))
        for duty in self.plan["duties"]:
            for period in duty["periods"]:
                self.assertLessEqual({"id", "due", "ask_by", "decided", "provisional"}, set(period))

    def test_another_year_is_one_changed_line(self):
        with Office() as office:
            office.edit(office.plan_file("plan.toml"), r"^year\s*=\s*2022", "year     = 2026")
            answer = dubanctl(office.config, "show", "--json")
        self.assertEqual(answer.code, 0, answer)
        plan = answer.json()["plans"][0]
        self.assertEqual(plan["year"], 2026)
        dues = [p["due"] for d in plan["duties"] for p in d["periods"] if p["due"]]
        self.assertTrue(dues and all(d.startswith("2026-") for d in dues), dues)

    def test_a_person_reads_names(self):
        answer = dubanctl(ROOT / "config/duband.toml", "show")
        self.assertEqual(answer.code, 0)
        self.assertIn("市教育局", answer.out)
        self.assertIn("月调度表", answer.out)
