"""What OpenSSL says of a handshake, as a hint for the camera's settings; tests/integration has it from real vsftpd."""

import pytest

from ingest.connections.tls_failures import Stage, tls_failure


@pytest.mark.parametrize(
    ("why", "stage", "words"),
    [
        ("unsupported protocol", "explicit", "ftps.old_tls; one that is set to TLS 1.3 alone must allow"),
        ("version too low", "explicit", "ftps.old_tls"),
        ("no suitable signature algorithm", "implicit", "ftps.old_tls"),
        ("no shared signature algorithms", "explicit", "ftps.old_tls"),
        ("no shared cipher", "explicit", "the setting ftps.old_tls changes nothing"),
        ("tlsv1 alert unknown ca", "explicit", "check of certificates off"),
        ("sslv3 alert bad certificate", "explicit", "check of certificates off"),
        ("ssl/tls alert certificate unknown", "implicit", "check of certificates off"),
        ("wrong version number", "implicit", "Explicit TLS goes with port 21, implicit TLS with port 990"),
        ("packet length too long", "implicit", "Explicit TLS goes with port 21, implicit TLS with port 990"),
        ("wrong version number", "explicit", "asked for TLS and went on without it"),
        ("wrong version number", "data", "encrypts data as well (PROT P)"),
        ("unexpected eof while reading", "implicit", "waits in vain on the port for implicit TLS"),
        ("unexpected eof while reading", "explicit", "left before TLS was agreed on"),
        ("unexpected eof while reading", "data", "TLS failed on the data connection: it ended"),
    ],
)
def test_a_failed_handshake_says_what_to_change(why: str, stage: Stage, words: str) -> None:
    assert words in tls_failure(f"SSL_accept failed: error:0A000102:SSL routines::{why}", stage)


def test_a_connection_that_broke_off_has_no_reason_of_openssls() -> None:
    said = tls_failure("SSL_accept failed: error:00000000:lib(0)::reason(0)", "explicit")
    assert "left before TLS" in said


def test_a_reason_that_nobody_knows_is_told_as_it_is() -> None:
    said = "SSL_accept failed: error:0A000001:SSL routines::the moon is full"
    assert tls_failure(said, "explicit") == "TLS failed: the moon is full."
    assert tls_failure(said, "data") == "TLS failed on the data connection: the moon is full."
