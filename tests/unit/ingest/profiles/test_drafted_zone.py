"""Whether a camera's clock runs on UTC is told by the satellites, and only where local time is another."""

import pytest

from ingest.profiles.drafted_time import decide_time
from ingest.profiles.drafted_zone import decide_zone
from ingest.profiles.drafts import Decision, Given
from ingest.reading.facts import Facts

SATELLITES = {"GPSDateStamp": "2026:11:21", "GPSTimeStamp": [1, 15, 20.0], "GPSLatitudeRef": "N", "GPSLatitude": 1.0}
FAR = {**SATELLITES, "GPSLongitudeRef": "E", "GPSLongitude": 100.0}
NEAR = {**SATELLITES, "GPSLongitudeRef": "E", "GPSLongitude": 5.0}


def decided(
    exif: dict[str, object], original: str = "2026:11:21 01:15:30", answer: str | None = None
) -> Decision | None:
    given = [Given("a.jpg", Facts("image", 1, exif={**exif, "DateTimeOriginal": original}))]
    subjects = [one.subject for one in given]
    return decide_zone(subjects, decide_time(given, subjects, None), answer)


@pytest.mark.parametrize(("exif", "key"), [(FAR, "UTC"), (NEAR, "local"), (SATELLITES, "local")])
def test_far_from_greenwich_the_time_of_the_satellites_is_utc(exif: dict[str, object], key: str) -> None:
    decision = decided(exif)
    assert decision is not None
    assert decision.chosen is not None
    assert (decision.chosen.key, decision.is_settled) == (key, True)


def test_a_person_may_say_otherwise() -> None:
    decision = decided(NEAR, answer="UTC")
    assert decision is not None
    assert decision.chosen is not None
    assert decision.chosen.key == "UTC"


@pytest.mark.parametrize(
    ("exif", "original"),
    [
        ({}, "2026:11:21 01:15:30"),
        (FAR, "2026:11:21 08:15:30"),
        (FAR, "2026:11:21 01:15:30+0000"),
        (FAR, "2026:11:21 01:15:3"),
    ],
)
def test_other_times_and_times_that_tell_their_zone_are_no_sign(exif: dict[str, object], original: str) -> None:
    assert decided(exif, original) is None
