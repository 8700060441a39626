"""What units hand in and ask for, through the built programs: rows, files, and the office's day."""

import hashlib
import unittest
import zipfile

from ledger_rows import Ledger
from office import Office
from programs import Daemon
from waiting import wait_until

# The day after the table of May was due; its overdue goes at 14:00 after 收件已核.
MORNING = "2022-05-26T10:00:00+08:00"
TABLE = ("monthly-table", "2022-05")


# The least that Excel opens: one sheet of one row.
def write_workbook(path, cells):
    row = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in cells)
    parts = {
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="表" r:id="a"/></sheets>'
                           "</workbook>",
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" '
                                      'Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
                                      "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData><row>{row}</row></sheetData>"
                                    "</worksheet>",
    }
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)


class Submissions(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.duband = Daemon(self.office.config, "--pretend", "2022-05-24T10:00:00+08:00")
        self.addCleanup(self.duband.close)
        self.duband.ready()

    def say(self, *words, code=0):
        said = self.duband.ctl(*words)
        self.assertEqual(said.code, code, said)
        return said

    def today(self):
        return self.say("today", "--json").json()["plans"][0]

    def answers(self, unit):
        listed = self.say("notices", "--unit", unit, "--json").json()["notices"]
        return [i for n in listed for i in n["items"] if i["kind"] == "answer"]

    def table(self, name, *lines):
        path = self.office.folder / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def test_a_table_is_read_its_rows_recorded_and_the_file_kept_under_its_digest(self):
        path = self.table("5月.csv", "市教育局5月月调度表", "条款,任务,本月进展,节点状态,存在问题",
                          "二(二)5,高校合作,与黄冈签约3所高校,正常,师资不足")
        fact = self.say("submit", *TABLE, "市教育局", "--from", str(path), "--at", "09:40",
                        "--json").json()["facts"][0]
        self.assertEqual((fact["kind"], fact["unit"], fact["rows"], fact["files"]),
                         ("submitted", "edu", 1, 1))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        kept = list(self.office.state.rglob(digest))
        self.assertEqual([one.read_bytes() for one in kept], [path.read_bytes()])

    def test_no_progress_is_an_answer(self):
        fact = self.say("submit", *TABLE, "市教育局", "--unchanged", "--json").json()["facts"][0]
        self.assertEqual((fact["kind"], fact["rows"]), ("submitted", 1))

    def test_what_is_no_table_is_refused_where_it_lies_and_nothing_is_recorded(self):
        path = self.table("5月.csv", "没有表头的一行")
        said = self.say("submit", *TABLE, "市教育局", "--from", str(path), code=2)
        self.assertIn("5月.csv", said.err)
        explained = self.say("explain", "--unit", "市教育局", "--duty", "monthly-table",
                             "--period", "05")
        self.assertIn("未报", explained.out)

    def assert_refused_as_secret(self, *words):
        said = self.say("submit", *TABLE, "市教育局", *words, code=2)
        self.assertIn("非涉密平台", said.err)
        ledger = Ledger(self.office.state / "pretended.sqlite")
        self.assertEqual(ledger.count("SELECT count(*) FROM facts WHERE kind = 'submitted'"), 0)
        kept = self.office.state / "files"
        self.assertEqual(list(kept.iterdir()) if kept.exists() else [], [])

    def test_what_is_marked_secret_is_refused_and_nothing_of_it_is_kept(self):
        table = ("条款,任务,本月进展", "二(二)5,高校合作,签约3所高校")
        marked = self.table("5月.csv", "秘密★1年", *table)
        named = self.table("机密-5月.csv", *table)
        book = self.office.folder / "5月.xlsx"
        write_workbook(book, ["机密★", "条款", "任务", "本月进展"])
        paper = self.table("方案.txt", "绝密★", "工作方案")
        for words in (("--from", str(marked)), ("--from", str(named)), ("--from", str(book)),
                      ("--from", str(paper), "--paper"), ("--unchanged", "--note", "秘密★")):
            with self.subTest(words=words):
                self.assert_refused_as_secret(*words)

    def test_a_table_that_speaks_of_secrets_is_an_ordinary_one(self):
        path = self.table("商业秘密保护.csv", "条款,任务,本月进展",
                          "二(二)5,高校合作,开展商业秘密保护培训")
        self.say("submit", *TABLE, "市教育局", "--from", str(path))

    def test_a_row_that_names_no_clause_stands_on_the_list_until_accepted(self):
        path = self.table("5月.csv", "条款,任务,本月进展", "二(二)5,高校合作,签约3所高校",
                          "九(九),别的事,不知道是哪一条")
        self.say("submit", *TABLE, "市教育局", "--from", str(path))
        entry = self.today()["unclear"][0]
        self.assertIn("市教育局", entry["units"])
        self.assertIn("九(九)", entry["why"])
        self.say(*entry["commands"][0].split()[1:])
        self.assertEqual(self.today()["unclear"], [])

    def test_an_extension_is_asked_for_decided_by_the_commands_on_the_list_and_counted(self):
        self.say("extend", *TABLE, "市统计局", "--asked", "--until", "05-27 17:00", "--why",
                 "等区级数据")
        entry = self.today()["asked"][0]
        self.assertEqual(entry["commands"],
                         ['dubanctl extend monthly-table 2022-05 statistics --until "05-27 17:00"',
                          "dubanctl extend monthly-table 2022-05 statistics --refuse --why 原因"])
        self.say("extend", *TABLE, "市统计局", "--until", "05-27 17:00")
        today = self.today()
        self.assertEqual(today["asked"], [])
        counts = [c for c in today["counts"] if c["duty"] == "monthly-table"]
        self.assertEqual(counts[0]["extended"], ["statistics"])
        for one in counts:
            self.assertEqual(one["owed"], sum(len(one[k]) for k in (
                "on_time", "late", "extended", "excused", "missing")))

    def test_what_cannot_be_true_is_refused_with_words(self):
        for words, mend in ((("return", *TABLE, "市教育局", "--until", "05-30", "--why", "缺一行"),
                             "received"),
                            (("extend", *TABLE, "市教育局", "--refuse", "--why", "不行"), "today"),
                            (("not-ours", *TABLE, "市教育局", "--why", "不归我局"), "tasks.toml"),
                            (("extend", *TABLE, "市教育局", "--asked"), "--why"),
                            (("submit", *TABLE, "市教育局"), "--from"),
                            (("called", *TABLE, "市教育局", "--note", ""), "--note")):
            with self.subTest(words=words):
                said = self.say(*words, code=2)
                self.assertIn(mend, said.err)

    def test_a_return_asks_again_by_a_new_time_and_keeps_the_first_mark(self):
        self.say("received", *TABLE, "市水务局", "--at", "09:00")
        said = self.say("return", *TABLE, "市水务局", "--until", "05-25", "--why", "缺一行", code=2)
        self.assertIn("2个工作日", said.err)
        self.say("return", *TABLE, "市水务局", "--until", "05-30 17:00", "--why", "缺跨界水体一行")
        self.assertEqual(len(wait_until(lambda: self.answers("water"), "no answer to water")), 1)
        counts = [c for c in self.today()["counts"] if c["duty"] == "monthly-table"]
        self.assertIn("water", counts[0]["on_time"])


if __name__ == "__main__":
    unittest.main()
