"""Mails of a running daemon, read by Python's email package, which shares nothing with ours."""

import email.utils
import re
import unittest

from connect_proxy import ConnectProxy
from mail_server import MailServer, certificate_for_loopback
from office import Office
from programs import Daemon
from waiting import wait_until

EVE = "2022-03-28T08:59:50+08:00"
ENCODED_WORD = re.compile(rb"=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=")


class Mail(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)

    def server(self, *lines, **options):
        server = MailServer(**options)
        self.addCleanup(server.close)
        self.office.mail_channel(server.port, *[line.format(server.port) for line in lines])
        return server

    def living(self):
        duband = Daemon(self.office.config, "--pretend", EVE)
        self.addCleanup(duband.close)
        return duband.ready()

    def letters(self):
        server = self.server()
        self.office.route("edu-liaison", "mail:edu@wuban.example.org")
        self.living()
        return server.wait_for("edu@wuban.example.org")

    def test_says_on_its_first_line_what_and_until_when(self):
        letter = next(m for m in self.letters() if "工作方案" in m.message["subject"])
        self.assertIn("3月31日", letter.message["subject"])
        plain = letter.message.get_body(("plain",)).get_content()
        for words in ("市教育局", "具体工作方案", "3月31日(周四)", "027-"):
            self.assertIn(words, plain)
        self.assertIn("市教育局", letter.message.get_body(("html",)).get_content())

    def test_has_each_header_once_and_none_that_does_not_parse(self):
        for letter in self.letters():
            message = letter.message
            for name in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version",
                         "Auto-Submitted"):
                self.assertEqual(len(message.get_all(name, [])), 1, name)
            defects = [d for h in message.values() for d in getattr(h, "defects", ())]
            self.assertEqual((list(message.defects), defects), ([], []))
            self.assertEqual(message["from"].addresses[0].display_name, "领导小组办公室")
            self.assertEqual(message["from"].addresses[0].addr_spec, "duban@wuban.example.org")
            self.assertEqual(message["auto-submitted"], "auto-generated")
            self.assertRegex(message["message-id"], r"^<ntc_[0-9A-Z]{26}@[\w.-]+>$")
            self.assertIsNotNone(email.utils.parsedate_to_datetime(message["date"]).tzinfo)

    def test_keeps_encoded_words_within_75_and_lines_within_their_bounds(self):
        for letter in self.letters():
            head = letter.raw.partition(b"\r\n\r\n")[0]
            words = ENCODED_WORD.findall(head)
            self.assertTrue(words)
            self.assertLessEqual(max(map(len, words)), 75)
            for word in words:
                charset, coding, text = word[2:-2].decode().split("?")
                self.assertEqual(charset.lower(), "utf-8")
            for line in letter.raw.split(b"\r\n"):
                self.assertLessEqual(len(line), 998)
                self.assertNotIn(b"\n", line)
                if ENCODED_WORD.search(line):
                    self.assertLessEqual(len(line), 76)

    def test_one_mailbox_of_two_units_gets_one_mail_with_a_section_for_each(self):
        server = self.server()
        self.office.edit(self.office.plan_file("units.toml"),
                         r'^channel = "folder"\naddress = "[^"]*publicity[^"]*"',
                         'channel = "mail"\naddress = "publicity@wuban.example.org"')
        self.living()
        letters = [m for m in server.wait_for("publicity@wuban.example.org")]
        tells = [m.message.get_body(("plain",)).get_content() for m in letters]
        both = [t for t in tells if "市委宣传部" in t and "市委网信办" in t]
        self.assertTrue(both, tells)

    def test_goes_over_starttls_with_a_password_from_a_file(self):
        certificate = certificate_for_loopback(self.office.folder)
        word = self.office.secret("smtp.secret", "let me in 督办")
        server = self.server(
            'url = "smtp://127.0.0.1:{}"', 'tls = "starttls"', f'ca = "{certificate[0]}"',
            'user = "duban"', f'password = {{{{ file = "{word}" }}}}',
            tls="starttls", users={"duban": "let me in 督办"}, certificate=certificate)
        self.office.route("edu-liaison", "mail:edu@wuban.example.org")
        duband = self.living()
        letter = server.wait_for("edu@wuban.example.org")[0]
        self.assertTrue(letter.tls)
        self.assertNotIn("let me in", duband.text())

    def test_goes_over_implicit_tls(self):
        certificate = certificate_for_loopback(self.office.folder)
        server = self.server('url = "smtps://127.0.0.1:{}"', 'tls = "implicit"',
                             f'ca = "{certificate[0]}"', tls="implicit", certificate=certificate)
        self.office.route("edu-liaison", "mail:edu@wuban.example.org")
        self.living()
        self.assertTrue(server.wait_for("edu@wuban.example.org")[0].tls)

    def test_goes_through_a_proxy_where_one_is_named(self):
        certificate = certificate_for_loopback(self.office.folder)
        proxy = ConnectProxy()
        self.addCleanup(proxy.close)
        server = self.server('url = "smtps://127.0.0.1:{}"', f'ca = "{certificate[0]}"',
                             f'proxy = "http://127.0.0.1:{proxy.port}"', tls="implicit",
                             certificate=certificate)
        self.office.route("edu-liaison", "mail:edu@wuban.example.org")
        self.living()
        self.assertTrue(server.wait_for("edu@wuban.example.org")[0].tls)
        self.assertEqual(set(proxy.asked), {f"127.0.0.1:{server.port}"})

    def test_a_proxy_that_refuses_is_no_refusal_of_the_recipient(self):
        proxy = ConnectProxy(refuse=True)
        self.addCleanup(proxy.close)
        self.server('url = "smtp://127.0.0.1:{}"', 'tls = "none"',
                    f'proxy = "http://127.0.0.1:{proxy.port}"')
        self.office.route("edu-liaison", "mail:edu@wuban.example.org")
        duband = self.living()

        def attempts():
            listed = duband.ctl("notices", "--unit", "edu", "--json").json()["notices"]
            return [a["outcome"] for n in listed for a in n["attempts"]]
        self.assertEqual(set(wait_until(attempts, "an attempt")), {"retry"})

    def test_a_mailbox_that_does_not_exist_fails_for_good_and_delays_nobody(self):
        server = self.server()
        server.refuse("gone@wuban.example.org", "550 5.1.1 no such user")
        self.office.route("edu-liaison", "mail:gone@wuban.example.org")
        self.office.route("water-liaison", "mail:water@wuban.example.org")
        duband = self.living()
        server.wait_for("water@wuban.example.org")

        def failed():
            listed = duband.ctl("notices", "--unit", "edu", "--json").json()["notices"]
            return [n for n in listed if n["state"] in ("failed", "bounced")]
        attempt = wait_until(failed, "the notice to fail")[0]["attempts"][-1]
        self.assertEqual(attempt["outcome"], "rejected")
        self.assertIn("5.1.1", attempt["detail"])
        self.assertEqual(duband.ctl("status").code, 1)
