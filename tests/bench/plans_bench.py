"""Plans of the shipped size held at once: what each costs in memory, and what a wake-up costs."""

import re
import shutil

from measure import figure, private_dirty
from office import PLAN, Office
from peers import Mute
from wake import SECRET, Wake

# At 08:30 the plan's hours begin: every unit is told its start letter.
EVE = "2022-03-21T08:29:58+08:00"
HOUR = 1647822600  # 2022-03-21 08:30 +08:00


class Copies(Office):
    """So many copies of the shipped plan; all are told by a webhook that never answers."""

    def __init__(self, url, count):
        super().__init__()
        self.hook_channel(SECRET, lines=["per_second = 1000"])
        units = self.plan / "units.toml"
        text = units.read_text(encoding="utf-8")
        units.write_text(re.sub(r'"(?:folder|drop|mail):([^"]*)"', rf'"hook:{url}/\1"', text),
                         encoding="utf-8")
        for number in range(1, count):
            shutil.copytree(self.plan, self.folder / "plans" / f"{PLAN}-{number}")


def wake_up(count):
    """MiB before, and seconds that the wake-up took, until all plans' steps are committed."""
    with Mute() as mute, Copies(mute.url, count) as office:
        with Wake(office.config, EVE, deadline=600) as wake:
            memory = private_dirty(wake.process.pid)
            began = wake.go()
            sql = f"SELECT count(*) FROM plans WHERE cursor >= {HOUR}"
            took = wake.wait_for_rows(sql, count) - began
            told = wake.ledger.count("SELECT count(*) FROM outbox")
            return memory, took, told


def plans(smoke):
    counts = (1, 3) if smoke else (1, 10, 100, 1000)
    first = None
    for count in counts:
        memory, took, told = wake_up(count)
        if told == 0:
            raise SystemExit("plans: nothing was told")
        each = {"memory, MiB": memory / count, "a wake-up that tells each of them, ms":
                took / told * 1000}
        first = first or each
        for what, value in each.items():
            per = "plan" if "memory" in what else "notice"
            yield figure(f"{count} plans of the shipped size, {what} a {per}, beside 1 plan",
                         round(value, 3), round(first[what], 3), value / first[what],
                         "<= 1" if count > 1 else None)
