"""`camspool export`."""

import csv
import json
from pathlib import Path

import pytest

from ingest.commands.main import main
from tests.exported import DAY, NOON, daily, enter_site, surveyed
from tests.spools import make_spool
from tests.years import read_rows


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a spool with one camera."""
    root = make_spool(tmp_path)
    enter_site(root)
    surveyed(root, daily(9), NOON + 9 * DAY)
    return root


def export(root: Path, *words: str) -> int:
    return main(["--root", str(root), "export", *words])


def test_a_package_is_written_and_checked(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(root, "camtrap-dp", str(tmp_path / "a"), "--check", "--photos", "--camera", "oak") == 0
    said = capsys.readouterr().out
    assert "holds 9 photos" in said and "no faults" in said
    assert export(root, "--check", str(tmp_path / "a")) == 0
    (tmp_path / "a" / "media.csv").write_text("mediaID\n")
    assert export(root, "--check", str(tmp_path / "a")) == 1
    assert "media.csv: the columns are mediaID" in capsys.readouterr().out


def test_without_a_name_it_gets_one_of_its_own(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert export(root, "camtrap-dp", "--from", "2026-06-02", "--until", "2026-06-03") == 0
    (package,) = tmp_path.glob("camtrap-dp-*")
    assert str(package) in capsys.readouterr().out and len(read_rows(package, "media")) == 2


@pytest.mark.parametrize(("what", "rows"), [("reports", 9), ("cameras", 1), ("failures", 0)])
def test_a_table_is_printed_or_written(
    what: str, rows: int, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(root, what, "--until", "2026-06-09") == 0
    printed = capsys.readouterr().out
    assert len(list(csv.DictReader(printed.splitlines()))) == rows
    assert export(root, what, str(tmp_path / "table.csv"), "--until", "2026-06-09") == 0
    assert (tmp_path / "table.csv").read_bytes().decode() == printed


def test_sites_are_geojson_or_gpx_by_their_name(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(root, "sites") == 0
    assert json.loads(capsys.readouterr().out)["features"][0]["properties"]["name"] == "Old oak"
    assert export(root, "sites", str(tmp_path / "a.gpx")) == export(root, "sites", "--gpx") == 0
    assert "<wpt" in (tmp_path / "a.gpx").read_text() and "<wpt" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Say what to export"),
        (["cameras", "--camera", "elm"], "Nothing came of a camera elm"),
        (["cameras", "--from", "June"], "expected one such as 2026-04-09"),
        (["--check", "/nothing/here"], "There is no package /nothing/here"),
        (["camtrap-dp", "/nothing/here"], "/nothing is no folder that you may write to"),
    ],
)
def test_what_a_person_can_mend_is_a_sentence(
    words: list[str], said: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = export(root, *words)
    except SystemExit as ended:
        status = int(ended.code or 0)
    assert status == 2 and said in capsys.readouterr().err


def test_a_file_that_is_there_stays(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.csv").write_text("mine")
    assert export(root, "cameras", str(tmp_path / "mine.csv")) == 2
    assert "exists already" in capsys.readouterr().err and (tmp_path / "mine.csv").read_text() == "mine"
