"""Accounts of single cameras: made, renewed, closed; each change once, however often a crash makes it begin anew."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ingest.ftps.accounts import old_passwords, read_accounts
from ingest.requests import carrying_out
from ingest.requests.accounts import renew_password
from ingest.spool.camera_accounts import PASSWORDS, account_of, camera_accounts
from ingest.spool.camera_records import read_camera_record, registers
from ingest.spool.stamp import new_id
from tests.unit.ingest.requests.asked import Answer, ask

FIRST, SECOND, THIRD = (f"$6$salt${letter * 8}" for letter in "abc")


def add(root: Path, index: sqlite3.Connection, camera_id: str = "Gate_North", **words: Any) -> Answer:
    request = {
        "action": "add_camera",
        "by": "anna",
        "camera_id": camera_id,
        "record": {"name": "Gate North", "registered": True},
        "account": "gate-north",
        "password_hash": FIRST,
    }
    return ask(root, index, request | words)


def change(root: Path, index: sqlite3.Connection, action: str, **words: Any) -> Answer:
    return ask(root, index, {"action": action, "by": "anna", "account": "gate-north"} | words)


def hashes(root: Path) -> tuple[dict[str, str], dict[str, str]]:
    return read_accounts(root / PASSWORDS), read_accounts(old_passwords(root / PASSWORDS))


def outcome(answer: Answer) -> tuple[str, str]:
    (result,) = answer["results"]
    return result["outcome"], result["message"]


def test_a_camera_gets_its_record_and_its_account(root: Path, index: sqlite3.Connection) -> None:
    assert outcome(add(root, index)) == ("added", "The camera is entered, with the FTPS account gate-north.")
    assert hashes(root) == ({"gate-north": FIRST}, {})
    assert registers(read_camera_record(root, "Gate_North"))
    account = account_of(root, "Gate_North")
    assert account is not None and (account.name, account.closed_at) == ("gate-north", None)


def test_no_hash_is_left_in_the_log_of_requests(root: Path, index: sqlite3.Connection) -> None:
    add(root, index)
    change(root, index, "renew_password", password_hash=SECOND)
    for file in [*root.glob("requests/**/*"), *root.glob("cameras/*"), *root.glob("accounts/*.json")]:
        if file.is_file():
            assert "$6$" not in file.read_text()


def test_only_owner_and_group_read_the_hashes(root: Path, index: sqlite3.Connection) -> None:
    add(root, index)
    for file in (root / PASSWORDS, old_passwords(root / PASSWORDS)):
        assert file.stat().st_mode & 0o777 == 0o640


def test_a_camera_with_a_folder_of_its_own_gets_no_account(root: Path, index: sqlite3.Connection) -> None:
    answer = add(root, index, record={"name": "x", "folder": True}, account=None)
    assert outcome(answer) == ("added", "The camera is entered.")
    assert not camera_accounts(root) and hashes(root) == ({}, {})
    assert read_camera_record(root, "Gate_North") == {"name": "x", "folder": True}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"camera_id": "Other"}, "belongs to Gate_North already"),
        ({"account": "second"}, "has the account gate-north already"),
        ({"camera_id": "Other", "account": "a:b"}, "cannot be an FTPS account"),
        ({"camera_id": "../x"}, "is not a camera ID"),
        ({"camera_id": "Other", "account": "other", "password_hash": "a\nroot:$6$x"}, "hash is not of SHA-512"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    root: Path, index: sqlite3.Connection, words: dict[str, Any], told: str
) -> None:
    add(root, index)
    before = (hashes(root), camera_accounts(root), sorted((root / "cameras").iterdir()))
    kind, said = outcome(add(root, index, **words))
    assert kind == "refused" and told in said
    assert (hashes(root), camera_accounts(root), sorted((root / "cameras").iterdir())) == before


def test_a_new_password_leaves_the_former_one_valid_until_it_is_ended(root: Path, index: sqlite3.Connection) -> None:
    add(root, index)
    change(root, index, "renew_password", password_hash=SECOND)
    assert hashes(root) == ({"gate-north": SECOND}, {"gate-north": FIRST})
    assert camera_accounts(root)["gate-north"].has_former
    change(root, index, "end_former_password")
    assert hashes(root) == ({"gate-north": SECOND}, {})
    assert not camera_accounts(root)["gate-north"].has_former


def test_a_closed_account_lets_nobody_in_and_stays_the_cameras(root: Path, index: sqlite3.Connection) -> None:
    add(root, index)
    change(root, index, "renew_password", password_hash=SECOND)
    assert outcome(change(root, index, "close_account")) == ("changed", "The account gate-north is closed.")
    assert hashes(root) == ({}, {})
    assert camera_accounts(root)["gate-north"].camera_id == "Gate_North"
    assert outcome(change(root, index, "renew_password", password_hash=THIRD))[0] == "refused"
    assert hashes(root) == ({}, {})


def test_a_closed_account_opens_again_for_its_camera_with_a_new_password(root: Path, index: sqlite3.Connection) -> None:
    add(root, index)
    made_at = camera_accounts(root)["gate-north"].made_at
    change(root, index, "close_account")
    assert outcome(add(root, index, password_hash=THIRD))[0] == "added"
    again = camera_accounts(root)["gate-north"]
    assert (again.made_at, again.closed_at) == (made_at, None) and hashes(root) == ({"gate-north": THIRD}, {})


def test_a_request_that_a_crash_repeats_is_done_once(
    root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worst moment: all is done, and the answer is not written. A former password must not be lost by that."""
    add(root, index)
    steps: list[tuple[str, dict[str, Any]]] = [
        ("renew_password", {"password_hash": SECOND}),
        ("end_former_password", {}),
        ("close_account", {}),
        ("add_camera", {"camera_id": "Gate_North", "record": {}, "password_hash": THIRD}),
    ]
    for action, words in steps:
        request_id = new_id()
        with monkeypatch.context() as crash:
            crash.setattr(carrying_out, "answer", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                ask(root, index, {"action": action, "account": "gate-north"} | words, request_id)
        after = (hashes(root), camera_accounts(root))
        request = json.loads((root / "requests" / f"{request_id}.json").read_text())
        assert outcome(ask(root, index, request, request_id))[0] in ("changed", "added")
        assert (hashes(root), camera_accounts(root)) == after


def test_a_crash_between_the_files_keeps_the_former_password(
    root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(root, index)
    request = {"account": "gate-north", "password_hash": SECOND}
    with monkeypatch.context() as crash:
        crash.setattr("ingest.requests.accounts.write_camera_accounts", lambda *_: (_ for _ in ()).throw(OSError))
        with pytest.raises(OSError):
            renew_password(root, index, "r2", request, lambda: None)
    assert hashes(root) == ({"gate-north": SECOND}, {"gate-north": FIRST})
    renew_password(root, index, "r2", request, lambda: None)
    assert hashes(root) == ({"gate-north": SECOND}, {"gate-north": FIRST})


def test_a_damaged_list_is_never_overwritten(root: Path, index: sqlite3.Connection) -> None:
    (root / "accounts/accounts.json").write_text("{")
    kind, said = outcome(add(root, index))
    assert kind == "refused" and "damaged" in said
    assert (root / "accounts/accounts.json").read_text() == "{"
