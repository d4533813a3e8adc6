"""Self-signed certificates and expiry dates, with the real openssl."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.ftps.certificate import certificate_expiry, make_self_signed


def test_a_self_signed_certificate_names_hosts_and_addresses(tmp_path: Path) -> None:
    certificate, key = tmp_path / "tls" / "cert.pem", tmp_path / "tls" / "key.pem"
    make_self_signed(certificate, key, ["gateway.example", "127.0.0.1"])
    context = ssl.create_default_context(cafile=str(certificate))
    context.load_cert_chain(certificate, key)
    (loaded,) = context.get_ca_certs()
    assert loaded["subjectAltName"] == (("DNS", "gateway.example"), ("IP Address", "127.0.0.1"))
    assert key.stat().st_mode & 0o777 == 0o600


def test_the_expiry_of_a_certificate_is_read(tmp_path: Path) -> None:
    make_self_signed(tmp_path / "cert.pem", tmp_path / "key.pem", ["localhost"])
    left = certificate_expiry(tmp_path / "cert.pem") - datetime.now(UTC)
    assert timedelta(days=3649) < left <= timedelta(days=3650)


def test_what_is_no_certificate_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CamspoolError, match=r"There is no certificate .*missing\.pem"):
        certificate_expiry(tmp_path / "missing.pem")
    (tmp_path / "bad.pem").write_text("nothing", "utf-8")
    with pytest.raises(CamspoolError, match=r"bad\.pem"):
        certificate_expiry(tmp_path / "bad.pem")
