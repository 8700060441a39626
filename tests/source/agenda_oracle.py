#!/usr/bin/env python3
"""An independent calculation of a plan's dates, to compare `dubanctl agenda` with.

    agenda_oracle.py YEAR [--dues] [--config FOLDER] [--plan ID]

Reads the plan's and the calendar's TOML and shares nothing with duban's own code: working days are
a sorted list of all of them, and counting is a step along that list. Prints a JSON line per stage,
{"duty","period","stage","at","due"}, in order of time; with --dues instead a line per duty and
period, {"duty","period","due","ask_by"}. What has no date yet (tbd, none, X.held) has no line.
"""
import argparse
import bisect
import datetime as dt
import json
import re
import tomllib
from pathlib import Path

CONFIG = Path(__file__).resolve().parent.parent.parent / "config"
CHINA = dt.timezone(dt.timedelta(hours=8))  # Asia/Shanghai has kept one offset since 1991
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MONTHS_OF = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
DAY = dt.timedelta(days=1)


class Workdays:
    """Every working day of the years around, once with and once without the made-up ones."""

    def __init__(self, calendar, year):
        off, made_up = set(), set()
        for table in calendar["year"]:
            for span in table.get("off", []):
                first, last = (dt.date.fromisoformat(span[k]) for k in ("from", "to"))
                off |= {first + DAY * i for i in range((last - first).days + 1)}
            made_up |= {dt.date.fromisoformat(d) for d in table.get("work", [])}
        start = dt.date(year - 1, 1, 1)
        span = [start + DAY * i for i in range((dt.date(year + 2, 1, 1) - start).days)]
        ordinary = [d for d in span if d.weekday() < 5 and d not in off]
        self.lists = {"skip": sorted(set(ordinary) - made_up),
                      "count": sorted(set(ordinary) | made_up)}

    def step(self, day, count, made_up="count"):
        """+1 is the next working day after `day`, -1 the last before it, 0 the day itself."""
        days = self.lists[made_up]
        if count > 0:
            return days[bisect.bisect_right(days, day) + count - 1]
        if count < 0:
            return days[bisect.bisect_left(days, day) + count]
        return day

    def is_working(self, day):
        days = self.lists["count"]
        at = bisect.bisect_left(days, day)
        return at < len(days) and days[at] == day

    def within(self, first, last):
        return [d for d in self.lists["count"] if first <= d <= last]


def instant(day, clock):
    """No hour means the last second of that day."""
    time = dt.time.fromisoformat(clock) if clock else dt.time(23, 59, 59)
    return dt.datetime.combine(day, time, CHINA)


def offset_of(text):
    sign, number, unit, clock = re.fullmatch(
        r"([+-]?)(\d+)(wd|d|h)(?: (\d\d:\d\d))?", text).groups()
    return int(sign + number), unit, clock


def apply_offset(base, text, workdays, made_up="count"):
    number, unit, clock = offset_of(text)
    if unit == "h":
        return base + dt.timedelta(hours=number)
    day = base.date() + DAY * number if unit == "d" else workdays.step(
        base.date(), number, made_up)
    return instant(day, clock)


def span_of(kind, year, index):
    """First and last day of the index-th (from 0) week, month, quarter … of a year."""
    if kind == "week":
        monday = dt.date.fromisocalendar(year, 1, 1) + DAY * 7 * index
        return monday, monday + DAY * 6
    months = MONTHS_OF[kind]
    begin, end = index * months, (index + 1) * months
    return (dt.date(year + begin // 12, begin % 12 + 1, 1),
            dt.date(year + end // 12, end % 12 + 1, 1) - DAY)


def label_of(kind, index):
    return {"week": f"W{index + 1:02}", "month": f"{index + 1:02}", "quarter": f"Q{index + 1}",
            "half-year": f"H{index + 1}"}.get(kind)


def periods_of(duty, year):
    """[(id, key in the file, first and last day of the period where the due time counts)]"""
    kind = duty.get("every", "once")
    if kind in ("once", "year"):
        return [(str(year), "year", *span_of("year", year, 0))]
    if kind == "week":
        count = dt.date(year, 12, 28).isocalendar().week
    else:
        count = 12 // MONTHS_OF[kind]
    labels = [label_of(kind, i) for i in range(count)]
    first, _, last = duty.get("within", f"{labels[0]}..{labels[-1]}").partition("..")
    shift = 1 if duty.get("about") == "the period before" else 0
    return [(f"{year}-{label}", label, *span_of(kind, year, i + shift))
            for i, label in enumerate(labels) if first <= label <= (last or first)]


class Oracle:
    def __init__(self, plan, workdays, year):
        self.plan, self.workdays, self.year = plan, workdays, year
        self.duties = {d["id"]: d for d in plan["duty"]}

    def day_in(self, text, first, last):
        """The civil day that an expression without an hour means in the span first to last."""
        if re.fullmatch(r"\d\d-\d\d", text):
            return dt.date.fromisoformat(f"{self.year}-{text}")
        if re.fullmatch(r"\d\d?", text):
            return first.replace(day=int(text))
        if text == "last":
            return last
        if text == "last-wd":
            return self.workdays.within(first, last)[-1]
        if nth := re.fullmatch(r"(\d+)(?:st|nd|rd|th)-wd", text):
            return self.workdays.within(first, last)[int(nth[1]) - 1]
        if text in WEEKDAYS:
            return first + DAY * WEEKDAYS.index(text)
        if nth := re.fullmatch(r"month-(\d+) (\d\d?)", text):
            month = first.month + int(nth[1]) - 1
            return dt.date(first.year, month, int(nth[2]))
        raise SystemExit(f"due {text!r} is not understood")

    def on_day_off(self, day, rule):
        if rule == "stay" or self.workdays.is_working(day):
            return day
        if rule == "before":
            return self.workdays.step(day, -1)
        if rule == "after":
            return self.workdays.step(day, 1)
        if rule == "after+2wd":
            return self.workdays.step(day, 2)
        raise SystemExit(f"on_day_off {rule!r} is not calculated here")

    def moment(self, duty, text, period):
        ident, _, first, last = period
        if text in ("tbd", "none"):
            return None
        if relative := re.fullmatch(r"([a-z0-9-]+)\.(due|held) (.+)", text):
            if relative[2] == "held":
                return None
            base = self.due(relative[1], ident)
            if base is None:
                return None
            moved = apply_offset(base, relative[3], self.workdays)
            if offset_of(relative[3])[1] == "h":
                return moved
            day, clock = moved.date(), offset_of(relative[3])[2]
        else:
            expression, clock = re.fullmatch(r"(.*?)(?: (\d\d:\d\d))?", text).groups()
            day = self.day_in(expression, first, last)
        return instant(self.on_day_off(day, duty.get("on_day_off", "stay")), clock)

    def both(self, duty, period):
        """(due, ask_by or None) of one period, None where it has none or is excused."""
        override = duty.get("period", {}).get(period[1], {})
        if "excused" in override:
            return None, None
        due = self.moment(duty, override.get("due", duty["due"]), period)
        ask_by = override.get("ask_by", duty.get("ask_by"))
        return due, self.moment(duty, ask_by, period) if ask_by and due else None

    def due(self, ident, period_id):
        duty = self.duties[ident]
        found = [p for p in periods_of(duty, self.year) if p[0] == period_id]
        return self.both(duty, found[0])[0] if found else None

    def dues(self):
        for duty in self.plan["duty"]:
            for period in periods_of(duty, self.year):
                due, ask_by = self.both(duty, period)
                if due:
                    yield duty, period[0], due, ask_by

    def stages(self):
        for duty, period, due, ask_by in self.dues():
            if written := duty.get("document", {}).get("draft"):
                at = apply_offset(due, written, self.workdays)
                yield at, duty["id"], period, f"draft {written}", due
            name = duty.get("ladder", "none")
            ladder = self.plan["ladder"][name] if name != "none" else {}
            for kind in ("remind", "due", "overdue", "escalate"):
                told = ladder.get(kind, [])
                for point in told if isinstance(told, list) else [told]:
                    written = point["at"] if isinstance(point, dict) else point
                    base = ask_by or due if kind in ("remind", "due") else due
                    at = apply_offset(base, written, self.workdays,
                                      ladder.get("made_up", "count"))
                    yield at, duty["id"], period, f"{kind} {written}", due


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("year", type=int)
    parser.add_argument("--dues", action="store_true")
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--plan", default="wuhan-2022-1")
    args = parser.parse_args()
    plan = tomllib.loads((args.config / "plans" / args.plan / "plan.toml").read_text("utf-8"))
    calendar = tomllib.loads(
        (args.config / "calendars" / f"{plan['calendar']}.toml").read_text("utf-8"))
    if plan["zone"] != "Asia/Shanghai":
        raise SystemExit("only plans of Asia/Shanghai are calculated here")
    oracle = Oracle(plan, Workdays(calendar, args.year), args.year)
    if args.dues:
        for duty, period, due, ask_by in oracle.dues():
            print(json.dumps({"duty": duty["id"], "period": period, "due": due.isoformat(),
                              "ask_by": ask_by.isoformat() if ask_by else None}))
        return
    for at, duty, period, stage, due in sorted(oracle.stages()):
        print(json.dumps({"duty": duty, "period": period, "stage": stage, "at": at.isoformat(),
                          "due": due.isoformat()}))


if __name__ == "__main__":
    main()
