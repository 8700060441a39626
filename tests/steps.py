#!/usr/bin/python3
"""The steps of tests/run: builds duban, tests it, and sums up what ran.

The last line is `N passed, N failed`; the exit code is 0 only if something ran and nothing failed.
"""

import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
COUNTS = re.compile(r"^(?:\S+: )?(\d+) passed, (\d+) failed$", re.MULTILINE)
FOUND = re.compile(r"^(\d+)/(\d+)$", re.MULTILINE)
UNITTEST = re.compile(r"^Ran (\d+) tests? in ", re.MULTILINE)
# Nobody goes on with what a fresh clone builds of these.
BUILT_AT_ONCE = ("sanitize", "release")
# Their slowest tests would be waited for at the end.
SLOW_FIRST = ("test_schedule", "test_engine", "test_ctl")
TESTS_A_PART = 30
# Seconds after which a part of a test binary hangs.
PART_TAKES = 900
UNITTEST_BAD = re.compile(r"^FAILED \((.*)\)$", re.MULTILINE)


@dataclass
class Result:
    name: str
    passed: int
    failed: int
    seconds: float


def stream(command, env=None):
    """Runs it, shows what it says as it says it, and returns (exit code, what it said)."""
    process = subprocess.Popen([str(c) for c in command], cwd=ROOT, text=True, errors="replace",
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env)
    said = []
    for line in process.stdout:
        said.append(line)
        print(line, end="", flush=True)
    return process.wait(), "".join(said)


def plain(command, env=None):
    """A step that must only succeed: one test."""
    code, _ = stream(command, env)
    return (1, 0) if code == 0 else (0, 1)


def counted(command, env=None):
    """A step whose last `N passed, N failed` is its count."""
    code, said = stream(command, env)
    counts = COUNTS.findall(said)
    if not counts:
        return 0, 1
    passed, failed = map(int, counts[-1])
    if code != 0 and failed == 0 or passed + failed == 0:
        failed = 1
    return passed, failed


def found(command):
    """A step whose last line is `found/planted`."""
    code, said = stream(command)
    sums = FOUND.findall(said)
    if not sums:
        return 0, 1
    passed, total = map(int, sums[-1])
    missed = total - passed
    return passed, max(missed, 1) if code != 0 or total == 0 else missed


def unittests(command):
    code, said = stream(command)
    ran = UNITTEST.findall(said)
    if not ran or int(ran[-1]) == 0:
        return 0, 1
    total = int(ran[-1])
    if code == 0:
        return total, 0
    bad = sum(int(n) for n in re.findall(r"(?:failures|errors)=(\d+)",
                                         "".join(UNITTEST_BAD.findall(said))))
    bad = min(max(bad, 1), total)
    return total - bad, bad


def gtests(preset):
    """Every test binary of a build, in parts, as many at a time as there are processors: a process
    for each test would take longer to start than to test."""
    folder = BUILD / preset / "tests"
    binaries = sorted(p for p in folder.rglob("test_*") if p.is_file() and os.access(p, os.X_OK))
    binaries.sort(key=lambda binary: binary.name not in SLOW_FIRST)
    parts = [(binary, part, count) for binary in binaries for count in [parts_of(binary)]
             for part in range(count)]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        results = list(pool.map(lambda part: gtest_part(*part), parts))
    passed = sum(r[0] for r in results)
    failed = sum(r[1] for r in results)
    skipped = sum(r[2] for r in results)
    print(f"{len(binaries)} binaries in {len(parts)} parts")
    print(f"{skipped} not run: they do not apply here" if skipped else "all ran")
    return passed, failed if passed + failed else 1


def parts_of(binary):
    listed = subprocess.run([binary, "--gtest_list_tests"], stdout=subprocess.PIPE, text=True,
                            check=True).stdout
    tests = sum(line.startswith("  ") for line in listed.splitlines())
    return max(1, -(-tests // TESTS_A_PART))


def gtest_part(binary, part, count):
    report = binary.parent / f"{binary.name}.{part}.xml"
    report.unlink(missing_ok=True)
    # A property is held against the same cases each time: what a commit breaks is that commit's.
    environment = {"RC_PARAMS": "seed=2022", **os.environ, "GTEST_TOTAL_SHARDS": str(count),
                   "GTEST_SHARD_INDEX": str(part)}
    command = [binary, "--gtest_brief=1", f"--gtest_output=xml:{report}"]
    try:
        done = subprocess.run(command, cwd=binary.parent, env=environment, text=True,
                              errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=PART_TAKES, check=False)
        code, said = done.returncode, done.stdout
    except subprocess.TimeoutExpired as late:
        code, said = None, (late.stdout or b"").decode(errors="replace")
    if not report.exists():
        print(f"{said}failed: part {part} of {count} of {binary.name} ended with {code}, "
              "before its sum", flush=True)
        return 0, 1, 0
    suite = ElementTree.parse(report).getroot()
    total = int(suite.get("tests", 0))
    bad = [case for case in suite.iter("testcase")
           if case.find("failure") is not None or case.find("error") is not None]
    unrun = sum(case.get("result") != "completed" for case in suite.iter("testcase"))
    if bad or code != 0:
        print(said, flush=True)
    for case in bad:
        print(f"failed: {case.get('classname')}.{case.get('name')}", flush=True)
    failed = max(len(bad), 0 if code == 0 else 1)
    return max(total - unrun - failed, 0), failed, unrun


class Session:
    def __init__(self):
        self.results = []

    def step(self, name, action, *arguments):
        print(f"\n== {name}", flush=True)
        began = time.monotonic()
        passed, failed = action(*arguments)
        self.results.append(Result(name, passed, failed, time.monotonic() - began))
        return failed == 0

    def configure(self, preset, *more):
        print(f"\n== {preset}", flush=True)
        return stream(["cmake", "--preset", preset, "--log-level=WARNING", *more])[0] == 0

    def build(self, preset, *targets):
        """Configures and builds. Not counted when it succeeds: a build is no test."""
        began = time.monotonic()
        goal = ["--target", *targets] if targets else []

        def built(*more):
            return self.configure(preset, *more) and \
                stream(["cmake", "--build", "--preset", preset, *goal])[0] == 0
        fresh = not (BUILD / preset / "CMakeCache.txt").exists()
        well = fresh and preset in BUILT_AT_ONCE and built("-DDUBAN_AT_ONCE=ON")
        # A name of one of our headers may be in the way of a file that does not include it.
        well = well or built("-DDUBAN_AT_ONCE=OFF")
        self.results.append(Result(f"build {preset}", 0, 0 if well else 1,
                                   time.monotonic() - began))
        return well

    def sum_up(self):
        print("\n== summary")
        for result in self.results:
            print(f"{result.seconds:7.1f} s  {result.passed:5} passed {result.failed:3} failed"
                  f"  {result.name}")
        passed = sum(r.passed for r in self.results)
        failed = sum(r.failed for r in self.results)
        print(f"{passed} passed, {failed} failed", flush=True)
        return 0 if failed == 0 and passed > 0 else 1


def rules(session, preset):
    session.step("rules of the tree", counted,
                 [ROOT / "tests/lint/lint.py", "--compile-commands",
                  BUILD / preset / "compile_commands.json"])


def lint(session):
    session.step("rules can fail", unittests, [ROOT / "tests/lint/lint_test.py"])
    session.step("the plan held against the document", counted,
                 [ROOT / "tests/source/hold_against_source.py"])
    if not session.configure("lint"):
        session.results.append(Result("configure lint", 0, 1, 0.0))
        return
    session.step("each header alone", counted, [ROOT / "tests/lint/headers", "--recent"])
    rules(session, "lint")
    session.step("clang-tidy", counted, [ROOT / "tests/lint/tidy", "--recent"])


def unit(session):
    if session.build("sanitize"):
        session.step("unit tests under ASan and UBSan", gtests, "sanitize")


def fast(session):
    if session.build("work"):
        rules(session, "work")
        session.step("unit tests", gtests, "work")


def e2e(session):
    # the programs alone: the tests were built by `unit`
    if not session.build("release", "duband", "dubanctl", "bench"):
        return
    session.step("programs against real servers", counted, [ROOT / "tests/e2e/run", "--jobs", "2"])
    session.step("500 kills", plain, [ROOT / "tests/e2e/kill_campaign", "--kills", "500"])
    bench = ROOT / "tests/bench/run"
    if bench.exists():
        session.step("benchmarks, for a moment", plain, [bench, "--smoke"])


def sim(session):
    session.step("stories that go wrong", plain, [ROOT / "tests/sim/run", "--ci"])
    session.step("planted defects", found, [ROOT / "tests/sim/defects", "--recent"])


def fuzz(session):
    session.step("what comes from outside, made up", counted,
                 [ROOT / "tests/fuzz/run", "--preset", "sanitize", "--seconds", "15"])


MODES = {"fast": (fast,), "lint": (lint,), "unit": (unit,), "e2e": (e2e,), "sim": (sim,),
         "fuzz": (fuzz,),
         "all": (lint, unit, e2e, sim, fuzz)}


def main():
    mode = sys.argv[1] if len(sys.argv) > 1 else "all"
    if mode not in MODES or len(sys.argv) > 2:
        print(f"one of {', '.join(MODES)}, please: see tests/run", file=sys.stderr)
        return 2
    # a fresh clone in another folder finds what ccache already has
    os.environ.setdefault("CCACHE_BASEDIR", str(ROOT))
    # by what the compiler says it read, not by running the preprocessor first
    os.environ.setdefault("CCACHE_DEPEND", "1")
    session = Session()
    for part in MODES[mode]:
        part(session)
    return session.sum_up()


if __name__ == "__main__":
    sys.exit(main())
