#!/usr/bin/python3
"""Each rule of lint.py finds its bad sample and leaves the good one alone."""

import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import lint  # noqa: E402
from tree import Tree  # noqa: E402

H = "#pragma once\n"

# rule -> [(path, bad text)], [(path, good text)]
SAMPLES = {
    "includes_follow_the_ranks": (
        [("daemon/plan/a.cpp", '#include "engine/loop.h"\n'),
         ("daemon/ctl/a.cpp", '#include "app/app.h"\n'),
         ("daemon/plan/a.cpp", '#include "load.h"\n'),
         ("daemon/plan/a.cpp", '#include "nowhere/load.h"\n'),
         ("daemon/newfolder/a.cpp", "")],
        [("daemon/engine/a.cpp", '#include "plan/load.h"\n#include "engine/b.h"\n'),
         ("daemon/plan/a.cpp", '// #include "engine/loop.h"\n')]),
    "pure_folders_stay_pure": (
        [("daemon/plan/a.cpp", "#include <boost/asio/post.hpp>\n"),
         ("daemon/schedule/a.cpp", '#include "base/clock.h"\n'),
         ("daemon/message/a.cpp", "#include <spdlog/spdlog.h>\n")],
        [("daemon/io/a.cpp", "#include <boost/asio/post.hpp>\n"),
         ("daemon/message/a.cpp", "#include <boost/json.hpp>\n")]),
    "banned_calls_stay_out": (
        [("daemon/io/a.cpp", "co_spawn(e, f(), asio::detached);\n"),
         ("daemon/io/a.cpp", "auto t = std::chrono::system_clock::now();\n"),
         ("daemon/io/a.cpp", "auto t = time(nullptr);\n"),
         ("daemon/io/a.cpp", "clock_gettime(CLOCK_REALTIME, &t);\n"),
         ("daemon/io/a.cpp", "gettimeofday(&t, nullptr);\n"),
         ("tests/io/a_test.cpp", "std::this_thread::sleep_for(1s);\n"),
         ("tests/io/a_test.cpp", "usleep(3);\n"),
         ("daemon/io/a.cpp", "sleep(3);\n"),
         ("daemon/io/a.cpp", 'std::getenv("HOME");\n'),
         ("daemon/io/a.cpp", "localtime_r(&t, &b);\n")],
        [("daemon/base/clock.cpp", "clock_gettime(CLOCK_REALTIME, &t);\n"),
         ("daemon/settings/a.cpp", 'std::getenv("HOME");\n'),
         ("daemon/io/a.cpp", "// never system_clock::now() here\n"),
         ("daemon/io/a.cpp", "clock_gettime(CLOCK_MONOTONIC, &t);\n"),
         ("daemon/io/a.cpp", 'log("time(nullptr)"); due_time(plan); runtime(x);\n'),
         ("daemon/io/a.cpp", 'auto s = R"(sleep(3))";\n'),
         ("daemon/io/a.cpp", "auto n = 1'000'000; asleep(n);\n")]),
    "each_bound_is_hit_by_a_test": (
        [("daemon/base/limits.h", H + "inline constexpr std::size_t id_bytes = 64;\n"),
         ("daemon/base/limits.h", H + "inline constexpr std::chrono::seconds lease = 120s;\n")],
        [("daemon/base/limits.h", H + "/// No bound.\n"),
         ("tests/plan/a_test.cpp", "limits::id_bytes;\n")]),
    "test_scripts_do_not_sleep": (
        [("tests/e2e/a.py", "time.sleep(1)\n"), ("tests/run", "#!/bin/bash\n  sleep 3\n")],
        [("tests/e2e/a.py", "wait_until(ready)\n")]),
    "no_include_of_everything": (
        [("daemon/io/a.cpp", "#include <boost/asio.hpp>\n"),
         ("tests/io/a_test.cpp", "#include <boost/beast.hpp>\n")],
        [("daemon/io/a.cpp", "#include <boost/asio/post.hpp>\n")]),
    "headers_name_no_vendor": (
        [("daemon/ledger/a.h", H + "#include <SQLiteCpp/Database.h>\n"),
         ("daemon/ledger/a.h", H + "#include <sqlite3.h>\n"),
         ("daemon/io/a.h", H + "#include <curl/curl.h>\n"),
         ("daemon/settings/a.h", H + "#include <toml++/toml.h>\n"),
         ("daemon/calendar/a.h", H + "#include <date/tz.h>\n"),
         ("daemon/io/a.h", H + "#include <boost/asio/steady_timer.hpp>\n")],
        [("daemon/io/a.h", H + "#include <boost/asio/awaitable.hpp>\n#include <map>\n"),
         ("daemon/ledger/a.cpp", "#include <SQLiteCpp/Database.h>\n")]),
    "headers_begin_with_pragma_once": (
        [("daemon/io/a.h", "#include <map>\n")], [("daemon/io/a.h", H)]),
    "lines_fit_the_screen": (
        [("daemon/io/a.cpp", "x" * 101 + "\n"), ("tests/io/a.cpp", "督" * 51 + "\n")],
        [("daemon/io/a.cpp", "x" * 100 + "\n" + "督" * 50 + "\n"),
         ("config/a.toml", "x" * 300 + "\n")]),
    "text_is_tidy": (
        [("daemon/io/a.cpp", "int a; \n"), ("daemon/io/a.cpp", "\tint a;\n"),
         ("daemon/io/a.cpp", "int a;\r\n"), ("daemon/io/a.cpp", "int a;")],
        [("daemon/io/a.cpp", "int a;\n")]),
    "no_heaps_by_name": (
        [("daemon/utils/a.cpp", ""), ("daemon/io/task_manager.cpp", ""),
         ("tests/e2e/helpers.py", "")],
        [("daemon/io/task_group.cpp", ""), ("daemon/io/futile.cpp", "")]),
    "top_level_stays_small": (
        [("scripts/a.sh", ""), ("TODO.md", "")], [("daemon/io/a.cpp", ""), (".ci/run", "")]),
    "nothing_names_this_machine": (
        [("tests/run", "cd /work" + "/main\n"), ("README.md", "see /home" + "/someone/x\n"),
         ("package-lock.json", '"resolved": "x"\n'),
         ("README.md", "https://" + lint.REGISTRIES[0] + "/x\n")],
        [("README.md", "build/work/x and /var/lib/duban and $build/root/x\n")]),
    "readmes_say_the_same": (
        [("README.zh.md", "看:\n\n    dubanctl today    # 今天\n"), ("README.md", "x\n" * 200)],
        [("README.md", "    dubanctl today\n"), ("README.zh.md", "没有命令\n")]),
    "json_and_toml_parse": (
        [("config/a.toml", "a = \n"), ("CMakePresets.json", "{,}\n")],
        [("config/a.toml", 'a = "b"\n'), ("tests/plan/bad/a.json", "{,}\n")]),
}


def findings_of(rule, path, text):
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
        return list(lint.RULES[rule](Tree.from_folder(folder)))


class Rules(unittest.TestCase):
    def test_each_rule_has_samples(self):
        self.assertEqual(set(SAMPLES), set(lint.RULES))

    def test_each_bad_sample_is_found(self):
        for rule, (bad, _) in SAMPLES.items():
            for path, text in bad:
                with self.subTest(rule=rule, path=path, text=text):
                    self.assertTrue(findings_of(rule, path, text))

    def test_each_good_sample_is_left_alone(self):
        for rule, (_, good) in SAMPLES.items():
            for path, text in good:
                with self.subTest(rule=rule, path=path, text=text):
                    self.assertEqual(findings_of(rule, path, text), [])

    def test_a_finding_names_the_line(self):
        found = findings_of("banned_calls_stay_out", "daemon/io/a.cpp",
                            "/* two\nlines */\nusleep(3);\n")
        self.assertEqual([f.line for f in found], [3])

    def test_an_exception_covers_its_file_and_must_be_needed(self):
        one = lint.Finding("a.h", 3, "bad")
        self.assertEqual(lint.with_exceptions("r", [one], {("r", "a.h"): "why"}), [])
        self.assertEqual(lint.with_exceptions("r", [one], {("other", "a.h"): "why"}), [one])
        self.assertEqual(len(lint.with_exceptions("r", [], {("r", "a.h"): "why"})), 1)

    def test_a_source_without_a_target_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name in ("built_test.cpp", "lost_test.cpp"):
                (root / "tests/io").mkdir(parents=True, exist_ok=True)
                (root / "tests/io" / name).write_text("")
            commands = root / "compile_commands.json"
            commands.write_text(json.dumps(
                [{"directory": folder, "file": str(root / "tests/io/built_test.cpp")}]))
            found = lint.every_source_is_built(Tree.from_folder(root), commands)
            self.assertEqual([f.path for f in found], ["tests/io/lost_test.cpp"])

    def test_a_build_that_was_not_configured_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            found = lint.every_source_is_built(Tree.from_folder(folder), Path(folder, "none.json"))
            self.assertEqual(len(list(found)), 1)


if __name__ == "__main__":
    unittest.main()
