"""Certificate authorities of a test, and a system that trusts some of them."""

import subprocess
from pathlib import Path

SYSTEM = "/etc/ssl/certs"


def _openssl(*words):
    done = subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return done.stdout.strip()


class Authority:
    """`certificate` is its own; `issue` makes those of receivers."""

    def __init__(self, folder, name):
        self.folder = Path(folder) / name
        self.folder.mkdir()
        self.certificate = self.folder / "authority.pem"
        self._key = self.folder / "authority.key"
        self._make(self.certificate, self._key, f"/CN={name}",
                   "-addext", "keyUsage=critical,keyCertSign")

    def issue(self):
        """(certificate, key) of 127.0.0.1 and localhost."""
        certificate, key = self.folder / "peer.pem", self.folder / "peer.key"
        self._make(certificate, key, "/CN=localhost", "-CA", self.certificate,
                   "-CAkey", self._key, "-addext", "basicConstraints=critical,CA:false",
                   "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost")
        return certificate, key

    @staticmethod
    def _make(certificate, key, subject, *more):
        _openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", 2, "-subj", subject,
                 "-keyout", key, "-out", certificate, *more)


class TrustingSystem:
    """What `prefix` and `environment` start finds these authorities, and no others, in every place
    in which a system keeps them: the file, the folder by hashes, what OpenSSL is told to read.
    `problem` says why that cannot be, or nothing."""

    def __init__(self, folder, *authorities):
        self.folder = Path(folder) / "system"
        self.folder.mkdir()
        file = self.folder / "ca-certificates.crt"
        file.write_text("".join(a.certificate.read_text() for a in authorities))
        for authority in authorities:
            by_hash = _openssl("x509", "-hash", "-noout", "-in", authority.certificate)
            (self.folder / f"{by_hash}.0").write_text(authority.certificate.read_text())
        self.environment = {"SSL_CERT_FILE": str(file), "SSL_CERT_DIR": str(self.folder)}
        self.prefix = ("unshare", "--mount", "sh", "-c",
                       f'mount --bind "{self.folder}" {SYSTEM} && exec "$@"', "sh")

    @staticmethod
    def problem():
        tried = subprocess.run(["unshare", "--mount", "mount", "--bind", "/tmp", SYSTEM],
                               capture_output=True, text=True)
        return tried.stderr.strip() if tried.returncode else None
