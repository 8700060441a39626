"""What `cmake --install` lays down: programs, unit, user, files; judged by systemd-analyze."""

import os
import re
import shutil
import stat
import subprocess
import tempfile
import unittest
from pathlib import Path

import manual
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
                     "usr/lib/sysusers.d/duban.conf", "usr/lib/tmpfiles.d/duban.conf",
                     "usr/lib/systemd/system/duban-backup.timer", "usr/libexec/duban/backup",
                     "usr/share/man/man8/duband.8.gz", "usr/share/man/man1/dubanctl.1.gz",
                     "usr/share/man/man5/duban.toml.5.gz", "usr/share/man/man5/duban-plan.5.gz",
                     "usr/share/man/man7/duban-runbook.7.gz",
                     "usr/share/bash-completion/completions/dubanctl",
                     "usr/share/zsh/vendor-completions/_dubanctl",
                     "usr/share/doc/duban/examples/secrets.conf",
                     "usr/share/doc/duban/README.md",
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

    def judged(self, *command, name="duband.service"):
        """systemd-analyze on the installed unit, with the programs where they lie here."""
        folder = self.root / "judged"
        folder.mkdir(exist_ok=True)
        for unit in self.unit.parent.glob("duban*"):
            (folder / unit.name).write_text(unit.read_text(encoding="utf-8").replace(
                "ExecStart=/usr", f"ExecStart={self.root}/usr"), encoding="utf-8")
        return run("systemd-analyze", *command, folder / name)

    def test_systemd_finds_nothing_to_say_about_the_units(self):
        for name in ("duband.service", "duban-backup.service", "duban-backup.timer"):
            with self.subTest(unit=name):
                done = self.judged("verify", "--man=no", name=name)
                self.assertEqual((done.out, done.err, done.code), ("", "", 0))

    def test_systemd_finds_nothing_to_say_about_the_drop_ins_that_are_shown_to_an_admin(self):
        secrets = (ROOT / "systemd/drop-in/secrets.conf").read_text(encoding="utf-8")
        shown = [("duband.service", secrets)]
        shown += [(e.where, e.text) for e in manual.examples() if e.kind == "unit"]
        self.assertGreater(len(shown), 1)
        for name, text in shown:
            with self.subTest(text=text):
                unit = self.unit.with_name(name)
                whole = unit.read_text(encoding="utf-8")
                self.addCleanup(unit.write_text, whole, encoding="utf-8")
                unit.write_text(f"{whole}\n{text}\n", encoding="utf-8")
                done = self.judged("verify", "--man=no", name=name)
                self.assertEqual((done.out, done.err, done.code), ("", "", 0))

    def test_systemd_would_find_a_word_that_it_does_not_know(self):
        shutil.copy(self.unit, self.unit.with_suffix(".kept"))
        self.addCleanup(shutil.move, self.unit.with_suffix(".kept"), self.unit)
        self.unit.write_text(self.unit.read_text(encoding="utf-8").replace(
            "Type=notify", "Type=notify-reload"), encoding="utf-8")
        self.assertIn("notify-reload", self.judged("verify", "--man=no").err)

    def test_their_exposure_is_no_more_than_1_2(self):
        for name in ("duband.service", "duban-backup.service"):
            with self.subTest(unit=name):
                done = self.judged("security", "--offline=true", "--no-pager", name=name)
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
                     "ExecReload=/bin/kill -HUP $MAINPID", "WatchdogSec=60"):
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
