"""Receivers that cost as little as they can: what is timed is who sends."""

import os
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
from peer_program import Peer  # noqa: E402
from waiting import wait_until  # noqa: E402

NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 4096; }}
http {{
  log_format arrival '$msec $request_uri';
  access_log {folder}/arrivals.log arrival buffer=256k flush=200ms;
  keepalive_requests 1000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{ return 204; }}
  }}
}}
"""


class QuickHooks(Peer):
    """nginx that answers 204 and notes when which request was answered."""

    def __init__(self):
        super().__init__("nginx")
        self.url = f"http://127.0.0.1:{self.port}"
        conf = self.folder / "nginx.conf"
        conf.write_text(NGINX.format(folder=self.folder, port=self.port))
        self.start("nginx", "-c", conf, "-p", self.folder, "-e", self.folder / "error.log")

    def arrivals(self, below="/"):
        """{path: seconds since 1970} of what came below a path; the log is some 200 ms late."""
        lines = (self.folder / "arrivals.log").read_text().rpartition("\n")[0].splitlines()
        each = (line.split(" ", 1) for line in lines)
        return {path: float(at) for at, path in each if path.startswith(below)}

    def wait_for(self, count, below, deadline=300):
        return wait_until(lambda: len(a := self.arrivals(below)) >= count and a,
                          f"{count} requests below {below}", deadline, every=0.2)


class MailSink(Peer):
    """smtp-sink of postfix."""

    def __init__(self):
        super().__init__("sink")
        as_whom = ["-u", "nobody"] if os.getuid() == 0 else []
        self.start("smtp-sink", *as_whom, f"127.0.0.1:{self.port}", "1000")


class Mute:
    """Takes connections and never says a word."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
