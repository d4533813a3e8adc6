"""Which files are tried under which upload path and account: named ones, those of a folder, and items of the spool."""

import argparse
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.commands.given_files import given_files, read_given
from ingest.errors import CamspoolError
from ingest.settings.values import Settings
from ingest.simulation.photos import plain_photo
from ingest.spool.sidecar import sidecar_text
from tests.reconyx import SERIAL, hyperfire_photo
from tests.samples.judging import judge

PLAIN = plain_photo(seed=1, size=(64, 48))


def named(*files: Path, path: str | None = None, account: str | None = None) -> argparse.Namespace:
    return argparse.Namespace(files=list(files), path=path, account=account)


@pytest.fixture
def item(tmp_path: Path) -> Path:
    """Return an item as it lies in the spool, under a name of ours."""
    sidecar = replace(judge(PLAIN, "gate/2026/0001.jpg"), account="ridge")
    file = tmp_path / f"{sidecar.id}-0001.jpg"
    file.write_bytes(PLAIN)
    file.with_name(f"{file.name}.json").write_text(sidecar_text(sidecar))
    return file


def test_a_folder_stands_for_its_files_and_their_paths_below_it(tmp_path: Path) -> None:
    (tmp_path / "4C0" / "2026").mkdir(parents=True)
    (tmp_path / "4C0" / "2026" / "1.jpg").write_bytes(PLAIN)
    (tmp_path / "2.jpg").write_bytes(PLAIN)
    (tmp_path / "3.jpg").symlink_to("2.jpg")
    assert [one.path for one in given_files(named(tmp_path))] == ["2.jpg", "4C0/2026/1.jpg"]
    assert [one.path for one in given_files(named(tmp_path, path="/NVR/"))] == ["NVR/2.jpg", "NVR/4C0/2026/1.jpg"]


def test_an_item_of_the_spool_counts_under_the_path_account_and_arrival_of_its_sidecar(item: Path) -> None:
    for names in (named(item), named(item.parent)):
        (one,) = given_files(names)
        assert (one.path, one.account) == ("gate/2026/0001.jpg", "ridge")
        assert one.arrived == datetime(2026, 5, 1, 12, tzinfo=UTC)
    (one,) = given_files(named(item, path="north/", account="gate"))
    assert (one.path, one.account) == ("north/0001.jpg", "gate")


def test_a_path_that_is_no_text_stays_as_it_was(item: Path) -> None:
    sidecar = replace(judge(PLAIN, "gate/x.jpg"), upload_path_quoted="gate%2F%FF.jpg")
    item.with_name(f"{item.name}.json").write_text(sidecar_text(sidecar))
    assert given_files(named(item))[0].upload_path == b"gate/\xff.jpg"


def test_a_json_that_is_no_sidecar_does_not_matter(item: Path) -> None:
    item.with_name(f"{item.name}.json").write_text("{}")
    assert given_files(named(item))[0].path == "0001.jpg"


def test_an_item_without_its_sidecar_loses_the_id_that_is_ours(item: Path) -> None:
    item.with_name(f"{item.name}.json").unlink()
    assert given_files(named(item))[0].path == "0001.jpg"
    assert given_files(named(item, path="north/"))[0].path == "north/0001.jpg"
    assert given_files(named(item, path=f"north/{item.name}x"))[0].path == f"north/{item.name}x"


def test_what_cannot_be_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CamspoolError, match="There is no file in"):
        given_files(named(tmp_path))
    with pytest.raises(CamspoolError, match="expected a folder"):
        given_files(named(tmp_path, path="a.jpg"))
    with pytest.raises(CamspoolError, match="There is no file"):
        read_given(given_files(named(tmp_path / "missing.jpg")), Settings())


def test_whose_account_it_is_and_what_the_makernote_says_are_read(tmp_path: Path) -> None:
    file = tmp_path / "RCNX0001.JPG"
    file.write_bytes(hyperfire_photo())
    (own,) = read_given(given_files(named(file, account="ridge")), Settings())
    (shared,) = read_given(given_files(named(file, account="camera")), Settings())
    assert (own.is_own, shared.is_own) == (True, False)
    assert own.facts.makernotes.values["SerialNumber"] == SERIAL
