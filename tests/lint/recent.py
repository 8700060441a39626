"""What of the tree is looked at on a day: all of it would be a third of what CI has time for."""

import hashlib
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAST_COMMITS = 12
# A change that is wider was looked at whole by whoever made it.
MOST = 40


def git(*command):
    return subprocess.run(["git", *command], cwd=ROOT, stdout=subprocess.PIPE, text=True,
                          check=True).stdout.splitlines()


class Recent:
    def __init__(self):
        commits = git("rev-list", "--first-parent", "HEAD")
        self.turn = len(commits)
        since = commits[min(LAST_COMMITS, len(commits) - 1)]
        self.files = {Path(name) for name in git("diff", "--name-only", since)}

    def takes_turn(self, name, shares):
        """Another share of the names with each commit."""
        return int(hashlib.sha256(name.encode()).hexdigest(), 16) % shares == self.turn % shares


def turn_of(day, name):
    """In an order that is another with each commit."""
    return hashlib.sha256(f"{day.turn} {name}".encode()).hexdigest()


def recent(paths):
    """Those that the last commits touched, an eighth of the others, and no more than MOST."""
    day = Recent()
    touched = {path.with_suffix("") for path in day.files}
    names = {path: path.relative_to(ROOT).with_suffix("") for path in paths}
    chosen = [path for path, name in names.items()
              if name in touched or day.takes_turn(str(name), 8)]
    chosen.sort(key=lambda path: (names[path] not in touched, turn_of(day, names[path])))
    return chosen[:MOST]
