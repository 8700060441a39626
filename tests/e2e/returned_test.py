"""Mail that a server took and that came back after all: read from a Maildir and from a server."""

import itertools
import unittest
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from connect_proxy import ConnectProxy
from imap_server import ImapServer
from mail_server import MailServer, certificate_for_loopback
from office import Office
from postfix_server import Postfix, problem
from programs import Daemon
from waiting import wait_until

EVE = "2022-03-28T08:59:50+08:00"
EDU = "edu@wuban.example.org"
WORD = "let-me-in-督办"


def report(letter, action="failed", status="5.1.1"):
    """What a mail system sends about a letter (RFC 3464), with the letter's headers."""
    whole = MIMEMultipart("report", report_type="delivery-status")
    whole["From"] = "MAILER-DAEMON@mx.example.org (Mail Delivery System)"
    whole["To"] = letter.sender
    whole["Subject"] = "Undelivered Mail Returned to Sender"
    whole["Auto-Submitted"] = "auto-replied"
    whole.attach(MIMEText("I'm sorry to have to inform you.\n"))
    status_part = MIMEBase("message", "delivery-status")
    about, one = Message(), Message()
    about["Reporting-MTA"] = "dns; mx.example.org"
    one["Final-Recipient"] = f"rfc822; {letter.recipients[0]}"
    one["Action"] = action
    one["Status"] = status
    one["Diagnostic-Code"] = f"smtp; 550 {status} user unknown"
    status_part.set_payload([about, one])
    whole.attach(status_part)
    headers = MIMEText(letter.raw.partition(b"\r\n\r\n")[0].decode("ascii"))
    headers.replace_header("Content-Type", "text/rfc822-headers")
    whole.attach(headers)
    return whole.as_bytes()


class Returned(unittest.TestCase):
    def setUp(self):
        self.office = self.enter(Office())
        self.numbers = itertools.count(1)
        self.office.route("edu-liaison", f"mail:{EDU}", "folder:edu-second")

    def enter(self, context):
        self.addCleanup(context.close)
        return context

    def channel(self, *lines, users=None):
        self.server = self.enter(MailServer(users=users))
        self.office.mail_channel(self.server.port, f'url = "smtp://127.0.0.1:{self.server.port}"',
                                 'tls = "none"', *lines)

    def in_a_maildir(self):
        self.box = self.office.folder / "Maildir"
        for part in ("new", "cur", "tmp"):
            (self.box / part).mkdir(parents=True)
        self.channel(f'bounces = "{self.box}"')

    def living(self, moment=EVE):
        self.duband = self.enter(Daemon(self.office.config, "--pretend", moment))
        return self.duband.ready()

    def put(self, mail):
        waiting = self.box / "tmp" / f"1653.{next(self.numbers)}.mx"
        waiting.write_bytes(mail)
        waiting.chmod(0o644)
        waiting.rename(self.box / "new" / waiting.name)

    def look(self):
        """A reload looks into the mailboxes at once."""
        said = self.duband.ctl("reload")
        self.assertEqual(said.code, 0, said)

    def notices(self, *words):
        said = self.duband.ctl("notices", *words, "--json")
        self.assertEqual(said.code, 0, said)
        return said.json()["notices"]

    def of_edu(self):
        return self.notices("--unit", "edu")

    def problems(self):
        return [p["code"] for p in self.duband.ctl("status", "--json").json()["problems"]]

    def delivered_letter(self):
        letter = self.server.wait_for(EDU)[0]
        wait_until(lambda: {n["state"] for n in self.of_edu()} == {"delivered"}, "it to be settled")
        return letter

    def second(self):
        return [text for name, text in self.office.outbox().items() if "edu-second" in str(name)]

    def read_to_its_end(self, letter):
        """The box is read in order: when a mail system's own words are read, the others were. Of
        each the log speaks once: what was read is not read again."""
        before = self.duband.text().count("no report")
        other = Message()
        other["From"] = "PostMaster@mail.example.org"
        other["References"] = letter.message["message-id"]
        other.set_payload("<p>您的邮件被退回。</p>", "utf-8")
        self.put(other.as_bytes())
        self.look()
        wait_until(lambda: self.duband.text().count("no report") > before, "it to be read")
        self.assertEqual(self.duband.text().count("no report"), before + 1)

    def expect_the_second_channel(self, letter):
        wait_until(self.second, "the second channel")
        notice = letter.message["message-id"].strip("<>").split("@")[0]
        first = [n for n in self.of_edu() if n["id"] == notice][0]
        self.assertEqual((first["state"], first["reason"]), ("bounced", "bad-address"))
        others = [n for n in self.of_edu() if n["id"] != notice and n["items"] == first["items"]]
        self.assertEqual(len(others), 1, self.of_edu())

    def test_what_came_back_to_a_maildir_goes_by_the_next_channel_once(self):
        self.in_a_maildir()
        self.living()
        letter = self.delivered_letter()
        self.put(report(letter))
        self.put(report(letter))
        self.look()
        self.expect_the_second_channel(letter)
        shown = self.duband.ctl("notices", "--unit", "市教育局")
        self.assertIn("退信", shown.out)
        self.duband.close()
        self.living("2022-03-28T09:10:00+08:00")
        self.read_to_its_end(letter)
        self.expect_the_second_channel(letter)

    def test_what_came_back_to_a_server_goes_by_the_next_channel_and_stays_unread_there(self):
        certificate = certificate_for_loopback(self.office.folder)
        imap = self.enter(ImapServer(certificate, WORD))
        self.box = imap.maildir
        word = self.office.secret("imap.secret", WORD)
        proxy = self.enter(ConnectProxy())
        self.channel(f'bounces = "imaps://127.0.0.1:{imap.port}"', f'ca = "{certificate[0]}"',
                     f'proxy = "http://127.0.0.1:{proxy.port}"',
                     'user = "duban"', f'password = {{ file = "{word}" }}', users={"duban": WORD})
        self.living()
        letter = self.delivered_letter()
        self.put(report(letter))
        self.look()
        self.expect_the_second_channel(letter)
        self.assertIn(f"127.0.0.1:{imap.port}", proxy.asked)
        self.assertNotIn(WORD, self.duband.text())
        self.assertEqual([p for p in self.box.glob("cur/*") if "S" in p.name.partition(":2,")[2]],
                         [])

    @unittest.skipIf(problem(), problem())
    def test_what_a_real_mail_system_took_and_could_not_deliver_goes_by_the_next_channel(self):
        postfix = self.enter(Postfix())
        self.office.route("edu-liaison", "mail:gone@edu.example.org", "folder:edu-second")
        self.office.mail_channel(postfix.port, f'url = "smtp://127.0.0.1:{postfix.port}"',
                                 'tls = "none"', f'bounces = "{postfix.maildir}"')
        self.living()
        wait_until(postfix.returned, "Postfix to return the mail")
        self.look()
        wait_until(self.second, "the second channel")
        self.assertEqual(sorted(n["state"] for n in self.of_edu()), ["bounced", "delivered"])
        self.assertIn("unknown user", self.duband.text())

    def test_what_is_only_delayed_or_answered_changes_nothing(self):
        self.in_a_maildir()
        self.living()
        letter = self.delivered_letter()
        answer = Message()
        answer["From"] = EDU
        answer["In-Reply-To"] = letter.message["message-id"]
        answer.set_payload("收到。", "utf-8")
        self.put(report(letter, "delayed", "4.4.1"))
        self.put(answer.as_bytes())
        self.read_to_its_end(letter)
        self.read_to_its_end(letter)
        self.assertEqual({n["state"] for n in self.of_edu()}, {"delivered"})
        self.assertEqual(self.second(), [])
        told = wait_until(lambda: [n for n in self.notices("--unit", "office") for i in n["items"]
                                   if i["kind"] == "trouble"], "the office to hear of it")
        self.assertEqual(len(told), 1)

    def test_a_mailbox_that_cannot_be_read_is_a_problem_until_it_can(self):
        self.in_a_maildir()
        (self.box / "new").rename(self.box / "away")
        self.living()
        wait_until(lambda: "returns-unread" in self.problems(), "the problem to be seen")
        (self.box / "away").rename(self.box / "new")
        self.look()
        wait_until(lambda: "returns-unread" not in self.problems(), "the problem to be gone")

    def test_a_wrong_password_is_said_and_does_not_show(self):
        certificate = certificate_for_loopback(self.office.folder)
        imap = self.enter(ImapServer(certificate, WORD))
        word = self.office.secret("imap.secret", "another word")
        self.channel(f'bounces = "imap://127.0.0.1:{imap.plain}/INBOX"', f'ca = "{certificate[0]}"',
                     'user = "duban"', f'password = {{ file = "{word}" }}')
        self.living()
        wait_until(lambda: "returns-unread" in self.problems(), "the problem to be seen")
        self.assertNotIn("another word", self.duband.text())
        self.office.secret("imap.secret", WORD)
        self.look()
        wait_until(lambda: "returns-unread" not in self.problems(), "the problem to be gone")


if __name__ == "__main__":
    unittest.main()
