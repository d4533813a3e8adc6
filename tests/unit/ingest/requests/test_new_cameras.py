"""What is asked for when somebody enters a camera: safe IDs, free accounts, passwords that a menu can take."""

from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.requests.new_cameras import NewCamera, account_for, entry_for, new_password
from ingest.settings.values import Ftps
from ingest.spool.camera_accounts import CameraAccount, write_camera_accounts
from ingest.spool.camera_records import write_camera_record
from ingest.spool.sites import Site

FTPS = Ftps(accounts=("north",), shared_accounts=("team",))


def test_a_camera_is_entered_under_a_safe_id_with_its_own_name_make_and_site(root: Path) -> None:
    entry = entry_for(root, FTPS, NewCamera(" Höhle  2 ", "Bushnell", Site(52.1, 5.1, "Cave")))
    assert (entry.camera_id, entry.account) == ("Hoehle_2", "hoehle-2")
    record = entry.words["record"]
    assert (record["make"], record["registered"]) == ("Bushnell", True)
    assert record["sites"][0]["name"] == "Cave"
    assert entry.words["password_hash"].startswith("$6$") and str(entry.password) not in str(entry.words)


def test_a_password_is_twelve_digits_and_never_the_same() -> None:
    passwords = {new_password()[0] for _ in range(20)}
    assert len(passwords) == 20
    assert all(len(one) == 12 and one.isdecimal() and one.isascii() for one in passwords)


def test_a_password_does_not_get_into_a_log_by_accident(root: Path) -> None:
    entry = entry_for(root, FTPS, NewCamera("x"))
    assert entry.password and entry.password not in repr(entry)


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("Camera", "camera-2"),
        ("North", "north-2"),
        ("TEAM", "team-2"),
        ("Gate", "gate-2"),
        ("FTP", "ftp-2"),
        ("y" * 40, "y" * 32),
    ],
)
def test_no_account_has_the_name_of_another(root: Path, name: str, account: str) -> None:
    write_camera_accounts(root, {"gate": CameraAccount("gate", "Other", "2026-01-01")})
    assert entry_for(root, FTPS, NewCamera(name)).account == account


def test_a_camera_with_a_folder_needs_no_account(root: Path) -> None:
    entry = entry_for(root, FTPS, NewCamera("Gate North", way="folder"))
    assert (entry.account, entry.password) == (None, None)
    assert entry.words == {
        "camera_id": "Gate_North",
        "record": {"name": "Gate North", "registered": True, "folder": True},
    }


@pytest.mark.parametrize("name", ["", "  ", "../etc", "a/b", "-rf", "!!", "\x1b[31m"])
def test_what_is_no_name_is_refused_in_a_sentence(root: Path, name: str) -> None:
    with pytest.raises(CamspoolError, match="cannot be a camera's name"):
        entry_for(root, FTPS, NewCamera(name))


def test_a_camera_that_is_here_already_is_not_entered_twice(root: Path) -> None:
    write_camera_record(root, "Gate_North", {})
    (root / "accepted" / "861943070068027").mkdir()
    for name in ("Gate North", "GATE north", "861943070068027"):
        with pytest.raises(CamspoolError, match="already"):
            entry_for(root, FTPS, NewCamera(name))


def test_a_camera_that_is_here_gets_an_account_and_keeps_its_record(root: Path) -> None:
    write_camera_record(root, "861943070068027", {"name": "Creek", "notes": "SIM changed", "registered": True})
    entry = account_for(root, FTPS, "861943070068027")
    assert entry.account == "creek"
    assert entry.words["record"] == {"name": "Creek", "notes": "SIM changed", "registered": True}
    assert account_for(root, FTPS, "lat52.0_lon12.9").words["record"] == {"registered": False}


def test_a_camera_has_one_open_account_and_gets_its_closed_one_back(root: Path) -> None:
    write_camera_accounts(root, {"creek": CameraAccount("creek", "C1", "2026-01-01")})
    with pytest.raises(CamspoolError, match="has the account creek already"):
        account_for(root, FTPS, "C1")
    write_camera_accounts(root, {"creek": CameraAccount("creek", "C1", "2026-01-01", closed_at="2026-02-01")})
    assert account_for(root, FTPS, "C1").account == "creek"
