"""Where people look: group bots and in-house gateways, by the samples that are shipped, against a
server that behaves as the real ones do."""

import json
import re
import unittest

from chat_server import (CLIENT_SECRET, DING_SECRET, FEISHU_SECRET, KEYS, SMS_SECRET, ChatServer)
from office import BOTS, SAMPLES, Office
from programs import Daemon, dubanctl
from waiting import wait_until

EVE = "2022-03-28T08:59:50+08:00"
SECRETS = {"wecom": KEYS["/wecom"], "dingtalk": KEYS["/dingtalk"], "feishu": KEYS["/feishu"],
           "dingtalk-sign": DING_SECRET, "feishu-sign": FEISHU_SECRET, "sms": SMS_SECRET,
           "zzd": CLIENT_SECRET, "govwx": "govwx-secret-1", "ntfy": "ntfy-secret-1"}
# An address of each, as the samples' first lines say.
ADDRESSES = {"wecom": "工作群", "dingtalk": "工作群", "feishu": "工作群", "sms": "13800001111",
             "govwx": "zhangsan", "zzd": "1001", "slack": "https://hooks.example.org/services/x1",
             "ntfy": "topic-1"}


class Gateways(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.server = ChatServer()
        self.addCleanup(self.server.close)
        (self.office.folder / "secrets").mkdir()
        for name, value in SECRETS.items():
            self.office.secret(f"secrets/{name}", value)

    def sample(self, name, url=None):
        self.office.sample_channel(name, url, "secrets")

    def bots(self):
        for name in BOTS:
            self.office.bot_channel(name, self.server.url, "secrets")

    def living(self, *options):
        duband = Daemon(self.office.config, "--pretend", EVE, *options)
        self.addCleanup(duband.close)
        return duband.ready()

    def test_every_sample_passes_its_check(self):
        for file in sorted(SAMPLES.glob("*.toml")):
            self.sample(file.stem)
        for n, (channel, address) in enumerate(ADDRESSES.items()):
            contact = ("edu-liaison", "water-liaison", "health-liaison", "transport-liaison",
                       "medicare-liaison", "data-liaison", "construction-liaison",
                       "science-liaison")[n]
            self.office.route(contact, f"{channel}:{address}")
        done = dubanctl(self.office.config, "check")
        self.assertEqual(done.code, 0, done)

    def test_a_test_message_reaches_each_group_and_gateway(self):
        self.bots()
        self.sample("sms", self.server.url + "/sms")
        self.sample("zhezhengding", self.server.url + "/zzd")
        self.office.edit("duband.toml", r'^url\s*= "https://zzd.*$',
                         f'url = "{self.server.url}/token"')
        self.office.route("edu-liaison", "wecom:工作群", "dingtalk:工作群", "feishu:工作群",
                          "sms:13800001111", "zzd:1001")
        duband = self.living()
        sent = duband.ctl("send-test", "--unit", "edu", "--json")
        self.assertEqual(sent.code, 0, sent)
        own = [s for s in sent.json()["sent"] if s["contact"] == "edu-liaison"]
        self.assertEqual([s["outcome"] for s in own], ["delivered"] * 5, sent)
        for path in ("/wecom", "/dingtalk", "/feishu"):
            self.assertTrue([text for _, text in self.server.at(path) if "试发" in text], path)
        self.assertEqual(self.server.at("/sms")[0][1]["to"], "13800001111")
        self.assertEqual(self.server.at("/zzd")[0][1]["receiverIds"], "1001")
        duband.ctl("send-test", "--unit", "edu")
        self.assertEqual(len(self.server.tokens), 1, "the token is kept")

    def test_a_test_that_is_only_shown_sends_nothing_and_names_no_secret(self):
        self.bots()
        self.sample("sms", self.server.url + "/sms")
        self.office.route("edu-liaison", "wecom:工作群", "dingtalk:工作群", "feishu:工作群",
                          "sms:13800001111")
        shown = self.living().ctl("send-test", "--unit", "edu", "--show")
        self.assertEqual(shown.code, 0, shown)
        self.assertEqual([s for s in self.server.seen if "试发" in s[3]], [])
        for secret in SECRETS.values():
            self.assertNotIn(secret, shown.out)
        self.assertIn(f"POST {self.server.url}", shown.out)
        self.assertIn('"msgtype":"markdown"', shown.out)
        self.assertIn("X-Signature: …", shown.out)

    def test_a_wrong_key_stops_the_bot_and_the_office_hears_of_it(self):
        self.office.secret("secrets/wecom", "another-key")
        self.bots()
        self.office.route("edu-liaison", "wecom:工作群")
        duband = self.living("--speed", "60")
        notice = self.attempted(duband, "wecom")
        self.assertEqual((notice["state"], notice["reason"]), ("failed", "endpoint-gone"))
        detail = notice["attempts"][0]["detail"]
        self.assertNotIn("203.0.113.9", detail)
        self.assertNotIn("another-key", detail)
        self.assertFalse(duband.ctl("status", "--json").json()["well"])

    def test_a_login_page_that_says_200_is_no_delivery_and_the_repeat_says_so(self):
        self.bots()
        self.server.moods["/wecom"] = [(200, "<html>请先登录</html>")]
        self.office.route("edu-liaison", "wecom:工作群")
        duband = self.living("--speed", "60")
        notice = self.attempted(duband, "wecom")
        self.assertEqual([(a["outcome"], a["reason"]) for a in notice["attempts"]][0],
                         ("unknown", "reply-strange"))
        first = self.server.seen[0]
        again = wait_until(lambda: [s for s in self.server.seen[1:] if "补发" in s[3]],
                           "the repeat", 60)
        self.assertNotIn("补发", first[3])
        self.assertIn(re.search("ntc_[0-9A-Z]{26}", first[3])[0], again[0][3])

    def test_what_a_gateway_refuses_goes_by_the_next_channel_once(self):
        self.sample("sms", self.server.url + "/sms")
        self.server.moods["/sms"] = [(200, {"code": 7, "msg": "no such number"})] * 9
        self.office.route("edu-liaison", "sms:13800001111", "folder:edu@wuban.example.org")
        duband = self.living("--speed", "60")
        refused = self.attempted(duband, "sms")
        self.assertEqual((refused["state"], refused["reason"]), ("failed", "refused"))
        instead = self.attempted(duband, "folder", refused["items"])
        self.assertEqual(instead["state"], "delivered")
        self.assertIn("前一个通道没有送到", duband.ctl("explain", instead["id"]).out)
        asked = [json.loads(s[3])["id"] for s in self.server.seen if s[0] == "/sms"]
        self.assertEqual(sorted(asked), sorted(set(asked)), "each is refused once")

    def attempted(self, duband, channel, items=None):
        def look():
            listed = duband.ctl("notices", "--unit", "edu", "--json").json()["notices"]
            return [n for n in listed if n["channel"] == channel and n["attempts"]
                    and items in (None, n["items"])]
        return wait_until(look, f"an attempt over {channel}", 60)[0]

    def test_a_group_reads_what_is_asked_of_all_away_from_the_full_hour(self):
        self.bots()
        self.office.route("edu-liaison", "wecom:工作群")
        duband = Daemon(self.office.config, "--pretend", "2022-04-20T08:59:50+08:00",
                        "--speed", "30")
        self.addCleanup(duband.close)
        duband.ready()

        def reminded():
            listed = duband.ctl("notices", "--unit", "edu", "--json").json()["notices"]
            return [n for n in listed if n["channel"] == "wecom" and n["attempts"]
                    and n["items"][0]["kind"] == "stage"]
        notice = wait_until(reminded, "the reminder of nine o'clock", 60)[0]
        self.assertRegex(notice["at"], "T09:00:")
        self.assertRegex(notice["attempts"][0]["at"], "T09:0[1-8]:", "a minute or more later")
        texts = [text for _, text in self.server.wait_for("/wecom") if notice["id"] in text]
        self.assertIn("各有关单位", texts[0])
        self.assertNotIn("市教育局", texts[0])

    def test_a_rehearsal_writes_what_each_would_be_sent(self):
        self.bots()
        self.sample("sms", "https://sms.example.org/v1/messages")
        self.office.route("edu-liaison", "wecom:工作群")
        self.office.route("water-liaison", "sms:13800001111")
        out = self.office.folder / "year"
        done = dubanctl(self.office.config, "rehearse", "--from", "03-28", "--to", "04-30", "--out",
                        out, deadline=300)
        self.assertEqual(done.code, 0, done)
        bodies = [json.loads(f.read_text(encoding="utf-8")) for f in (out / "bot").glob("*.json")]
        self.assertTrue([b for b in bodies if b.get("msgtype") == "markdown"])
        self.assertTrue([b for b in bodies if b.get("to") == "13800001111"])

    def test_an_address_its_channel_would_not_send_to_is_found_and_not_repeated(self):
        self.sample("slack")
        self.office.route("edu-liaison", "slack:T0-B0-xyz")
        done = dubanctl(self.office.config, "check", "--json")
        self.assertEqual(done.code, 1, done)
        found = [d for d in done.json()["diagnostics"] if d["severity"] == "error"]
        self.assertEqual([d["code"] for d in found], ["bad-address"])
        self.assertTrue(found[0]["file"].endswith("units.toml"))
        self.assertNotIn("T0-B0-xyz", found[0]["message"] + found[0]["mend"])

    def test_a_typo_is_named_with_its_line(self):
        self.sample("sms")
        self.office.edit("duband.toml", r'\{\{subject\}\}"\}', '{{subjcet}}"}')
        done = dubanctl(self.office.config, "check", "--json")
        self.assertEqual(done.code, 1, done)
        found = [d for d in done.json()["diagnostics"] if d["code"] == "unknown-name"]
        self.assertEqual(len(found), 1)
        self.assertIn("subject", found[0]["mend"])
        lines = self.office.config.read_text(encoding="utf-8").splitlines()
        self.assertTrue(lines[found[0]["line"] - 1].startswith("body"), lines[found[0]["line"] - 1])


if __name__ == "__main__":
    unittest.main()
