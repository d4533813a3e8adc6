"""Accounts of cameras and their passwords, where somebody's hand or a half-restored backup has put them apart."""

from pathlib import Path

from ingest.ftps.accounts import old_passwords, write_accounts
from ingest.spool.camera_accounts import PASSWORDS, CameraAccount, write_camera_accounts
from ingest.upkeep.account_troubles import account_troubles

OPEN = CameraAccount("gate-north", "Gate_North", "2026-01-01")
CLOSED = CameraAccount("creek", "Creek", "2026-01-01", closed_at="2026-02-01")


def test_accounts_and_passwords_that_belong_together_are_no_trouble(root: Path) -> None:
    assert account_troubles(root) == ()
    write_camera_accounts(root, {"gate-north": OPEN, "creek": CLOSED})
    write_accounts(root / PASSWORDS, {"gate-north": "$6$x$y"})
    write_accounts(old_passwords(root / PASSWORDS), {"gate-north": "$6$z$w"})
    assert account_troubles(root) == ()


def test_an_account_without_a_password_and_a_password_without_an_account_are_told(root: Path) -> None:
    write_camera_accounts(root, {"gate-north": OPEN, "creek": CLOSED})
    write_accounts(root / PASSWORDS, {"creek": "$6$x$y"})
    write_accounts(old_passwords(root / PASSWORDS), {"intruder": "$6$z$w"})
    shut_out, closed, strange = account_troubles(root)
    assert shut_out == "The account gate-north of camera Gate_North has no password; give it a new one."
    assert closed.startswith("creek can log in over FTPS, and no open account")
    assert strange.startswith("intruder can log in over FTPS")


def test_what_cannot_be_read_is_told_and_not_called_good(root: Path) -> None:
    (root / PASSWORDS).mkdir()
    (told,) = account_troubles(root)
    assert "cannot be read" in told
    (root / "accounts/accounts.json").write_text("{")
    (told,) = account_troubles(root)
    assert "accounts.json is damaged" in told
