"""Completion as a real bash and a real zsh do it, with Tab pressed in a terminal of their own."""

import os
import pty
import re
import select
import subprocess
import tempfile
import time
import unittest

from office import Office
from programs import BIN, ROOT, dubanctl

COMPLETION = ROOT / "systemd/completion"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|[\x07\x08\r]")
TAKES = 20.0


class Completed:
    """What both shells must offer; `offers` is how a shell is asked."""

    @classmethod
    def setUpClass(cls):
        cls.office = Office()
        cls.addClassCleanup(cls.office.close)
        cls.config = f"--config {cls.office.config}"

    def assert_offers(self, line, *words, but=()):
        offered = self.offers(line)
        for word in words:
            self.assertIn(word, offered, line)
        for word in but:
            self.assertNotIn(word, offered, line)

    def test_each_verb(self):
        listed = dubanctl(self.office.config, "--help").out.split("Subcommands:")[1]
        verbs = re.findall(r"^  ([a-z][a-z-]*) ", listed, re.MULTILINE)
        self.assertGreater(len(verbs), 30)
        self.assert_offers("dubanctl ", *verbs)

    def test_a_verb_that_has_begun(self):
        self.assert_offers("dubanctl re", "received", "release", "report", but=("check",))

    def test_options_of_a_verb(self):
        self.assert_offers("dubanctl agenda --", "--from", "--unit", "--offline", but=("--why",))

    def test_duties_by_id_and_name(self):
        self.assert_offers(f"dubanctl {self.config} received ", "monthly-table", "月调度表",
                           but=("edu",))
        self.assert_offers(f"dubanctl {self.config} agenda --duty june", "june-draft",
                           "june-meeting")

    def test_units_after_the_period_and_after_their_option(self):
        self.assert_offers(f"dubanctl {self.config} received monthly-table 05 ", "edu",
                           "市教育局", but=("monthly-table",))
        self.assert_offers(f"dubanctl {self.config} agenda --unit 市", "市教育局", "市水务局")

    def test_plans(self):
        self.assert_offers(f"dubanctl {self.config} show --plan ", "wuhan-2022-1")

    def test_words_of_a_verb(self):
        self.assert_offers("dubanctl report ", "dispatch", "briefing", "visit")
        self.assert_offers("dubanctl ledger ", "backup", "restore")

    def test_files_where_a_file_stands(self):
        (self.office.folder / "5月.csv").touch()
        (self.office.folder / "6月.csv").touch()
        self.assert_offers(f"dubanctl submit monthly-table 05 edu --from {self.office.folder}/",
                           "5月.csv", "6月.csv")


class Bash(Completed, unittest.TestCase):
    """The function that Tab calls, with the line as bash would hand it over."""

    SCRIPT = """
source /usr/share/bash-completion/bash_completion
source "$1/dubanctl"
line=$2
read -ra COMP_WORDS <<<"$line"
if [[ $line == *' ' ]]; then COMP_WORDS+=(''); fi
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
spec=$(complete -p dubanctl)
${spec#complete -F } >/dev/null 2>&1 || true
printf '%s\\n' "${COMPREPLY[@]##*/}"
"""

    def offers(self, line):
        done = subprocess.run(
            ["bash", "--norc", "-c", self.SCRIPT, "bash", COMPLETION, line],
            capture_output=True, text=True, timeout=60, cwd=self.office.folder,
            env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def test_bash_itself_completes_the_only_word(self):
        with Shell(["bash", "--norc", "-i"], self.office.folder) as shell:
            shell.type(f"source {COMPLETION}/dubanctl; PS1='> '\n")
            shell.type("dubanctl expl\t")
            shell.wait_for(r"explain ")


class Zsh(Completed, unittest.TestCase):
    def setUp(self):
        self.shell = Shell(["zsh", "-f", "-i"], self.office.folder)
        self.addCleanup(self.shell.close)
        # a listing as wide as need be, without asking, a word a line
        self.shell.type(f"fpath=({COMPLETION} $fpath); autoload -U compinit; compinit -u -D; "
                        "LISTMAX=0; zle_highlight=(); unsetopt PROMPT_SP; "
                        "offer() { zle list-choices; zle -R; print -n END$((1+1)) }; "
                        "zle -N offer; bindkey '^T' offer; PS1='READY%# '\n")
        self.shell.wait_for("READY#")

    def offers(self, line):
        self.shell.said = ""
        self.shell.type(f"\x15{line}\x14")
        shown = self.shell.wait_for("END2").replace("END2", "").split()
        return [word for word in shown if word not in line.split()]

    def test_zsh_itself_completes_the_only_word(self):
        self.shell.type("dubanctl expl\t")
        self.shell.wait_for(r"explain ")


class Shell:
    """An interactive shell on a terminal of its own."""

    def __init__(self, command, folder):
        self.said = ""
        self.home = tempfile.TemporaryDirectory(prefix="duban-shell-")
        child, self.terminal = pty.fork()
        if child == 0:
            os.chdir(folder)
            environment = {"PATH": f"{BIN}:/usr/bin:/bin", "HOME": self.home.name,
                           "LC_ALL": "C.UTF-8", "TERM": "xterm", "COLUMNS": "100",
                           "LINES": "500"}
            os.execvpe(command[0], command, environment)
        self.child = child

    def type(self, text):
        os.write(self.terminal, text.encode())

    def wait_for(self, pattern):
        """What it showed until the pattern came, without escapes."""
        end = time.monotonic() + TAKES
        while not re.search(pattern, self.plain()):
            left = end - time.monotonic()
            ready = left > 0 and select.select([self.terminal], [], [], left)[0]
            if not ready:
                raise AssertionError(f"not within {TAKES:g} s: {pattern}\n{self.plain()}")
            self.said += os.read(self.terminal, 65536).decode(errors="replace")
        return self.plain()

    def plain(self):
        return ESCAPES.sub(" ", self.said)

    def close(self):
        os.kill(self.child, 9)
        os.waitpid(self.child, 0)
        os.close(self.terminal)
        self.home.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


if __name__ == "__main__":
    unittest.main()
