"""What of the tree is looked at on a day: all of it would be a third of what CI has time for."""

import hashlib
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAST_COMMITS, SHARES = 12, 8


def recent(paths):
    """Those that the last commits touched, and an eighth of the others."""
    def git(*command):
        return subprocess.run(["git", *command], cwd=ROOT, stdout=subprocess.PIPE, text=True,
                              check=True).stdout.splitlines()

    commits = git("rev-list", "--first-parent", "HEAD")
    touched = {str(Path(name).with_suffix("")) for name in
               git("diff", "--name-only", commits[min(LAST_COMMITS, len(commits) - 1)])}
    turn = len(commits) % SHARES

    def chosen(path):
        name = str(path.relative_to(ROOT).with_suffix(""))
        return name in touched or \
            int(hashlib.sha256(name.encode()).hexdigest(), 16) % SHARES == turn
    return [path for path in paths if chosen(path)]
