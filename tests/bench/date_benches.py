"""Dates: how fast they are computed, beside remind and dateutil."""

import json
import tempfile
from datetime import date
from pathlib import Path

from measure import in_pairs, seconds
from office import Office
from programs import BIN, DUBANCTL

EPOCH = date(1970, 1, 1)
FIRST_YEAR, YEARS, COPIES = 2000, 60, 10

# the rules of occurrences.cpp
REMIND_RULES = ["REM 25 AT 17:00 MSG month", "REM 1 --1 AT 17:00 MSG month-end",
                "REM Tue AT 17:00 MSG week",
                *(f"REM 7 {month} AT 17:00 MSG quarter" for month in ("Jan", "Apr", "Jul", "Oct"))]
DATEUTIL = """
import sys
from datetime import datetime
from dateutil.rrule import rrulestr
first, years, copies = map(int, sys.argv[1:])
rules = ["FREQ=MONTHLY;BYMONTHDAY=25", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=WEEKLY;BYDAY=TU",
         "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=7"]
epoch = datetime(1970, 1, 1)
count = total = 0
for _ in range(copies):
    for rule in rules:
        until = f"UNTIL={first + years - 1}1231T235959"
        for at in rrulestr(f"DTSTART:{first}0101T170000\\nRRULE:{rule};{until}"):
            count += 1
            total += (at - epoch).days
print(count, total)
"""


def counted(text):
    """Count of the dates that remind -s prints, and the sum of their days since 1970."""
    days = [(date.fromisoformat(line[:10].replace("/", "-")) - EPOCH).days
            for line in text.splitlines() if line]
    return f"{len(days)} {sum(days)}"


def remind_command(file, first_year, months):
    return ["remind", f"-s{months}", "-b1", file, f"{first_year}-01-01"]


def occurrences(smoke):
    years, copies, pairs = (2, 1, 1) if smoke else (YEARS, COPIES, 5)
    with tempfile.TemporaryDirectory(prefix="duban-bench-") as folder:
        file = Path(folder) / "rules.rem"
        file.write_text("\n".join(REMIND_RULES * copies) + "\n")
        script = Path(folder) / "rules.py"
        script.write_text(DATEUTIL)

        def ours():
            return seconds([BIN / "bench_occurrences", FIRST_YEAR, years, copies])

        others = {"remind": lambda: seconds(remind_command(file, FIRST_YEAR, years * 12)),
                  "dateutil": lambda: seconds(["/usr/bin/python3", script, FIRST_YEAR, years,
                                               copies])}
        for name, other in others.items():
            _, a, b, said, other_said = in_pairs(ours, other, pairs)
            agreed = counted(other_said) if name == "remind" else other_said.strip()
            if said.strip() != agreed:
                raise SystemExit(f"occurrences: ours are {said.strip()}, {name}'s {agreed}")
            number = int(said.split()[0])
            yield {"name": f"occurrences a second beside {name}", "ours": round(number / a),
                   "other": round(number / b), "ratio": round(b / a, 2),
                   "goal": ">= 10" if name == "remind" else None}


def year(smoke):
    """The shipped plan's year with every message written, beside remind giving a date a message."""
    with Office() as office, tempfile.TemporaryDirectory(prefix="duban-bench-") as folder:
        out = Path(folder)

        def ours():
            target = out / f"year-{len(list(out.iterdir()))}"
            return seconds([DUBANCTL, "--config", office.config, "rehearse", "--out", target])

        ours()
        notices = next(out.glob("year-*/notices.jsonl")).read_text(encoding="utf-8").splitlines()
        file = out / "dates.rem"
        file.write_text("".join(
            f"REM {at[:10]} AT {at[11:16]} MSG {item['duty']} {item['unit']}\n"
            for notice in map(json.loads, notices)
            for at, item in [(notice["at"], notice["items"][0])]), encoding="utf-8")
        first = int(min(json.loads(line)["at"] for line in notices)[:4])
        ratio, a, b, _, said = in_pairs(ours, lambda: seconds(remind_command(file, first, 12)),
                                        1 if smoke else 7)
        dates = len(said.splitlines())
        if dates != len(notices):
            raise SystemExit(f"year: {len(notices)} notices, but remind gave {dates} dates")
        yield {"name": f"year rehearsed, {dates} messages, beside remind's bare dates",
               "ours": round(a, 3), "other": round(b, 3), "ratio": round(ratio, 2),
               "goal": "<= 3"}
