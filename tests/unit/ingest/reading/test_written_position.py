"""Positions as reports write them, and texts that look like one and are none."""

import pytest

from ingest.reading.location import InvalidLocationError, position_from_text
from ingest.reading.written_position import Half, find_position

HERE = (52.098737, 5.125504)
TEXTS = [
    ("52.098737,5.125504", HERE),
    ("52.098737, 5.125504", HERE),
    ("52,098737 5,125504", HERE),
    ("52,098737; 5,125504", HERE),
    ("52,098737, 5,125504", HERE),
    ("Lat:52.098737,Lon:5.125504", HERE),
    ("latitude=-52.098737; longitude=-5.125504", (-52.098737, -5.125504)),
    ("http://maps.google.com/?q=52.098737,5.125504", HERE),
    ("https://maps.google.com/maps?f=q&q=loc:52.098737,5.125504&z=16", HERE),
    ("https://www.google.com/maps/search/?api=1&query=52.098737%2C5.125504", HERE),
    ("https://www.google.com/maps/place/52.098737,5.125504", HERE),
    ("https://www.google.com/maps/@52.098737,5.125504,17z", HERE),
    ("https://maps.apple.com/?ll=52.098737,5.125504", HERE),
    ("maps.google.com/maps?q=52.098737,+5.125504", HERE),
    ("https://www.openstreetmap.org/?mlat=52.098737&mlon=5.125504#map=17/52.1/5.1", HERE),
    ("https://www.openstreetmap.org/#map=17/-52.098737/5.125504", (-52.098737, 5.125504)),
    ("geo:52.098737,5.125504;u=35", HERE),
    ("52.1N 5.1E", (52.1, 5.1)),
    ("52.1 S, 5.1 W", (-52.1, -5.1)),
    ("52,1N 5,1E", (52.1, 5.1)),
    ("N:52.1 E:5.1", (52.1, 5.1)),
    ("52°05'55.4\"N 5°07'31.8\"W", (52.098722, -5.1255)),
    ("52° 5.924' N, 5° 7.530' E", (52.098733, 5.1255)),
    ("$GPGGA,154647,5205.9242,N,00507.5302,E,1,08,0.9,5.4,M,46.9,M,,", (52.098737, 5.125503)),
    ("$GNRMC,154647,A,5205.9242,S,00507.5302,W,0.0,0.0,051225,,,A*6C", (-52.098737, -5.125503)),
    ("$GPGLL,5205.9242,N,00507.5302,E,154647,A", (52.098737, 5.125503)),
    ("5205.9242,N,00507.5302,E", (52.098737, 5.125503)),
    ("5205.9242N 00507.5302W", (52.098737, -5.125503)),
]


@pytest.mark.parametrize(("text", "position"), TEXTS)
def test_every_way_to_write_a_position_is_read(text: str, position: tuple[float, float]) -> None:
    assert position_from_text(text) == position


@pytest.mark.parametrize(
    "text",
    [
        "$GPRMC,154647,V,5205.9242,N,00507.5302,E,,,051225,,,N",
        "$GPGGA,154647,5205.9242,N,00507.5302,E,0,00,,,M,,M,,",
        "$GPGLL,5205.9242,N,00507.5302,E,154647,V",
        "$GNRMC,154647,A,5206.9242,S,00507.5302,W,0.0,0.0,051225,,,A*6C",
        "$GPRMC,,V,,,,,,,,,,N",
        "http://maps.google.com/",
        "http://maps.google.com/?q=Utrecht",
        "http://maps.google.com/?q=0,0",
        "http://maps.google.com/?q=152.1,5.1",
        "52.1N 5.1N",
        "52.1 5.1E",
        "5260.9242N 00507.5302E",
        "1.2.3,4",
        "",
    ],
)
def test_no_fix_a_wrong_check_sum_and_half_a_position_are_none(text: str) -> None:
    with pytest.raises(InvalidLocationError):
        position_from_text(text)


def test_what_is_found_is_as_written_and_endless_text_is_soon_read() -> None:
    assert find_position("S1 2 3 W4 5") == (Half((1, 2, 3), True), Half((4, 5), True))
    for text in ("N1" + " " * 5000 + "x", "1" + " " * 5000 + "N", "http://" + "?q=1," * 1000, "1,1" * 1000):
        assert find_position(text) is None
