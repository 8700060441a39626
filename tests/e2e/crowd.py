"""A configuration of many plans whose liaisons are all told something at the same moment."""

from office import Office

# The first minute of the plan's hours is the hour of its reminder: both fall in one notice.
PLAN = """
title    = "加压方案"
document = "试〔2022〕1号"
issued   = "2022-03-14"
year     = 2022
zone     = "Asia/Shanghai"
calendar = "cn"

[office]
name  = "加压办公室"
short = "加压办"
list  = "16:30"
hours = "09:00..17:30"

[[phase]]
id     = "all"
name   = "全程"
clause = "一"
from   = "issued"
to     = "04-30"

[ladder.once]
remind = "-3wd 09:00"
due    = "0d 09:00"

[[duty]]
id     = "report"
name   = "情况报告"
clause = "二"
basis  = "office"
who    = "@group:asked"
to     = "office"
rows   = "none"
due    = "03-31"
ladder = "once"

[[duty]]
id     = "digest"
name   = "汇编"
clause = "三"
basis  = "office"
who    = "office"
to     = "office"
rows   = "none"
due    = "04-20"
ladder = "once"
"""

UNIT = """
[[unit]]
id   = "{unit}"
name = "单位{unit}"

[[contact]]
id       = "{unit}-liaison"
unit     = "{unit}"
role     = "liaison"
name     = "联络员"
channels = ["{address}"]
"""

OFFICE = """
[[contact]]
id       = "{plan}-desk"
unit     = "office"
role     = "liaison"
name     = "值班"
channels = ["drop:{plan}-desk", "folder:desk@{plan}.example.org"]
"""


class Crowd(Office):
    """`plans` plans of `units` units each; a liaison's webhook is `url`/plan/unit."""

    def __init__(self, url, plans, units):
        super().__init__()
        self.url = url
        self.units = {f"p{p}": [f"p{p}-u{u:04}" for u in range(units)] for p in range(plans)}
        self.asked = {plan: list(units) for plan, units in self.units.items()}
        self.addresses = {unit: f"{url}/{plan}/{unit}"
                          for plan, units in self.units.items() for unit in units}
        self._remove_shipped()
        for plan in self.units:
            self.folder_of(plan).mkdir()
            (self.folder_of(plan) / "plan.toml").write_text(PLAN, encoding="utf-8")
            (self.folder_of(plan) / "tasks.toml").write_text("", encoding="utf-8")
            self.write_units(plan)

    def _remove_shipped(self):
        for file in self.plan.iterdir():
            file.unlink()
        self.plan.rmdir()

    def folder_of(self, plan):
        return self.folder / "plans" / plan

    def write_units(self, plan):
        """units.toml as `units`, `asked` and `addresses` now stand."""
        members = ", ".join(f'"{u}"' for u in self.asked[plan])
        text = "".join(UNIT.format(unit=u, address="hook:" + self.addresses[u])
                       for u in self.units[plan])
        text += f'\n[[group]]\nid = "asked"\nname = "报告单位"\nmembers = [{members}]\n'
        text += OFFICE.format(plan=plan)
        (self.folder_of(plan) / "units.toml").write_text(text, encoding="utf-8")
