"""A real IMAP server (Dovecot) for one user's Maildir, on a free port of 127.0.0.1."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from waiting import wait_until

CONF = """\
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
protocols = imap
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
ssl_dh =
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 0
mail_location = maildir:{maildir}
passdb {{
  driver = static
  args = password={{PLAIN}}{password}
}}
userdb {{
  driver = static
  args = uid={mail} gid={group} home={folder}/home
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
    address = 127.0.0.1
  }}
  inet_listener imaps {{
    port = {port}
    address = 127.0.0.1
  }}
}}
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


# Root may not serve mail, and logins are served by a user who owns nothing.
def accounts():
    if os.getuid() == 0:
        return {"internal": "dovecot", "login": "dovenull", "mail": "mail", "group": "mail"}
    me = pwd.getpwuid(os.getuid()).pw_name
    return {"internal": me, "login": me, "mail": me, "group": grp.getgrgid(os.getgid()).gr_name}


class ImapServer:
    """Any user may log in with the password. `port` has TLS from the start, `plain` STARTTLS."""

    def __init__(self, certificate, password):
        # its processes of several users must all come through
        self._folder = tempfile.TemporaryDirectory(prefix="duban-imap-")
        self.folder = Path(self._folder.name)
        self.folder.chmod(0o755)
        self.maildir = self.folder / "Maildir"
        for part in ("run", "home", "Maildir", "Maildir/new", "Maildir/cur", "Maildir/tmp"):
            (self.folder / part).mkdir()
        names = accounts()
        if os.getuid() == 0:
            for path in (self.folder / "home", self.maildir, *self.maildir.iterdir()):
                shutil.chown(path, names["mail"], names["group"])
        self.port, self.plain = free_port(), free_port()
        conf = self.folder / "dovecot.conf"
        conf.write_text(CONF.format(
            folder=self.folder, certificate=certificate[0], key=certificate[1],
            maildir=self.maildir, password=password, port=self.port, plain=self.plain, **names))
        self.process = subprocess.Popen(
            [shutil.which("dovecot", path=os.environ["PATH"] + ":/usr/sbin"), "-F", "-c", conf],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        wait_until(self._listens, "dovecot to listen")

    def _listens(self):
        if self.process.poll() is not None:
            raise AssertionError(self.process.stdout.read().decode())
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            return True
        except OSError:
            return False

    def said(self):
        return (self.folder / "dovecot.log").read_text(encoding="utf-8", errors="replace")

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
        self._folder.cleanup()
