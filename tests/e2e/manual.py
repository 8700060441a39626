"""The manual pages as a test reads them: their examples, and the keys and words that they name.

An example is a block `.Bd -literal … .Ed` whose lines stand below a comment that says where they
are run (`.\\" at WHEN [exit N…]`) or in which file they stand (`.\\" toml FILE`)."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from programs import ROOT

PAGES = {p.name: p for p in sorted((ROOT / "systemd/man").glob("*.[1578]"))}
BLOCK = re.compile(r"^\.Bd -literal[^\n]*\n(.*?)^\.Ed$", re.MULTILINE | re.DOTALL)
MARK = re.compile(r'^\.\\" (at|toml|unit) (\S+)(?: exit ([\d ]+))?$')
# An id that an example names, for the one that there is when it is played.
NOTICE = re.compile(r"ntc_[0-9A-Z]{26}")
PROGRAMS = ("dubanctl", "duband")


@dataclass(frozen=True)
class Example:
    page: str
    kind: str
    where: str
    exits: tuple
    text: str

    @property
    def words(self):
        return shlex.split(self.text)


def plain(line):
    return line.replace(r"\(dq", '"').replace(r"\e", "\\")


def blocks(page):
    """(mark or None, its lines) of each stretch of each literal block."""
    for block in BLOCK.findall(PAGES[page].read_text(encoding="utf-8")):
        mark, lines = None, []
        for line in block.splitlines():
            found = MARK.match(line)
            if found:
                yield mark, lines
                mark, lines = found, []
            else:
                lines.append(plain(line))
        yield mark, lines


def examples():
    """Those with a mark: a command each, or a whole TOML text."""
    found = []
    for page in PAGES:
        for mark, lines in blocks(page):
            if mark is None:
                continue
            kind, where, exits = mark.groups()
            exits = tuple(int(n) for n in (exits or "0").split())
            text = "\n".join(lines)
            texts = text.replace("\\\n", " ").splitlines() if kind == "at" else [text]
            found += [Example(page, kind, where, exits, one) for one in texts]
    return found


def unmarked_commands():
    """Lines of literal blocks that are ours to run, and that no mark says how to."""
    return [(page, line) for page in PAGES for mark, lines in blocks(page) if mark is None
            for line in lines if line.split(" ")[0] in PROGRAMS]


def items(page):
    """The words of all `.It` lines, and keys below them: what a page explains."""
    named = set()
    for line in PAGES[page].read_text(encoding="utf-8").splitlines():
        if line.startswith((".It ", ".Cm ")):
            named.update(line.split()[1:])
    return named


def keys_of(source):
    """The keys that a reader of TOML asks for."""
    text = Path(source).read_text(encoding="utf-8")
    asked = r"(?:text|texts|required_text|required_texts|integer|boolean|table|tables" \
            r"|named_tables|any|has|choice<[^;(]*>|read_[a-z_]+)" \
            r"\s*\((?:\*?\w+,\s*)?\"([a-z_]+)\""
    return set(re.findall(asked, text))
