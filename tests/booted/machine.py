"""The booted machine as the story sees it: systemd, dpkg, the daemon, and a small office."""

import base64
import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path("/src")
sys.path[:0] = [str(ROOT / "tests/e2e"), str(ROOT / "tests/bench")]
from ledger_rows import Ledger  # noqa: E402
from waiting import wait_until  # noqa: E402

ETC = Path("/etc/duban")
STATE = Path("/var/lib/duban")
PLAN = ETC / "plans/office"
OUT = Path("/out")
CHINA = datetime.timezone(datetime.timedelta(hours=8))


def run(*command, code=0, takes=120, **options):
    """What it said on standard output; it must end as expected."""
    done = subprocess.run([str(c) for c in command], text=True, capture_output=True,
                          timeout=takes, **options)
    if code is not None and done.returncode != code:
        raise AssertionError(f"{command}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def dubanctl(*words, code=0, user="root"):
    prefix = [] if user == "root" else ["setpriv", f"--reuid={user}", f"--regid={user}",
                                        "--init-groups"]
    return run(*prefix, "dubanctl", *words, code=code)


def asked(*words, code=0):
    return json.loads(dubanctl(*words, "--json", code=code))


def status():
    return asked("status", code=None)


def systemctl(*words, code=0, takes=120):
    return run("systemctl", *words, code=code, takes=takes).strip()


def shown(name, unit="duband.service"):
    return systemctl("show", "-P", name, unit)


def pid():
    return int(shown("MainPID"))


def running():
    return shown("ActiveState") == "active" and pid()


def drop_in(name, text, unit="duband.service"):
    folder = Path(f"/run/systemd/system/{unit}.d")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.conf").write_text(text)
    systemctl("daemon-reload")


def no_drop_in(name, unit="duband.service"):
    Path(f"/run/systemd/system/{unit}.d/{name}.conf").unlink()
    systemctl("daemon-reload")


def dpkg(*words, code=0):
    return run("dpkg", "--force-confold", *words, code=code, takes=300,
               env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def installed():
    return run("dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", "duban").strip()


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file}: no {old}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


UNITS = 400
PLAN_TEXT = """\
title    = "试运行"
document = "示例1号"
issued   = "{year}-01-01"
year     = {year}
calendar = "always"

[office]
name  = "试运行办公室"
host  = "u000"
phone = "0000-××××"
hours = "00:00..23:59"

[[phase]]
id   = "all"
name = "全年"
from = "issued"
to   = "12-31"
"""
DUTY = """
[ladder.{id}]
due = "0d {time}"

[[duty]]
id     = "{id}"
name   = "{id}"
clause = "一"
basis  = "office"
who    = "{who}"
to     = "office"
rows   = "none"
due    = "{day}"
ladder = "{id}"
"""
UNIT = """
[[unit]]
id   = "u{n:03}"
name = "第{n}单位"

[[contact]]
id       = "u{n:03}-liaison"
unit     = "u{n:03}"
role     = "liaison"
channels = ["units:http://127.0.0.1:{port}/u{n:03}"]
"""
DESK = """
[[contact]]
id       = "desk"
unit     = "office"
role     = "liaison"
channels = ["folder:desk@office.example.org", "drop:desk"]
"""
TASK = """
[[task]]
id     = "1"
clause = "一"
name   = "工作"
text   = "开展工作。"
responsible = ["u000"]
"""
# A secret in a file, for systemds that know no credentials: root's, readable by the group.
CHANNEL = """
[channel.units]
type          = "webhook"
allow_private = true
secrets       = { file = "secrets/units" }
"""


def now():
    return datetime.datetime.now(CHINA)


def every_day(year):
    """A year without a day off."""
    days = (datetime.date(year, 1, 1) + datetime.timedelta(days=n) for n in range(366))
    weekend = ", ".join(f'"{d}"' for d in days if d.year == year and d.isoweekday() > 5)
    return f'[[year]]\nyear = {year}\nstatus = "published"\nwork = [{weekend}]\n'


def write_secret(name, mode):
    path = ETC / "secrets" / name
    path.write_text("whsec_" + base64.b64encode(os.urandom(32)).decode() + "\n")
    run("chgrp", "duban", path)
    path.chmod(mode)


def write_office(port):
    """A plan of this year with many units, beside the shipped one; it works day and night, and
    tells its units on a port of this machine."""
    PLAN.mkdir()
    (ETC / "calendars/always.toml").write_text(
        'id = "always"\n' + "".join(every_day(now().year + n) for n in (0, 1)), encoding="utf-8")
    (PLAN / "plan.toml").write_text(PLAN_TEXT.format(year=now().year), encoding="utf-8")
    units = "".join(UNIT.format(n=n, port=port) for n in range(UNITS))
    (PLAN / "units.toml").write_text(units + DESK, encoding="utf-8")
    (PLAN / "tasks.toml").write_text(TASK, encoding="utf-8")
    with (ETC / "duband.toml").open("a", encoding="utf-8") as file:
        file.write(CHANNEL)
    write_secret("units", 0o640)


def add_duty(name, who):
    """Told to all of `who` at the next minute that is not too near."""
    at = (now() + datetime.timedelta(seconds=75)).replace(second=0, microsecond=0)
    duty = DUTY.format(id=name, who=who, time=f"{at:%H:%M}", day=f"{at:%m-%d}")
    with (PLAN / "plan.toml").open("a", encoding="utf-8") as file:
        file.write(duty)


STAGES = """
SELECT i.unit, coalesce(e.state, 'open')
FROM items i
JOIN notice_items ni ON ni.plan = i.plan AND ni.item_seq = i.seq
LEFT JOIN notice_endings e ON e.plan = i.plan AND e.notice_seq = ni.notice_seq
WHERE i.plan = 'office' AND i.duty = ? AND i.kind = 'stage'
"""


def ledger():
    return Ledger(STATE / "ledger.sqlite")


def told(duty):
    """{unit: states of the notices that carry its stage of this duty}."""
    states = {}
    for unit, state in ledger().ask(STAGES, duty):
        states.setdefault(unit, []).append(state)
    return states


def all_told(duty, units=UNITS):
    """Every unit, once, and it has arrived."""
    states = told(duty)
    return len(states) == units and all(s == ["delivered"] for s in states.values())


def wait_for_all(duty, takes):
    try:
        wait_until(lambda: all_told(duty), f"{duty} to be told to all", takes, every=0.5)
    except AssertionError as late:
        raise AssertionError(f"{late}\n{told(duty)}") from late
