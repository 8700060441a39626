"""Between duband and its receivers the network cuts, drips, joins and spoils: each attempt is
judged for what it was, and what is tried again is the same notice."""

import itertools
import unittest
from unittest import mock

import killed_peers
from fault_proxy import CLEAN, FaultProxy, Faults
from kill_plan import BEGIN, BesetOffice
from killed_peers import HTTP, SMTP, Peers
from machine_clock import MachineClock
from programs import Daemon
from waiting import wait_until

# What the SMTP server of killed_peers says, line by line, until the message is its own.
DIALOGUE = [b"220 receiver.example.org ready\r\n", *[b"250 fine\r\n"] * 3, b"354 go on\r\n",
            SMTP["whole"]]
STATUS_LINE = HTTP["whole"].index(b"\r\n") + 2


class BadNetwork(unittest.TestCase):
    """Every unit has a proxy of its own; its first connection is harmed, later ones are not."""

    def setUp(self):
        self.peers = self.enter(Peers())
        self.clock = self.enter(MachineClock(BEGIN))
        self.duband = None

    def enter(self, context):
        self.addCleanup(context.close)
        return context

    def proxy(self, channel, up=CLEAN, down=CLEAN):
        proxy = self.enter(FaultProxy(self.peers.ports[channel]))
        proxy.choose(lambda number: (up, down) if number == 0 else (CLEAN, CLEAN))
        return proxy

    def office(self, units):
        ports = self.peers.ports
        office = self.enter(BesetOffice(ports["hook"], ports["hook"], ports["mail"], units, 0))
        office.ask_for_papers(1)
        return office

    def hooks(self, *harms):
        """An office whose units h0, h1, … are told by webhook, each through its harm."""
        self.config = self.office(len(harms))
        self.config.edit("duband.toml", '^timeout = "5s"', 'timeout = "3s"', count=0)
        for number, (up, down) in enumerate(harms):
            port = self.proxy("hook", up, down).port
            self.config.addresses[f"h{number}"] = f"hook:http://127.0.0.1:{port}/h{number}"
        self.config.write_units()

    def mails(self, *harms):
        """The same by mail; a server belongs to a channel, so each unit has its channel."""
        self.config = self.office(len(harms))
        for number, (up, down) in enumerate(harms):
            self.config.mail_channel(self.proxy("mail", up, down).port, name=f"mail{number}")
            self.config.addresses[f"h{number}"] = f"mail{number}:h{number}@units.example.org"
        self.config.write_units()

    def live(self, later=0):
        """Starts duband, or ends it and starts it again so many seconds later."""
        if self.duband:
            self.assertEqual(self.duband.stop(), 0, self.duband.text())
            self.clock.pass_by(later)
        self.peers.life += 1
        self.duband = self.enter(Daemon(self.config.config,
                                        environment=self.clock.environment)).ready()

    def attempts(self, count, until=None):
        """{unit: [(outcome, reason)]} once every unit's notice has so many or was delivered."""
        def look():
            listed = self.duband.ctl("notices", "--json").json()["notices"]
            found = {n["items"][0]["unit"]: [(a["outcome"], a["reason"]) for a in n["attempts"]]
                     for n in listed if n["endpoint"].startswith("h")}
            done = all(len(a) >= count or ("delivered", "accepted") in a for a in found.values())
            return found if len(found) == len(self.config.units) and done else None
        return wait_until(look, f"{count} attempts at each notice", 60, every=0.2)

    def check_first(self, expected):
        first = {unit: attempts[0] for unit, attempts in self.attempts(1).items()}
        self.assertEqual(first, expected)

    def check_tried_again(self, later):
        """What was not delivered is, the next time, and is the same."""
        self.live(later)
        ends = {attempts[-1] for attempts in self.attempts(2).values()}
        self.assertEqual(ends, {("delivered", "accepted")})
        by_unit = itertools.groupby(sorted(self.peers.arrivals, key=lambda a: a.to),
                                    key=lambda a: a.to)
        seen = {to: {(a.id, a.content) for a in those} for to, those in by_unit}
        self.assertEqual(len(seen), len(self.config.units))
        self.assertEqual({to: len(what) for to, what in seen.items() if len(what) > 1}, {})

    def test_a_webhook_reply_cut_at_any_byte(self):
        counts = range(len(HTTP["whole"]) + 1)
        self.hooks(*((CLEAN, Faults(cut_after=n)) for n in counts))
        self.live()
        # the status line is the answer, even where the rest of it does not come
        self.check_first({f"h{n}": ("delivered", "accepted") if n >= STATUS_LINE
                          else ("unknown", "reply-lost") for n in counts})
        self.check_tried_again(later=6)

    def test_a_webhook_request_cut_on_its_way(self):
        counts = (0, 1, 15, 100, 400, 700)
        self.hooks(*((Faults(cut_after=n), CLEAN) for n in counts))
        self.live()
        self.check_first({f"h{n}": ("unknown", "reply-lost") for n in range(len(counts))})
        self.assertEqual(self.peers.arrivals, [])
        self.check_tried_again(later=6)

    def test_a_webhook_reply_that_drips_spoils_or_resets(self):
        digit = HTTP["whole"].index(b"204")
        cases = [(Faults(slice=1), ("delivered", "accepted")),
                 (Faults(slice=1, rate=5), ("unknown", "timed-out")),
                 (Faults(drop_after=5), ("unknown", "timed-out")),
                 (Faults(corrupt={0: 1}), ("unknown", "reply-lost")),
                 (Faults(corrupt={digit: ord("2") ^ ord("5")}), ("retry", "rate-limited")),
                 (Faults(corrupt={digit: ord("2") ^ ord("4")}), ("rejected", "refused")),
                 # an answer for now, after which another is waited for
                 (Faults(corrupt={digit: ord("2") ^ ord("1")}), ("unknown", "timed-out")),
                 (Faults(cut_after=3, reset=True), ("unknown", "reply-lost")),
                 (Faults(join=len(HTTP["whole"])), ("delivered", "accepted"))]
        self.hooks(*((CLEAN, faults) for faults, _ in cases))
        self.live()
        self.check_first({f"h{n}": outcome for n, (_, outcome) in enumerate(cases)})

    def test_a_second_reply_that_came_with_the_first_answers_nothing(self):
        answers = iter(("whole", "none"))
        self.peers.answer_for = lambda arrival: next(answers, "none")
        both = {**HTTP, "whole": HTTP["whole"] * 2}
        self.hooks((CLEAN, Faults(join=len(both["whole"]))))
        self.clock.set_to(self.config.next_mark(self.clock.now()) - 2)
        with mock.patch.object(killed_peers, "HTTP", both):
            self.live()
            wait_until(lambda: len(self.peers.arrivals) >= 2, "start letter and reminder")
            first, second = [a.id for a in self.peers.arrivals[:2]]
            self.assertNotEqual(first, second)
            tried = wait_until(lambda: self.attempts_of(second), "an attempt at the reminder")
        self.assertEqual(self.attempts_of(first), [("delivered", "accepted")])
        self.assertEqual(tried[0], ("unknown", "reply-lost"))

    def attempts_of(self, notice):
        listed = self.duband.ctl("notices", "--json").json()["notices"]
        return [(a["outcome"], a["reason"]) for n in listed if n["id"] == notice
                for a in n["attempts"]]

    def test_a_mail_dialogue_cut_at_any_byte(self):
        asked = len(b"".join(DIALOGUE[:-1]))
        counts = range(asked + len(DIALOGUE[-1]) + 1)
        self.mails(*((CLEAN, Faults(cut_after=n)) for n in counts))
        self.live()
        # until the message is asked for nothing is handed over; from there on nobody knows
        expected = {f"h{n}": ("retry", "connect-failed") if n < asked else
                    ("unknown", "reply-lost") for n in counts}
        expected[f"h{counts[-1]}"] = ("delivered", "accepted")
        self.check_first(expected)
        self.check_tried_again(later=125)

    def test_a_mail_cut_on_its_way(self):
        counts = (0, 10, 60, 100, 500, 1500)
        self.mails(*((Faults(cut_after=n), CLEAN) for n in counts))
        self.live()
        outcomes = set(self.attempts(1)[f"h{n}"][0] for n in range(len(counts)))
        self.assertLessEqual(outcomes, {("retry", "connect-failed"), ("unknown", "reply-lost")})
        self.assertEqual(self.peers.arrivals, [])
        self.check_tried_again(later=125)

    def test_a_mail_server_that_drips_arrives_all_the_same(self):
        self.mails((CLEAN, Faults(slice=1)), (Faults(slice=3), CLEAN), (Faults(join=400), CLEAN))
        self.live()
        # a greeting is answered in so few bytes that 400 never come together
        self.check_first({"h0": ("delivered", "accepted"), "h1": ("delivered", "accepted"),
                          "h2": ("retry", "timed-out")})
