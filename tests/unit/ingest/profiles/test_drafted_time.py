"""Which source tells the time: the tag before names, then others, and the standard's as long as all is open."""

from collections.abc import Mapping

import pytest

from ingest.profiles.drafted_time import decide_time, time_in
from ingest.profiles.drafts import Decision, Given
from ingest.reading.facts import Facts

TIME = "2026:11:21 01:15:30"


def decided(exif: Mapping[str, object], answer: str | None = None, path: str = "a.jpg") -> Decision:
    given = [Given(path, Facts("image", 1, exif=exif))]
    return decide_time(given, [one.subject for one in given], answer)


def rule(decision: Decision) -> str:
    assert decision.chosen is not None
    return decision.chosen.rule


@pytest.mark.parametrize(
    ("exif", "source"),
    [
        ({"DateTimeOriginal": TIME, "DateTime": "2026:11:22 01:15:30"}, '"exif.DateTimeOriginal"'),
        ({"DateTimeOriginal": "    :  :     :  :  ", "DateTime": TIME}, '"exif.DateTime"'),
        ({"GPSDateStamp": "2026:11:21", "GPSTimeStamp": [1, 15, 30.0]}, '"{exif.GPSDateStamp} {exif.GPSTimeStamp}Z"'),
        ({"ImageDescription": f"at {TIME}, 12C"}, '"{time}"'),
    ],
)
def test_the_first_source_that_all_files_have_is_taken(exif: dict[str, object], source: str) -> None:
    decision = decided(exif)
    assert rule(decision).startswith(f"from = {source}")
    assert decision.is_settled


def test_the_tag_wins_over_the_name_and_a_blank_one_does_not() -> None:
    path = "A_2026-01-02_03-04-05.jpg"
    assert "exif." in rule(decided({"DateTimeOriginal": TIME}, path=path))
    assert "{time}" in rule(decided({"DateTimeOriginal": "    :  :     :  :  "}, path=path))


def test_where_nothing_tells_it_the_standard_tag_is_required_until_a_person_says_otherwise() -> None:
    asked = decided({"Make": "X"})
    assert (asked.is_settled, [one.key for one in asked.choices]) == (False, ["standard", "none"])
    assert "exif.DateTimeOriginal" in rule(asked)
    assert "xmp." in rule(decided({}))
    assert rule(decided({}, "none")) == ""
    assert decided({}, "none").is_settled
    assert not decided({}, "standard").is_settled


def test_a_comment_with_a_time_is_read_and_an_unknown_answer_changes_nothing() -> None:
    subject = Given("a.jpg", Facts("image", 1, comment=b"TS=2026-11-21 01:15:30")).subject
    window = time_in("comment", [subject])
    assert window is not None
    assert window.readings[0].times[0].isoformat() == "2026-11-21T01:15:30"
    assert decided({"DateTimeOriginal": TIME}, "nonsense") == decided({"DateTimeOriginal": TIME})
