"""A server that behaves as 企业微信, 钉钉, 飞书 and an in-house gateway do: HTTP 200 whatever
happens, the outcome in the body; signatures checked, limits kept."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
import time
import urllib.parse

from waiting import wait_until

KEYS = {"/wecom": "wecom-key-1", "/dingtalk": "ding-token-1", "/feishu": "feishu-hook-1"}
DING_SECRET, FEISHU_SECRET, SMS_SECRET = "SECding-secret", "feishu-secret", "sms-secret-1"
CLIENT_SECRET = "client-secret-1"
A_MINUTE, LIMIT = 60, 20


def hmac64(key, message):
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()
                            ).decode()


class ChatServer:
    """`messages[path]` are the bodies that were taken; `seen` all requests: (path, query, headers,
    body). `moods[path]` is a list of (status, body) that answer the next requests in place of what
    the chat would say."""

    def __init__(self):
        self.seen, self.messages, self.moods = [], {}, {}
        self.tokens = []
        self.lock = threading.Lock()
        outer = self

        class Requests(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
                with outer.lock:
                    status, said = outer.answer(self.path, dict(self.headers.items()), body)
                said = said if isinstance(said, str) else json.dumps(said)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(said.encode())))
                self.end_headers()
                self.wfile.write(said.encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Requests)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def at(self, path):
        return self.messages.get(path, [])

    def wait_for(self, path, count=1, deadline=30):
        return wait_until(lambda: len(self.at(path)) >= count and self.at(path),
                          f"{count} messages at {path}", deadline)

    def answer(self, target, headers, body):
        split = urllib.parse.urlsplit(target)
        path, query = split.path, dict(urllib.parse.parse_qsl(split.query))
        lower = {k.lower(): v for k, v in headers.items()}
        self.seen.append((path, query, lower, body))
        known = next((p for p in ("/wecom", "/dingtalk", "/feishu", "/sms", "/token", "/zzd")
                      if path.startswith(p)), None)
        moods = self.moods.get(known, [])
        if moods:
            return moods.pop(0)
        status, said, taken = getattr(self, known[1:])(path, query, lower, body)
        if taken is not None:
            self.messages.setdefault(known, []).append((time.monotonic(), taken))
        return status, said

    def too_many(self, path):
        since = time.monotonic() - A_MINUTE
        return sum(at > since for at, _ in self.at(path)) >= LIMIT

    def wecom(self, path, query, _, body):
        if query.get("key") != KEYS[path]:
            return 200, {"errcode": 93000, "errmsg": "invalid webhook url, hint: [1], from ip: "
                         "203.0.113.9, more info at https://open.example.org"}, None
        if "\\u" in body:
            return 200, {"errcode": 40033, "errmsg": "invalid charset"}, None
        message = json.loads(body)
        content = message["markdown"]["content"]
        if len(content.encode()) > 4096:
            return 200, {"errcode": 40058,
                         "errmsg": "markdown.content exceed max length 4096"}, None
        if self.too_many(path):
            return 200, {"errcode": 45009, "errmsg": "api freq out of limit"}, None
        return 200, {"errcode": 0, "errmsg": "ok"}, content

    def dingtalk(self, path, query, _, body):
        if query.get("access_token") != KEYS[path]:
            return 200, {"errcode": 300005, "errmsg": "token is not exist"}, None
        stamp = query.get("timestamp", "0")
        if abs(int(stamp) / 1000 - time.time()) > 3600:
            return 200, {"errcode": 310000, "errmsg": "invalid timestamp"}, None
        if query.get("sign") != hmac64(DING_SECRET, f"{stamp}\n{DING_SECRET}"):
            return 200, {"errcode": 310000, "errmsg": "sign not match"}, None
        message = json.loads(body)
        if len(body.encode()) > 20000:
            return 200, {"errcode": 460101, "errmsg": "message too long, exceed 20000 bytes"}, None
        if not message["markdown"]["title"]:
            return 200, {"errcode": 40035, "errmsg": "缺少参数 title"}, None
        if self.too_many(path):
            return 200, {"status": 1111, "wait": 5, "punish": "deny", "errcode": 130101,
                         "errmsg": "send too fast, exceed 20 times per minute"}, None
        return 200, {"errcode": 0, "errmsg": "ok"}, message["markdown"]["text"]

    def feishu(self, path, _, __, body):
        if path.rpartition("/")[2] != KEYS["/feishu"]:
            return 200, {"code": 19001, "data": {}, "msg": "param invalid: incoming webhook access "
                         "token invalid"}, None
        if len(body.encode()) > 20000:
            return 400, {"code": 9499, "msg": "Bad Request", "data": {}}, None
        message = json.loads(body)
        stamp = message.get("timestamp", "0")
        if message.get("sign") != hmac64(f"{stamp}\n{FEISHU_SECRET}", "") or \
                abs(int(stamp) - time.time()) > 3600:
            return 200, {"code": 19021, "msg": "sign match fail or timestamp is not within one "
                         "hour from current time", "StatusCode": 0}, None
        card = message["card"]
        return 200, {"code": 0, "msg": "success", "data": {}, "StatusCode": 0}, \
            card["header"]["title"]["content"] + "\n" + card["body"]["elements"][0]["content"]

    def sms(self, _, __, headers, body):
        over = f"{headers['x-timestamp']}\n{headers['x-nonce']}\n{body}"
        right = hmac.new(SMS_SECRET.encode(), over.encode(), hashlib.sha256).hexdigest()
        if headers["x-signature"] != right:
            return 200, {"code": 403, "msg": "bad signature"}, None
        return 200, {"code": 0}, json.loads(body)

    def token(self, _, __, headers, body):
        client = base64.b64decode(headers["authorization"].removeprefix("Basic ")).decode()
        if client != f"duban:{CLIENT_SECRET}" or "grant_type=client_credentials" not in body:
            return 401, {"error": "invalid_client"}, None
        self.tokens.append(f"token-{len(self.tokens) + 1}")
        return 200, {"access_token": self.tokens[-1], "token_type": "Bearer",
                     "expires_in": 7200}, None

    def zzd(self, _, __, headers, body):
        if not self.tokens or headers.get("authorization") != f"Bearer {self.tokens[-1]}":
            return 401, {"success": False}, None
        return 200, {"success": True}, dict(urllib.parse.parse_qsl(body))
