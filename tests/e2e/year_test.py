"""The year of the shipped plan, played end to end through the built programs: rehearsed with the
sample behaviour and counted anew from its ledger; and the days of June's chase lived by a real
duband in pretended time."""

import collections
import email
import email.policy
import re
import tempfile
import tomllib
import unittest
from pathlib import Path

from lived_year import (HANDED_IN, OUTCOMES, Key, LivedYear, day_of, figures_in, instant, jsonl,
                        moment, tallies_of)
from machine_clock import MachineClock
from office import Office
from programs import ROOT, Daemon, dubanctl
from waiting import wait_until

CONFIG = ROOT / "config/duband.toml"
PLAN = ROOT / "config/plans/wuhan-2022-1/plan.toml"
BEHAVIOUR = ROOT / "config/samples/behaviour.toml"
NEVER, ON_PAPER = "市招商办", "市水务局"
DAY = 86400


class RehearsedYear(unittest.TestCase):
    """`dubanctl rehearse --behave config/samples/behaviour.toml --out DIR`."""

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="duban-year-")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = Path(cls.temporary.name)
        said = dubanctl(CONFIG, "rehearse", "--behave", BEHAVIOUR, "--out", cls.folder,
                        deadline=300)
        assert said.code == 0, said
        plan = dubanctl(CONFIG, "show", "--json").json()["plans"][0]
        cls.year = LivedYear(cls.folder, plan)
        cls.addClassCleanup(cls.year.close)

    def test_the_ledger_is_whole_and_no_daemon_takes_it_for_its_own(self):
        self.assertEqual(self.year.ask("PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(self.year.ask("PRAGMA foreign_key_check"), [])
        self.assertEqual(self.year.ask("SELECT kind FROM ledger"), [("pretended",)])

    def test_the_messages_are_those_of_the_ledger(self):
        lines = jsonl(self.folder / "notices.jsonl")
        self.assertEqual([(n["id"], n["subject"]) for n in lines],
                         [(n.id, n.subject) for n in self.year.notices])
        for line in lines:
            self.assertTrue((self.folder / line["message"]).is_file(), line["message"])

    def test_rows_came_in_from_everybody_who_reports(self):
        rows = self.year.rows()
        units = {fact.unit for fact, _ in rows if fact.duty == "monthly-table"}
        reporters = set(self.year.reporters["monthly-table"])
        self.assertEqual(units, reporters - {self.year.unit_of_name[NEVER]})
        said = [row for _, row in rows if not row["unchanged"]]
        self.assertTrue(all(any(c.isdigit() for c in row["progress"]) for row in said))
        self.assertTrue([row for _, row in rows if row["unchanged"]])
        wishes = [row for row in said if row["asks_what"]]
        self.assertTrue(wishes)
        self.assertTrue(all(row["problem"] and row["asks_whom"] and row["asks_by"]
                            for row in wishes))

    def test_nobody_who_has_handed_in_is_chased_once_that_is_recorded(self):
        chased = [(n.id, i) for n, i in self.year.told("liaison") if i.kind == "stage"
                  and self.year.is_in(Key(i.duty, i.period, i.unit), n.at)]
        self.assertEqual(chased, [])

    def test_who_never_hands_in_is_chased(self):
        never = self.year.unit_of_name[NEVER]
        chased = {i.period for _, i in self.year.told("liaison") if i.unit == never
                  and i.duty == "monthly-table" and i.stage.startswith("overdue")}
        self.assertEqual(len(chased), 7, "April to October")

    def test_nobody_is_told_the_same_item_twice(self):
        told = collections.Counter((n.endpoint, i.seq) for n, i in self.year.told())
        self.assertEqual([k for k, times in told.items() if times > 1], [])
        moments = collections.Counter((n.endpoint, n.at) for n in self.year.notices)
        self.assertEqual([m for m, times in moments.items() if times > 1], [])

    def test_a_paper_is_asked_for_no_more_often_before_its_time_than_the_budget_has(self):
        """The budget of a month is judged where all hand in (`rehearse --behave punctual`). A paper
        that was given back is asked for anew."""
        budget = tomllib.loads(PLAN.read_text(encoding="utf-8"))["budget"]
        papers = collections.defaultdict(set)
        for notice, item in self.year.told("liaison"):
            before = item.kind == "stage" and item.stage.startswith(("remind", "due "))
            asked_anew = item.due != self.year.due[item.duty, item.period]
            if before and not asked_anew and item.unit not in budget["exempt"]:
                papers[item.unit, item.duty, item.period, item.slice].add(notice.id)
        over = {k: len(ids) for k, ids in papers.items() if len(ids) > budget["pre_due"]}
        self.assertTrue(papers)
        self.assertEqual(over, {})

    def wronged(self):
        """Assignments that were told overdue although they had come in on paper before."""
        found = set()
        for notice, item in self.year.told("liaison"):
            if not (item.kind == "stage" and item.stage.startswith("overdue")):
                continue
            key = Key(item.duty, item.period, item.unit)
            papers = [f for f in self.year.facts if (f.duty, f.period, f.unit) == key
                      and f.kind in HANDED_IN and f.at < notice.at < f.recorded_at]
            if papers:
                found.add(key)
        return found

    def test_who_was_chased_for_a_paper_that_had_come_gets_exactly_one_correction(self):
        corrections = [(n, Key(i.duty, i.period, i.unit)) for n, i in self.year.told()
                       if i.kind == "correction"]
        wronged = self.wronged()
        self.assertIn(self.year.unit_of_name[ON_PAPER], {k.unit for k in wronged})
        self.assertEqual(collections.Counter(k for _, k in corrections),
                         collections.Counter(wronged))
        for notice, key in corrections:
            lines = [line for line in notice.text.splitlines() if "更正" in line]
            with self.subTest(key=key):
                self.assertEqual(len(lines), 1, notice.text)
                self.assertIn("不用再办", lines[0])

    def test_each_daily_list_agrees_with_the_record_number_by_number(self):
        counted = 0
        for day, text in self.year.lists().items():
            for said in tallies_of(text):
                at = moment(f"{day[5:]} {said.hour}")
                tally = self.year.tally(said.duty, said.period, at)
                with self.subTest(day=day, duty=said.duty, period=said.period):
                    self.assertEqual(said.owed, len(self.year.reporters[said.duty]))
                    self.assertEqual(said.owed, sum(said.counts.values()))
                    self.assertEqual(said.counts, {k: len(v) for k, v in tally.items() if v})
                    named = {self.year.unit_of_name.get(name) for name in said.named}
                    self.assertLessEqual(named, set(tally["missing"]) | set(tally["late"])
                                         | set(tally["on-time"]) | set(tally["extended"]))
                    self.assertLessEqual(set(tally["missing"]), named)
                counted += 1
        self.assertGreater(counted, 30)

    def test_the_lists_are_what_the_office_got(self):
        sent = {}
        for notice in self.year.notices:
            if any(i.kind == "list" for i in notice.items):
                sent.setdefault(day_of(notice.at), f"{notice.subject}\n\n{notice.text}\n")
        self.assertGreater(len(sent), 50)
        self.assertEqual(self.year.lists(), sent)

    def test_each_dispatch_agrees_with_the_record_number_by_number(self):
        drafts = {period: at for (duty, period), at in self.year.drafts().items()
                  if duty == "monthly-dispatch"}
        self.assertEqual(sorted(drafts), [f"2022-{month:02}" for month in range(4, 11)])
        tasks = len(self.year.plan["tasks"])
        for period, at in drafts.items():
            name = "月调度通报", f"2022年{int(period[5:])}月"
            lines, proof = self.year.document(*name), self.year.proof(*name)
            tally = self.year.tally("monthly-table", period, at - 1)
            with self.subTest(period=period):
                said = next(line for line in lines if line.startswith("截至"))
                figures = figures_in(said)
                self.assertEqual(figures, {k: len(v) for k, v in tally.items()}, said)
                owed = int(re.search(r"应报(\d+)家", said)[1])
                self.assertEqual((owed, owed), (len(self.year.reporters["monthly-table"]),
                                                sum(figures.values())))
                lamps = said.split("项任务")[1].split("。")[0]
                self.assertEqual(sum(map(int, re.findall(r"(\d+)项", lamps))), tasks, said)
                for word, outcome in OUTCOMES.items():
                    opened = proof[f"{word}{len(tally[outcome])}家"]
                    named = {self.year.unit_of_name[n] for n in re.split("[、（(〔]", opened)
                             if n in self.year.unit_of_name}
                    self.assertEqual(named, set(tally[outcome]), (word, opened))

    def test_the_briefing_counts_each_month_of_its_quarter_as_the_record_does(self):
        at = self.year.drafts()["quarterly-briefing", "2022-Q2"]
        lines = self.year.document("季通报", "二季度")
        for month in (4, 5, 6):
            tally = self.year.tally("monthly-table", f"2022-{month:02}", at - 1)
            row = lines.index(f"{month}月", lines.index("六、报送情况"))
            counted = [int(cell) for cell in lines[row + 1:row + 7]]
            self.assertEqual(counted[1:], [len(tally[k]) for k in OUTCOMES.values()], month)
            self.assertEqual(counted[0], sum(counted[1:]))

    def test_every_draft_to_a_leader_waits_and_none_goes_by_itself(self):
        drafts = [n for n in self.year.notices if any(i.audience == "leader" for i in n.items)]
        self.assertTrue(drafts)
        lists = self.year.lists()
        for draft in drafts:
            with self.subTest(draft=draft.id):
                self.assertEqual((draft.state, draft.attempts), ("drafted", 0))
                self.assertIn(draft.ending, (None, "withdrawn", "superseded"))
                self.assertIn(f"dubanctl release {draft.id}", lists[day_of(draft.at)])

    def test_a_draft_whose_cause_has_gone_is_withdrawn(self):
        ends = self.year.facts[-1].recorded_at + DAY
        for draft in self.year.notices:
            if not any(i.audience == "leader" for i in draft.items) or draft.ending:
                continue
            with self.subTest(draft=draft.id):
                self.assertTrue([i for i in draft.items if not self.year.is_in(
                    Key(i.duty, i.period, i.unit), ends)])


# The table of June is due on Friday the 24th at 17:00 (the 25th is a Saturday); its overdue goes on
# Monday at 14:00 after 收件已核, the leader's attention is drafted for Tuesday 9:00.
TABLE = ("monthly-table", "2022-06")
EVE = "2022-06-24T15:00:00+08:00"
MISSING = ("市医保局", "武汉新港委", "市水务局")


class JunesChase(unittest.TestCase):
    """A real duband, from the last afternoon of the table of June to the days after."""

    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.clock = MachineClock()
        self.addCleanup(self.clock.close)
        self.duband = Daemon(self.office.config, "--pretend", EVE,
                             environment=self.clock.environment)
        self.addCleanup(self.duband.close)
        self.duband.ready()
        plan = self.say("show", "--json").json()["plans"][0]
        self.ids = {u["name"]: u["id"] for u in plan["units"]}
        self.reporters = next(d["units"] for d in plan["duties"] if d["id"] == TABLE[0])

    def say(self, *words, code=0):
        said = self.duband.ctl(*words)
        self.assertEqual(said.code, code, said)
        return said

    def now(self):
        return instant(self.today()["at"])

    def today(self):
        return self.say("today", "--json").json()["plans"][0]

    def live_to(self, when):
        """Through every moment at which the daemon has something to do, as time itself goes."""
        end = moment(when)
        while (now := self.now()) < end:
            due = self.say("status", "--json").json()["plans"][0]["next"]
            until = min(end, max(now, instant(due)) if due else end)
            self.clock.pass_by(max(until - now, 0) + 1)
            self.say("reload")  # its timer knows nothing of time that was skipped
        wait_until(lambda: not self.open_notices(), "what was told to be delivered")

    def notices(self, *words):
        return self.say("notices", *words, "--json").json()["notices"]

    def open_notices(self):
        return self.notices("--state", "queued") + self.notices("--state", "retrying")

    def told(self, unit, kind, stage=""):
        """The notices that went to a unit and tell it this of the table of June."""
        def tells(item):
            return (item["unit"] == self.ids[unit] and (item["duty"], item["period"]) == TABLE
                    and item["kind"] == kind and (item["stage"] or "").startswith(stage))
        return [n for n in self.notices("--unit", unit)
                if n["state"] in ("queued", "retrying", "delivered")
                and any(map(tells, n["items"]))]

    def counts(self):
        return next(c for c in self.today()["counts"] if (c["duty"], c["period"]) == TABLE)

    def hand_in_all_but(self, *units):
        left = {self.ids[u] for u in units}
        others = [u for u in self.reporters if u not in left]
        self.say("received", *TABLE, *others, "--at", "14:30")

    def test_a_table_comes_in_a_draft_waits_and_is_released(self):
        self.hand_in_all_but("市教育局", *MISSING)
        path = self.office.folder / "6月.csv"
        path.write_text("条款,任务,本月进展,节点状态\n二(二)5,高校合作,与黄冈签约3所高校,正常\n",
                        encoding="utf-8")
        fact = self.say("submit", *TABLE, "市教育局", "--from", path, "--json").json()["facts"][0]
        self.assertEqual((fact["kind"], fact["rows"], fact["files"]), ("submitted", 1, 1))
        self.live_to("06-27 10:00")
        self.say("checked", *TABLE)
        self.live_to("06-27 14:05")
        self.assertEqual(self.told("市教育局", "stage", "overdue"), [])
        self.assertEqual(len(self.told("武汉新港委", "stage", "overdue")), 1)

        self.live_to("06-27 16:35")
        drafts = {n["items"][0]["unit"]: n["id"] for n in self.notices("--state", "drafted")
                  if any(i["audience"] == "leader" for i in n["items"])}
        self.assertEqual(set(drafts), {self.ids[u] for u in MISSING})
        self.live_to("06-28 09:30")
        self.assertEqual({n["id"] for n in self.notices("--state", "drafted")},
                         set(drafts.values()), "none goes by itself")
        self.say("release", drafts[self.ids["武汉新港委"]])
        wait_until(lambda: self.told("武汉新港委", "stage", "escalate"), "the released draft")
        # what has come in needs nobody's attention any more
        self.say("received", *TABLE, "市医保局")
        self.assertEqual({n["id"] for n in self.notices("--state", "drafted")},
                         {drafts[self.ids["市水务局"]]})
        self.assertEqual(self.told("市医保局", "stage", "escalate"), [])
        counts = self.counts()
        self.assertEqual(counts["late"], [self.ids["市医保局"]])
        self.assertEqual(sorted(counts["missing"]),
                         sorted(self.ids[u] for u in ("武汉新港委", "市水务局")))
        self.assertEqual(counts["owed"], sum(len(counts[k]) for k in (
            "on_time", "late", "extended", "excused", "missing")))

    def test_who_was_chased_because_of_a_wrong_entry_gets_one_line_of_correction(self):
        self.hand_in_all_but(*MISSING)
        # 市水务局's paper came by 公文 and was entered under another unit's name
        wrong = self.say("received", *TABLE, "市医保局", "--at", "14:40", "--json").json()
        self.live_to("06-27 10:00")
        self.say("checked", *TABLE)
        self.live_to("06-27 14:05")
        self.assertEqual(len(self.told("市水务局", "stage", "overdue")), 1)
        self.assertEqual(self.told("市医保局", "stage", "overdue"), [])

        self.say("void", str(wrong["facts"][0]["seq"]), "--note", "记错单位")
        self.say("received", *TABLE, "市水务局", "--at", "06-24 14:40")
        self.live_to("06-27 15:00")
        [told] = self.told("市水务局", "correction")
        mail = self.mail_of(told)
        lines = [line for line in mail.splitlines() if "更正" in line]
        self.assertEqual(len(lines), 1, mail)
        self.assertIn("6月24日14:40", lines[0])
        counts = self.counts()
        self.assertIn(self.ids["市水务局"], counts["on_time"])
        self.assertIn(self.ids["市医保局"], counts["missing"])
        # who the wrong entry stood for is chased again, but not before somebody has looked
        self.live_to("06-28 14:05")
        self.assertEqual(self.told("市医保局", "stage", "overdue"), [])
        self.say("checked", *TABLE)
        self.live_to("06-29 14:05")
        self.assertEqual(len(self.told("市医保局", "stage", "overdue")), 1)
        self.assertEqual(len(self.told("市水务局", "correction")), 1)
        self.assertEqual(len(self.told("市水务局", "stage", "overdue")), 1)

    def mail_of(self, notice):
        """The plain text of what went out."""
        for data in self.office.outbox().values():
            message = email.message_from_bytes(data, policy=email.policy.default)
            if notice["id"] in message["message-id"]:
                return message.get_body(("plain",)).get_content()
        return self.fail(f"no mail of {notice['id']}")

    def test_what_is_given_back_is_asked_for_by_the_new_time_and_stays_on_time(self):
        self.hand_in_all_but()
        self.live_to("06-27 09:00")
        said = self.say("return", *TABLE, "市教育局", "--until", "06-28 17:00", "--why", "缺一行",
                        code=2)
        self.assertIn("2个工作日", said.err)
        self.say("return", *TABLE, "市教育局", "--until", "06-29 17:00", "--why", "缺高校合作一行")
        [told] = self.told("市教育局", "answer")
        self.assertEqual([i["due"] for i in told["items"] if i["kind"] == "answer"],
                         ["2022-06-29T17:00:00+08:00"])
        self.live_to("06-28 09:05")
        self.assertIn(self.ids["市教育局"], self.counts()["on_time"])
        before = len(self.told("市教育局", "stage", "due"))
        self.live_to("06-29 09:05")
        self.assertEqual(len(self.told("市教育局", "stage", "due")), before + 1)
        self.say("submit", *TABLE, "市教育局", "--unchanged")
        self.live_to("06-30 16:35")
        self.assertEqual(self.told("市教育局", "stage", "overdue"), [])
        page = self.say("explain", "--unit", "市教育局", "--duty", TABLE[0], "--period", TABLE[1],
                        "--json").json()["explanation"]["assignment"]
        self.assertEqual((page["standing"], page["settled_by"]["kind"]), ("answered", "submitted"))


if __name__ == "__main__":
    unittest.main()
