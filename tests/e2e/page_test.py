"""The pages of the built daemon: through a proxy as an office puts it in front, in a browser as
people look at them, and against who would harm it."""

import http.client
import json
import re
import shutil
import socket
import subprocess
import tempfile
import unittest
from pathlib import Path

from office import Office
from peer_program import Peer, free_port
from programs import Daemon
from waiting import wait_until

HERE = Path(__file__).resolve().parent
# the table of May is asked for today, and duban is new here
MORNING = "2022-05-25T08:59:55+08:00"
PAGES = ("/", "/notices", "/report", "/status")

PROXY = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location /duban/ {{
      proxy_pass http://127.0.0.1:{page}{rest};
      proxy_set_header Host $host;
    }}
  }}
}}
"""


class Proxy(Peer):
    """nginx with the pages under /duban/; `rest` "/" takes that away on the way."""

    def __init__(self, page, rest=""):
        super().__init__("proxy")
        conf = self.folder / "nginx.conf"
        conf.write_text(PROXY.format(folder=self.folder, port=self.port, page=page, rest=rest))
        self.start("nginx", "-c", conf, "-p", self.folder, "-e", self.folder / "error.log")


def ask(port, path, method="GET", headers=(), body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()


def office_with_pages(port, *lines):
    office = Office()
    office.append("duband.toml", "\n".join((
        "[page]", f'listen = "127.0.0.1:{port}"', 'base = "/duban"', *lines)))
    return office


def look(folder, *urls):
    """What a browser says of each page, by width and colour scheme, and what it complained of."""
    run = subprocess.run(["node", HERE / "look.mjs", shutil.which("chromium"), folder, *urls],
                         capture_output=True, text=True, timeout=120)
    if run.returncode:
        raise AssertionError(run.stdout + run.stderr)
    said = [json.loads(line) for line in run.stdout.splitlines()]
    complaints = [c for one in said for c in one.get("complaints", ())]
    return [one for one in said if "url" in one], complaints


class PagesOfADaemon(unittest.TestCase):
    """One daemon for all: nobody changes anything through a page."""

    @classmethod
    def setUpClass(cls):
        cls.port = free_port()
        cls.office = office_with_pages(cls.port)
        cls.addClassCleanup(cls.office.close)
        cls.duband = Daemon(cls.office.config, "--pretend", MORNING)
        cls.addClassCleanup(cls.duband.close)
        cls.duband.ready()
        wait_until(lambda: "今日17:00截止" in ask(cls.port, "/notices")[2],
                   "the note of the day", 40)

    def test_each_page_answers_without_a_script_and_with_its_headers(self):
        for path in PAGES:
            with self.subTest(path=path):
                status, headers, body = ask(self.port, path)
                self.assertEqual(status, 200)
                self.assertIn('<html lang="zh-Hans">', body)
                self.assertNotRegex(body, r"(?i)<script|\son\w+=|javascript:")
                self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
                self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
                self.assertEqual(headers["Referrer-Policy"], "no-referrer")
                self.assertEqual(headers["Cache-Control"], "no-store")
                self.assertIn("时间是假定的", body)

    def test_no_page_shows_an_address_or_a_telephone_number(self):
        files = "".join(f.read_text(encoding="utf-8") for f in self.office.plan.glob("*.toml"))
        secrets = set(re.findall(r"[\w.-]+@[\w.-]+|027-[0-9X×]+", files))
        self.assertGreater(len(secrets), 20)
        for path in PAGES:
            body = ask(self.port, path)[2]
            self.assertEqual([s for s in secrets if s in body], [], path)

    def test_nothing_can_be_done_through_it(self):
        before = self.duband.ctl("notices", "--json").json()
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            for path in ("/", "/api/v1/facts", "/api/v1/reload"):
                status, headers, _ = ask(self.port, path, method)
                self.assertEqual((status, headers["Allow"]), (405, "GET, HEAD"))
        for path in ("/api/v1/show", "/api/v1/ledger/backup", "/duband.toml", "/%2e%2e/"):
            self.assertEqual(ask(self.port, path)[0], 404)
        status, _, body = ask(self.port, "/", "POST", body="x" * 10)
        self.assertIn(status, (405, 413))
        self.assertEqual(self.duband.ctl("notices", "--json").json(), before)

    def test_head_has_the_length_and_no_body(self):
        status, headers, body = ask(self.port, "/report", "HEAD")
        self.assertEqual((status, body), (200, ""))
        self.assertEqual(int(headers["Content-Length"]),
                         len(ask(self.port, "/report")[2].encode()))

    def test_a_name_rebound_to_this_machine_sees_nothing(self):
        status, _, body = ask(self.port, "/", headers={"Host": "evil.example.org"})
        self.assertEqual(status, 421)
        self.assertNotIn("月调度表", body)

    def test_a_huge_header_is_refused_and_a_dead_reader_delays_nobody(self):
        with socket.create_connection(("127.0.0.1", self.port)) as huge:
            huge.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 20000)
            self.assertIn(b" 413 ", huge.recv(100))
        # they ask again and again, and read nothing
        dead = [socket.create_connection(("127.0.0.1", self.port)) for _ in range(20)]
        try:
            for one in dead:
                one.setblocking(False)
                try:
                    for _ in range(200):
                        one.send(b"GET /notices HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20)
                except BlockingIOError:
                    pass
            self.assertEqual(ask(self.port, "/")[0], 200)
            self.assertEqual(self.duband.ctl("status").code, 0)
        finally:
            for one in dead:
                one.close()

    def test_in_a_browser_through_a_proxy_on_a_telephone_and_a_desk_by_day_and_night(self):
        with Proxy(self.port) as proxy, tempfile.TemporaryDirectory() as folder:
            base = f"http://127.0.0.1:{proxy.port}/duban"
            looks, complaints = look(folder, *(base + path for path in PAGES))
            printed = list(Path(folder).glob("*.pdf"))
        self.assertEqual(complaints, [])
        self.assertEqual(len(looks), 4 * len(PAGES))
        self.assertEqual(len(printed), len(PAGES))
        for one in looks:
            with self.subTest(url=one["url"], width=one["width"], scheme=one["colorScheme"]):
                self.assertEqual(one["status"], 200)
                self.assertEqual(one["overflow"], 0)
                self.assertGreaterEqual(one["contrast"], 4.5, one["words"])
                drafts = [link for link in one["links"] if "/document?" in link]
                self.assertEqual([link for link in one["links"] if link not in drafts],
                                 [base + path for path in PAGES])
                self.assertEqual(bool(drafts), one["url"].endswith("/report"))
        grounds = {scheme: {one["ground"] for one in looks if one["colorScheme"] == scheme}
                   for scheme in ("light", "dark")}
        self.assertTrue(grounds["light"].isdisjoint(grounds["dark"]), grounds)

    def test_a_proxy_that_takes_the_prefix_away_serves_as_well(self):
        with Proxy(self.port, "/") as proxy:
            for path in PAGES:
                self.assertEqual(ask(proxy.port, "/duban" + path)[0], 200)


class Listening(unittest.TestCase):
    def test_without_the_table_nobody_listens(self):
        with Office() as office, Daemon(office.config, "--pretend", MORNING) as duband:
            duband.ready()
            listening = Path(f"/proc/{duband.process.pid}/net/tcp").read_text()
            mine = {Path(f).resolve().name for f in
                    Path(f"/proc/{duband.process.pid}/fd").iterdir()}
            inodes = {line.split()[9] for line in listening.splitlines()[1:]
                      if line.split()[3] == "0A"}
            self.assertEqual([i for i in inodes if f"socket:[{i}]" in mine], [])

    def test_a_port_that_is_taken_ends_it_with_1_and_words(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with office_with_pages(port) as office, Daemon(office.config) as duband:
                self.assertEqual(duband.process.wait(20), 1)
                self.assertIn(f"cannot listen on 127.0.0.1 port {port}", duband.text())

    def test_another_machines_address_is_a_mistake_with_its_mend(self):
        with Office() as office:
            office.append("duband.toml", '[page]\nlisten = "0.0.0.0:8622"\n')
            with Daemon(office.config) as duband:
                self.assertEqual(duband.process.wait(20), 2)
                self.assertIn("反向代理", duband.text())

    def test_the_sample_of_the_shipped_file_works(self):
        with Office() as office:
            text = office.config.read_text(encoding="utf-8")
            sample = re.search(r"(?m)^# \[page\]\n(?:# .*\n?)+", text).group(0)
            port = free_port()
            office.append("duband.toml", re.sub(r"(?m)^# ", "", sample).replace("8622", str(port)))
            with Daemon(office.config, "--pretend", MORNING) as duband:
                duband.ready()
                self.assertEqual(ask(port, "/", headers={"Host": "duban.example.org"})[0], 200)
