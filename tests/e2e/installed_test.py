"""What `cmake --install` lays down: programs, unit, user, files; judged by systemd-analyze."""

import os
import re
import shutil
import stat
import subprocess
import tempfile
import unittest
from pathlib import Path

from programs import BIN, ROOT, Answer, dubanctl

BUILD = ROOT / "build/release"


def run(*command, **options):
    return Answer(subprocess.run([str(c) for c in command], capture_output=True, text=True,
                                 timeout=120, **options))


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.root = Path(temporary.name)
        cls.install()
        cls.unit = cls.root / "usr/lib/systemd/system/duband.service"

    @classmethod
    def install(cls):
        done = run("cmake", "--install", BUILD, "--prefix", "/usr",
                   env={**os.environ, "DESTDIR": str(cls.root)})
        assert done.code == 0, done

    def test_everything_stands_where_debian_expects_it(self):
        for path in ("usr/bin/duband", "usr/bin/dubanctl", "etc/duban/duband.toml",
                     "etc/duban/plans/wuhan-2022-1/plan.toml", "etc/duban/calendars/cn.toml",
                     "usr/lib/sysusers.d/duban.conf", "usr/share/doc/duban/README.md",
                     "usr/share/doc/duban/prometheus/duban.rules.yml"):
            with self.subTest(path=path):
                self.assertTrue((self.root / path).is_file())
        self.assertTrue((self.root / "usr/bin/duband").stat().st_mode & stat.S_IXUSR)

    def test_the_installed_plan_passes_its_check_by_the_installed_program(self):
        done = run(self.root / "usr/bin/dubanctl", "--config",
                   self.root / "etc/duban/duband.toml", "check")
        self.assertEqual(done.code, 0, done)

    def test_a_second_install_keeps_what_the_admin_edited(self):
        edited = self.root / "etc/duban/duband.toml"
        edited.write_text(edited.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
        self.install()
        self.assertTrue(edited.read_text(encoding="utf-8").endswith("# mine\n"))

    def judged(self, *command):
        """systemd-analyze on the installed unit, with the programs where they lie here."""
        folder = self.root / "judged"
        folder.mkdir(exist_ok=True)
        unit = folder / "duband.service"
        unit.write_text(self.unit.read_text(encoding="utf-8").replace(
            "ExecStart=/usr/bin", f"ExecStart={self.root}/usr/bin"), encoding="utf-8")
        return run("systemd-analyze", *command, unit)

    def test_systemd_finds_nothing_to_say_about_the_unit(self):
        done = self.judged("verify", "--man=no")
        self.assertEqual((done.out, done.err, done.code), ("", "", 0))

    def test_systemd_would_find_a_word_that_it_does_not_know(self):
        shutil.copy(self.unit, self.unit.with_suffix(".kept"))
        self.addCleanup(shutil.move, self.unit.with_suffix(".kept"), self.unit)
        self.unit.write_text(self.unit.read_text(encoding="utf-8").replace(
            "Type=notify", "Type=notify-reload"), encoding="utf-8")
        self.assertIn("notify-reload", self.judged("verify", "--man=no").err)

    def test_its_exposure_is_no_more_than_1_2(self):
        done = self.judged("security", "--offline=true", "--no-pager")
        found = re.search(r"exposure level for \S+: ([\d.]+)", done.out)
        self.assertIsNotNone(found, done)
        self.assertLessEqual(float(found.group(1)), 1.2)

    def test_the_user_is_made_by_sysusers(self):
        root = self.root / "users"
        (root / "etc").mkdir(parents=True)
        done = run("systemd-sysusers", f"--root={root}",
                   self.root / "usr/lib/sysusers.d/duban.conf")
        self.assertEqual(done.code, 0, done)
        self.assertRegex((root / "etc/passwd").read_text(), r"(?m)^duban:")
        self.assertRegex((root / "etc/group").read_text(), r"(?m)^duban:")

    def test_the_unit_does_what_the_design_says(self):
        text = self.unit.read_text(encoding="utf-8")
        for line in ("Type=notify", "User=duban", "Group=duban", "StateDirectory=duban",
                     "RuntimeDirectory=duban", "RestartPreventExitStatus=2",
                     "ExecReload=/bin/kill -HUP $MAINPID"):
            self.assertRegex(text, rf"(?m)^{re.escape(line)}$")
        self.assertNotRegex(text, r"(?m)^(PrivateUsers|DynamicUser)=")


class Help(unittest.TestCase):
    def test_each_verb_has_help_with_an_example(self):
        for verb in ("check", "show", "agenda", "rehearse", "status", "notices", "resend",
                     "send-test", "received", "held", "checked", "void", "extend", "excuse",
                     "release", "defer", "set", "reload"):
            with self.subTest(verb=verb):
                done = dubanctl(ROOT / "config/duband.toml", verb, "--help")
                self.assertEqual(done.code, 0, done)
                self.assertIn(f"dubanctl {verb}", done.out)

    def test_colour_only_on_a_terminal(self):
        for program in (BIN / "duband", BIN / "dubanctl"):
            self.assertNotIn("\x1b", str(run(program, "--help")))
