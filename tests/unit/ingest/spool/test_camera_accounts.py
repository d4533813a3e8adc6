"""Which camera has which account: read anew when it changes, never guessed from a damaged list."""

import json
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.spool.camera_accounts import (
    CameraAccount,
    account_name,
    account_of,
    camera_accounts,
    write_camera_accounts,
)

NORTH = CameraAccount("gate-north", "Gate_North", "2026-11-21T01:00:00.000000Z", request="r1")


def test_what_was_written_is_read_and_a_change_is_seen_at_once(root: Path) -> None:
    assert camera_accounts(root) == {}
    write_camera_accounts(root, {"gate-north": NORTH})
    assert camera_accounts(root) == {"gate-north": NORTH}
    closed = CameraAccount(**{**vars(NORTH), "closed_at": "2026-11-22T01:00:00.000000Z"})
    write_camera_accounts(root, {"gate-north": closed})
    assert camera_accounts(root)["gate-north"].closed_at == "2026-11-22T01:00:00.000000Z"


def test_the_list_holds_names_and_no_hash(root: Path) -> None:
    write_camera_accounts(root, {"gate-north": NORTH})
    listed = json.loads((root / "accounts/accounts.json").read_text())
    assert set(listed["gate-north"]) == {"camera_id", "made_at", "renewed_at", "has_former", "closed_at", "request"}


def test_a_key_of_a_later_release_is_passed_over(root: Path) -> None:
    (root / "accounts/accounts.json").write_text('{"n": {"camera_id": "N", "made_at": "x", "colour": "green"}}')
    assert camera_accounts(root)["n"].camera_id == "N"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"n": 3}',
        '{"n": {}}',
        '{"a:b": {"camera_id": "N", "made_at": "x"}}',
        '{"n": {"camera_id": "../x", "made_at": "x"}}',
    ],
)
def test_a_damaged_list_is_named_and_not_taken_for_an_empty_one(root: Path, content: str) -> None:
    (root / "accounts/accounts.json").write_text(content)
    with pytest.raises(CamspoolError, match=r"accounts\.json is damaged"):
        camera_accounts(root)


def test_of_a_cameras_accounts_the_open_one_counts_and_then_the_last(root: Path) -> None:
    first = CameraAccount("n", "N", "2026-01-01", closed_at="2026-02-01")
    last = CameraAccount("n2", "N", "2026-03-01", closed_at="2026-04-01")
    write_camera_accounts(root, {"n": first, "n2": last})
    assert account_of(root, "N") == last
    reopened = CameraAccount("n", "N", "2026-01-01")
    write_camera_accounts(root, {"n": reopened, "n2": last})
    assert account_of(root, "N") == reopened
    assert account_of(root, "M") is None


@pytest.mark.parametrize(
    ("name", "account"),
    [("Gate North", "gate-north"), ("Höhle", "hoehle"), ("测试01", "ceshi01"), ("x" * 60, "x" * 32), ("a/b", None)],
)
def test_an_account_is_the_cameras_name_in_letters_that_a_menu_has(name: str, account: str | None) -> None:
    assert account_name(name) == account
