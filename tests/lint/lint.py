#!/usr/bin/python3
"""The rules of the tree that no compiler knows. Each rule is one test: `N passed, N failed`.

    tests/lint/lint.py [--compile-commands FILE]

A rule takes the tree and returns its findings; a finding says what to do instead. The samples that
show that each rule can fail are in lint_test.py.
"""

import argparse
import json
import re
import sys
import tomllib
import unicodedata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from tree import Finding, Tree  # noqa: E402

# The flow of data (design, "Layout and who may include whom"): own folder or lower rank.
RANKS = {
    "base": 0, "io": 1, "settings": 2, "plan": 3, "calendar": 4, "schedule": 5, "ledger": 6,
    "message": 7, "document": 8, "delivery": 9, "channel": 10, "engine": 11, "control": 12,
    "ctl": 13, "app": 13,
}
PURE = {"plan", "calendar", "schedule", "message"}
TOP_LEVEL = {
    "CMakeLists.txt", "CMakePresets.json", "README.md", "README.zh.md", "LICENSE", "CHANGELOG.md",
    "daemon", "config", "systemd", "tests",
}
# Where a rule does not hold, and why. One that is no longer needed fails the lint as well.
EXCEPTIONS = {
    ("headers_name_no_vendor", "daemon/ledger/sqlite_query.h"):
        "the statement wrapper of ledger's own .cpp files, included by nobody else",
    ("headers_name_no_vendor", "daemon/io/timer_descriptor.h"):
        "what .cpp files await, with Asio's tokens of their choice; no header includes it",
    ("banned_calls_stay_out", "tests/io/alarm_test.cpp"):
        "sets the machine's clock to what it is, to see that the alarm hears of it",
    ("no_heaps_by_name", "daemon/io/service_manager.h"): "systemd's word for itself",
    ("no_heaps_by_name", "daemon/io/service_manager.cpp"): "systemd's word for itself",
}
LINE_COLUMNS = 100
FILE_LINES = 400
README_LINES = 200

RULES = {}


def rule(function):
    RULES[function.__name__] = function
    return function


@rule
def includes_follow_the_ranks(tree):
    for file in tree.cpp:
        if not file.under("daemon"):
            continue
        if file.folder not in RANKS:
            yield Finding(file.path, 1, f"daemon/{file.folder}/ has no rank: give it one in the "
                                        "design and in tests/lint/lint.py")
            continue
        for line, name, mark in file.includes:
            if mark != '"':
                continue
            folder = name.split("/")[0]
            if name.count("/") != 1 or folder not in RANKS:
                yield Finding(file.path, line, f'"{name}": write "folder/file.h", with a folder of '
                                               "daemon/")
            elif folder != file.folder and RANKS[folder] >= RANKS[file.folder]:
                yield Finding(file.path, line,
                              f"{file.folder} ({RANKS[file.folder]}) may not include {folder} "
                              f"({RANKS[folder]}): declare here the interface that it needs, and "
                              f"let {folder} implement it")


IMPURE = re.compile(r"^(boost/(asio|beast)|SQLiteCpp|sqlite3|curl/|spdlog|systemd/|sys/|unistd|io/|"
                    r"base/clock\.h)")


@rule
def pure_folders_stay_pure(tree):
    for file in tree.cpp:
        if not (file.under("daemon") and file.folder in PURE):
            continue
        for line, name, _ in file.includes:
            if IMPURE.match(name):
                yield Finding(file.path, line, f"{file.folder} is pure (no Asio, SQLite, curl, "
                                               f"clock, log), so not <{name}>: take a value, and "
                                               "let engine fetch it")


# what, in which tops, except where, and what to use instead
BANS = [
    (r"\bdetached\b", ("daemon", "tests"), (),
     "detached swallows what a coroutine throws: spawn through io/task_group.h"),
    (r"\bsystem_clock\s*::\s*now\b|\bgettimeofday\b"
     r"|\bclock_gettime\b(?!\s*\(\s*CLOCK_(MONOTONIC|BOOTTIME|PROCESS|THREAD))"
     r"|\btime\s*\(\s*(nullptr|NULL|0|&\w+)\s*\)",
     ("daemon", "tests"), ("daemon/base/clock.cpp",),
     "the wall clock is read in base/clock.cpp only: take a Clock (base/clock.h) or an Instant"),
    (r"\bthis_thread\s*::\s*sleep_|\bsleep_for\b|\b(u|nano)?sleep\s*\(|\bclock_nanosleep\b",
     ("daemon", "tests"), (),
     "nothing sleeps: the daemon waits on io/alarm.h, a test waits for the event itself"),
    (r"\b(secure_)?getenv\b|\benviron\b", ("daemon",), ("daemon/settings/",),
     "the environment is read in settings only: take the value from there"),
    (r"\blocaltime(_r)?\b|\bmktime\b|\btzset\b|\bsetlocale\b|\bcurrent_zone\b", ("daemon", "tests"),
     (), "the process has no zone and no locale: use calendar/zone.h with the plan's zone"),
]


@rule
def banned_calls_stay_out(tree):
    for file in tree.cpp:
        for pattern, tops, except_in, instead in BANS:
            if not file.under(*tops) or (except_in and file.path.startswith(except_in)):
                continue
            for match in re.finditer(pattern, file.code):
                line = file.code.count("\n", 0, match.start()) + 1
                yield Finding(file.path, line, f"{match.group(0)}: {instead}")


SCRIPT_SLEEP = re.compile(r"\btime\.sleep\b|\basyncio\.sleep\b|^\s*sleep\s+[\d$]", re.MULTILINE)


@rule
def test_scripts_do_not_sleep(tree):
    for file in tree.files:
        is_script = file.path.endswith((".py", ".sh")) or file.text.startswith("#!")
        if not is_script or not file.under("tests", ".ci") or file.under("tests") and \
                file.folder == "lint":
            continue
        for match in SCRIPT_SLEEP.finditer(file.text):
            line = file.text.count("\n", 0, match.end()) + 1
            yield Finding(file.path, line, f"{match.group(0).strip()}: wait for the event, with a "
                                           "deadline (tests/e2e/waiting.py)")


HEAVY = re.compile(r"^boost/(asio|beast|json/src|beast/src)\.hpp$")


@rule
def no_include_of_everything(tree):
    for file in tree.cpp:
        for line, name, _ in file.includes:
            if HEAVY.match(name):
                yield Finding(file.path, line, f"<{name}> is 200,000 lines: include the one header "
                                               "you use")


VENDOR = re.compile(r"^(curl|SQLiteCpp|toml\+\+|gmime|glib|kainjow|libical|date|spdlog|fmt|boost|"
                    r"openssl|systemd|CLI|gtest|gmock|rapidcheck|benchmark)/|"
                    r"^(sqlite3|mustache|rapidcheck|kainjow_mustache)\.h")
ASIO_IN_HEADERS = re.compile(r"^boost/asio/(awaitable|any_io_executor|io_context_strand)\.hpp$")


@rule
def headers_name_no_vendor(tree):
    for file in tree.cpp:
        if not (file.under("daemon") and file.path.endswith(".h")):
            continue
        for line, name, _ in file.includes:
            if VENDOR.match(name) and not ASIO_IN_HEADERS.match(name):
                yield Finding(file.path, line, f"<{name}> in a header: keep it in the .cpp, behind "
                                               "an interface or a pimpl (of Asio, awaitable.hpp "
                                               "and any_io_executor.hpp may stand here)")


@rule
def headers_begin_with_pragma_once(tree):
    for file in tree.cpp:
        if file.path.endswith(".h") and not file.text.startswith("#pragma once"):
            yield Finding(file.path, 1, "begin with #pragma once")


def columns(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@rule
def lines_fit_the_screen(tree):
    for file in tree.files:
        if not file.path.endswith((".h", ".cpp", ".py")) or not file.under("daemon", "tests"):
            continue
        for number, line in enumerate(file.text.split("\n"), 1):
            if columns(line) > LINE_COLUMNS:
                yield Finding(file.path, number, f"{columns(line)} columns: break it before "
                                                 f"{LINE_COLUMNS} (a Chinese character has two)")


@rule
def text_is_tidy(tree):
    for file in tree.files:
        if not file.path.endswith((".h", ".cpp", ".py", "CMakeLists.txt")):
            continue
        for number, line in enumerate(file.text.split("\n"), 1):
            if "\r" in line or "\t" in line or line != line.rstrip():
                yield Finding(file.path, number, "tab, CR or blank at the end of the line")
        if file.text and not file.text.endswith("\n"):
            yield Finding(file.path, file.text.count("\n") + 1, "no newline at the end")


HEAP_NAME = re.compile(r"(^|[_\-.])(utils?|utility|common|managers?|helpers?|misc)([_\-.]|$)")


@rule
def no_heaps_by_name(tree):
    for path in tree.paths:
        for part in path.split("/"):
            if HEAP_NAME.search(part.lower()):
                yield Finding(path, 1, f"{part}: a name for anything collects everything; say what "
                                       "it is")


@rule
def top_level_stays_small(tree):
    for top in sorted({path.split("/")[0] for path in tree.paths}):
        if top not in TOP_LEVEL and not top.startswith("."):
            yield Finding(top, 1, "the top level holds only " + " ".join(sorted(TOP_LEVEL)))


# Written in pieces, so that this file does not find itself.
REGISTRIES = ["registry." + "npmjs", "registry." + "yarnpkg", "deb." + "debian.org",
              "pypi." + "org", "files." + "pythonhosted", "static." + "crates.io",
              "proxy." + "golang.org"]
MACHINE_PATH = re.compile(r"(?<![\w.}>)*-])/(?:work|root|home/\w+|tmp/bash_jobs[^/]*)/[\w.]")


@rule
def nothing_names_this_machine(tree):
    for file in tree.files:
        if file.path.startswith("tests/lint/"):
            continue
        for number, line in enumerate(file.text.split("\n"), 1):
            if MACHINE_PATH.search(line):
                yield Finding(file.path, number, "a path of one machine: start from the source "
                                                 "folder or from a temporary one")
            for host in REGISTRIES:
                if host in line:
                    yield Finding(file.path, number, f"{host}: where packages come from is the "
                                                     "machine's setting, not the project's")
            if file.path.endswith("package-lock.json") and '"resolved"' in line:
                yield Finding(file.path, number, "a download address in a lock file: make it with "
                                                 "npm's omit-lockfile-registry-resolved")


@rule
def json_and_toml_parse(tree):
    for file in tree.files:
        if re.search(r"(^|/)(bad|broken)[^/]*(/|$)", file.path):
            continue
        try:
            if file.path.endswith(".json"):
                json.loads(file.text)
            elif file.path.endswith(".toml") and file.under("config"):
                tomllib.loads(file.text)
        except ValueError as error:
            yield Finding(file.path, getattr(error, "lineno", 1), f"does not parse: {error}")


def commands_of(readme):
    """What stands in its blocks, without the remarks beside it; the map of the tree is prose."""
    blocks = re.findall(r"^    (\S.*)$", readme.text.split("\n    config/")[0], re.MULTILINE)
    return [re.split(r"\s{2,}#", line)[0] for line in blocks]


@rule
def readmes_say_the_same(tree):
    readmes = {f.path: f for f in tree.files if f.path in ("README.md", "README.zh.md")}
    for file in readmes.values():
        if file.text.count("\n") >= README_LINES:
            yield Finding(file.path, README_LINES, "the rest belongs in the manual")
    if "README.zh.md" not in readmes:
        return
    ours = commands_of(readmes["README.md"]) if "README.md" in readmes else []
    for command in ours:
        if command not in commands_of(readmes["README.zh.md"]):
            yield Finding("README.zh.md", 1, f"lacks the command `{command}` of README.md")
    for command in commands_of(readmes["README.zh.md"]):
        if command not in ours:
            yield Finding("README.zh.md", 1, f"`{command}` is no command of README.md")


@rule
def each_bound_is_hit_by_a_test(tree):
    header = next((f for f in tree.cpp if f.path == "daemon/base/limits.h"), None)
    if header is None:
        return
    tests = "\n".join(f.code for f in tree.cpp if f.under("tests") and
                      f.folder not in ("fuzz", "bench"))
    for match in re.finditer(r"\bconstexpr [\w:]+ (\w+)\s*=", header.code):
        tried = re.search(rf"\blimits::{match.group(1)}\b", tests)
        if not tried:
            line = header.code.count("\n", 0, match.start()) + 1
            yield Finding(header.path, line, f"limits::{match.group(1)} stands in no test: write "
                                             "one that goes up to it, and one beyond it")


def compiled_files(tree, compile_commands):
    commands = json.loads(Path(compile_commands).read_text(encoding="utf-8"))
    root = tree.root.resolve()
    return {Path(c["directory"], c["file"]).resolve().relative_to(root).as_posix()
            for c in commands if Path(c["directory"], c["file"]).resolve().is_relative_to(root)}


def every_source_is_built(tree, compile_commands):
    """A file that no target names rots: a test that is never run, code that nothing calls."""
    if not Path(compile_commands).exists():
        yield Finding(str(compile_commands), 1, "not there: configure first (cmake --preset work)")
        return
    built = compiled_files(tree, compile_commands)
    for path in tree.paths:
        if path.endswith(".cpp") and path.startswith(("daemon/", "tests/")) and path not in built:
            if path.startswith(("tests/bench/", "tests/fuzz/", "tests/lint/")):
                continue
            yield Finding(path, 1, "belongs to no target: name its folder in CMakeLists.txt")


def with_exceptions(rule_name, findings, exceptions=None):
    """The findings that no exception covers, and a finding for each exception that covers none."""
    exceptions = EXCEPTIONS if exceptions is None else exceptions
    excused = {path for name, path in exceptions if name == rule_name}
    left = [f for f in findings if f.path not in excused]
    for path in sorted(excused - {f.path for f in findings}):
        left.append(Finding(path, 1, "this exception is not needed any more: take it out of "
                                     "EXCEPTIONS in tests/lint/lint.py"))
    return left


def report_sizes(tree):
    """Said, not judged: where a file has become two."""
    for file in tree.cpp:
        lines = file.text.count("\n")
        if file.under("daemon") and lines > FILE_LINES:
            print(f"note: {file.path} has {lines} lines (a feeling: {FILE_LINES})")


def main():
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--compile-commands", default=root / "build/lint/compile_commands.json")
    arguments = parser.parse_args()

    tree = Tree.from_git(root)
    rules = dict(RULES)
    rules["every_source_is_built"] = lambda t: every_source_is_built(t, arguments.compile_commands)
    failed = 0
    for name, check in rules.items():
        findings = with_exceptions(name, sorted(check(tree)))
        for finding in findings:
            print(f"{finding}  [{name}]")
        failed += bool(findings)
    report_sizes(tree)
    print(f"{len(rules) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
