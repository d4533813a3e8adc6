"""Saved profiles on disk: every version stays, one text is in use, and a crash between the two is mended."""

import os
from pathlib import Path

import pytest

from ingest.spool.saved_profiles import (
    Confirmation,
    Version,
    current,
    drop_version,
    put_in_use,
    read_confirmation,
    remove_confirmation,
    text_in_use,
    text_mark,
    versions,
    write_confirmation,
    write_version,
)

FIRST = Version("20260401T120000.000001Z-10000001", "a = 1\n", "anna", "2026-04-01T12:00:00.000001Z", "a new camera")
SECOND = Version("20260401T110000.000001Z-10000002", "a = 2\n", "ben", "2026-04-01T12:05:00.000001Z", number=2)


def test_every_version_stays_in_the_order_in_which_they_were_saved_and_the_last_one_is_in_use(root: Path) -> None:
    assert (versions(root, "acme"), current(root, "acme"), text_in_use(root, "acme")) == ([], None, None)
    for version in (FIRST, SECOND):
        write_version(root, "acme", version)
        assert (current(root, "acme"), text_in_use(root, "acme")) == (version, version.text)
    assert versions(root, "acme") == [FIRST, SECOND], "the second has the lower id: a clock was set back"


def test_a_version_without_text_takes_the_profile_out_of_use(root: Path) -> None:
    write_version(root, "acme", FIRST)
    gone = Version(SECOND.id, None, "ben", SECOND.at, undoes=FIRST.id, number=2)
    write_version(root, "acme", gone)
    assert (current(root, "acme"), text_in_use(root, "acme")) == (gone, None)
    put_in_use(root, "acme", gone)
    assert os.listdir(root / "profiles" / "acme") == ["versions"]


def test_a_version_that_came_no_further_is_put_in_use_by_the_next_try_and_can_be_dropped(root: Path) -> None:
    write_version(root, "acme", FIRST)
    write_version(root, "acme", SECOND)
    put_in_use(root, "acme", FIRST)
    write_version(root, "acme", SECOND)
    assert (versions(root, "acme"), text_in_use(root, "acme")) == ([FIRST, SECOND], SECOND.text)
    drop_version(root, "acme", SECOND)
    drop_version(root, "acme", SECOND)
    assert versions(root, "acme") == [FIRST]


def test_what_is_no_version_is_passed_over(root: Path) -> None:
    write_version(root, "acme", FIRST)
    folder = root / "profiles" / "acme" / "versions"
    (folder / f"{SECOND.id}.json").write_text('{"id": 1}')
    (folder / f".{FIRST.id}.json.new").write_text("{")
    (folder / "notes.json").write_text("{}")
    assert versions(root, "acme") == [FIRST]


@pytest.mark.parametrize("name", ["..", "../x", "A", "", ".hidden", "a/b", "a" * 64, "a\n"])
def test_no_name_leads_out_of_the_folder(root: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a profile's id"):
        versions(root, name)


def test_a_confirmation_is_kept_and_taken_back(root: Path) -> None:
    told = Confirmation(FIRST.id, "anna", FIRST.at, SECOND.id, text_mark(b"a = 1\n"))
    write_confirmation(root, "acme", told)
    folder = root / "profiles" / "acme"
    assert read_confirmation(folder) == told
    (folder / "confirmation.json").write_text('["by"]')
    assert read_confirmation(folder) is None
    remove_confirmation(root, "acme")
    remove_confirmation(root, "acme")
    remove_confirmation(root, "never-saved")
    assert os.listdir(folder) == []
