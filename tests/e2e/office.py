"""A temporary copy of the shipped configuration, and edits of it as an admin makes them."""

import re
import shutil
import tempfile
from pathlib import Path

from programs import ROOT

SAMPLES = ROOT / "config/samples/channels"
# What stands behind a bot's address, up to its key.
BOTS = {"wecom": "/wecom?key=", "dingtalk": "/dingtalk?access_token=", "feishu": "/feishu/"}
PLAN = "wuhan-2022-1"
SAMPLE = "zonghe-guanlang-2025"


class Office:
    """config/ in a folder of its own; state and socket beside it. `close` removes all of it.

    Of the shipped plans and samples those that are named, as an admin copies them."""

    def __init__(self, plans=(PLAN,)):
        self._folder = tempfile.TemporaryDirectory(prefix="duban-")
        self.folder = Path(self._folder.name)
        shutil.copytree(ROOT / "config", self.folder, dirs_exist_ok=True)
        if PLAN not in plans:
            shutil.rmtree(self.folder / "plans" / PLAN)
        for plan in set(plans) - {PLAN}:
            shutil.copytree(self.folder / "samples" / plan, self.folder / "plans" / plan)
        self._name(self.folder, PLAN, self.folder / "state")
        self.edit("duband.toml", r'^state\s*=.*$', 'state = "state"')
        self.edit("duband.toml", r'^socket\s*=.*$', f'socket = "{self.folder}/duband.sock"')

    def _name(self, folder, plan, state):
        self.folder, self.state = folder, state
        self.config, self.plan = folder / "duband.toml", folder / "plans" / plan

    @classmethod
    def at(cls, folder, state, plan=PLAN):
        """The files that stand there: nothing is copied, and `close` is not for it."""
        office = cls.__new__(cls)
        office._name(Path(folder), plan, Path(state))
        return office

    def edit(self, file, pattern, replacement, count=1):
        """One edit of one file below the folder; the pattern must be there."""
        path = self.folder / file
        text, done = re.subn(pattern, lambda _: replacement, path.read_text(encoding="utf-8"),
                             count=count, flags=re.MULTILINE)
        if not done:
            raise AssertionError(f"{file}: nothing matches {pattern}")
        path.write_text(text, encoding="utf-8")

    def append(self, file, text):
        with (self.folder / file).open("a", encoding="utf-8") as out:
            out.write("\n" + text.strip() + "\n")

    def plan_file(self, name):
        return f"plans/{PLAN}/{name}"

    def route(self, contact, *channels):
        """The channels of a contact, in order: "mail:liaison@edu.example.org"."""
        listed = ", ".join(f'"{c}"' for c in channels)
        head = self._contact(contact)
        self.edit(self.plan_file("units.toml"), re.escape(head) + r"channels\s*=[^\n]*",
                  f"{head}channels = [{listed}]")

    def _contact(self, contact):
        text = (self.folder / self.plan_file("units.toml")).read_text(encoding="utf-8")
        found = re.search(rf'\[\[contact\]\]\nid\s*=\s*"{re.escape(contact)}"'
                          r'(?:\n(?!\[|channels)[^\n]*)*\n', text)
        if not found:
            raise AssertionError(f"no contact {contact} in units.toml")
        return found.group(0)

    def mail_channel(self, port, *lines, name="mail"):
        """A channel to an SMTP server on this machine, in clear unless the lines say otherwise."""
        options = "\n".join(lines) or f'url = "smtp://127.0.0.1:{port}"\ntls = "none"'
        self.append("duband.toml", f"""
[channel.{name}]
type = "smtp"
{options}
from = "duban@wuban.example.org"
from_name = "领导小组办公室"
reply_to = "desk@wuban.example.org"
timeout = "5s"
""")

    def secret(self, name, value):
        path = self.folder / name
        path.write_text(value + "\n", encoding="utf-8")
        path.chmod(0o600)
        return path

    def hook_channel(self, *secrets, name="hook", lines=()):
        """A channel of webhooks, signed by one secret or two."""
        refs = ", ".join(f'{{ file = "{self.secret(f"{name}-{n}.secret", s)}" }}'
                         for n, s in enumerate(secrets))
        more = "\n".join(lines)
        self.append("duband.toml", f"""
[channel.{name}]
type = "webhook"
secrets = [{refs}]
allow_private = true
timeout = "5s"
{more}
""")

    def sample_channel(self, name, url=None, secrets=None):
        """A shipped sample. `url`: of a stand-in on this machine; `secrets`: the folder with a file
        for each of its credentials."""
        text = (SAMPLES / f"{name}.toml").read_text(encoding="utf-8")
        if secrets:
            text = re.sub(r'\{ credential = "([a-z-]+)" \}', rf'{{ file = "{secrets}/\1" }}', text)
        if url:
            line = f'url = "{url}"\nallow_private = true'
            text, done = re.subn(r"(?m)^url\s*=.*$", lambda _: line, text, count=1)
            if not done:
                text = re.sub(r"(?m)^type\s*=.*$", lambda m: f"{m[0]}\n{line}", text, count=1)
        self.append("duband.toml", text)

    def bot_channel(self, name, url, secrets=None):
        self.sample_channel(name, url + BOTS[name], secrets)

    def outbox(self):
        """The folder channel's mails, {file: bytes}."""
        return {p: p.read_bytes() for p in sorted((self.state / "outbox").rglob("new/*"))}

    def close(self):
        self._folder.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
