"""The kill campaign's judge finds what is wrong with a doctored record; a small campaign runs."""

import subprocess
import sys
import unittest

from kill_judge import Death, Notice, Record, judge
from killed_peers import Arrival
from programs import ROOT

ITEM = ("u1", "paper", "2022", "", "stage", "remind -1d 09:00", "liaison", 1)
KEY = ("u1", "paper", "stage", "remind -1d 09:00")


def arrival(life, reply="whole", replied_at=10.0, **other):
    known = {"id": "ntc_1", "channel": "hook", "to": "/u1", "content": "says", "wire": "abc"}
    return Arrival(**{**known, **other}, life=life, reply=reply, replied_at=replied_at)


def good_record():
    """Told in life 1, which died before it was written down; told again in life 2, which lived."""
    notice = Notice("ntc_1", "hook", "delivered", "says", [ITEM], [("delivered", "abc")])
    return Record(expected={KEY}, items=[ITEM], notices={"ntc_1": notice},
                  arrivals=[arrival(1), arrival(2, replied_at=20.0)],
                  deaths={1: Death(10.5, set())}, acknowledged={("received", "paper", "u2")},
                  held={("received", "paper", "u2")})


class Judge(unittest.TestCase):
    def setUp(self):
        self.record = good_record()

    def assert_lost(self, words):
        self.assertRegex("\n".join(judge(self.record).lost), words)

    def assert_unexplained(self, words):
        self.assertRegex("\n".join(judge(self.record).unexplained), words)

    def test_finds_nothing_in_a_good_record(self):
        verdict = judge(self.record)
        self.assertEqual((verdict.lost, verdict.unexplained, verdict.repeats), ([], [], 1))

    def test_finds_an_item_that_was_never_made(self):
        self.record.expected.add(("u2", "paper", "stage", "remind -1d 09:00"))
        self.assert_lost("never told: .*u2")

    def test_finds_an_item_made_without_a_cause(self):
        self.record.expected.clear()
        self.assert_unexplained("without a cause")

    def test_finds_an_item_told_in_two_tellings(self):
        self.record.items.append(ITEM[:-1] + (2,))
        self.assert_unexplained("2 times in the ledger")

    def test_finds_a_delivered_notice_that_nobody_saw(self):
        self.record.arrivals.clear()
        self.assert_lost("no receiver has seen it")

    def test_a_delivery_of_which_only_half_a_reply_went_out_is_none(self):
        self.record.arrivals = [arrival(1, "half"), arrival(2, "none")]
        self.assert_lost("no receiver has seen it")

    def test_finds_a_notice_that_never_ended_and_one_that_failed(self):
        self.record.notices["ntc_1"].state = "open"
        self.assert_lost("never ended: ntc_1")
        self.record.notices["ntc_1"].state = "failed"
        self.assert_lost("in no notice that was delivered")

    def test_finds_one_that_expired_too_early_only(self):
        notice = self.record.notices["ntc_1"]
        notice.state, notice.attempts = "expired", []
        self.assert_lost("in no notice that was delivered")
        notice.overtaken = True
        self.assertEqual(judge(self.record).lost, [])

    def test_what_was_received_first_need_not_be_told(self):
        self.record.notices["ntc_1"].state = "withdrawn"
        self.assert_lost("in no notice that was delivered")
        self.record.answered.add(ITEM)
        self.record.arrivals.clear()
        self.record.notices["ntc_1"].attempts.clear()
        self.assertEqual(judge(self.record).lost, [])

    def test_finds_a_repeat_though_the_daemon_lived_on(self):
        self.record.deaths.clear()
        self.assert_unexplained("the daemon lived on")

    def test_finds_a_repeat_within_one_life(self):
        self.record.arrivals = [arrival(1), arrival(1)]
        self.assert_unexplained("the daemon lived on")

    def test_finds_a_repeat_of_what_was_written_down(self):
        self.record.deaths[1] = Death(10.5, {"ntc_1"})
        self.assert_unexplained("had been written down")

    def test_finds_a_reply_that_was_not_written_down_for_long(self):
        self.record.deaths[1] = Death(100.0, set())
        self.assert_unexplained("not written down within")

    def test_what_was_refused_or_broken_off_may_come_again(self):
        self.record.deaths.clear()
        self.record.arrivals.insert(0, arrival(2, "refused"))
        self.record.arrivals[1] = arrival(2, "half")
        verdict = judge(self.record)
        self.assertEqual((verdict.unexplained, verdict.repeats, verdict.tried_again), ([], 1, 1))

    def test_what_the_network_cut_may_come_again(self):
        self.record.deaths.clear()
        self.record.cut.add(0)
        self.assertEqual(judge(self.record).unexplained, [])

    def test_finds_other_content_and_other_bytes(self):
        self.record.arrivals[1].content = "says more"
        self.assert_unexplained("not the content of the ledger")
        self.record = good_record()
        self.record.notices["ntc_1"].attempts = [("delivered", "abd")]
        self.assert_unexplained("never came")

    def test_finds_another_id(self):
        self.record.arrivals.append(arrival(2, id="ntc_2"))
        self.assert_unexplained("not in the ledger: ntc_2")

    def test_finds_two_deliveries_of_one_notice(self):
        self.record.notices["ntc_1"].attempts *= 2
        self.assert_unexplained("more than once")

    def test_finds_what_was_acknowledged_and_is_gone(self):
        self.record.held.clear()
        self.assert_lost("acknowledged")

    def test_finds_a_damaged_ledger(self):
        self.record.damage = ["row 3 missing from index"]
        self.assert_lost("damaged")



class Campaign(unittest.TestCase):
    def test_a_few_kills_lose_nothing(self):
        run = subprocess.run([sys.executable, ROOT / "tests/e2e/kill_campaign", "--kills", "12"],
                             capture_output=True, text=True, timeout=300)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertRegex(run.stdout.splitlines()[-1],
                         r"^kills 12 lost 0 repeats \d+ unexplained 0$")
