"""The judge of the kill campaign: receivers against ledger against what must have been told.

Pure: it takes a Record and knows no daemon, so that a test can hand it a doctored one.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

# A reply that came so long before the end of its process is written down by then.
SETTLED_WITHIN = 5.0


@dataclass
class Notice:
    """One of the ledger. `items`: keys of Item; `content`: as the receivers compute it."""

    id: str
    channel: str
    state: str
    content: str
    items: list
    # [(outcome, sha256 of what went over the wire)]
    attempts: list
    # it expired when it might: the next stage of all that it carries had come
    overtaken: bool = False


@dataclass
class Death:
    """A life that ended by SIGKILL: when, and which notices its ledger then held as delivered."""

    at: float
    delivered: set


@dataclass
class Record:
    # {(unit, duty, kind, stage)} that must stand in the ledger, and no others of these kinds
    expected: set
    # [(unit, duty, period, slice, kind, stage, audience, telling)]
    items: list
    notices: dict
    arrivals: list
    # {life: Death}; a life that is not here ended well
    deaths: dict
    # ids of facts and of notices sent again that the daemon had acknowledged, and those it holds
    acknowledged: set = field(default_factory=set)
    held: set = field(default_factory=set)
    # items that ended since what they ask for was received
    answered: set = field(default_factory=set)
    # arrivals whose reply the network did not pass on whole, by place in `arrivals`
    cut: set = field(default_factory=set)
    # what PRAGMA integrity_check and foreign_key_check said, if anything
    damage: list = field(default_factory=list)


@dataclass
class Verdict:
    lost: list = field(default_factory=list)
    unexplained: list = field(default_factory=list)
    repeats: int = 0
    tried_again: int = 0

    @property
    def well(self):
        return not self.lost and not self.unexplained


JUDGED_KINDS = ("start", "stage")
RECEIVED = ("hook", "mail")


def judge(record):
    verdict = Verdict()
    arrivals = defaultdict(list)
    for place, arrival in enumerate(record.arrivals):
        arrivals[arrival.id].append((place, arrival))
    _judge_items(record, verdict)
    _judge_notices(record, arrivals, verdict)
    for id_, those in arrivals.items():
        _judge_content(record, id_, those, verdict)
        _judge_repeats(record, those, verdict)
    for what in sorted(record.acknowledged - record.held, key=str):
        verdict.lost.append(f"acknowledged and not in the ledger: {what}")
    verdict.lost += [f"the ledger is damaged: {line}" for line in record.damage]
    return verdict


def _judge_items(record, verdict):
    stand = Counter((unit, duty, kind, stage)
                    for unit, duty, _, _, kind, stage, _, _ in record.items
                    if kind in JUDGED_KINDS)
    verdict.lost += [f"never told: {key}" for key in sorted(record.expected - set(stand))]
    for key, count in sorted(stand.items()):
        if key not in record.expected:
            verdict.unexplained.append(f"told without a cause: {key}")
        elif count > 1:
            verdict.unexplained.append(f"{count} times in the ledger: {key}")
    for key, count in Counter(record.items).items():
        if count > 1:
            verdict.unexplained.append(f"the same item {count} times: {key}")


def _judge_notices(record, arrivals, verdict):
    told = set(record.answered)
    for notice in record.notices.values():
        if notice.state == "open":
            verdict.lost.append(f"never ended: {notice.id}")
        if notice.state == "delivered" or notice.overtaken:
            told |= set(notice.items)
        if notice.channel in RECEIVED:
            _judge_attempts(notice, [a for _, a in arrivals[notice.id]], verdict)
    for item in record.items:
        key = item[0], item[1], item[4], item[5]
        if key in record.expected and item not in told:
            verdict.lost.append(f"in no notice that was delivered: {item}")


def _judge_attempts(notice, those, verdict):
    answered = {a.wire for a in those if a.reply == "whole"}
    if notice.state == "delivered" and not answered:
        verdict.lost.append(f"delivered, says the ledger; no receiver has seen it: {notice.id}")
    seen = {a.wire for a in those}
    for outcome, wire in notice.attempts:
        if outcome == "delivered" and wire not in seen:
            verdict.unexplained.append(f"what went over the wire never came: {notice.id} {wire}")
    if sum(outcome == "delivered" for outcome, _ in notice.attempts) > 1:
        verdict.unexplained.append(f"delivered more than once, says the ledger: {notice.id}")


def _judge_content(record, id_, those, verdict):
    notice = record.notices.get(id_)
    if notice is None:
        verdict.unexplained.append(f"at a receiver and not in the ledger: {id_}")
        return
    if any(arrival.content != notice.content for _, arrival in those):
        verdict.unexplained.append(f"not the content of the ledger: {id_}")


def _judge_repeats(record, those, verdict):
    for (place, earlier), (_, later) in zip(those, those[1:]):
        if earlier.reply == "refused":
            verdict.tried_again += 1
            continue
        verdict.repeats += 1
        why = _unexplained(record, place, earlier, later)
        if why:
            verdict.unexplained.append(
                f"told again: {earlier.id} in life {later.life} after {earlier.life}: {why}")


def _unexplained(record, place, earlier, later):
    """Why nobody should have sent it again; None where its reply never came to be written down."""
    if earlier.reply != "whole" or place in record.cut:
        return None
    death = record.deaths.get(earlier.life)
    if death is None or later.life == earlier.life:
        return "its reply came whole, and the daemon lived on"
    if earlier.id in death.delivered:
        return "its reply had been written down"
    if death.at - earlier.replied_at > SETTLED_WITHIN:
        return f"its reply was not written down within {SETTLED_WITHIN:g} s"
    return None
