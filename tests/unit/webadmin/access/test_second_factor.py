"""A second factor: its secret is sealed, and each code opens once."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from webadmin.access import second_factor
from webadmin.access.second_factor import address_for, new_secret, seal, step_of, takes_code, unseal

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_who_reads_what_is_kept_learns_no_secret() -> None:
    key, secret = b"k" * 40, new_secret()
    sealed = seal(key, secret)
    assert secret not in sealed and unseal(key, sealed) == secret
    assert unseal(b"l" * 40, sealed) is None and unseal(key, sealed[:-4]) is None and unseal(key, "é") is None
    assert new_secret() != secret and len(secret) == 32


@pytest.mark.parametrize(("ahead_s", "step"), [(-61, None), (-30, 99), (0, 100), (29, 100), (30, 101), (61, None)])
def test_a_phones_clock_may_be_half_a_minute_off(ahead_s: int, step: int | None) -> None:
    assert step_of(SECRET, pyotp.TOTP(SECRET).at(3000 + ahead_s), 3000) == step


@pytest.mark.parametrize("typed", ["", "abcdef", "٣٤٥٦٧٨", "1" * 1000])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert step_of(SECRET, typed, 3000) is None


def test_each_code_opens_once_and_an_older_one_not_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_factor, "time", type("Clock", (), {"time": staticmethod(lambda: 3000.0)}))
    before, now, after = (pyotp.TOTP(SECRET).at(moment) for moment in (2970, 3000, 3030))
    assert takes_code(tmp_path, "rose", SECRET, now)
    assert not takes_code(tmp_path, "rose", SECRET, now) and not takes_code(tmp_path, "rose", SECRET, before)
    assert takes_code(tmp_path, "vera", SECRET, now), "another person's codes are their own"
    assert takes_code(tmp_path, "rose", SECRET, after)


def test_an_app_reads_name_host_and_secret() -> None:
    parts = urlsplit(address_for(SECRET, "rose@a", "traps.example.org"))
    words = parse_qs(parts.query)
    assert (parts.scheme, words["secret"], words["issuer"]) == ("otpauth", [SECRET], ["Camspool traps.example.org"])
    assert parts.path.endswith("rose%40a")
