"""The tree as the lint rules see it: its files by git, C++ text without comments and strings."""

import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True, order=True)
class Finding:
    path: str
    line: int
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message}"


CPP_TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/"""
    r'''|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"'''
    r'''|"(?:\\.|[^"\\\n])*"|(?<![\w'])'(?:\\.|[^'\\\n])+\'''',
    re.DOTALL,
)


def blank(match):
    """Keeps the line count, drops the words."""
    return re.sub(r"[^\n]", " ", match.group(0))


@dataclass(frozen=True)
class File:
    path: str
    text: str

    @cached_property
    def code(self):
        """C++ text with comments, strings and characters blanked; lines stay where they are."""
        return CPP_TOKEN.sub(blank, self.text)

    @cached_property
    def includes(self):
        """(line number, the name between quotes or brackets, the opening mark)"""
        found = []
        for number, line in enumerate(self.text.splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
            if match:
                found.append((number, match.group(2), match.group(1)))
        return found

    @property
    def is_cpp(self):
        return self.path.endswith((".h", ".cpp"))

    @property
    def folder(self):
        """The folder below daemon/ or tests/, or ''."""
        parts = self.path.split("/")
        return parts[1] if len(parts) > 2 else ""

    def under(self, *tops):
        return self.path.split("/")[0] in tops


class Tree:
    def __init__(self, root, paths):
        self.root = Path(root)
        self.paths = sorted(paths)

    @classmethod
    def from_git(cls, root):
        """What is tracked, and what would be if one said `git add .`."""
        listing = subprocess.run(
            ["git", "-c", "core.quotepath=off", "ls-files", "-z", "-co", "--exclude-standard"],
            cwd=root, check=True, capture_output=True, text=True)
        paths = {p for p in listing.stdout.split("\0") if p and (Path(root) / p).is_file()}
        return cls(root, paths)

    @classmethod
    def from_folder(cls, root):
        root = Path(root)
        return cls(root, [p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()])

    @cached_property
    def files(self):
        """Every text file; one that is not UTF-8 (samples of the tests) is left out, and so are the
        fuzzers' inputs, which are bytes, broken on purpose."""
        found = []
        for path in self.paths:
            if path.startswith("tests/fuzz/corpus/"):
                continue
            try:
                found.append(File(path, (self.root / path).read_bytes().decode()))
            except UnicodeDecodeError:
                continue
        return found

    @property
    def cpp(self):
        return [f for f in self.files if f.is_cpp]
