#!/usr/bin/python3
"""Every transition of some zones by Python's own reading of the system's tzdata (zoneinfo).

    zone_transitions.py FIRST_YEAR LAST_YEAR ZONE...

Prints, for each transition, what civil times around it are as instants and the other way round:

    instant ZONE 2022-03-27T02:30:00 1648342800     a civil time and its instant
    civil   ZONE 2022-03-27T03:00:00 1648342800     an instant and its civil time

By the plan's rule a civil time that does not exist is the first instant after the gap, and one that
exists twice is the first.
"""

import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def offset(zone, at):
    return at.astimezone(zone).utcoffset()


def transition_between(zone, before, after):
    """The first instant in (before, after] with the offset of `after`."""
    while after - before > SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if offset(zone, middle) == offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def transitions(zone, first_year, last_year):
    at = datetime(first_year, 1, 1, tzinfo=timezone.utc)
    end = datetime(last_year + 1, 1, 1, tzinfo=timezone.utc)
    while at < end:
        if offset(zone, at) != offset(zone, at + DAY):
            yield transition_between(zone, at, at + DAY)
        at += DAY


def instant_of(zone, civil, turn):
    """By zoneinfo's own arithmetic, but for times in the gap at `turn`."""
    at = civil.replace(tzinfo=zone, fold=0).astimezone(timezone.utc)
    exists = at.astimezone(zone).replace(tzinfo=None) == civil
    return at if exists else turn


def show(kind, name, civil, at):
    print(kind, name, civil.isoformat(), int(at.timestamp()))


def show_transition(name, zone, turn):
    before, after = offset(zone, turn - SECOND), offset(zone, turn)
    begin, end = sorted([turn + before, turn + after])
    begin, end = begin.replace(tzinfo=None), end.replace(tzinfo=None)
    middle = begin + (end - begin) // 2
    for civil in (begin - SECOND, begin, middle, end - SECOND, end, end + SECOND):
        show("instant", name, civil, instant_of(zone, civil, turn))
    for at in (turn - SECOND, turn, turn + (end - begin)):
        show("civil", name, at.astimezone(zone).replace(tzinfo=None), at)


def main():
    first_year, last_year, *names = sys.argv[1:]
    for name in names:
        zone = ZoneInfo(name)
        for turn in transitions(zone, int(first_year), int(last_year)):
            show_transition(name, zone, turn)


if __name__ == "__main__":
    main()
