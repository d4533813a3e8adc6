"""Packages, from real spools: what is in, and what is left out with its reason."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from ingest.exports.checking import check_package
from ingest.exports.choosing import Choice
from ingest.exports.package import Order, write_package
from ingest.exports.sinks import FolderSink
from ingest.index.store import read_index
from ingest.outbox.results import Detection, finding
from ingest.spool.camera_records import write_camera_record
from ingest.spool.sidecar import Correction
from tests.exported import DAY, NOON, OAK, daily, enter_site, exported, photo, report, surveyed
from tests.spools import make_spool
from tests.years import read_rows


def test_a_package_has_photos_in_their_deployments_and_says_which_days_were_watched(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    enter_site(root)
    settings, found = surveyed(root, daily(9), NOON + 8 * DAY + timedelta(hours=12))
    package = exported(settings, found, tmp_path / "package")
    (deployment,) = read_rows(package, "deployments")
    assert deployment["locationName"] == "Old oak" and deployment["cameraModel"] == "Willfine-4.0T CG"
    assert deployment["deploymentStart"] == "2026-06-01T12:00:00+00:00"
    assert deployment["deploymentEnd"] == "2026-06-10T00:00:00+00:00"
    media = read_rows(package, "media")
    assert len(media) == 9 and media[0]["timestamp"] == "2026-06-01T12:00:00+00:00"
    assert (root / media[0]["filePath"]).exists()
    assert json.loads(media[0]["exifData"]) == {"Make": "Willfine", "Model": "4.0T CG"}
    observations = read_rows(package, "observations")
    assert {(row["observationType"], row["observationLevel"]) for row in observations} == {("unclassified", "media")}
    effort = read_rows(package, "effort")
    assert [row["hours"] for row in effort] == ["12.0"] + 8 * ["24.0"]
    assert read_rows(package, "failures") == []
    assert list(check_package(package)) == []
    assert "Nothing was left out." in (package / "report.md").read_text()


def test_what_has_no_place_no_time_or_came_before_its_site_is_left_out_and_told(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    enter_site(root, **{"from": "2026-06-05T00:00:00"})
    nowhere: dict[str, Any] = {"latitude": None, "longitude": None}
    sidecars = [
        *daily(9),
        *(photo(NOON + number * DAY, "nowhere", **nowhere) for number in range(3)),
        *(photo(NOON + number * DAY, "clockless", captured_at=None, captured_at_utc=None) for number in range(2)),
    ]
    settings, found = surveyed(root, sidecars, NOON + 9 * DAY)
    package = exported(settings, found, tmp_path / "package")
    media = read_rows(package, "media")
    assert len(media) == 5 and {row["deploymentID"].split("-")[0] for row in media} == {"oak"}
    said = (package / "report.md").read_text()
    assert "neither an admin nor a photo says where" in said and "| `nowhere` | 3 |" in said
    assert "no time that can be read" in said and "| `clockless` | 2 |" in said
    assert "before it stood at its first site" in said and "| `oak` | 4 |" in said
    assert "Enter its site on its page" in said and sidecars[0].id in said
    assert list(check_package(package)) == []


def test_photos_of_a_clock_that_was_reset_stay_with_their_camera_and_are_flagged(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    enter_site(root)
    wrong = [photo(NOON + number * DAY, late=timedelta(days=2192)) for number in range(-2192 + 9, -2192 + 12)]
    settings, found = surveyed(root, [*daily(9), *wrong, *daily(3, since=NOON + 12 * DAY)], NOON + 15 * DAY)
    package = exported(settings, found, tmp_path / "package")
    flagged = [row for row in read_rows(package, "media") if row["mediaComments"]]
    assert [row["timestamp"][:10] for row in flagged] == ["2020-06-09", "2020-06-10", "2020-06-11"]
    assert all("2192 days behind" in row["mediaComments"] for row in flagged)
    (deployment,) = read_rows(package, "deployments")
    assert deployment["timestampIssues"] == "true"
    (failure,) = read_rows(package, "failures")
    assert failure["reason"] == "clock_reset" and failure["failureStart"] == "2026-06-10T12:00:00+00:00"
    assert failure["failureEnd"] == "2026-06-13T12:00:30+00:00"
    assert list(check_package(package)) == []


def test_photos_that_arrive_six_weeks_late_are_where_they_were_taken_and_fill_the_silence(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    enter_site(root)
    held = [photo(NOON + number * DAY, late=(62 - number) * DAY) for number in range(20, 62)]
    settings, found = surveyed(root, [*daily(20), *held, *daily(20, since=NOON + 62 * DAY)], NOON + 82 * DAY)
    package = exported(settings, found, tmp_path / "package")
    assert len(read_rows(package, "media")) == 82
    assert read_rows(package, "failures") == []
    assert sum(float(row["hours"]) for row in read_rows(package, "effort")) == 82 * 24


def test_an_id_that_was_corrected_is_told_at_the_row_and_in_the_report(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    enter_site(root)
    note = Correction("camera_id", "oak", "oka", "jane", "2026-06-02T08:00:00Z", "a typing mistake")
    settings, found = surveyed(root, [*daily(6), photo(NOON + DAY / 2, "oka", corrections=(note,))], NOON + 6 * DAY)
    package = exported(settings, found, tmp_path / "package")
    media = read_rows(package, "media")
    assert len(media) == 7 and {row["deploymentID"] for row in media} == {"oak-20260601T120000Z"}
    (corrected,) = (row for row in media if "corrected" in row["mediaComments"])
    assert corrected["mediaComments"] == "The camera was corrected from oka by jane."
    assert "somebody has corrected it" in (package / "report.md").read_text()


def test_a_camera_a_site_or_some_days_can_be_chosen(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    enter_site(root)
    enter_site(root, "elm", name="Elm", latitude=52.3)
    settings, found = surveyed(root, [*daily(9), *daily(9, "elm", latitude=52.3)], NOON + 9 * DAY)
    elm = exported(settings, found, tmp_path / "elm", Order(Choice(cameras=("elm",))))
    assert {row["cameraID"] for row in read_rows(elm, "deployments")} == {"elm"} and len(read_rows(elm, "media")) == 9
    oak = exported(settings, found, tmp_path / "oak", Order(Choice(site="Old oak")))
    assert {row["cameraID"] for row in read_rows(oak, "deployments")} == {"oak"} and len(read_rows(oak, "media")) == 9
    days = Choice(first=(NOON + 2 * DAY).date(), last=(NOON + 3 * DAY).date())
    some = exported(settings, found, tmp_path / "some", Order(days))
    assert [row["timestamp"][:10] for row in read_rows(some, "media")] == 2 * ["2026-06-03", "2026-06-04"]
    assert {row["deploymentStart"] for row in read_rows(some, "deployments")} == {"2026-06-03T00:00:00+00:00"}
    assert sum(float(row["hours"]) for row in read_rows(some, "effort")) == 2 * 48
    assert "Nothing was left out" in (some / "report.md").read_text()
    assert [fault for one in (elm, oak, some) for fault in check_package(one)] == []


def test_photos_go_with_it_where_that_is_wanted_also_under_names_with_two_dots(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    settings, found = surveyed(root, [photo(NOON, "o..k", upload_path="a..b.JPG")], NOON + DAY)
    package = exported(settings, found, tmp_path / "package", Order(with_photos=True))
    (row,) = read_rows(package, "media")
    assert row["filePath"].startswith("media/o.k-2026") and ".." not in row["filePath"]
    assert (package / row["filePath"]).read_bytes() == b"jpg"
    assert row["fileName"] == "a..b.JPG"
    beside = exported(settings, found, tmp_path / "beside")
    assert read_rows(beside, "media")[0]["filePath"].startswith("accepted/o.%2Ek/")
    assert [fault for one in (package, beside) for fault in check_package(one)] == []


def test_a_photo_whose_sidecar_is_gone_is_no_row_and_is_told(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    settings, found = surveyed(root, daily(3), NOON + 3 * DAY)
    (sidecar, *_) = sorted(root.glob("accepted/oak/*/*.JPG.json"))
    sidecar.unlink()
    package = exported(settings, found, tmp_path / "package")
    assert len(read_rows(package, "media")) == 2
    assert "was deleted meanwhile" in (package / "report.md").read_text()


def test_what_an_ai_has_found_are_the_observations(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    first, second, third = (photo(NOON + number * DAY) for number in range(3))
    settings, found = surveyed(root, [first, second, third], NOON + 3 * DAY)
    fox, person = Detection("animal", 0.9, (0.1, 0.2, 0.3, 0.4)), Detection("person", 0.6, (0.5, 0.5, 0.5, 0.5))
    told = {
        first.id: finding(first.id, (fox, person), "ai", "a.json"),
        second.id: finding(second.id, (), "ai", "a.json"),
    }
    folder = tmp_path / "package"
    folder.mkdir()
    for _ in write_package(read_index(root), settings, found, Order(findings=told), FolderSink(folder)):
        pass
    rows = {row["observationID"]: row for row in read_rows(folder, "observations")}
    assert rows[f"{first.id}-1"]["observationType"] == "animal" and rows[f"{first.id}-1"]["bboxWidth"] == "0.3"
    assert rows[f"{first.id}-2"]["observationType"] == "human"
    assert rows[second.id]["observationType"] == "blank" and rows[second.id]["classifiedBy"] == "ai/a.json"
    assert rows[third.id]["observationType"] == "unclassified" and len(rows) == 4
    assert list(check_package(folder)) == []


def test_a_spool_without_anything_is_a_package_without_rows(tmp_path: Path) -> None:
    settings, found = surveyed(make_spool(tmp_path), [], NOON)
    package = exported(settings, found, tmp_path / "package")
    assert read_rows(package, "media") == [] and list(check_package(package)) == []


def test_zero_photos_of_a_camera_that_was_alive_are_true_zeros_and_no_failure(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    enter_site(root)
    settings, found = surveyed(root, [report(NOON + number * DAY) for number in range(30)], NOON + 30 * DAY)
    package = exported(settings, found, tmp_path / "package")
    effort = read_rows(package, "effort")
    assert len(effort) == 31 and sum(row["aliveWithoutPhotos"] == "true" for row in effort) == 30
    assert sum(float(row["hours"]) for row in effort) == 30 * 24 and read_rows(package, "failures") == []


def test_a_camera_whose_photos_say_it_moved_is_a_new_deployment_and_told(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    write_camera_record(
        root, "oak", {"sites": [{"name": "Old oak", "latitude": OAK[0], "longitude": OAK[1], "from": None}]}
    )
    away = [photo(NOON + number * DAY, latitude=52.2) for number in range(9, 14)]
    settings, found = surveyed(root, [*daily(9), *away], NOON + 14 * DAY)
    package = exported(settings, found, tmp_path / "package")
    first, second = read_rows(package, "deployments")
    assert (first["locationName"], second["locationName"]) == ("Old oak", "")
    assert second["latitude"] == "52.2" and second["coordinateUncertainty"] == "1"
    assert "not the site that was entered" in (package / "report.md").read_text()
