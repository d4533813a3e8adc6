"""Reports, cameras, failures and effort as CSV."""

import csv
from collections.abc import Iterable

import pytest

from ingest.exports.choosing import Choice
from ingest.exports.survey import Survey
from ingest.exports.tables import cameras_csv, effort_csv, failures_csv, reports_csv
from ingest.settings.values import Settings
from tests.exported import DAY, NOON, daily, enter_site, report, surveyed
from tests.spools import make_spool


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Survey]:
    """Return a spool with a camera that failed for ten days, and one whose place nobody knows."""
    root = make_spool(tmp_path_factory.mktemp("tables"))
    enter_site(root)
    nowhere = [report(NOON + day * DAY, "nowhere", battery_percent=50 + day) for day in range(3)]
    return surveyed(root, [*daily(20), *daily(20, since=NOON + 30 * DAY), *nowhere], NOON + 50 * DAY)


def rows(lines: Iterable[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(lines))


def test_every_report_is_a_row_with_its_figures(looked_at: tuple[Settings, Survey]) -> None:
    found = rows(reports_csv(*looked_at, Choice()))
    assert len(found) == 43
    assert [one["battery_percent"] for one in found if one["cameraID"] == "nowhere"] == ["50", "51", "52"]
    assert found[0]["reportedAt"] and found[0]["itemID"]


def test_reports_of_some_days_or_of_a_site_can_be_chosen(looked_at: tuple[Settings, Survey]) -> None:
    days = Choice(first=(NOON + DAY).date(), last=(NOON + DAY).date())
    assert {one["receivedAt"][:10] for one in rows(reports_csv(*looked_at, days))} == {"2026-06-02"}
    assert {one["cameraID"] for one in rows(reports_csv(*looked_at, Choice(site="Old oak")))} == {"oak"}


def test_a_camera_has_its_effort_and_what_came(looked_at: tuple[Settings, Survey]) -> None:
    (camera,) = rows(cameras_csv(*looked_at, Choice()))
    assert (camera["cameraID"], camera["cameraName"], camera["locationName"]) == ("oak", "Camera of the oak", "Old oak")
    assert float(camera["trapNights"]) + float(camera["failedDays"]) == pytest.approx(50)
    assert (camera["failures"], camera["photos"], camera["reports"], camera["isWatching"]) == ("1", "40", "40", "true")


def test_failures_and_effort_say_where_that_was(looked_at: tuple[Settings, Survey]) -> None:
    (failure,) = rows(failures_csv(*looked_at, Choice()))
    assert (failure["reason"], failure["cameraID"], failure["locationName"]) == ("silence", "oak", "Old oak")
    nights = rows(effort_csv(*looked_at, Choice()))
    assert len(nights) == 51 and nights[25]["hours"] == "0.0" and nights[25]["latitude"] == "52.1"
