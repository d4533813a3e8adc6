"""Password files: what is written, who can read it, and which passwords stay valid."""

import subprocess
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.ftps.accounts import hash_password, old_passwords, read_accounts, set_password, write_accounts


def is_valid(hashed: str, password: str) -> bool:
    """Say whether a hash is that of a password, by openssl with the same salt."""
    salt = hashed.split("$")[2]
    words = ["openssl", "passwd", "-6", "-salt", salt, password]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip() == hashed


def test_hashes_are_sha_512_and_salted() -> None:
    first, second = hash_password("a password"), hash_password("a password")
    assert first.startswith("$6$")
    assert first != second
    assert is_valid(first, "a password")


@pytest.mark.parametrize("password", ["", "two\nlines", "nul\0"])
def test_a_password_that_no_camera_could_send_is_refused(password: str) -> None:
    with pytest.raises(CamspoolError, match="one line"):
        hash_password(password)


def test_only_the_owner_can_read_a_password_file(tmp_path: Path) -> None:
    write_accounts(tmp_path / "passwd", {"camera": "$6$x$y", "north-7": "$6$z$w"})
    assert (tmp_path / "passwd").read_text("utf-8") == "camera:$6$x$y\nnorth-7:$6$z$w\n"
    assert (tmp_path / "passwd").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["passwd"]


@pytest.mark.parametrize("account", ["", "a:b", "a\nb", "-x", "a b", "é", "x" * 33])
def test_an_account_that_would_break_the_file_is_refused(tmp_path: Path, account: str) -> None:
    with pytest.raises(CamspoolError, match="cannot be an FTPS account"):
        write_accounts(tmp_path / "passwd", {account: "$6$x$y"})


def test_a_former_password_stays_valid_only_as_long_as_asked(tmp_path: Path) -> None:
    file = tmp_path / "passwd"
    set_password(file, "other", "untouched")
    set_password(file, "camera", "first")
    set_password(file, "camera", "second", keep_old=True)
    assert is_valid(read_accounts(file)["camera"], "second")
    assert is_valid(read_accounts(old_passwords(file))["camera"], "first")
    set_password(file, "camera", "second")
    assert read_accounts(old_passwords(file)) == {}
    assert is_valid(read_accounts(file)["other"], "untouched")


def test_no_file_is_no_accounts(tmp_path: Path) -> None:
    assert read_accounts(tmp_path / "missing") == {}
