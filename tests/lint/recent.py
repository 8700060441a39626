"""What of the tree is looked at on a day: all of it would be a third of what CI has time for."""

import hashlib
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAST_COMMITS = 12


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


def recent(paths):
    """Those that the last commits touched, and an eighth of the others."""
    day = Recent()
    touched = {path.with_suffix("") for path in day.files}

    def chosen(path):
        name = path.relative_to(ROOT).with_suffix("")
        return name in touched or day.takes_turn(str(name), 8)
    return [path for path in paths if chosen(path)]
