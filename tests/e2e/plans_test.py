"""Several plans in one daemon: each with its own year, zone, office and past, and none in the way
of another; the sample that is shipped beside the first plan; a thousand of them."""

import json
import sqlite3
import unittest
from email import message_from_bytes
from email.policy import default

from hook_server import Nginx
from peer_program import free_port
from many_plans import add_plan
from office import PLAN, SAMPLE, Office
from programs import Daemon, dubanctl
from waiting import wait_until


class TheSample(unittest.TestCase):
    """zonghe-guanlang-2025: what its rules come to, by hand from the work calendar of 2025."""

    @classmethod
    def setUpClass(cls):
        cls.office = Office(plans=(PLAN, SAMPLE))
        cls.addClassCleanup(cls.office.close)
        answer = dubanctl(cls.office.config, "show", "--plan", SAMPLE, "--json")
        assert answer.code == 0, answer
        cls.plan, = answer.json()["plans"]

    def dues(self, duty):
        found, = (d for d in self.plan["duties"] if d["id"] == duty)
        return {p["id"]: p["due"] and p["due"][5:16] for p in found["periods"]}

    def test_it_checks_beside_the_first_plan_without_a_word_about_it(self):
        said = dubanctl(self.office.config, "check", "--json")
        self.assertEqual(said.code, 0, said)
        self.assertEqual([d for d in said.json()["diagnostics"] if SAMPLE in d["file"]], [])
        plans = dubanctl(self.office.config, "show", "--json").json()["plans"]
        self.assertEqual([p["id"] for p in plans], [PLAN, SAMPLE])

    def test_weekly_by_tuesday_noon_with_the_second_working_day_after_a_holiday(self):
        dues = self.dues("weekly-report")
        self.assertEqual(dues["2025-W07"], "02-11T12:00")
        self.assertEqual(dues["2025-W06"], "02-06T12:00", "4 February is in 春节: 5th, then 6th")
        self.assertEqual(dues["2025-W41"], "10-10T12:00", "7 October is in 国庆: 9th, then 10th")
        self.assertEqual(dues["2025-W40"], "09-30T12:00")
        self.assertEqual(len(dues), 49)

    def test_twice_a_month_by_rrule_named_by_the_day(self):
        dues = self.dues("investment")
        self.assertEqual(dues["2025-03-10"], "03-10T17:00")
        self.assertEqual(dues["2025-05-10"], "05-09T17:00", "a Saturday: the day before")
        self.assertEqual(dues["2025-10-25"], "10-24T17:00", "a Saturday: the day before")
        self.assertEqual(list(dues)[-1], "2025-12-10", "25 December is beyond within")

    def test_by_the_10th_for_the_month_before(self):
        dues = self.dues("funds")
        self.assertEqual(dues["2025-01"], "02-10T17:00")
        self.assertEqual(dues["2025-04"], "05-12T17:00", "10 May is a Saturday: the Monday after")
        self.assertEqual(list(dues)[-1], "2025-11")

    def test_a_working_day_of_the_quarter_and_a_last_friday_and_every_other_one(self):
        self.assertEqual(self.dues("quarterly-bulletin")["2025-Q1"][:5], "04-08",
                         "1, 2, 3, then after 清明 7, 8")
        self.assertEqual([d[:5] for d in self.dues("safety-check").values()],
                         ["06-27", "07-25", "08-29", "09-26"])
        meetings = [d[:5] for d in self.dues("fortnight-meeting").values()]
        self.assertEqual(meetings[:4], ["03-07", "03-21", "04-03", "04-18"], "4 April is 清明")

    def test_its_phases_overlap(self):
        phases = {p["id"]: (p["from"], p["to"]) for p in self.plan["phases"]}
        self.assertLess(phases["build"][0], phases["prepare"][1])
        self.assertGreater(phases["inspect"][1], phases["build"][1])

    def test_a_year_of_it_is_rehearsed_in_its_own_words(self):
        out = self.office.folder / "year"
        said = dubanctl(self.office.config, "rehearse", "--plan", SAMPLE, "--behave", "punctual",
                        "--out", out)
        self.assertEqual(said.code, 0, said)
        self.assertIn("没有单位超出预算", said.out)
        lines = (out / "notices.jsonl").read_text(encoding="utf-8").splitlines()
        reminder = next(n for n in map(json.loads, lines)
                        for i in n["items"] if (i["duty"], i["period"], i["unit"]) ==
                        ("funds", "2025-04", "finance-dept") and i["kind"] == "stage")
        mail = message_from_bytes((out / reminder["message"]).read_bytes(), policy=default)
        self.assertIn("资金拨付月报,5月12日(周一)17:00前报", mail["Subject"])
        text = mail.get_body(("plain",)).get_content()
        self.assertIn("协调小组办公室", text)
        self.assertIn("三(三)", text)


class SeveralPlans(unittest.TestCase):
    """One daemon over plans of two zones."""

    def setUp(self):
        self.office = Office(plans=())
        self.addCleanup(self.office.close)

    def start(self, moment, deadline=20):
        duband = Daemon(self.office.config, "--pretend", moment)
        self.addCleanup(duband.close)
        return duband.ready(deadline)

    def notices(self, duband, *words):
        return duband.ctl("notices", "--json", *words).json()["notices"]

    def stages(self, duband, plan):
        return {(i["duty"], i["period"], i["stage"]) for n in self.notices(duband, "--plan", plan)
                for i in n["items"] if i["kind"] == "stage"}

    def sent(self, duband):
        return all(n["state"] == "delivered" for n in self.notices(duband))

    def test_nine_in_the_morning_is_each_plans_own(self):
        add_plan(self.office, "east", 1)
        add_plan(self.office, "west", 2, zone="Europe/Berlin")
        # A Tuesday: 08:59 in Shanghai, the night before in Berlin.
        duband = self.start("2022-05-17T08:59:58+08:00")
        told = lambda plan: {s for s in self.stages(duband, plan) if s[1] == "2022-W20"}
        wait_until(lambda: not told("east"), "nothing is told before nine", 5)
        rows = duband.ctl("agenda", "--json", "--from", "05-18", "--to", "05-18").json()["stages"]
        at = {r["plan"]: r["at"] for r in rows}
        self.assertEqual(at, {"east": "2022-05-18T09:00:00+08:00",
                              "west": "2022-05-18T09:00:00+02:00"})
        duband.stop()
        duband = self.start("2022-05-18T10:00:00+08:00")
        wait_until(lambda: told("east"), "the reminder in Shanghai", 20)
        self.assertEqual(told("west"), set(), "in Berlin it is four in the morning")
        duband.stop()
        duband = self.start("2022-05-18T16:00:00+08:00")
        wait_until(lambda: told("west"), "the reminder in Berlin", 20)

    def test_a_broken_plan_stops_no_other_and_is_named(self):
        for number, plan in enumerate(("one", "two", "three"), 1):
            add_plan(self.office, plan, number)
        self.office.edit("plans/two/plan.toml", r"^\[\[duty\]\]", "[[duty]")
        self.assertEqual(dubanctl(self.office.config, "check").code, 1)
        duband = self.start("2022-05-17T10:00:00+08:00")
        status = duband.ctl("status", "--json").json()
        self.assertEqual([p["id"] for p in status["plans"]], ["one", "three"])
        self.assertIn("two", status["problems"][0]["message"])
        self.office.edit("plans/two/plan.toml", r"^\[\[duty\]$", "[[duty]]")
        self.office.edit("plans/three/plan.toml", r'^year     = 2022', 'year     = "x"')
        said = duband.ctl("reload", "--json")
        self.assertEqual(said.code, 1, said)
        self.assertEqual((said.json()["taken"], said.json()["kept"]), (["one", "two"], ["three"]))
        status = duband.ctl("status", "--json").json()
        self.assertEqual([p["id"] for p in status["plans"]], ["one", "three", "two"])

    def test_a_verb_asks_which_plan_only_where_it_must(self):
        add_plan(self.office, "one", 1)
        add_plan(self.office, "other", 2)
        self.office.edit("plans/other/units.toml", '第二单位', '别的单位')
        self.office.edit("plans/other/plan.toml", 'id     = "weekly"', 'id     = "weekly-two"')
        duband = self.start("2022-05-17T10:00:00+08:00")
        said = duband.ctl("received", "weekly-two", "2022-W20", "one", "--at", "09:00")
        self.assertEqual(said.code, 0, said)
        self.assertEqual(duband.ctl("send-test", "--unit", "别的单位").code, 0)
        asked = duband.ctl("send-test", "--unit", "one")
        self.assertEqual(asked.code, 2, asked)
        self.assertIn("--plan", asked.err)
        self.assertEqual(duband.ctl("send-test", "--unit", "one", "--plan", "other").code, 0)
        said = duband.ctl("silence", "--unit", "别的单位", "--until", "06-01", "--why", "防汛")
        self.assertEqual(said.code, 0, said)
        units = {(n["plan"], i["unit"]) for n in self.notices(duband, "--unit", "别的单位")
                 for i in n["items"]}
        self.assertEqual(units, {("other", "two")}, "the other plan's two is somebody else")

    def test_one_plan_is_shown_and_taken_and_the_others_edit_waits(self):
        for number, plan in enumerate(("one", "other"), 1):
            add_plan(self.office, plan, number)
        duband = self.start("2022-05-17T10:00:00+08:00")
        for plan in ("one", "other"):
            self.office.edit(f"plans/{plan}/plan.toml", "thu 17:00", "fri 17:00")
        said = duband.ctl("diff", "--plan", "one")
        self.assertEqual(said.code, 1, said)
        last = said.out.strip().splitlines()[-1]
        self.assertIn("other 的文件也改了,这条命令不动", last)
        command = last.split("dubanctl ")[1].split()
        self.assertEqual(command[:3], ["reload", "--plan", "one"])
        self.assertEqual(duband.ctl(*command).code, 0)
        said = duband.ctl("diff")
        self.assertEqual(said.code, 1, said)
        self.assertNotIn("one:", said.out)
        self.assertIn("other:", said.out)
        self.assertEqual(duband.ctl("status", "--plan", "other", "--json").json()["plans"][0]["id"],
                         "other")

    def test_a_storm_of_one_plan_is_let_go_by_itself(self):
        for number, plan in enumerate(("one", "other"), 1):
            add_plan(self.office, plan, number)
            self.office.edit(f"plans/{plan}/plan.toml", r"^storm    = 20", "storm    = 1")
        duband = self.start("2022-05-17T10:00:00+08:00")
        wait_until(lambda: self.notices(duband) and self.sent(duband), "the start letters", 30)
        for plan in ("one", "other"):
            self.office.edit(f"plans/{plan}/plan.toml", "thu 17:00", "fri 17:00")
        self.assertEqual(duband.ctl("reload").code, 0)
        status = duband.ctl("status").out
        self.assertIn("dubanctl release storm --plan one", status)
        asked = duband.ctl("release", "storm")
        self.assertEqual(asked.code, 2, asked)
        self.assertIn("one、other", asked.err)
        self.assertEqual(duband.ctl("release", "storm", "--plan", "one").code, 0)
        drafted = {n["plan"] for n in self.notices(duband, "--state", "drafted")}
        self.assertEqual(drafted, {"other"})
        self.assertEqual(duband.ctl("release", "storm").code, 0, "now there is only one")

    def test_each_plan_has_a_sequence_of_its_own_in_the_ledger(self):
        add_plan(self.office, "one", 1)
        add_plan(self.office, "other", 2)
        duband = self.start("2022-05-17T10:00:00+08:00")
        wait_until(lambda: self.notices(duband) and self.sent(duband), "the start letters", 30)
        for _ in range(3):
            said = duband.ctl("received", "weekly", "2022-W20", "one", "--at", "09:00", "--plan",
                              "one")
            self.assertEqual(said.code, 0, said)
        duband.stop()
        with sqlite3.connect(self.office.state / "pretended.sqlite") as ledger:
            rows = ledger.execute("SELECT plan, min(seq), max(seq), count(*) FROM facts"
                                  " WHERE kind IN ('plan-text', 'received') GROUP BY plan")
            first = {plan: (lowest, count) for plan, lowest, _, count in rows}
        self.assertEqual(first, {"one": (1, 4), "other": (1, 1)})

    def test_a_dead_address_of_one_plan_is_no_matter_of_the_same_id_in_another(self):
        hooks = Nginx()
        self.addCleanup(hooks.close)
        self.office.hook_channel("whsec_bmljaHQgZWNodCwgbnVyIGZ1ZXIgVGVzdHM=")
        add_plan(self.office, "dead", 1, to=f"hook:http://127.0.0.1:{free_port()}/")
        add_plan(self.office, "well", 2, to=f"hook:{hooks.url}")
        duband = self.start("2022-05-17T10:00:00+08:00")
        wait_until(lambda: hooks.hooks, "the webhook of the plan that is well", 30)
        states = {n["plan"]: n["state"] for n in self.notices(duband)
                  if n["endpoint"] == "one-liaison/1"}
        self.assertEqual(set(states), {"dead", "well"})
        wait_until(lambda: {n["state"] for n in self.notices(duband, "--plan", "well")}
                   == {"delivered"}, "all of the plan that is well", 30)
        self.assertNotIn("delivered", {n["state"] for n in self.notices(duband, "--plan", "dead")
                                       if n["endpoint"] == "one-liaison/1"})


class AThousandPlans(unittest.TestCase):
    def test_they_are_checked_started_told_edited_and_asked(self):
        office = Office(plans=())
        self.addCleanup(office.close)
        for number in range(1, 1001):
            add_plan(office, f"plan-{number:04}", number)
        self.assertEqual(dubanctl(office.config, "check").code, 0)
        duband = Daemon(office.config, "--pretend", "2022-05-17T10:00:00+08:00")
        self.addCleanup(duband.close)
        duband.ready(120)
        ask = lambda *words: duband.ctl(*words, deadline=240)
        status = ask("status", "--json").json()
        self.assertEqual(len(status["plans"]), 1000)
        wait_until(lambda: not any(ask("status", "--json").json()["outbox"].values()),
                   "every start letter to be delivered", 300)

        said = ask("received", "weekly", "2022-W20", "two", "--plan", "plan-0500", "--at", "09:00")
        self.assertEqual(said.code, 0, said)
        office.edit("plans/plan-0007/plan.toml", "thu 17:00", "fri 17:00")
        office.edit("plans/plan-0008/plan.toml", r"^\[\[duty\]\]", "[[duty]")
        said = ask("reload", "--json")
        self.assertEqual(said.code, 1, said.err[:2000])
        self.assertEqual(len(said.json()["taken"]), 999)
        self.assertEqual(said.json()["kept"], ["plan-0008"])
        told = ask("notices", "--plan", "plan-0007", "--json").json()["notices"]
        self.assertIn("change", {i["kind"] for n in told for i in n["items"]})
        units = {n["plan"] for n in ask("notices", "--unit", "two", "--plan", "plan-0500",
                                        "--json").json()["notices"]}
        self.assertEqual(units, {"plan-0500"})

        self.assertEqual(duband.stop(), 0)
        duband = Daemon(office.config, "--pretend", "2022-05-17T10:30:00+08:00")
        self.addCleanup(duband.close)
        duband.ready(120)
        after = duband.ctl("status", "--json", deadline=240).json()
        self.assertEqual(len(after["plans"]), 1000, "the broken one by its last good text")


if __name__ == "__main__":
    unittest.main()
