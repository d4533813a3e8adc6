"""Positions are moved to one made-up place in whatever form they are written, and nothing else is touched."""

import math
from random import Random

import pytest

from ingest.packing.made_up_place import elsewhere, half_elsewhere, numbers_elsewhere, pair_elsewhere
from ingest.reading.location import position_from_text

MADE_UP = pytest.approx((1.234567, 2.345678), abs=0.06)


@pytest.mark.parametrize(
    "text",
    [
        "52.098737,5.125504",
        "52.0987; 5.1255",
        "52.09N 5.12E",
        "52°05'55.6\"N 5°07'31.2\"E",
        "N52*05'55\" E005*07'31\"",
        "N52°05.926' E005°07.53'",
        "https://maps.google.com/maps?q=52.1,5.1",
        "https://www.google.com/maps/@52.1,5.1,12z",
        "https://www.openstreetmap.org/#map=12/52.1/5.1",
        "https://www.openstreetmap.org/?mlat=52.1&mlon=5.1",
        "geo:52.1,5.1",
        "$GPGGA,092725.00,5205.926,N,00507.520,E,1,8,1.01,499.6,M,48.0,M,,",
        "5205.926N,00507.520E",
        "lat: 52.0987 lon: 5.1255",
        "52,098737;5,125504",
    ],
)
def test_a_position_is_at_the_made_up_place_in_the_same_form_and_length(text: str) -> None:
    moved = elsewhere(text)
    assert len(moved) == len(text)
    assert "52" not in moved.replace("092725", "")
    assert position_from_text(moved) == MADE_UP
    assert elsewhere(f"Seen at {text} today").endswith(" today")


def test_half_of_the_earth_stays() -> None:
    assert position_from_text(elsewhere("S32*56'06\" W117*09'36\"")) == pytest.approx((-1.234567, -2.345678), abs=0.01)
    assert elsewhere("-32.935001,-117.160002") == "-1.2345678,-2.34567891"


@pytest.mark.parametrize(
    "text",
    [
        "Date:30/04/2026 15:46:07",
        "SD:59405M/59628M",
        "Total:1,159",
        "Battery:60% (11.85V)",
        "21.99/31.01",
        "f/2.8 4.0.2.1",
        "latest: 12 of late",
        "IMEI:861943070068027",
        "2026:04:30 15:46:07.12345",
        "0.000000,0.000000",
        "Temp: 24\nE 5",
    ],
)
def test_what_is_no_position_stays(text: str) -> None:
    assert elsewhere(text) == text


def test_what_cannot_be_a_position_stays_wrong_and_loses_its_decimals() -> None:
    assert elsewhere("152.098737,5.125504") == "152.000000,2.345678"
    assert elsewhere("S92*56'06\" E117*09'36\"").startswith("S92*00'00\"")
    assert half_elsewhere("52*61'30", 0) == "52*61'00"


def test_the_check_sum_of_a_sentence_is_right_only_where_it_was() -> None:
    right = "$GPRMC,225446,A,5205.926,N,00507.520,E,000.5,054.7,191194,020.3,E*78"
    assert position_from_text(elsewhere(right)) == MADE_UP
    wrong = elsewhere(right.replace("*78", "*79"))
    with pytest.raises(Exception, match="expected degrees"):
        position_from_text(wrong)


def test_a_value_that_is_known_to_be_a_position_is_moved_however_coarse_it_is() -> None:
    assert pair_elsewhere("52,1;5,1") == "1,23;2,3"
    assert pair_elsewhere("52 5") == "10 2"


def test_the_numbers_of_a_tag_keep_their_form() -> None:
    assert numbers_elsewhere([52.0, 5.0, 55.56], 0)[:2] == [1.0, 14.0]
    assert numbers_elsewhere([52.098737, 0.0, 0.0], 0)[1:] == [0.0, 0.0]
    assert numbers_elsewhere([0.0, 0.0, 0.0], 0) == [0.0, 0.0, 0.0]
    assert numbers_elsewhere([math.nan, math.inf], 0) == [0.0, 0.0]
    assert numbers_elsewhere([152.0, 5.0, 61.0], 0) == [152.0, 0.0, 61.0]


def test_drawn_positions_are_never_told(seed: int) -> None:
    chance = Random(seed)
    for _ in range(500):
        latitude, longitude = chance.uniform(-89, 89), chance.uniform(-179, 179)
        digits = chance.randint(4, 8)
        text = f"{latitude:.{digits}f}{chance.choice([',', ', ', ';', ' '])}{longitude:.{digits}f}"
        moved = elsewhere(text)
        assert len(moved) == len(text)
        assert tuple(map(abs, position_from_text(moved))) == pytest.approx((1.234567, 2.345678), abs=0.001), text


def test_a_long_text_of_a_stranger_costs_little() -> None:
    for piece in ("1.", "lat", "1,1;", "52°5'", "N1 ", "$GPRMC,", "=1,", "9" * 100):
        text = piece * (200_000 // len(piece))
        assert len(elsewhere(text)) == len(text)
