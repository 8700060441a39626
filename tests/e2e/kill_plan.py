"""The plan of the kill campaign: a paper is asked for every five minutes, of every unit."""

import datetime
import shutil

from crowd import UNIT
from machine_clock import CHINA
from office import Office

FIRST = datetime.datetime(2022, 3, 31, 0, 10, tzinfo=CHINA)
EVERY = datetime.timedelta(minutes=5)
MARKS_AT_MOST = 280  # all on one day
BEGIN = (FIRST - 3 * EVERY).timestamp()
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLASxMfKQ9r8GKYqr"
PLAN = "beset"

HEAD = """
title    = "受压方案"
document = "试〔2022〕1号"
issued   = "2022-03-14"
year     = 2022
zone     = "Asia/Shanghai"
calendar = "cn"

[office]
name  = "受压办公室"
short = "受压办"
list  = "16:30"
hours = "00:00..23:59"

[[phase]]
id     = "all"
name   = "全程"
clause = "一"
from   = "issued"
to     = "06-30"
"""
DUTY = """
[ladder.{duty}]
remind = "{stage}"

[[duty]]
id     = "{duty}"
name   = "材料{duty}"
clause = "二"
basis  = "office"
who    = "@all"
to     = "office"
rows   = "none"
due    = "04-20 17:00"
ladder = "{duty}"
"""
DESK = """
[[contact]]
id       = "desk"
unit     = "office"
role     = "liaison"
name     = "值班"
channels = ["drop:desk", "folder:desk@beset.example.org"]
"""


class BesetOffice(Office):
    """`addresses`: {unit: where}; `marks`: {duty: the moment of its reminder}."""

    def __init__(self, hook, slow_hook, mail, hooks=8, mails=4):
        super().__init__()
        shutil.rmtree(self.plan)
        self.plan = self.folder / "plans" / PLAN
        self.plan.mkdir()
        self.hook_channel(SECRET, lines=["per_second = 1000"])
        self.mail_channel(mail)
        self.ports = [hook, slow_hook]
        self.units = [f"h{n}" for n in range(hooks)] + [f"m{n}" for n in range(mails)]
        self.addresses = {unit: self._address(unit, 0) for unit in self.units}
        self.moves = 0
        self.marks = {}
        self.write_units()
        (self.plan / "tasks.toml").write_text("", encoding="utf-8")

    def _address(self, unit, move):
        if unit.startswith("m"):
            return f"mail:{unit}.{move}@units.example.org"
        port = self.ports[int(unit[1:]) % 2]
        return f"hook:http://127.0.0.1:{port}/{unit}/{move}"

    def move(self, units):
        """Other addresses of the same contacts."""
        self.moves += 1
        self.addresses |= {unit: self._address(unit, self.moves) for unit in units}
        self.write_units()

    def ask_for_papers(self, count):
        """Duties more, each reminded of five minutes after the one before."""
        for number in range(len(self.marks), len(self.marks) + count):
            if number >= MARKS_AT_MOST:
                raise ValueError(f"no more than {MARKS_AT_MOST} marks on one day")
            self.marks[f"p{number:03}"] = (FIRST + number * EVERY).timestamp()
        self.write_plan()

    @staticmethod
    def stage_of(moment):
        return datetime.datetime.fromtimestamp(moment, CHINA).strftime("-20d %H:%M")

    def write_plan(self, remark="", spoilt=False):
        text = HEAD + "".join(DUTY.format(duty=duty, stage=self.stage_of(moment))
                              for duty, moment in self.marks.items())
        if spoilt:
            text = text.replace("[[duty]]", "[[duty]", 1)
        self._replace("plan.toml", text + f"\n# {remark}\n")

    def write_units(self):
        text = "".join(UNIT.format(unit=u, address=self.addresses[u]) for u in self.units)
        self._replace("units.toml", text + DESK)

    def _replace(self, name, text):
        new = self.plan / (name + ".new")
        new.write_text(text, encoding="utf-8")
        new.replace(self.plan / name)

    def next_mark(self, now):
        """The first moment after `now` at which something falls due."""
        return min((m for m in self.marks.values() if m > now), default=None)
