"""Small plans by the dozen or the thousand, each with its own year, zone and office."""

PLAN = """\
title    = "第{number}号工作方案"
document = "示例〔{year}〕{number}号"
issued   = "{year}-01-04"
year     = {year}
zone     = "{zone}"
calendar = "cn"
storm    = 20

[budget]
pre_due  = 8
requests = 8

[office]
name  = "第{number}号方案办公室"
host  = "one"
phone = "0000-××××"
list  = "16:30"
hours = "08:30..17:30"

[[phase]]
id     = "all"
name   = "全年"
clause = "一"
from   = "issued"
to     = "12-31"

[ladder.weekly]
remind  = "-1wd 09:00"
due     = "0d 09:00"
overdue = {{ at = "+1wd 09:00", after = "checked" }}

[[duty]]
id     = "weekly"
name   = "周报"
clause = "一"
basis  = "office"
who    = "@all"
to     = "office"
rows   = "none"
every  = "week"
within = "W02..W50"
due    = "thu 17:00"
ladder = "weekly"
"""

UNITS = """\
[[unit]]
id     = "one"
name   = "第一单位"
manner = "bureau"

[[unit]]
id     = "two"
name   = "第二单位"
manner = "bureau"

[[contact]]
id       = "desk"
unit     = "office"
role     = "liaison"
name     = "值班员"
channels = ["folder:desk-{id}@office.example.org", "drop:desk-{id}"]

[[contact]]
id       = "one-liaison"
unit     = "one"
role     = "liaison"
name     = "联络员"
channels = ["{channel}:{address}"]

[[contact]]
id       = "two-liaison"
unit     = "two"
role     = "liaison"
name     = "联络员"
channels = ["folder:two-{id}@units.example.org"]
"""

TASKS = """\
[[task]]
id     = "1"
clause = "一"
name   = "工作"
text   = "开展工作。"
responsible = ["one", "two"]
"""


def add_plan(office, plan, number=1, year=2022, zone="Asia/Shanghai", to=None):
    """A plan with a weekly report by Thursday 17:00 of its zone; `to`: unit one's address."""
    channel, address = (to or f"folder:one-{plan}@units.example.org").split(":", 1)
    folder = office.folder / "plans" / plan
    folder.mkdir()
    known = {"id": plan, "number": number, "year": year, "zone": zone, "channel": channel,
             "address": address}
    for name, text in (("plan.toml", PLAN), ("units.toml", UNITS), ("tasks.toml", TASKS)):
        (folder / name).write_text(text.format(**known), encoding="utf-8")
    return f"plans/{plan}"
