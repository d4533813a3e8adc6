"""Positions, from EXIF tags and from the texts of reports: right to 0.1 m, or refused with the reason."""

from typing import Any

import pytest

from ingest.reading.location import InvalidLocationError, checked, position_from_exif, position_from_text

GOOD: dict[str, Any] = {
    "GPSLatitude": [52, 5, 55.56],
    "GPSLatitudeRef": "N",
    "GPSLongitude": [5, 7, 31.23],
    "GPSLongitudeRef": "E",
}


@pytest.mark.parametrize(
    ("changes", "position"),
    [
        ({}, (52.098767, 5.125342)),
        ({"GPSLatitudeRef": "S", "GPSLongitudeRef": "west"}, (-52.098767, -5.125342)),
        ({"GPSLatitude": 52.0987, "GPSLongitude": [5.125342]}, (52.0987, 5.125342)),
        ({"GPSLatitude": "52 deg 5' 55.56\""}, (52.098767, 5.125342)),
        ({"GPSLatitude": "52.0987"}, (52.0987, 5.125342)),
        ({"GPSLatitude": "52/1,5/1,5556/100"}, (52.098767, 5.125342)),
        ({"GPSLatitude": "52,098767"}, (52.098767, 5.125342)),
        ({"GPSLatitude": "33.9 S", "GPSLatitudeRef": None}, (-33.9, 5.125342)),
        ({"GPSLatitude": "-33.9", "GPSLatitudeRef": None}, (-33.9, 5.125342)),
        ({"GPSLatitude": "-33.9", "GPSLatitudeRef": "S"}, (-33.9, 5.125342)),
        ({"GPSLongitude": "w5.5", "GPSLongitudeRef": ""}, (52.098767, -5.5)),
        ({"GPSLatitude": [52, 60, 0]}, (53, 5.125342)),
        ({"GPSLatitude": [0, 0, 0]}, (0, 5.125342)),
    ],
)
def test_tags_as_cameras_write_them_give_a_position(changes: dict[str, Any], position: tuple[float, float]) -> None:
    assert position_from_exif({**GOOD, **changes}) == position


@pytest.mark.parametrize("tag", ["GPSLatitude", "GPSLongitude"])
@pytest.mark.parametrize("nothing", [None, "", []])
def test_half_a_position_is_none(tag: str, nothing: object) -> None:
    assert position_from_exif({**GOOD, tag: nothing}) is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"GPSLatitudeRef": None}, "lacks its hemisphere: GPSLatitudeRef is not N or S"),
        ({"GPSLongitudeRef": "N"}, "lacks its hemisphere: GPSLongitudeRef is not E or W"),
        ({"GPSLatitude": ["0/0", "0/0", "0/0"]}, "is not a number: GPSLatitude"),
        ({"GPSLatitude": "52.1", "GPSLatitudeRef": None}, "lacks its hemisphere"),
        ({"GPSLatitude": "-33.9"}, "contradicts itself: GPSLatitude is of S, but GPSLatitudeRef is N"),
        ({"GPSLatitude": "52/0"}, "is not a number: GPSLatitude"),
        ({"GPSLatitude": [1, 2, 3, 4]}, "is not a number: GPSLatitude"),
        ({"GPSLatitude": [float("inf")]}, "is not a number: GPSLatitude"),
        ({"GPSLatitude": [52, 60.01, 0]}, "beyond 60"),
        ({"GPSLatitude": [-52, 5, 0]}, "minus sign"),
        ({"GPSLatitude": [91, 0, 0]}, "expected -90 to 90"),
        ({"GPSLatitude": [0, 0, 0], "GPSLongitude": [0, 0, 0]}, "no GPS fix"),
    ],
)
def test_tags_that_cannot_be_a_position_say_why(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidLocationError, match=said):
        position_from_exif({**GOOD, **changes})


TEXTS = [
    ("52.098737,5.125504", (52.098737, 5.125504)),
    ("S32*56'06\" E117*09'36\"", (-32.935, 117.16)),
    ("N52°5′55.56″ W5°7′31.2″", (52.098767, -5.125333)),
    ("n52.5 w1.25", (52.5, -1.25)),
    ("-33.9 18.4", (-33.9, 18.4)),
    ("http://maps.google.com/?q=52.098737,5.125504", (52.098737, 5.125504)),
    ("52.1N 5.1E", (52.1, 5.1)),
    ("$GPGGA,154647,5205.9242,N,00507.5302,W,1,08,0.9,5.4,M,46.9,M,,", (52.098737, -5.125503)),
]


@pytest.mark.parametrize(("text", "position"), TEXTS)
def test_texts_of_reports_give_a_position(text: str, position: tuple[float, float]) -> None:
    assert position_from_text(text) == position


NOWHERE = [
    "0,0",
    "0.000000,0.000000",
    "91,5",
    "52,181",
    "here",
    "52.1",
    "N0*00'00\" E0*00'00\"",
    "N52*61'00\" E5*00'00\"",
]


@pytest.mark.parametrize("text", NOWHERE)
def test_impossible_positions_are_invalid(text: str) -> None:
    with pytest.raises(InvalidLocationError):
        position_from_text(text)


def test_a_text_that_is_no_position_is_quoted_on_one_line() -> None:
    with pytest.raises(InvalidLocationError) as refusal:
        position_from_text("here\n" + "x" * 1000)
    assert str(refusal.value).isprintable()
    assert len(str(refusal.value)) < 200


def test_a_position_is_rounded_and_the_edges_of_the_earth_are_on_it() -> None:
    assert checked(52.0987671234, -5.1253421234) == (52.098767, -5.125342)
    assert checked(90, -180) == (90, -180)
    with pytest.raises(InvalidLocationError, match="not a number"):
        checked(float("nan"), 5)
