#!/usr/bin/python3
"""Holds the shipped plan against the published text, knowing nothing of duban's own code.

    hold_against_source.py [PLAN_FOLDER [TEXT_FILE]]

Prints one line per failed check and exits 1, or "N passed, 0 failed" and exits 0.
"""
import re
import sys
import tomllib
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLAN = HERE.parent.parent / "config/plans/wuhan-2022-1"
TEXT = HERE / "work-plan-2022-29.txt"

NUMERALS = "一二三四五六七八九"

# The 25 obligations that a practised reader finds in the text, and the duties that stand for them.
# Empty: deliberately no duty (done by the document, the units' own milestones, or other papers).
OBLIGATIONS = {
    1: (), 2: ("milestone-register",), 3: ("kickoff-meeting",), 4: ("work-plan",),
    5: ("liaisons",), 6: ("topic-plan",), 7: ("topic-meeting", "topic-report"), 8: (), 9: (),
    10: ("bulletin",), 11: ("information",), 12: ("monthly-table", "monthly-dispatch"),
    13: ("quarterly-briefing",), 14: ("group-meeting",), 15: ("consultation",), 16: (),
    17: ("members-visit",), 18: ("visit-followup",), 19: ("june-meeting", "june-draft"),
    20: ("summary",), 21: ("city-summary",), 22: ("inspection",),
    23: ("unit-final", "city-final", "compilation"), 24: ("satisfaction-visit",),
    25: ("publish-july", "publish-december"),
}
COUNTS = {"clauses": 24, "units": 43, "lead pairs": 15, "responsible pairs": 93,
          "reporting units": 28, "reported rows": 53}

passed = 0
failed = []


def check(holds, message):
    global passed
    if holds:
        passed += 1
    else:
        failed.append(message)


def plain(text):
    """Half width, without spaces: the text mixes widths, people type either."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def listed(value):
    return value if isinstance(value, list) else [value]


class Units:
    """Turns the text's words for units into ids, by the names, aliases, suffixes and groups."""

    def __init__(self, data):
        self.order = [u["id"] for u in data["unit"]]
        self.groups = {plain(g["name"]): g["members"] for g in data["group"]}
        self.group_ids = {g["id"]: g["members"] for g in data["group"]}
        self.parties = {p["id"] for p in data["party"]}
        self.suffixes = {plain(s["text"]): s["units"] for s in data["suffix"]}
        self.sharing = {s: set() for s in self.suffixes}
        self.names = {}
        for unit in data["unit"]:
            spellings = [unit["name"]] if "name" in unit else [n["name"] for n in unit["names"]]
            for spelling in spellings + unit.get("aliases", []):
                check(plain(spelling) not in self.names, f"{spelling} names two units")
                self.names[plain(spelling)] = unit["id"]

    def expand_class(self, words):
        """One class of units ("a、b、c管委会"): the last word's suffix is all of theirs."""
        ids = []
        carrier, suffix = None, ""
        for word in reversed(words):
            if word in self.names:
                ids.append(self.names[word])
                suffix = next((s for s in self.suffixes if word.endswith(s)), "")
                carrier = ids[-1]
            elif suffix and word + suffix in self.names:
                ids.append(self.names[word + suffix])
                self.sharing[suffix] |= {carrier, ids[-1]}
            else:
                check(False, f"the text's {word} is no unit of units.toml")
        return ids[::-1]

    def expand(self, phrase):
        ids = []
        for group, count, inner in re.findall(r"((\d+)个[^,、〈]*)〈([^〉]*)〉", phrase):
            members = self.expand_class(inner.split("、"))
            check(len(members) == int(count), f"{group} has {len(members)} members in the text")
            check(self.groups.get(group) == members, f"{group}: {members} in the text")
            phrase = phrase.replace(f"{group}〈{inner}〉", "、".join(inner.split("、")))
        for words in phrase.split(","):
            ids += self.expand_class(words.split("、"))
        return ids


def part(text, numeral):
    """The lines of one of the text's parts (一、 二、 …)."""
    following = NUMERALS[NUMERALS.index(numeral) + 1]
    found = re.search(rf"^{numeral}、.*?(?=^{following}、|\Z)", text, re.M | re.S)
    return found.group(0).splitlines()[1:]


def clauses_of(text, units):
    """[(id, clause, words, leads, responsible)] as the responsibility parentheses give them."""
    found = []
    section = 0
    for line in part(text, "二"):
        heading = re.match(r"\(([一二三四])\)", line)
        if heading:
            section = NUMERALS.index(heading.group(1)) + 1
            continue
        item = re.match(r"(\d+)\.", line)
        rest = line[item.end():] if item else line
        pieces = re.split(r"\(((?:牵头|责任)单位:[^()]*)\)", rest)
        for number, (words, owed) in enumerate(zip(pieces[0::2], pieces[1::2])):
            roles = dict(role.split(":") for role in owed.split(";"))
            ident = f"{section}" + (f".{item.group(1)}" if item else "")
            ident += "abcdefghij"[number] if len(pieces) > 3 else ""
            clause = f"二({NUMERALS[section - 1]})" + (item.group(1) if item else "")
            found.append((ident, clause, plain(words).strip(",;。"),
                          units.expand(plain(roles["牵头单位"])) if "牵头单位" in roles else [],
                          units.expand(plain(roles["责任单位"]))))
    return found


def reporters(leads, responsible):
    return leads[:1] or responsible


def check_tasks(tasks, wanted, text):
    check([t["id"] for t in tasks] == [w[0] for w in wanted], "clause ids or their order differ")
    by_id = {t["id"]: t for t in tasks}
    for ident, clause, words, leads, responsible in wanted:
        task = by_id.get(ident)
        check(task is not None, f"{ident} has no task")
        if task is None:
            continue
        check(task["clause"] == clause, f"{ident} stands in {clause}, not {task['clause']}")
        check(plain(task["text"]).strip(",;。") == words, f"{ident}: words differ from the text")
        check(plain(task["text"]) in plain(text), f"{ident}: words are not in the text")
        check(task.get("lead", []) == leads, f"{ident}: the text's 牵头单位 are {leads}")
        check(task["responsible"] == responsible, f"{ident}: the text's 责任单位 are {responsible}")
        check(len(task["name"]) <= 8, f"{ident}: name is longer than 8 characters")


def check_suffixes(units):
    for suffix, ids in units.suffixes.items():
        check(units.sharing[suffix] == set(ids),
              f"in the text {suffix} is shared by {sorted(units.sharing[suffix])}")


def check_counts(tasks, units):
    leads = {(t["id"], u) for t in tasks for u in t.get("lead", [])}
    responsible = {(t["id"], u) for t in tasks for u in t["responsible"]}
    rows = {(t["id"], u) for t in tasks for u in reporters(t.get("lead", []), t["responsible"])}
    counted = {"clauses": len(tasks), "units": len(units.order), "lead pairs": len(leads),
               "responsible pairs": len(responsible),
               "reporting units": len({u for _, u in rows}), "reported rows": len(rows)}
    for what, number in COUNTS.items():
        check(counted[what] == number, f"{counted[what]} {what}, not {number}")
    named = {u for _, u in leads | responsible}
    check(named == set(units.order), f"units and pairs differ: {named ^ set(units.order)}")


def check_members(text, units):
    """The member list, a post a line, is the leading group and gives the units their order."""
    lines = re.search(r"^成员:(.*?)^领导小组办公室主任", text, re.M | re.S).group(1).splitlines()
    members = []
    for line in map(plain, lines):
        spelling = max((n for n in units.names if line.startswith(n)), key=len, default=None)
        check(spelling is not None, f"member list: {line} is no unit's post")
        members.append(units.names.get(spelling))
    check(units.group_ids["leading-group-members"] == members, "the leading group's members differ")
    ordered = [u for u in units.order if u in members]
    check(ordered == members, "units do not stand in the order of the member list")
    check("?" not in text, "the text still holds a broken space (and perhaps a name)")


def section_text(text, clause):
    """The text's own words at "三(二)" or "二(一)1", or "" where there is no such place."""
    parsed = re.fullmatch(r"([一二三四])\(([一二三四])\)(\d*)", clause)
    if not parsed:
        return ""
    numeral, section, item = parsed.groups()
    inside, words = False, ""
    for line in part(text, numeral):
        if re.match(r"\([一二三四]\)", line):
            inside = line.startswith(f"({section})")
        if inside and (not item or line.startswith(f"{item}.")):
            words += line
    return words


def months_named(words):
    """Months that the words name by themselves: a span like 4-10月 names none."""
    return {int(m) for m in re.findall(r"(?<![-\d])(\d+)月", words)}


def check_duties(plan, text, units):
    duties = {d["id"]: d for d in plan["duty"]}
    expected = {i for ids in OBLIGATIONS.values() for i in ids}
    check(set(duties) == expected, f"duties differ: {sorted(set(duties) ^ expected)}")
    known = set(units.order) | units.parties | {"office", "@all", "@leads", "@reporters",
                                               "@support", "@lead"}
    known |= {f"@group:{g}" for g in units.group_ids}
    for ident, duty in duties.items():
        words = section_text(text, duty["clause"])
        check(words, f"{ident}: the text has no {duty['clause']}")
        for field in ("who", "to", "copy"):
            for name in listed(duty.get(field, [])):
                check(name in known, f"{ident}: {field} names {name}, which is nobody")
        due = duty["due"]
        check(due != "tbd" or "decide_by" in duty, f"{ident}: tbd without decide_by")
        if duty["basis"] == "source":
            date = due if re.match(r"\d\d-\d\d", due) else duty.get("within", "")
            month = int((re.findall(r"\d\d", date) or ["0"])[0])
            check(month in months_named(words),
                  f"{ident}: basis is source, but the text has no {date}")
            if re.match(r"\d\d-\d\d", due):
                day = f"{month}月{int(due[3:5])}日" in words or f"{month}月底" in words
                check(day, f"{ident}: basis is source, but the text does not give the day {due}")


def check_phases(plan, text):
    ends = {"三(一)": "3月底", "三(二)": "4-10月", "三(三)": "11月", "三(四)": "12月"}
    check([p["clause"] for p in plan["phase"]] == list(ends), "the four phases differ")
    for phase in plan["phase"]:
        words = section_text(text, phase["clause"])
        check(phase["name"] in words, f"phase {phase['id']}: the text does not call it so")
        check(f"(2022年{ends.get(phase['clause'])}" in words, f"phase {phase['id']}: dates differ")
        check(f"{int(phase['to'][:2])}月" in words.split("。")[0],
              f"phase {phase['id']} ends in another month than the text's")
    issued = "{}年{}月{}日".format(*map(int, plan["issued"].split("-")))
    check(issued in text, f"the text was not issued on {plan['issued']}")
    for fact in (plan["title"], plan["document"]):
        check(plain(fact) in plain(text), f"the text does not hold {fact}")


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PLAN
    source = Path(sys.argv[2]) if len(sys.argv) > 2 else TEXT
    text = unicodedata.normalize("NFKC", source.read_text("utf-8"))
    plan, unit_data, task_data = (tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
                                  for name in ("plan", "units", "tasks"))
    units = Units(unit_data)
    wanted = clauses_of(text, units)
    check(len(re.findall(r"\([牵责][^()]*单位:", text)) == len(wanted),
          "a responsibility parenthesis was passed over")
    check_tasks(task_data["task"], wanted, text)
    check_suffixes(units)
    check_counts(task_data["task"], units)
    check_members(text, units)
    check_duties(plan, text, units)
    check_phases(plan, text)
    for line in failed:
        print(line)
    if failed:
        return 1
    print(f"{passed} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
