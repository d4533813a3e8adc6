"""An authority of the tests' own, whose certificates are made by the real openssl."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

_EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


@dataclass(frozen=True)
class Authority:
    """Whose certificates are trusted by whoever trusts the file `certificate`."""

    folder: Path

    @property
    def certificate(self) -> Path:
        """The authority's own certificate."""
        return self.folder / "ca.pem"

    def context_for(self, name: str, days: int = 2) -> ssl.SSLContext:
        """Return what a server needs that shows a certificate for a name; less than no days: it has expired."""
        stem = f"{name}-{days}"
        key, asked, made = (str(self.folder / f"{stem}.{end}") for end in ("key", "csr", "pem"))
        _openssl("req", *_EC, "-subj", "/CN=x", "-addext", f"subjectAltName=DNS:{name}", "-keyout", key, "-out", asked)
        ca = ("-CA", str(self.certificate), "-CAkey", str(self.folder / "ca.key"), "-CAcreateserial")
        _openssl("x509", "-req", "-in", asked, *ca, "-days", str(days), "-copy_extensions", "copy", "-out", made)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(made, key)
        return context


def make_authority(folder: Path) -> Authority:
    """Make an authority in an empty folder."""
    files = ("-keyout", str(folder / "ca.key"), "-out", str(folder / "ca.pem"))
    _openssl("req", "-x509", *_EC, "-subj", "/CN=Authority of a test", "-days", "2", *files)
    return Authority(folder)


def _openssl(*words: str) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True)
