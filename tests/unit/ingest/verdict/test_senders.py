"""Which camera an upload can only be from, and what its verdict says then."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.settings.values import Ftps, Settings
from ingest.spool.camera_accounts import CameraAccount, write_camera_accounts
from ingest.spool.camera_records import write_camera_record
from ingest.spool.item import Item
from ingest.spool.known_cameras import KnownCameras
from ingest.spool.sidecar import Correction
from ingest.spool.stamp import new_id
from ingest.verdict.senders import Sender, is_own, sender_of

SETTINGS = Settings(ftps=Ftps(shared_accounts=("team",)))


def item(path: str, account: str | None = "camera") -> Item:
    return Item(new_id(), path.encode(), "ftps", account=account)


@pytest.fixture
def here(root: Path) -> Path:
    write_camera_accounts(root, {"gate-north": CameraAccount("gate-north", "Gate_North", "2026-01-01")})
    write_camera_record(root, "creek", {"folder": True})
    write_camera_record(root, "ridge", {"name": "Ridge"})
    return root


def test_an_account_that_was_made_for_a_camera_is_the_cameras(here: Path) -> None:
    assert sender_of(KnownCameras(here), item("creek/a.jpg", "gate-north"), SETTINGS) == Sender("Gate_North", "account")


@pytest.mark.parametrize("folder", ["Ridge_7", "ridge_7", "RIDGE_7", "Ridge 7", "ridge 7"])
def test_a_folder_is_the_cameras_as_people_type_it(here: Path, folder: str) -> None:
    write_camera_record(here, "Ridge_7", {"name": "Ridge 7", "folder": True})
    assert sender_of(KnownCameras(here), item(f"{folder}/a.jpg"), SETTINGS) == Sender("Ridge_7", "path")


@pytest.mark.parametrize("account", ["camera", "team"])
def test_below_a_shared_account_a_folder_that_was_set_for_a_camera_is_the_cameras(here: Path, account: str) -> None:
    assert sender_of(KnownCameras(here), item("creek/2026/a.jpg", account), SETTINGS) == Sender("creek", "path")


@pytest.mark.parametrize(
    ("path", "account"),
    [
        ("ridge/a.jpg", "camera"),
        ("creek", "camera"),
        ("nobody/a.jpg", "camera"),
        ("../creek/a.jpg", "camera"),
        ("creek/a.jpg", None),
        ("a.jpg", "north-7"),
    ],
)
def test_nothing_else_says_whose_an_upload_is(here: Path, path: str, account: str | None) -> None:
    assert sender_of(KnownCameras(here), item(path, account), SETTINGS) is None


def note(camera_id: str | None) -> Correction:
    return Correction("camera_id", camera_id, None, "anna", "2026-11-27T10:00:00.000000Z")


def test_what_a_person_said_last_of_a_file_comes_before_how_it_came(here: Path) -> None:
    said = replace(item("a.jpg", "gate-north"), corrections=(note("ridge"), note("CREEK")))
    assert sender_of(KnownCameras(here), said, SETTINGS) == Sender("creek", "correction")
    for last in (None, "../x"):
        taken_back = replace(said, corrections=(note("ridge"), note(last)))
        assert sender_of(KnownCameras(here), taken_back, SETTINGS) == Sender("Gate_North", "account")


def test_a_damaged_list_of_accounts_stops_no_photo(here: Path) -> None:
    (here / "accounts/accounts.json").write_text("{")
    assert sender_of(KnownCameras(here), item("a.jpg", "gate-north"), SETTINGS) is None


def test_a_shared_account_is_nobodys_own() -> None:
    assert not any(is_own(account, SETTINGS) for account in (None, "camera", "team"))
    assert is_own("north-7", SETTINGS)
