"""Makes the self-signed certificate of a gateway without a domain, and tells when a certificate expires."""

import ipaddress
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from ingest.errors import CamspoolError

_DAYS = 3650


def make_self_signed(certificate: Path, key: Path, names: Sequence[str]) -> None:
    """Make an RSA-2048 certificate for these host names and addresses (the first is the common name), and its key.

    RSA, because old cameras know nothing else. Raise CamspoolError when openssl fails.
    """
    key.parent.mkdir(parents=True, exist_ok=True)
    key.unlink(missing_ok=True)
    key.touch(0o600)
    alternatives = ",".join(f"{'IP' if _is_address(name) else 'DNS'}:{name}" for name in names)
    _openssl(
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-sha256", "-days", str(_DAYS)),
        *("-subj", f"/CN={names[0]}", "-addext", f"subjectAltName={alternatives}"),
        *("-keyout", str(key), "-out", str(certificate)),
    )


def certificate_expiry(certificate: Path) -> datetime:
    """Return when a certificate ends (UTC). Raise CamspoolError when it is missing or not a certificate."""
    if not certificate.is_file():
        raise CamspoolError(f"There is no certificate {certificate}.")
    # openssl x509 reads the first certificate of a chain: the server's own. It says notAfter=Dec  5 15:46:47 2026 GMT.
    said = _openssl("x509", "-enddate", "-noout", "-in", str(certificate))
    return datetime.strptime(said.strip().partition("=")[2], "%b %d %H:%M:%S %Y GMT").replace(tzinfo=UTC)


def _openssl(*words: str) -> str:
    try:
        ran = subprocess.run(["openssl", *words], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        raise CamspoolError("The program openssl is missing; install it: apt install openssl.") from None
    if ran.returncode:
        reason = ran.stderr.strip().splitlines() or ["no reason given"]
        raise CamspoolError(f"openssl {words[0]} failed for {words[-1]}: {reason[0]}.")
    return ran.stdout


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
