"""A second factor: six digits that a phone makes anew every half minute from a secret (TOTP, RFC 6238).

The secret is sealed with a key made from the admin's own: who reads the spool or a backup can make no code.
"""

import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from pyotp.utils import strings_equal

from webadmin.state import state_of

STEP_S = 30
_DRIFT = 1
"""So many steps a phone's clock may be off."""


def new_secret() -> str:
    """Return a secret for a new second factor."""
    return pyotp.random_base32()


def address_for(secret: str, name: str, host: str) -> str:
    """Return what the QR code says that a phone's app reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=f"Camspool {host}".strip())


def seal(key: bytes, secret: str) -> str:
    """Return a secret as it is kept."""
    return _box(key).encrypt(secret.encode()).decode()


def unseal(key: bytes, sealed: str) -> str | None:
    """Return a secret that was kept; None where another gateway has sealed it, or before its key was made anew."""
    try:
        return _box(key).decrypt(sealed.encode()).decode()
    except (InvalidToken, ValueError):
        return None


def step_of(secret: str, code: str, now: float) -> int | None:
    """Return the step whose code this is, of those around a moment (seconds since 1970); None for none of them.

    >>> secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    >>> step_of(secret, pyotp.TOTP(secret).at(90), 60), step_of(secret, "1", 60)
    (3, None)
    """
    typed, present = "".join(code.split()), int(now // STEP_S)
    steps = range(present - _DRIFT, present + _DRIFT + 1)
    return next((one for one in steps if strings_equal(pyotp.TOTP(secret).at(one * STEP_S), typed)), None)


def takes_code(cache: Path, name: str, secret: str, code: str) -> bool:
    """Say whether a code lets somebody in now: each does so once."""
    step = step_of(secret, code, time.time())
    if step is None:
        return False
    with state_of(cache) as state:
        taken = state.execute(
            "INSERT INTO codes_used VALUES (?, ?) ON CONFLICT DO UPDATE SET step = excluded.step "
            "WHERE excluded.step > step",
            (name, step),
        ).rowcount
    return taken > 0


def _box(key: bytes) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"camspool second factor\0" + key).digest()))
