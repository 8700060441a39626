"""What every benchmark needs: times, pairs in turn, memory, and the line of a figure."""

import re
import statistics
import subprocess
import time
from pathlib import Path


def seconds(command):
    """How long it took, and what it said."""
    began = time.perf_counter()
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=True)
    return time.perf_counter() - began, done.stdout


def in_pairs(ours, other, pairs):
    """The median ratio ours/other of calls in turn, and what the last of each said."""
    ratios, times = [], ([], [])
    for _ in range(pairs):
        (a, said), (b, other_said) = ours(), other()
        ratios.append(a / b)
        times[0].append(a)
        times[1].append(b)
    return (statistics.median(ratios), statistics.median(times[0]), statistics.median(times[1]),
            said, other_said)


def figure(name, ours, other=None, ratio=None, goal=None):
    return {"name": name, "ours": ours, "other": other,
            "ratio": None if ratio is None else round(ratio, 2), "goal": goal}


def beside(name, pairs, digits=None, goal=None):
    """Of [(our figure, the other's)], taken in turn."""
    ours, other = (round(statistics.median(side), digits) for side in zip(*pairs))
    return figure(name, ours, other, statistics.median(a / b for a, b in pairs), goal)


def rates(name, count, pairs, goal):
    """Of [(our seconds, the other's seconds)], taken in turn: `count` of something a second."""
    ratio = statistics.median(other / ours for ours, other in pairs)
    ours = statistics.median(a for a, _ in pairs)
    other = statistics.median(b for _, b in pairs)
    return figure(name, round(count / ours), round(count / other), ratio, goal)


def private_dirty(pid):
    """In MiB."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Private_Dirty:\s+(\d+)", rollup, re.MULTILINE)[1]) / 1024
