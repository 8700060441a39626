"""Real HTTP servers for webhooks: nginx, which logs what it was sent, and one with odd replies."""

import http.server
import json
import threading

from peer_program import Peer, free_port
from waiting import wait_until

# nginx keeps a request's body only where it passes it on; so it passes it to itself.
NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ }}
http {{
  log_format hook escape=json '{{"uri":"$request_uri","method":"$request_method",'
    '"id":"$http_webhook_id","timestamp":"$http_webhook_timestamp",'
    '"signature":"$http_webhook_signature","type":"$content_type",'
    '"length":"$content_length","body":"$request_body"}}';
  access_log off;
  client_body_buffer_size 512k;
  client_max_body_size 512k;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port}{tls};
    location / {{
      access_log {folder}/hooks.log hook;
      proxy_pass http://127.0.0.1:{inner};
    }}
  }}
  server {{
    listen 127.0.0.1:{inner};
    location / {{ return 204; }}
  }}
}}
"""


class Nginx(Peer):
    """`hooks` are what arrived: {"uri","id","timestamp","signature","body",…}, body as sent."""

    def __init__(self, certificate=None):
        super().__init__("nginx")
        tls = ""
        if certificate:
            tls = f" ssl; ssl_certificate {certificate[0]}; ssl_certificate_key {certificate[1]}"
        conf = self.folder / "nginx.conf"
        conf.write_text(NGINX.format(folder=self.folder, port=self.port, inner=free_port(),
                                     tls=tls))
        self.start("nginx", "-c", conf, "-p", self.folder, "-e", self.folder / "error.log")
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self.port}"

    @property
    def hooks(self):
        log = self.folder / "hooks.log"
        if not log.exists():
            return []
        whole = log.read_text(encoding="utf-8").rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines()]

    def at(self, uri):
        return [h for h in self.hooks if h["uri"] == uri]

    def wait_for(self, uri, count=1, deadline=20):
        return wait_until(lambda: len(self.at(uri)) >= count and self.at(uri),
                          f"{count} webhooks at {uri}", deadline)


class OddServer:
    """Answers each path by a list of (status, headers), the last again and again."""

    def __init__(self, replies):
        self.requests = []
        self.replies = {path: list(r) for path, r in replies.items()}
        outer = self

        class Requests(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                outer.requests.append((self.path, dict(self.headers.items()), body))
                left = outer.replies[self.path]
                status, headers = left.pop(0) if len(left) > 1 else left[0]
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Requests)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def at(self, path):
        return [r for r in self.requests if r[0] == path]

    def wait_for(self, path, count=1, deadline=20):
        return wait_until(lambda: len(self.at(path)) >= count and self.at(path),
                          f"{count} requests at {path}", deadline)

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
