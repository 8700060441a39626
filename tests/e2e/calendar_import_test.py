"""dubanctl calendar import: a published list becomes the year's section of a work calendar; and
what the office hears while next year's is missing."""

import json
import re
import unittest
from datetime import date, timedelta

from office import PLAN, Office
from programs import Daemon, dubanctl
from waiting import wait_until

CALENDAR = "calendars/cn.toml"
# The year's days off and worked weekends by 国办发明电〔2021〕11号 and 〔2022〕16号.
OFF = {
    2022: [("元旦", "2022-01-01", 3), ("春节", "2022-01-31", 7), ("清明节", "2022-04-03", 3),
           ("劳动节", "2022-04-30", 5), ("端午节", "2022-06-03", 3), ("中秋节", "2022-09-10", 3),
           ("国庆节", "2022-10-01", 7)],
    2023: [("元旦", "2022-12-31", 3), ("春节", "2023-01-21", 7), ("清明节", "2023-04-05", 1),
           ("劳动节", "2023-04-29", 5), ("端午节", "2023-06-22", 3),
           ("中秋节、国庆节", "2023-09-29", 8)],
}
WORK = {
    2022: [("春节", "2022-01-29"), ("春节", "2022-01-30"), ("清明节", "2022-04-02"),
           ("劳动节", "2022-04-24"), ("劳动节", "2022-05-07"), ("国庆节", "2022-10-08"),
           ("国庆节", "2022-10-09")],
    2023: [("春节", "2023-01-28"), ("春节", "2023-01-29"), ("劳动节", "2023-04-23"),
           ("劳动节", "2023-05-06"), ("端午节", "2023-06-25"), ("中秋节、国庆节", "2023-10-07"),
           ("中秋节、国庆节", "2023-10-08")],
}
NUMBER = {2022: "国办发明电〔2021〕11号", 2023: "国办发明电〔2022〕16号"}


def later(day, days):
    return str(date.fromisoformat(day) + timedelta(days))


def days_of(year):
    off = [{"name": n, "date": later(first, i), "isOffDay": True}
           for n, first, count in OFF[year] for i in range(count)]
    work = [{"name": n, "date": day, "isOffDay": False} for n, day in WORK[year]]
    return sorted(off + work, key=lambda one: one["date"])


def event(summary, first, days=1):
    return (f"BEGIN:VEVENT\nSUMMARY:{summary}\nDTSTART;VALUE=DATE:{first.replace('-', '')}\n"
            f"DTEND;VALUE=DATE:{later(first, days).replace('-', '')}\n"
            f"DTSTAMP;VALUE=DATE:{first.replace('-', '')}\nUID:{summary}{first}\nEND:VEVENT\n")


def ics_of(*years, off="{}假期", work="上班(补{}假期)", more=""):
    events = "".join(event(off.format(n), first, count)
                     for y in years for n, first, count in OFF[y])
    events += "".join(event(work.format(n), day) for y in years for n, day in WORK[y])
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:PUBLISH\n{events}{more}END:VCALENDAR\n"


class Imported(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.file = self.office.folder / CALENDAR
        self.shipped = self.file.read_text(encoding="utf-8")

    def forget(self, year):
        """The year's section says `unknown`, as before its notice."""
        bare = f'[[year]]\nyear   = {year}\nstatus = "unknown"\n\n'
        text = re.sub(rf"\[\[year\]\]\nyear   = {year}\n.*?(?=\[\[year\]\])", lambda _: bare,
                      self.file.read_text(encoding="utf-8"), flags=re.DOTALL)
        self.file.write_text(text, encoding="utf-8")

    def list_file(self, content, name="list"):
        path = self.office.folder / name
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
        return path

    def take(self, content, *words):
        return dubanctl(self.office.config, "calendar", "import", self.list_file(content), *words)

    def json_of(self, year, **other):
        return {"year": year, "papers": ["https://www.gov.cn/x.htm"], "days": days_of(year)} | other


class Import(Imported):
    def test_the_json_gives_the_year_back_as_shipped_and_shows_the_dates_that_move(self):
        self.forget(2022)
        said = self.take(self.json_of(2022), "--notice", NUMBER[2022])
        self.assertEqual(said.code, 0, said)
        self.assertEqual(self.file.read_text(encoding="utf-8"), self.shipped)
        self.assertIn('+  { name = "国庆节", from = "2022-10-01", to = "2022-10-07" },', said.out)
        self.assertRegex(said.out, r"季通报 +2022-Q3 +截止 +10月11日\(周二\) +10月14日\(周五\)")
        self.assertIn("dubanctl diff", said.out.splitlines()[-1])
        self.assertIn("已经是这样", self.take(self.json_of(2022)).out)

    def test_an_ics_of_two_years_fills_both(self):
        self.forget(2022)
        self.forget(2023)
        said = self.take(ics_of(2022, 2023), "--json")
        self.assertEqual(said.code, 0, said)
        document = said.json()
        self.assertEqual([y["year"] for y in document["years"]], [2022, 2023])
        self.assertTrue(document["applied"])
        due = [m for m in document["moved"] if m["what"] == "due"]
        self.assertIn({"plan": PLAN, "duty": "monthly-dispatch", "period": "2022-04", "what": "due",
                       "from": "2022-05-02T23:59:59+08:00", "to": "2022-05-05T23:59:59+08:00"}, due)
        text = re.sub("# notice 未写:文号查到后补上\n", "", self.file.read_text(encoding="utf-8"))
        shipped = re.sub('notice = "国办发明电〔202[12]〕1[16]号"\n', "", self.shipped)
        self.assertEqual(text, shipped)
        self.assertEqual(dubanctl(self.office.config, "check").code, 0)

    def test_a_phones_calendar_is_taken_by_the_year_and_its_festivals_left_aside(self):
        self.forget(2022)
        ics = ics_of(2022, off="{}（休）", work="{}（班）",
                     more=event("元宵节", "2022-02-15") + event("元旦（休）", "2022-12-31"))
        whole = self.take(ics)
        self.assertEqual(whole.code, 2, whole)
        self.assertIn("--year", whole.err)
        said = self.take(ics, "--year", "2022", "--notice", NUMBER[2022])
        self.assertEqual(said.code, 0, said)
        self.assertIn("元宵节", said.out)
        self.assertEqual(self.file.read_text(encoding="utf-8"), self.shipped)

    def test_every_kind_of_mistake_is_one_clear_error_and_changes_nothing(self):
        self.forget(2022)
        before = self.file.read_bytes()
        days = days_of(2022)

        def with_day(name, date, off):
            return self.json_of(2022, days=days + [{"name": name, "date": date, "isOffDay": off}])

        for content, part in (
                (self.json_of(2022, days=[]), "尚未公布"),
                (ics_of(), "尚未公布"),
                (self.json_of(2022) | {"year": "22"}, "没有写是哪一年"),
                ({"year": 2022}, "没有 days"),
                (self.json_of(2022, days=days[:10]), "不全"),
                (with_day("国庆节", "2022-10-32", True), "没有“2022-10-32”这一天"),
                (with_day("国庆节", "2022-10-01", True), "已经列过"),
                (with_day("国庆节", "2022-10-02", False), "写的是放假,这里写的是上班"),
                (with_day("国庆节", "2022-10-10", False), "本来就上班"),
                (with_day("元旦", "2021-11-30", True), "不是2022年的日子"),
                (with_day('元"旦', "2022-01-04", True), "节日名称不能写"),
                (json.dumps(self.json_of(2022))[:-9], "不是 JSON"),
                (ics_of(2022)[:-9], "读不成一份日历"),
                (ics_of(2022, more="BEGIN:VEVENT\nSUMMARY:春节假期\nDTSTART;VALUE=DATE:20220230\n"
                                   "END:VEVENT\n"), "没有这一天"),
                ("<!DOCTYPE html>", "这是网页"),
                ("x" * (1 << 20) + "x", "超过上限"),
        ):
            with self.subTest(part):
                said = self.take(content)
                self.assertEqual(said.code, 2, said)
                self.assertRegex(said.err, part)
                self.assertIn("1处错误", said.err)
                self.assertEqual(said.out, "")
                self.assertEqual(self.file.read_bytes(), before)

    def test_it_applies_by_diff_and_reload_like_any_edit(self):
        self.forget(2022)
        with Daemon(self.office.config, "--pretend", "2022-03-22T10:00:00+08:00") as duband:
            duband.ready()
            self.assertEqual(self.take(self.json_of(2022)).code, 0)
            said = duband.ctl("diff")
            self.assertEqual(said.code, 1, said)
            found = re.search(r"dubanctl reload --if ([0-9a-f]+)$", said.out.strip())
            taken = duband.ctl("reload", "--if", found.group(1))
            self.assertEqual(taken.code, 0, taken)


class Missing(Imported):
    def codes(self, duband):
        return [p["code"] for p in duband.ctl("status", "--json").json()["problems"]]

    def told(self, duband):
        return [n for n in duband.ctl("notices", "--json").json()["notices"]
                for i in n["items"] if i["clause"] == "calendar-missing"]

    def test_the_office_hears_of_it_once_and_the_import_ends_it(self):
        self.forget(2023)
        moment = "2022-11-01T08:29:55+08:00"
        with Daemon(self.office.config, "--pretend", moment) as duband:
            duband.ready()
            wait_until(lambda: self.told(duband), "the word to the office", 60)
            self.assertIn("calendar-missing", self.codes(duband))
            said = duband.ctl("status")
            self.assertEqual(said.code, 1, said)
            self.assertIn("dubanctl calendar import", said.out)
            explained = duband.ctl("explain", self.told(duband)[0]["id"])
            self.assertIn("下一年的放假安排还没有录入工作日历", explained.out)
            duband.stop()
        with Daemon(self.office.config, "--pretend", "2022-11-02T10:00:00+08:00") as duband:
            duband.ready()
            self.assertEqual(len(self.told(duband)), 1)
            self.assertEqual(self.take(self.json_of(2023)).code, 0)
            self.assertEqual(duband.ctl("reload").code, 0)
            self.assertNotIn("calendar-missing", self.codes(duband))

    def test_a_rehearsal_of_the_year_has_it_too(self):
        self.forget(2023)
        out = self.office.folder / "year"
        said = dubanctl(self.office.config, "rehearse", "--out", out)
        self.assertLess(said.code, 2, said)
        lines = (out / "notices.jsonl").read_text(encoding="utf-8").splitlines()
        told = [n for n in map(json.loads, lines)
                for i in n["items"] if i["clause"] == "calendar-missing"]
        self.assertEqual([n["at"] for n in told], ["2022-11-01T08:30:00+08:00"])


if __name__ == "__main__":
    unittest.main()
