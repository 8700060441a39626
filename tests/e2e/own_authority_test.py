"""A channel that names its own `ca` believes nobody else: not even whom the whole system trusts."""

import logging
import unittest

from authorities import Authority, TrustingSystem
from hook_server import Nginx
from mail_server import MailServer
from office import Office
from programs import Daemon
from signatures import new_secret
from waiting import wait_until

EVE = "2022-03-28T08:59:50+08:00"
PROBLEM = TrustingSystem.problem()
# a handshake that the daemon breaks off is no error of the receiver's
logging.getLogger("mail.log").addHandler(logging.NullHandler())


@unittest.skipIf(PROBLEM, f"no system of its own here: {PROBLEM}")
class OwnAuthority(unittest.TestCase):
    """`ours` is the channel's, `theirs` is the system's."""

    def setUp(self):
        self.office = self.enter(Office())
        self.ours = Authority(self.office.folder, "ours")
        self.theirs = Authority(self.office.folder, "theirs")
        self.system = TrustingSystem(self.office.folder, self.theirs)
        self.own = f'ca = "{self.ours.certificate}"'

    def enter(self, context):
        self.addCleanup(context.close)
        return context

    def living(self):
        return self.enter(Daemon(self.office.config, "--pretend", EVE, prefix=self.system.prefix,
                                 environment=self.system.environment)).ready()

    def expect_refused(self, duband, unit):
        def attempts():
            listed = duband.ctl("notices", "--unit", unit, "--json")
            self.assertEqual(listed.code, 0, listed)
            return [a for n in listed.json()["notices"] for a in n["attempts"]]
        attempt = wait_until(attempts, f"an attempt at a notice of {unit}")[0]
        self.assertEqual((attempt["outcome"], attempt["reason"]), ("retry", "tls-failed"))

    def test_of_webhooks(self):
        ours = self.enter(Nginx(self.ours.issue()))
        theirs = self.enter(Nginx(self.theirs.issue()))
        self.office.hook_channel(new_secret(), name="own", lines=[self.own])
        self.office.hook_channel(new_secret(), name="plain")
        self.office.route("edu-liaison", f"own:{ours.url}/edu")
        self.office.route("water-liaison", f"own:{theirs.url}/water")
        self.office.route("health-liaison", f"plain:{theirs.url}/health")
        self.office.route("market-liaison", f"plain:{ours.url}/market")
        duband = self.living()
        ours.wait_for("/edu")
        theirs.wait_for("/health")
        self.expect_refused(duband, "water")
        self.expect_refused(duband, "market")
        self.assertEqual({h["uri"] for h in ours.hooks}, {"/edu"})
        self.assertEqual({h["uri"] for h in theirs.hooks}, {"/health"})

    def mail_server(self, tls, name, authority, *lines):
        server = self.enter(MailServer(tls=tls, certificate=authority.issue()))
        scheme = {"implicit": "smtps", "starttls": "smtp"}[tls]
        self.office.mail_channel(server.port, f'url = "{scheme}://127.0.0.1:{server.port}"',
                                 f'tls = "{tls}"', *lines, name=name)
        return server

    def mails(self, tls):
        ours = self.mail_server(tls, "own", self.ours, self.own)
        theirs = self.mail_server(tls, "others", self.theirs, self.own)
        plain = self.mail_server(tls, "plain", self.theirs)
        self.office.route("edu-liaison", "own:edu@wuban.example.org")
        self.office.route("water-liaison", "others:water@wuban.example.org")
        self.office.route("health-liaison", "plain:health@wuban.example.org")
        duband = self.living()
        self.assertTrue(ours.wait_for("edu@wuban.example.org")[0].tls)
        self.assertTrue(plain.wait_for("health@wuban.example.org")[0].tls)
        self.expect_refused(duband, "water")
        self.assertEqual(theirs.letters, [])

    def test_of_mails_over_starttls(self):
        self.mails("starttls")

    def test_of_mails_over_tls_from_the_first_byte(self):
        self.mails("implicit")


if __name__ == "__main__":
    unittest.main()
