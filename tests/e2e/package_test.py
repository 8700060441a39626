"""The .deb that CPack makes of the release build; tests/booted plays its life under a systemd."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from programs import ROOT, Answer

BUILD = ROOT / "build/release"


def run(*command, **options):
    return Answer(subprocess.run([str(c) for c in command], capture_output=True, text=True,
                                 timeout=300, **options))


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="duban-package-")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        cls.private = ROOT / "config/plans/wuhan-2022-1/contacts.private.toml"
        if not cls.private.exists():
            cls.private.touch()
            cls.addClassCleanup(cls.private.unlink)
        done = run("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", cls.folder / "made")
        assert done.code == 0, done
        [cls.deb] = (cls.folder / "made").glob("*.deb")
        done = run("dpkg-deb", "-R", cls.deb, cls.folder / "tree")
        assert done.code == 0, done
        cls.control = cls.folder / "tree/DEBIAN"

    def field(self, name):
        return run("dpkg-deb", "-f", self.deb, name).out.strip()

    def test_lintian_has_neither_errors_nor_warnings(self):
        done = run("lintian", "--allow-root", "--fail-on", "error,warning", self.deb)
        self.assertEqual((done.out, done.code), ("", 0), done)

    def test_every_file_below_etc_is_a_conffile_and_what_is_private_stays(self):
        listed = set((self.control / "conffiles").read_text().split())
        tree = self.folder / "tree"
        packed = {"/" + str(p.relative_to(tree)) for p in (tree / "etc").rglob("*")
                  if p.is_file()}
        self.assertEqual(listed, packed)
        shipped = {f"/etc/duban/{p.relative_to(ROOT / 'config')}"
                   for p in (ROOT / "config").rglob("*") if p.is_file() and p != self.private}
        self.assertEqual(listed, shipped)

    def test_it_needs_the_libraries_that_its_programs_are_linked_with(self):
        needed = self.field("Depends")
        for package in ("libc6", "libcurl4", "libsqlite3-0", "libsystemd0", "libjemalloc2",
                        "systemd (>= 252)", "tzdata"):
            self.assertIn(package, needed)

    def test_everybody_may_read_the_files_and_nobody_but_root_may_write(self):
        modes = {p: p.stat().st_mode & 0o777 for p in (self.folder / "tree").rglob("*")
                 if not p.is_relative_to(self.control)}
        self.assertEqual({oct(m) for p, m in modes.items() if p.is_dir()}, {"0o755"})
        programs = {p.name for p, m in modes.items() if p.is_file() and m == 0o755}
        self.assertEqual(programs, {"duband", "dubanctl", "backup"})
        self.assertEqual({oct(m) for p, m in modes.items() if p.is_file()},
                         {"0o755", "0o644"})

    def test_its_scripts_are_sound(self):
        for name in ("postinst", "prerm", "postrm"):
            with self.subTest(script=name):
                script = self.control / name
                self.assertTrue(os.access(script, os.X_OK))
                done = run("sh", "-n", script)
                self.assertEqual((done.code, done.err), (0, ""))


class Backup(unittest.TestCase):
    """systemd/backup with a dubanctl of the test's own."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="duban-backup-")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.copies = self.folder / "copies"
        self.copies.mkdir()
        self.answer('touch "$3"')

    def answer(self, script):
        program = self.folder / "dubanctl"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)

    def backup(self, kept="3"):
        return run(ROOT / "systemd/backup", self.copies, env={
            "PATH": f"{self.folder}:/usr/bin:/bin", "DUBAN_BACKUPS_KEPT": kept})

    def older(self, count):
        names = [f"ledger-202205{day:02}T183000Z.sqlite" for day in range(1, count + 1)]
        for name in names:
            (self.copies / name).touch()
        return names

    def test_the_newest_are_kept_and_other_files_left_alone(self):
        names = self.older(5)
        (self.copies / "by-hand.sqlite").touch()
        done = self.backup()
        self.assertEqual(done.code, 0, done)
        left = {p.name for p in self.copies.iterdir()}
        self.assertEqual(len(left), 4)
        self.assertTrue({"by-hand.sqlite", *names[-2:]} < left, left)

    def test_nothing_is_removed_when_the_new_copy_fails(self):
        names = self.older(5)
        self.answer("exit 3")
        self.assertEqual(self.backup().code, 3)
        self.assertEqual({p.name for p in self.copies.iterdir()}, set(names))

    def test_a_number_that_is_none_is_refused_before_anything_is_done(self):
        for kept in ("0", "-1", "all", "1.5"):
            with self.subTest(kept=kept):
                done = self.backup(kept)
                self.assertEqual(done.code, 2)
                self.assertIn("DUBAN_BACKUPS_KEPT", done.err)
        self.assertEqual(list(self.copies.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
