"""Webhooks of a running daemon: signed so that others agree, the same notice on every attempt."""

import json
import unittest

from hook_server import Nginx, OddServer
from mail_server import certificate_for_loopback
from office import Office
from programs import Daemon
from signatures import new_secret, verdicts
from waiting import wait_until

# ten seconds before the reminders of the first paper
EVE = "2022-03-28T08:59:50+08:00"


class Webhook(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.secret = new_secret()

    def living(self, *options):
        duband = Daemon(self.office.config, "--pretend", EVE, *options)
        self.addCleanup(duband.close)
        return duband.ready()

    def nginx(self, *options):
        nginx = Nginx(*options)
        self.addCleanup(nginx.close)
        return nginx

    def odd(self, replies):
        server = OddServer({"/a": replies})
        self.addCleanup(server.close)
        self.office.hook_channel(self.secret)
        self.office.route("edu-liaison", f"hook:{server.url}/a")
        return server

    def test_is_signed_so_that_standardwebhooks_verifies_it(self):
        nginx = self.nginx()
        self.office.hook_channel(self.secret)
        self.office.route("edu-liaison", f"hook:{nginx.url}/edu")
        self.living()
        hooks = nginx.wait_for("/edu")
        self.assertEqual(verdicts(hooks, self.secret), [None] * len(hooks))
        self.assertTrue(all(verdicts(hooks, new_secret())))

    def test_carries_what_the_page_of_shapes_says(self):
        nginx = self.nginx()
        self.office.hook_channel(self.secret)
        self.office.route("edu-liaison", f"hook:{nginx.url}/edu")
        self.living()
        hook = nginx.wait_for("/edu")[0]
        body = json.loads(hook["body"])
        self.assertEqual((hook["method"], body["type"]), ("POST", "duban.notice"))
        self.assertTrue(hook["type"].startswith("application/json"))
        self.assertRegex(hook["id"], r"^ntc_[0-9A-Z]{26}$")
        data = body["data"]
        self.assertEqual((data["notice"], data["plan"]), (hook["id"], "wuhan-2022-1"))
        self.assertLessEqual({"text", "reply", "items"}, set(data))
        for item in data["items"]:
            self.assertLessEqual({"kind", "unit", "duty", "name", "clauses", "period", "stage",
                                  "audience", "due", "due_text", "late"}, set(item))
        self.assertIn("市教育局", data["text"])

    def test_both_secrets_verify_while_they_are_rotated(self):
        nginx = self.nginx()
        other = new_secret()
        self.office.hook_channel(self.secret, other)
        self.office.route("edu-liaison", f"hook:{nginx.url}/edu")
        self.living()
        hooks = nginx.wait_for("/edu")
        self.assertEqual(verdicts(hooks, self.secret), [None] * len(hooks))
        self.assertEqual(verdicts(hooks, other), [None] * len(hooks))

    def test_over_tls_a_receiver_is_believed_only_with_its_certificate(self):
        certificate = certificate_for_loopback(self.office.folder)
        nginx = self.nginx(certificate)
        self.office.hook_channel(self.secret, lines=[f'ca = "{certificate[0]}"'])
        self.office.hook_channel(self.secret, name="strict")
        self.office.route("edu-liaison", f"hook:{nginx.url}/edu")
        self.office.route("water-liaison", f"strict:{nginx.url}/water")
        duband = self.living()
        nginx.wait_for("/edu")
        notice = self.attempted(duband, "water")
        self.assertNotEqual(notice["attempts"][0]["outcome"], "delivered")
        self.assertEqual(nginx.at("/water"), [])

    def attempted(self, duband, unit):
        """The first notice of a unit that has an attempt."""
        def look():
            listed = duband.ctl("notices", "--unit", unit, "--json")
            self.assertEqual(listed.code, 0, listed)
            return [n for n in listed.json()["notices"] if n["attempts"]]
        return wait_until(look, f"an attempt at a notice of {unit}")[0]

    def test_a_receiver_that_is_busy_is_asked_again_with_the_same_notice(self):
        server = self.odd([(503, {"Retry-After": "1"}), (200, {})])
        self.living()
        first, second = server.wait_for("/a", 2)[:2]
        lower = [{k.lower(): v for k, v in r[1].items()} for r in (first, second)]
        self.assertEqual(lower[0]["webhook-id"], lower[1]["webhook-id"])
        self.assertEqual(json.loads(first[2]), json.loads(second[2]))

    def test_a_receiver_that_is_gone_is_not_asked_again_and_the_office_is_told(self):
        server = self.odd([(410, {})])
        duband = self.living()
        server.wait_for("/a")
        notice = self.attempted(duband, "edu")
        self.assertEqual(notice["attempts"][0]["outcome"], "rejected")
        status = duband.ctl("status", "--json")
        self.assertEqual(status.code, 1, status)
        self.assertFalse(status.json()["well"])
        self.assertEqual(len(server.at("/a")), 1)

    def test_a_redirect_is_not_followed(self):
        nginx = self.nginx()
        server = self.odd([(307, {"Location": nginx.url + "/elsewhere"})])
        duband = self.living()
        server.wait_for("/a")
        self.attempted(duband, "edu")
        self.assertEqual(nginx.hooks, [])
