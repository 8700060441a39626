"""Receivers that speak TLS: `tls_peer.py MODE CERTIFICATE KEY`.

MODE is starttls, implicit (SMTP by aiosmtpd; login duban / geheim) or https. The first line on
standard output is the port; then a line of JSON for each mail or request.
"""
import asyncio
import json
import ssl
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

MODE, CERTIFICATE, KEY = sys.argv[1:4]
CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
CONTEXT.load_cert_chain(CERTIFICATE, KEY)


def tell(**what):
    print(json.dumps(what), flush=True)


class Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        tell(id=self.headers["webhook-id"], body=body)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def serve_https():
    server = HTTPServer(("127.0.0.1", 0), Hook)
    server.socket = CONTEXT.wrap_socket(server.socket, server_side=True,
                                        do_handshake_on_connect=False)
    print(server.server_port, flush=True)
    server.serve_forever()


class Mailbox:
    async def handle_DATA(self, server, session, envelope):
        from email import message_from_bytes
        from email.policy import default
        message = message_from_bytes(envelope.content, policy=default)
        tell(sender=envelope.mail_from, to=envelope.rcpt_tos,
             tls=server.transport.get_extra_info("sslcontext") is not None,
             subject=message["Subject"], author=str(message["From"]), id=message["Message-ID"],
             text=message.get_body(("plain",)).get_content().replace("\r\n", "\n"),
             html=message.get_body(("html",)).get_content().replace("\r\n", "\n"),
             defects=[str(d) for part in message.walk() for d in part.defects])
        return "250 2.0.0 taken"


async def serve_smtp():
    from aiosmtpd.smtp import SMTP, AuthResult

    def log_in(server, session, envelope, mechanism, data):
        return AuthResult(handled=False,
                          success=(data.login, data.password) == (b"duban", b"geheim"))

    implicit = MODE == "implicit"

    def connection():
        return SMTP(Mailbox(), hostname="peer.example.org", authenticator=log_in,
                    auth_required=True, auth_require_tls=not implicit,
                    tls_context=None if implicit else CONTEXT, require_starttls=not implicit)

    server = await asyncio.get_running_loop().create_server(
        connection, "127.0.0.1", 0, ssl=CONTEXT if implicit else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if MODE == "https":
    serve_https()
else:
    asyncio.run(serve_smtp())
