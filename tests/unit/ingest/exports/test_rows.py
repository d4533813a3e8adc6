"""Rows of a package."""

import json
from datetime import date
from zoneinfo import ZoneInfo

from ingest.exports.columns import names_of
from ingest.exports.deployments import Deployment, Failure, Night
from ingest.exports.rows import deployment_row, failure_row, media_row, night_row, observation_rows, time_cell
from ingest.exports.stays import ALWAYS_S, NEVER_S, Stay
from ingest.outbox.results import Detection, finding
from tests.exported import DAY_S, NOON_S

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ONE = Deployment(
    "oak-1", "oak", (NOON_S, NOON_S + DAY_S), Stay(ALWAYS_S, NEVER_S, (52.12345678, -5.0), "=1+1", look="A-1"),
    location_id="52.1_-5.0", has_time_issues=True, comments=("One.", "Two."),
)  # fmt: skip
STAMP = "2026-06-01T14:00:00+02:00"


def test_times_have_their_offset_and_no_fractions() -> None:
    assert time_cell(NOON_S, AMSTERDAM) == STAMP


def test_a_deployment_is_in_the_order_of_its_columns_and_a_spreadsheet_runs_none_of_it() -> None:
    row = dict(zip(names_of("deployments"), deployment_row(ONE, "Oak|cam", AMSTERDAM), strict=True))
    assert row["latitude"] == 52.123457 and row["longitude"] == -5.0 and row["locationName"] == "'=1+1"
    assert row["timestampIssues"] == "true" and row["deploymentStart"] == STAMP
    assert row["deploymentTags"] == "cameraName:Oak cam" and row["deploymentComments"] == "One. Two."
    assert row["baitUse"] == ""


def test_a_photo_keeps_its_exif_whole_as_json() -> None:
    exif = {"Make": "Große", "Comment": "x" * 3000}
    row = media_row("i", "d", STAMP, "media/a.jpg", "-a.jpg", exif, "")
    values = dict(zip(names_of("media"), row, strict=True))
    assert json.loads(str(values["exifData"])) == exif
    assert (values["fileName"], values["filePublic"], values["mediaComments"]) == ("'-a.jpg", "false", "")
    assert media_row("i", "d", STAMP, "a", "b", {}, "")[8] == ""


def test_failures_and_days_have_a_row_each() -> None:
    failure = failure_row(ONE, Failure((NOON_S, NOON_S + 60), "battery", "Empty."), AMSTERDAM)
    assert failure == ["oak-1", STAMP, "2026-06-01T14:01:00+02:00", "battery", "Empty."]
    assert night_row(ONE, Night(date(2026, 6, 1), 12.5, 0, 1)) == ["oak-1", "2026-06-01", 12.5, 0, 1, "true"]


def observed(*detections: Detection) -> list[dict[str, object]]:
    rows = observation_rows("i", "d", STAMP, finding("i", detections, "ai", "r.json"))
    return [dict(zip(names_of("observations"), row, strict=True)) for row in rows]


def test_what_an_ai_is_sure_of_is_a_row_and_a_box_stays_in_its_picture() -> None:
    fox, other = Detection("animal", 0.91, (0.9, 0.1, 0.3, 0.2)), Detection("lynx lynx", 0.5, (0, 0, 0, 0.5))
    first, second = observed(fox, other, Detection("person", 0.1, (0, 0, 1, 1)))
    assert (first["observationID"], first["observationType"], first["bboxWidth"]) == ("i-1", "animal", 0.1)
    assert (second["observationType"], second["bboxX"]) == ("unknown", "")
    assert second["observationComments"] == "The AI says: lynx lynx" and first["classifiedBy"] == "ai/r.json"


def test_a_photo_without_anything_is_blank_and_one_that_nobody_looked_at_is_unclassified() -> None:
    (blank,) = observed(Detection("animal", 0.1, (0, 0, 1, 1)))
    assert (blank["observationType"], blank["classificationProbability"]) == ("blank", 0.9)
    (row,) = observation_rows("i", "d", STAMP, None)
    assert row[names_of("observations").index("observationType")] == "unclassified"
