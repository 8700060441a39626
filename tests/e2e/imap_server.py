"""A real IMAP server (Dovecot) for one user's Maildir, on a free port of 127.0.0.1."""

import grp
import os
import pwd
import shutil

from peer_program import Peer, free_port

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


# Root may not serve mail, and logins are served by a user who owns nothing.
def accounts():
    if os.getuid() == 0:
        return {"internal": "dovecot", "login": "dovenull", "mail": "mail", "group": "mail"}
    me = pwd.getpwuid(os.getuid()).pw_name
    return {"internal": me, "login": me, "mail": me, "group": grp.getgrgid(os.getgid()).gr_name}


class ImapServer(Peer):
    """Any user may log in with the password. `port` has TLS from the start, `plain` STARTTLS."""

    def __init__(self, certificate, password):
        super().__init__("imap")
        # its processes of several users must all come through
        self.folder.chmod(0o755)
        self.maildir, self.plain = self.folder / "Maildir", free_port()
        for part in ("run", "home", "Maildir", "Maildir/new", "Maildir/cur", "Maildir/tmp"):
            (self.folder / part).mkdir()
        names = accounts()
        if os.getuid() == 0:
            for path in (self.folder / "home", self.maildir, *self.maildir.iterdir()):
                shutil.chown(path, names["mail"], names["group"])
        conf = self.folder / "dovecot.conf"
        conf.write_text(CONF.format(
            folder=self.folder, certificate=certificate[0], key=certificate[1],
            maildir=self.maildir, password=password, port=self.port, plain=self.plain, **names))
        self.start("dovecot", "-F", "-c", conf)
