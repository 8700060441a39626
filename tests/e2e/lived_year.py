"""A rehearsed year as its folder tells it: ledger.db, notices.jsonl, lists/. What follows from the
rows is counted here anew, by the words of the office, without asking the program."""

import html
import json
import re
import sqlite3
import zipfile
from collections import defaultdict, namedtuple
from datetime import datetime, timedelta, timezone
from pathlib import Path

CHINA = timezone(timedelta(hours=8))
HANDED_IN = ("received", "submitted", "issued")
OUTCOMES = {"按时": "on-time", "迟报": "late", "延期": "extended", "免报": "excused",
            "未报": "missing"}

Key = namedtuple("Key", "duty period unit")
Fact = namedtuple("Fact", "seq kind duty period unit at recorded_at time refers note")
Notice = namedtuple("Notice", "id endpoint contact state at replaces ending ended_at subject text"
                              " attempts items")
Item = namedtuple("Item", "seq kind stage audience unit duty period slice telling due")


def moment(text):
    """`05-26 14:00` of 2022 in China, as seconds."""
    return int(datetime.strptime("2022-" + text, "%Y-%m-%d %H:%M").replace(
        tzinfo=CHINA).timestamp())


def instant(rfc3339):
    return int(datetime.fromisoformat(rfc3339).timestamp())


def day_of(at):
    return datetime.fromtimestamp(at, CHINA).strftime("%Y-%m-%d")


class LivedYear:
    """`plan`: one of `dubanctl show --json`."""

    def __init__(self, folder, plan):
        self.folder = Path(folder)
        self.plan = plan
        self.reporters = {d["id"]: d["units"] for d in plan["duties"]}
        self.due = {(d["id"], p["id"]): p["due"] and instant(p["due"])
                    for d in plan["duties"] for p in d["periods"]}
        self.unit_of_name = {name: u["id"] for u in plan["units"]
                             for name in (u["name"], *u["aliases"])}
        self._connection = sqlite3.connect(f"file:{self.folder / 'ledger.db'}?mode=ro", uri=True)
        self.facts = self._facts()
        self.notices = self._notices()
        self._about = defaultdict(list)
        for fact in self.facts:
            self._about[fact.duty, fact.period].append(fact)

    def ask(self, sql, *values):
        return self._connection.execute(sql, values).fetchall()

    def close(self):
        self._connection.close()

    def _facts(self):
        return [Fact(*row) for row in self.ask(
            "SELECT seq, kind, duty, period, unit, at, recorded_at, time, refers, note FROM facts"
            " WHERE plan = ? ORDER BY seq", self.plan["id"])]

    def _notices(self):
        items = defaultdict(list)
        for seq, *item in self.ask(
                "SELECT ni.notice_seq, i.seq, i.kind, i.stage, i.audience, i.unit, i.duty,"
                " i.period, i.slice, i.telling, i.due FROM notice_items ni JOIN items i"
                " ON i.plan = ni.plan AND i.seq = ni.item_seq WHERE ni.plan = ?"
                " ORDER BY ni.notice_seq, ni.place", self.plan["id"]):
            items[seq].append(Item(*item))
        rows = self.ask(
            "SELECT n.seq, n.id, n.endpoint, n.contact, n.state, n.queued_at, n.replaces, e.state,"
            " e.at, c.subject, c.text, (SELECT count(*) FROM attempts a WHERE a.plan = n.plan AND"
            " a.notice_seq = n.seq) FROM notices n JOIN contents c ON c.notice = n.id"
            " LEFT JOIN notice_endings e ON e.plan = n.plan AND e.notice_seq = n.seq"
            " WHERE n.plan = ? ORDER BY n.seq", self.plan["id"])
        return [Notice(*row, items[seq]) for seq, *row in rows]

    def rows(self):
        """(fact, row) of what was submitted, in the order of the facts."""
        by_seq = {f.seq: f for f in self.facts}
        cursor = self._connection.cursor()
        cursor.row_factory = sqlite3.Row
        rows = cursor.execute("SELECT * FROM submitted_rows WHERE plan = ?"
                              " ORDER BY fact_seq, place", (self.plan["id"],))
        return [(by_seq[row["fact_seq"]], row) for row in rows]

    def known(self, key, as_of):
        """The facts about an assignment that were recorded by then and hold, in order."""
        facts = [f for f in self._about[key.duty, key.period]
                 if f.recorded_at <= as_of and f.unit in ("", key.unit)]
        voided = {f.refers for f in facts if f.kind == "voided"}
        return [f for f in facts if f.seq not in voided]

    def is_in(self, key, as_of):
        """Handed in as recorded by then, and not given back since."""
        handed_in, returned = None, None
        for fact in self.known(key, as_of):
            if fact.kind in HANDED_IN and not (returned and fact.at < returned):
                handed_in = fact
            if fact.kind == "returned":
                handed_in, returned = None, fact.at
        return handed_in is not None

    def outcome(self, key, as_of):
        """按时, 迟报, 延期, 免报 or 未报, as the office counts (office page, chapters 3 and 5)."""
        due = self.due[key.duty, key.period]
        first, granted, in_time, asked = None, None, False, False
        for fact in self.known(key, as_of):
            if fact.kind == "excused":
                return "excused"
            if fact.kind in HANDED_IN:
                first = fact.at if first is None else min(first, fact.at)
                asked = False
            elif fact.kind == "asked":
                asked = fact.at < due
            elif fact.kind == "declined":
                asked = False
            elif fact.kind == "extended":
                in_time, granted, asked = in_time or asked or fact.at < due, fact.time, False
        if first is not None and first <= due:
            return "on-time"
        if not in_time:
            return "missing" if first is None else "late"
        if first is not None:
            return "extended" if first <= granted else "late"
        return "extended" if as_of < granted else "missing"

    def tally(self, duty, period, as_of):
        """{outcome: [unit]} of one period: what a list or a document of that moment must say."""
        counts = {outcome: [] for outcome in OUTCOMES.values()}
        for unit in self.reporters[duty]:
            counts[self.outcome(Key(duty, period, unit), as_of)].append(unit)
        return counts

    def told(self, audience=None):
        """(notice, item) of every notice that went out."""
        return [(n, i) for n in self.notices if n.ending == "delivered" for i in n.items
                if audience in (None, i.audience)]

    def lists(self):
        """{day: text} of lists/."""
        return {p.stem: p.read_text(encoding="utf-8")
                for p in sorted((self.folder / "lists").glob("*.txt"))}


    def drafts(self):
        """{(duty, period): cut-off} of the documents that were drafted."""
        return {(duty, period): at for duty, period, at in self.ask(
            "SELECT duty, period, planned_at FROM items WHERE plan = ? AND kind = 'document'",
            self.plan["id"])}

    def _draft(self, ending, words):
        found = [p for p in (self.folder / "documents").glob("*" + ending)
                 if all(word in p.name for word in words)]
        if len(found) != 1:
            raise AssertionError(f"{words}: {[p.name for p in found]}")
        return found[0]

    def proof(self, *words):
        """{figure: what stands behind it} of the draft to check by: `迟报2家`: `市公安局、…`."""
        page = self._draft(".html", words).read_text(encoding="utf-8")
        return {html.unescape(figure): html.unescape(opened) for figure, opened in re.findall(
            r"<details><summary>(.*?)</summary><p>(.*?)</p>", page, re.DOTALL)}

    def document(self, *words):
        """The paragraphs and cells of the .docx in documents/ whose name has these words."""
        xml = zipfile.ZipFile(self._draft(".docx", words)).read("word/document.xml").decode("utf-8")
        return [html.unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", paragraph)))
                for paragraph in re.findall(r"<w:p[ >].*?</w:p>", xml, re.DOTALL)]


def figures_in(text):
    """{outcome: number} of `按时24家、迟报2家、…`."""
    return {OUTCOMES[word]: int(number)
            for word, number in re.findall(r"(按时|迟报|延期|免报|未报)(\d+)", text)}


Tallied = namedtuple("Tallied", "duty period hour owed counts named")


def tallies_of(text):
    """What a daily list says of each thing that was to be handed in, in numbers and names."""
    found = []
    for entry in re.split(r"\n(?=· )", text):
        head = re.match(r"· .*?截至(\d+:\d\d)应报(\d+):(.*?)。未报:(.*?)。", entry, re.DOTALL)
        command = (re.search(r"dubanctl (?:received|held) (\S+) (\S+)", entry) or
                   re.search(r"--duty (\S+) --period (\S+)", entry))
        if not head or not command:
            continue
        hour, owed, counts, names = head.groups()
        found.append(Tallied(*command.groups(), hour, int(owed), figures_in(counts),
                             names_in(names)))
    return found


def names_in(text):
    """The names of a list without what is said of each in brackets."""
    return re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", text).split("、")


def jsonl(path):
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
