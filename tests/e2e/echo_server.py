"""A receiver that refuses and repeats what it was asked, as web servers do in error pages."""

import http.server
import threading


class EchoServer:
    def __init__(self, status=500):
        self.requests = []
        outer = self

        class Requests(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers.get("content-length", 0))
                outer.requests.append((self.path, self.rfile.read(length)))
                said = f"cannot POST {self.path}: {self.headers}".encode()
                self.send_response(status, f"not {self.path}")
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Requests)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
