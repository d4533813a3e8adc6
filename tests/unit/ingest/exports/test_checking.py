"""The check of a package: it finds what is wrong in it, and that it is no whole one."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.exports.checking import check_package
from ingest.exports.package import Order
from tests.exported import DAY, NOON, daily, enter_site, exported, surveyed
from tests.spools import make_spool


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a package with photos."""
    folder = tmp_path_factory.mktemp("checked")
    root = make_spool(folder)
    enter_site(root)
    sidecars = [*daily(10), *daily(10, since=NOON + 20 * DAY)]
    settings, found = surveyed(root, sidecars, NOON + 30 * DAY)
    return exported(settings, found, folder / "package", Order(with_photos=True))


def changed(package: Path, to: Path, table: str, change: Callable[[list[str], list[list[str]]], None]) -> Path:
    """Return a copy of a package in which the rows of a table are changed."""
    copy = Path(shutil.copytree(package, to / "changed"))
    with (copy / f"{table}.csv").open(newline="") as file:
        head, *rows = csv.reader(file)
    change(head, rows)
    with (copy / f"{table}.csv").open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])
    return copy


def set_to(column: str, value: str, row: int = 0) -> Callable[[list[str], list[list[str]]], None]:
    def change(head: list[str], rows: list[list[str]]) -> None:
        rows[row][head.index(column)] = value

    return change


def test_a_package_as_it_was_made_has_no_fault(package: Path) -> None:
    assert list(check_package(package)) == []


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("deployments", set_to("latitude", "91"), "line 2: latitude is '91'; expected 90 at most"),
        ("deployments", set_to("deploymentStart", "2026-06-01 12:00:00+00:00"), "expected a time such as"),
        ("deployments", set_to("deploymentStart", "2026-06-01T12:00:00"), "expected a time such as"),
        ("deployments", set_to("deploymentEnd", "2025-06-01T12:00:00Z"), "deploymentEnd is before deploymentStart"),
        ("deployments", set_to("coordinateUncertainty", "1.0"), "expected integer"),
        ("deployments", set_to("timestampIssues", "TRUE"), "expected boolean"),
        ("deployments", set_to("featureType", "road"), "expected one of"),
        (
            "deployments",
            set_to("deploymentID", "other"),
            "deploymentID oak-20260601T120000Z is none of deployments.csv",
        ),
        ("media", set_to("mediaID", ""), "mediaID is empty"),
        ("media", lambda _, rows: rows.append(rows[0]), "stands twice"),
        ("media", set_to("timestamp", "2020-01-01T00:00:00Z"), "timestamp is outside the deployment"),
        ("media", set_to("filePath", "../a.jpg"), "expected what fits"),
        ("media", set_to("filePath", "media/none.jpg"), "the photo media/none.jpg is not in the package"),
        ("media", set_to("exifData", "{'a': 1}"), "expected any"),
        ("observations", set_to("mediaID", "none"), "mediaID none is none of media.csv"),
        ("observations", set_to("observationType", "fox"), "expected one of animal"),
        ("observations", set_to("count", "0"), "expected 1 or more"),
        ("failures", set_to("failureEnd", "2027-01-01T00:00:00Z"), "the failure is not within its deployment"),
        ("failures", set_to("reason", "moon"), "expected one of silence"),
        ("effort", set_to("hours", "26"), "expected 25 at most"),
        ("effort", set_to("date", "1 June"), "expected date"),
        ("effort", lambda _, rows: rows[0].pop(), "it has 5 cells; expected 6"),
        ("media", lambda head, _: head.reverse(), "expected those of Camtrap DP"),
    ],
)
def test_what_is_wrong_is_found_and_said_with_its_line(
    table: str, change: Callable[[list[str], list[list[str]]], None], said: str, package: Path, tmp_path: Path
) -> None:
    faults = list(check_package(changed(package, tmp_path, table, change)))
    assert any(said in fault for fault in faults), faults


def test_of_many_faults_of_one_table_the_first_are_told(package: Path, tmp_path: Path) -> None:
    def empty(head: list[str], rows: list[list[str]]) -> None:
        for row in rows:
            row[head.index("filePath")] = "media/none.jpg"
        rows *= 2

    faults = list(check_package(changed(package, tmp_path, "media", empty)))
    assert len(faults) == 21 and faults[-1] == "media.csv: and more of the kind."


def test_a_description_that_misses_something_is_a_fault(package: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(package, tmp_path / "copy"))
    content = json.loads((copy / "datapackage.json").read_text())
    del content["spatial"], content["project"]["title"]
    content["resources"] = [*content["resources"][1:], content["resources"][1]]
    content["profile"] = "tabular-data-package"
    (copy / "datapackage.json").write_text(json.dumps(content))
    faults = " ".join(check_package(copy))
    for said in (
        "spatial is missing",
        "project.title",
        "deployments is missing",
        "media stands twice",
        "profile is not",
    ):
        assert said in faults


def test_one_that_was_not_finished_is_said_to_be_none(package: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(package, tmp_path / "copy"))
    (copy / "datapackage.json").unlink()
    with pytest.raises(CamspoolError, match=r"datapackage.json is missing: this is no package .* not finished"):
        list(check_package(copy))
    zipped = Path(shutil.make_archive(str(tmp_path / "whole"), "zip", package))
    assert list(check_package(zipped)) == []
    zipped.write_bytes(zipped.read_bytes()[:-900])
    with pytest.raises(CamspoolError, match="no whole zip"):
        list(check_package(zipped))
    with pytest.raises(CamspoolError, match="There is no package"):
        list(check_package(tmp_path / "nothing.zip"))
    (copy / "datapackage.json").write_text("{")
    with pytest.raises(CamspoolError, match="is no JSON"):
        list(check_package(copy))
