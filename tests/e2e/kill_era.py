"""An era of the kill campaign: one office and its ledger through some dozens of kills."""

import json
import random
from collections import Counter

import kill_troubles
from fault_proxy import CLEAN, FaultProxy, Faults
from kill_judge import Death, Record, judge
from kill_life import Call, Life, Remains
from kill_moment import choose
from kill_plan import BEGIN, PLAN, BesetOffice
from kill_record import ITEMS, answered_in, damage_of, held_by, notices_of
from killed_peers import Peers
from ledger_rows import Ledger
from machine_clock import MachineClock
from programs import Daemon
from small_disk import SmallDisk
from waiting import NotInTime, wait_until

HARMS = ("slice 1", "slice 40", "delay", "join", "rate", "cut up", "cut down", "none", "none")


def faults(kind, rng):
    """(up, down) of a connection."""
    return {"slice 1": (CLEAN, Faults(slice=1)), "slice 40": (Faults(slice=40), CLEAN),
            "delay": (Faults(delay=0.003), Faults(delay=0.003)),
            "join": (Faults(join=900), CLEAN), "rate": (Faults(rate=4e5), Faults(rate=4e4)),
            "cut up": (Faults(cut_after=rng.randint(0, 1500)), CLEAN),
            "cut down": (CLEAN, Faults(cut_after=rng.randint(0, 60), reset=rng.random() < 0.5)),
            "none": (CLEAN, CLEAN)}[kind]


class Era:
    """`disk`: its state stands on a small file system that fills up now and then."""

    def __init__(self, seed, kills, disk=False):
        self.rng = random.Random(f"{seed}: what happens")
        self.answers = random.Random(f"{seed}: how receivers answer")
        self.kills = kills
        self.open = []
        self.peers = self.enter(Peers())
        ports = self.peers.ports
        self.slow_hook = self.enter(FaultProxy(ports["hook"]))
        self.slow_mail = self.enter(FaultProxy(ports["mail"]))
        self.office = self.enter(BesetOffice(ports["hook"], self.slow_hook.port,
                                             self.slow_mail.port))
        self.office.ask_for_papers(min(kills + 10, 250))
        self.office.state.mkdir()
        self.disk = self.enter(SmallDisk(self.office.state)) if disk else None
        self.clock = self.enter(MachineClock(BEGIN))
        self.number = self.killed = 0
        self.deaths, self.cut, self.acknowledged = {}, set(), set()
        self.badly_answered = Counter()
        # two lost replies end a mail (unknown_resends = 1): either they or the proxy lose one
        self.mail_links_harm = self.rng.random() < 0.5
        self.moments, self.seen = Counter(), Counter()
        self.peers.answer_for = self.answer_for

    def enter(self, context):
        self.open.append(context)
        return context

    def close(self):
        for context in reversed(self.open):
            context.close()

    # -- what befalls the daemon

    def answer_for(self, arrival):
        most = 2 if arrival.channel == "hook" else 1
        if self.badly_answered[arrival.id] >= most or self.answers.random() > 0.06:
            return "whole"
        how = self.answers.choice(("half", "none", "refused"))
        if arrival.channel == "mail" and self.mail_links_harm:
            how = "refused"
        self.badly_answered[arrival.id] += 1
        return how

    def harm_links(self):
        kind = self.rng.choice(HARMS)
        self.slow_hook.use(*faults(kind, self.rng))
        if kind.startswith("cut") and not (self.mail_links_harm and self.rng.random() < 0.1):
            kind = "none"
        if kind.startswith("cut"):
            self.mail_links_harm = False
        self.slow_mail.use(*faults(kind, self.rng))

    def set_clock(self):
        """Just before something falls due, just after it, or as it is."""
        mark = self.office.next_mark(self.clock.now())
        how = self.rng.random()
        if mark is None or how < 0.1:
            return
        moment = mark - self.rng.uniform(0.05, 0.3) if how < 0.65 else mark + self.rng.uniform(0, 9)
        self.clock.set_to(max(moment, self.clock.now()))

    def edit(self):
        what = self.rng.random()
        if what < 0.4:
            self.office.move(self.rng.sample(self.office.units, 3))
        elif what < 0.7 and len(self.office.marks) < 270:
            self.office.ask_for_papers(1)
        else:
            self.office.write_plan(remark=f"edit {self.number}")

    def work(self, moment):
        """What the daemon is given once it is ready; its moment may need a certain thing."""
        if moment.event == "asked":
            return self.rng.choice((self.send_received, self.send_received, self.send_resend,
                                    self.send_reload))
        if moment.event == "reload" or self.rng.random() < 0.15:
            return self.reload
        return lambda daemon: None

    def reload(self, daemon):
        self.edit()
        daemon.reload_by_signal()

    def post(self, target, **body):
        return Call(f"{self.office.folder}/duband.sock", f"/api/v1/{target}",
                    json.dumps(body).encode())

    def send_reload(self, _):
        self.edit()
        return self.post("reload")

    def send_received(self, _):
        coming = [d for d, at in self.office.marks.items() if at > self.clock.now() + 900]
        if not coming:
            return None
        call = self.post("facts", kind="received", plan=PLAN, duty=self.rng.choice(coming),
                         period="2022", units=[self.rng.choice(self.office.units)])
        call.means = lambda said: {("received", f["duty"], f["unit"]) for f in said["facts"]}
        return call

    def send_resend(self, _):
        told = sorted({a.id for a in self.peers.arrivals if a.reply == "whole"})
        if not told:
            return None
        call = self.post("resend", notice=self.rng.choice(told))
        call.means = lambda said: {("resent", said["notice"])}
        return call

    # -- its lives

    def run(self):
        """The kills, then peace until everything has ended; returns (record, verdict)."""
        troubles = self.troubles()
        while self.killed < self.kills:
            if troubles[-1][0] <= self.killed <= self.kills - kill_troubles.KILLS_AT_MOST:
                troubles.pop()[1]()
            else:
                self.live_and_die()
        self.come_to_rest()
        record = self.record()
        return record, judge(record)

    def troubles(self):
        """[(after so many kills, what else befalls it)], the first one last."""
        chosen = [lambda: kill_troubles.stopped_past_its_lease(self),
                  lambda: kill_troubles.receivers_die_and_return(self)]
        if self.disk:
            chosen += [lambda: kill_troubles.disk_full_in_a_life(self, self.disk)
                       for _ in range(max(self.kills // 8, 1))]
        at = [self.rng.uniform(0.1, 0.9) * self.kills for _ in chosen]
        return [(self.kills + 1, None)] + sorted(zip(at, chosen), key=lambda one: -one[0])

    def live_and_die(self, moment=None, once_ready=None, may_end=False):
        moment = moment or choose(self.rng)
        self.number += 1
        self.set_clock()
        self.harm_links()
        if self.rng.random() < 0.15:
            self.edit()
        life = Life(self.number, self.office, self.clock, self.peers, moment,
                    once_ready or self.work(moment))
        killed = life.run()
        if not killed and not may_end:
            raise AssertionError(f"life {life.number} ended by itself, "
                                 f"{life.daemon.process.returncode}:\n{life.daemon.text()}")
        self.take_account(life)
        self.killed += killed
        self.moments[life.killer.fell if killed else "by itself"] += 1
        return life

    def take_account(self, life):
        self.wait_for_the_last_bytes()
        with Remains(self.office.state) as remains:
            delivered = remains.delivered()
            self.seen["under a lease"] += remains.count("lease IS NOT NULL")
            self.seen["queued"] += remains.count("lease IS NULL AND next_at IS NOT NULL")
        self.deaths[life.number] = Death(life.ended, delivered)
        self.seen["before READY"] += life.ready_after is None
        self.seen["replies whole and not written down"] += sum(
            a.life == life.number and a.reply == "whole" and a.id not in delivered
            for a in self.peers.arrivals)
        answer = life.call and life.call.answer()
        if answer and answer[0] == 200 and hasattr(life.call, "means"):
            self.acknowledged |= life.call.means(json.loads(answer[1]))

    def wait_for_the_last_bytes(self):
        for proxy in (self.slow_hook, self.slow_mail):
            proxy.hurry()
            wait_until(lambda p=proxy: not p.open_links, "the proxy's connections to end",
                       every=0.002)
        self.peers.wait_until_alone()
        for proxy in (self.slow_hook, self.slow_mail):
            self.note_cuts(proxy)
            proxy.hurry(False)

    def note_cuts(self, proxy):
        for link in proxy.links:
            those = [n for n, a in enumerate(self.peers.arrivals)
                     if a.life == self.number and a.port == link.port]
            if link.cut and those:
                self.cut.add(those[-1])
        proxy.links.clear()

    # -- afterwards

    def come_to_rest(self):
        """Lives that end well, each when the next thing can be done, until nothing is left."""
        self.peers.answer_for = lambda arrival: "whole"
        for proxy in (self.slow_hook, self.slow_mail):
            proxy.use()
        for _ in range(80):
            last = max(self.office.marks.values())
            with Remains(self.office.state) as remains:
                missing = self.expected(remains) - self.stand(remains)
                wait = remains.next_send()
            if wait is None and not missing and self.clock.now() > last:
                return
            if wait is None and not missing:
                wait = last  # nothing is open: what is still to come may fall due
            self.clock.set_to(max(self.clock.now(), wait or 0) + 1)
            self.live_in_peace()

    def live_in_peace(self):
        self.number += 1
        self.peers.life = self.number
        daemon = self.enter(Daemon(self.office.config, environment=self.clock.environment)).ready()
        ledger = Ledger(self.office.state / "ledger.sqlite")
        now = int(self.clock.now())
        try:
            wait_until(lambda: not ledger.count(
                "SELECT count(*) FROM outbox WHERE lease IS NOT NULL OR next_at <= ?", now)
                and self.stand(ledger) >= self.expected(ledger), "everything to be sent",
                every=0.005)
        except NotInTime:
            pass  # the judge says what is missing
        code = daemon.stop()
        if code != 0:
            raise AssertionError(f"stopped with {code}:\n{daemon.text()}")
        self.wait_for_the_last_bytes()

    def expected(self, rows):
        """{(unit, duty, kind, stage)} by the plan and what was received before it was due."""
        answered = set(rows.ask("SELECT unit, duty FROM facts WHERE kind = 'received'")) \
            if getattr(rows, "any", True) else set()
        now = self.clock.now()
        starts = {(u, d, "start", "") for u in self.office.units for d in self.office.marks}
        stages = {(u, d, "stage", "remind " + self.office.stage_of(at))
                  for u in self.office.units for d, at in self.office.marks.items()
                  if at <= now and (u, d) not in answered}
        return starts | stages

    def stand(self, rows):
        if not getattr(rows, "any", True):
            return set()
        return set(rows.ask("SELECT unit, duty, kind, stage FROM items"
                            " WHERE kind IN ('start', 'stage')"))

    def may_expire(self, items, at):
        """The start letter makes no sense any more once each of its papers was reminded of."""
        return all(i[4] == "start" and self.office.marks[i[1]] <= at for i in items)

    def record(self):
        with Remains(self.office.state) as remains:
            return Record(
                expected=self.expected(remains), items=remains.ask(ITEMS),
                notices=notices_of(remains, self.may_expire), arrivals=self.peers.arrivals,
                deaths=self.deaths, cut=self.cut, acknowledged=self.acknowledged,
                answered=answered_in(remains), held=held_by(remains), damage=damage_of(remains))
