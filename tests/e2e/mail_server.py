"""A real SMTP server (aiosmtpd) that keeps what it accepts and can be told to refuse."""

import email
import email.policy
import ssl
import subprocess
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, SMTP

from waiting import wait_until


class Letter:
    def __init__(self, envelope, tls):
        self.sender = envelope.mail_from
        self.recipients = list(envelope.rcpt_tos)
        self.raw = envelope.original_content
        self.message = email.message_from_bytes(self.raw, policy=email.policy.default)
        self.tls = tls

    def __str__(self):
        return f"{', '.join(self.recipients)}: {self.message['subject']}"


class Handler:
    def __init__(self):
        self.letters = []
        self.refused = {}
        # With TLS from the first byte aiosmtpd's session knows nothing of it.
        self.implicit_tls = False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(Letter(envelope, self.implicit_tls or session.ssl is not None))
        return "250 OK"


class MailServer:
    """On a free port of 127.0.0.1. `tls`: None, "starttls" or "implicit"; `users`: name -> word."""

    def __init__(self, tls=None, users=None, certificate=None):
        self.handler = Handler()
        self.users = users
        context = None
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
        options = {"hostname": "127.0.0.1", "port": 0}
        if tls == "implicit":
            options["ssl_context"] = context
            self.handler.implicit_tls = True
        if tls == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        if users:
            options |= {"authenticator": self._authenticate, "auth_required": True,
                        "auth_require_tls": tls is not None}
        self.controller = _AnyPort(self.handler, **options)
        self.controller.start()
        self.port = self.controller.server.sockets[0].getsockname()[1]

    def _authenticate(self, server, session, envelope, mechanism, data):
        known = self.users.get(data.login.decode()) == data.password.decode()
        return AuthResult(success=known, handled=known or True)

    @property
    def letters(self):
        return self.handler.letters

    def to(self, address):
        return [m for m in self.letters if address in m.recipients]

    def refuse(self, address, reply):
        self.handler.refused[address] = reply

    def accept(self, address):
        self.handler.refused.pop(address, None)

    def wait_for(self, address, count=1, deadline=20):
        return wait_until(lambda: len(self.to(address)) >= count and self.to(address),
                          f"{count} mails to {address}", deadline)

    def close(self):
        self.controller.stop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class _AnyPort(Controller):
    """aiosmtpd asks its own port whether it is up before it knows which one the kernel chose."""

    def _trigger_server(self):
        host, self.port = self.server.sockets[0].getsockname()[:2]
        super()._trigger_server()

    def factory(self):
        return SMTP(self.handler, **self.SMTP_kwargs)


def certificate_for_loopback(folder):
    """(certificate, key) of 127.0.0.1 and localhost, signed by itself."""
    certificate, key = Path(folder) / "cert.pem", Path(folder) / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=IP:127.0.0.1,DNS:localhost",
                    "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return certificate, key
