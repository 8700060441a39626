"""A real mail system (Postfix) that takes every mail, knows nobody at edu.example.org, and returns
to a Maildir what it cannot deliver. It must be started by root."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from peer_program import answers, free_port
from waiting import wait_until

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
myhostname = mx.example.org
mydestination = edu.example.org
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
# whoever is written to is taken first and found to be nobody later
local_recipient_maps =
alias_maps =
alias_database =
virtual_mailbox_domains = wuban.example.org
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = inline:{{ duban@wuban.example.org=duban/ }}
virtual_uid_maps = static:8
virtual_gid_maps = static:8
virtual_minimum_uid = 1
"""
SHIPPED = Path("/usr/share/postfix/master.cf.dist")


def problem():
    """Why it cannot run here; empty: it can."""
    if os.getuid() != 0:
        return "only root may start Postfix"
    return "" if SHIPPED.exists() else "Postfix is not installed"


class Postfix:
    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="duban-postfix-")
        self.folder = Path(self._folder.name)
        self.folder.chmod(0o755)
        self.port = free_port()
        self.maildir = self.folder / "mail/duban"
        for part in ("queue", "data", "mail", "conf"):
            (self.folder / part).mkdir()
        shutil.chown(self.folder / "data", "postfix")
        shutil.chown(self.folder / "mail", "mail", "mail")
        (self.folder / "conf/main.cf").write_text(MAIN.format(folder=self.folder))
        services = SHIPPED.read_text().replace("\nsmtp      inet", f"\n127.0.0.1:{self.port} inet")
        (self.folder / "conf/master.cf").write_text(services)
        self._run("start")
        wait_until(lambda: answers(self.port), "Postfix to listen")

    def _run(self, *words):
        done = subprocess.run(["/usr/sbin/postfix", "-c", self.folder / "conf", *words],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(done.stderr)

    def returned(self):
        """The mails that came back."""
        return list(self.maildir.glob("new/*"))

    def close(self):
        self._run("stop")
        self._folder.cleanup()
