"""The real servers of these tests keep what they get, and the judge of signatures can say no."""

import base64
import hmac
import smtplib
import time
import unittest
import urllib.request

from hook_server import Nginx
from mail_server import MailServer
from office import Office
from signatures import new_secret, verdicts


def signed(secret, body):
    hook = {"id": "ntc_1", "timestamp": str(int(time.time())), "body": body}
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{hook['id']}.{hook['timestamp']}.{body}".encode()
    mac = base64.b64encode(hmac.new(key, content, "sha256").digest()).decode()
    return {**hook, "signature": f"v1,{mac}"}


class Servers(unittest.TestCase):
    def test_nginx_keeps_a_body_byte_for_byte(self):
        body = '{"text":"督办 \\"引号\\"\\n\\u0001"}'
        with Nginx() as nginx:
            request = urllib.request.Request(nginx.url + "/a", body.encode(), {"webhook-id": "n1"})
            with urllib.request.urlopen(request) as reply:
                self.assertEqual(reply.status, 204)
            hook = nginx.wait_for("/a")[0]
        self.assertEqual((hook["body"], hook["id"]), (body, "n1"))

    def test_the_mail_server_keeps_what_it_accepts_and_refuses_whom_it_is_told(self):
        with MailServer() as server, smtplib.SMTP("127.0.0.1", server.port) as client:
            server.refuse("b@example.org", "550 5.1.1 no such user")
            refused = client.sendmail("x@example.org", ["a@example.org", "b@example.org"],
                                      "Subject: =?utf-8?B?552j5Yqe?=\r\n\r\ntext\r\n")
            self.assertEqual(refused["b@example.org"][0], 550)
            letter = server.wait_for("a@example.org")[0]
        self.assertEqual(letter.message["subject"], "督办")

    def test_the_judge_tells_a_right_signature_from_a_wrong_one(self):
        secret = new_secret()
        right = signed(secret, '{"text":"督办"}')
        changed = {**right, "body": '{"text":"督促"}'}
        self.assertEqual(verdicts([right], secret), [None])
        self.assertIsNotNone(verdicts([changed], secret)[0])
        self.assertIsNotNone(verdicts([right], new_secret())[0])

    def test_an_edit_that_matches_nothing_is_an_error(self):
        with Office() as office, self.assertRaises(AssertionError):
            office.edit("duband.toml", "no such line", "x")

    def test_a_contact_is_routed_where_the_admin_says(self):
        with Office() as office:
            office.route("edu-liaison", "mail:a@example.org")
            text = (office.folder / office.plan_file("units.toml")).read_text(encoding="utf-8")
        self.assertIn('channels = ["mail:a@example.org"]', text)
        self.assertNotIn("liaison@edu.example.org", text)
        self.assertIn("liaison@ndrc.example.org", text)
