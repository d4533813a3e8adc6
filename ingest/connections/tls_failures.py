"""What a failed TLS handshake means for whoever sets the camera up. Pure: a table from OpenSSL's reason to a sentence.

The reasons are those of OpenSSL 3.0 to 3.5, as vsftpd logs them: `error:0A000102:SSL routines::unsupported protocol`.
"""

from typing import Literal

Stage = Literal["implicit", "explicit", "data"]
"""Where the handshake was: at once on the port for implicit TLS, after AUTH, or on a data connection."""

_PORTS = "Explicit TLS goes with port 21, implicit TLS with port 990, unless the gateway's settings name others."

IMPLICIT_ON_EXPLICIT = (
    "It began with TLS at once (implicit TLS) on the port for explicit TLS. Set the camera to explicit TLS, or use the "
    f"port for implicit TLS. {_PORTS}"
)

_OLD_TLS = "TLS 1.2 is needed; a camera that knows only older TLS needs the setting ftps.old_tls."
_NO_VERSION = (
    "The gateway speaks TLS 1.2 and the camera does not. One that knows only older TLS needs the gateway's setting "
    "ftps.old_tls; one that is set to TLS 1.3 alone must allow TLS 1.2 as well."
)
_NO_CIPHER = (
    "The camera offers no cipher that the gateway has. It needs TLS 1.2 ciphers with AES and with ECDHE or plain RSA: "
    "those with DHE, ECDSA, 3DES or RC4 do not do, and the setting ftps.old_tls changes nothing."
)
_CERTIFICATE = (
    "The camera does not accept the gateway's certificate. Switch its check of certificates off, or give the gateway "
    "a certificate that the camera knows."
)
_PLAIN = {
    "implicit": f"It spoke plain FTP, or explicit TLS, on the port for implicit TLS. Set the camera to implicit TLS, "
    f"or use the port for explicit TLS. {_PORTS}",
    "explicit": "It asked for TLS and went on without it. Set the camera's encryption anew; its firmware may need an "
    "update.",
    "data": "It sent data without TLS, which is refused. Switch on that the camera encrypts data as well (PROT P).",
}
_LEFT = {
    "implicit": "TLS failed: it left before TLS was agreed on. A camera that is set to explicit TLS waits in vain on "
    f"the port for implicit TLS. {_PORTS}",
    "explicit": "TLS failed: it left before TLS was agreed on. The link broke off, or the camera does not accept the "
    "gateway's certificate: switch its check of certificates off.",
    "data": "TLS failed on the data connection: it ended before TLS was agreed on. The link broke off, or the camera "
    "does not encrypt data.",
}

_HINTS = {
    "unsupported protocol": _NO_VERSION,
    "version too low": _OLD_TLS,
    "tlsv1 alert protocol version": _NO_VERSION,
    "no suitable signature algorithm": _OLD_TLS,
    "no shared signature algorithms": _OLD_TLS,
    "no shared cipher": _NO_CIPHER,
}
_NO_TLS_AT_ALL = frozenset(
    ("wrong version number", "packet length too long", "http request", "https proxy request", "unknown protocol")
)
_BROKEN_OFF = frozenset(("unexpected eof while reading", "reason(0)", "(null)"))


def tls_failure(openssls_text: str, stage: Stage) -> str:
    """Return what to say about a failed handshake."""
    why = openssls_text.rpartition("::")[2]
    if why in _NO_TLS_AT_ALL:
        return _PLAIN[stage]
    if why in _BROKEN_OFF:
        return _LEFT[stage]
    is_certificate = "alert" in why and ("certificate" in why or "unknown ca" in why)
    hint = _CERTIFICATE if is_certificate else _HINTS.get(why, "")
    return f"TLS failed{' on the data connection' if stage == 'data' else ''}: {why}. {hint}".rstrip()
