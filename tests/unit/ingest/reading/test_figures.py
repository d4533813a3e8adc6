"""Figures of reports: units, decimal commas, thousands, and what cannot be the figure."""

from collections.abc import Callable

import pytest

from ingest.reading import figures
from ingest.reading.figures import NoFigureError, card_mb, size_mb

GOOD: list[tuple[Callable[[str], object], str, object]] = [
    (figures.percent, "60%", 60),
    (figures.percent, "60", 60),
    (figures.percent, "99,5 %", 99.5),
    (figures.percent, "60% (11.8V)", 60),
    (figures.percent, "11.8V / 60%", 60),
    (figures.percent, "FULL", 100),
    (figures.percent, "Empty", 0),
    (figures.bars, "3/4", 75),
    (figures.bars, "21/31", 68),
    (figures.bars, "3 of 4 bars", 75),
    (figures.bars, "0/5", 0),
    (figures.bars, "Full", 100),
    (figures.volts, "11.8V", 11.8),
    (figures.volts, "11,8 V", 11.8),
    (figures.volts, "11800mV", 11.8),
    (figures.volts, "60% (11.8V)", 11.8),
    (figures.volts, "6 Volts", 6),
    (figures.volts, "6.05", 6.05),
    (figures.dbm, "-71dBm", -71),
    (figures.dbm, "−71 dBm", -71),
    (figures.dbm, "-71", -71),
    (figures.dbm, "21 (-71.5 dBm)", -71.5),
    (figures.csq, "21/31", 21),
    (figures.csq, "21 (-71dBm)", 21),
    (figures.csq, "99", None),
    (figures.integer, "1,159", 1159),
    (figures.integer, "1.159", 1159),
    (figures.integer, "1'159", 1159),
    (figures.integer, "12,345,678", 12345678),
    (figures.integer, "0159", 159),
    (figures.degrees, "52.1", 52.1),
    (figures.degrees, "-52,1", -52.1),
    (figures.degrees, "52.1N", 52.1),
    (figures.degrees, "S 52.1°", -52.1),
    (figures.celsius, "21,5℃", 21.5),
    (figures.used_percent, "21/31", 32.3),
    (figures.used_percent, "21,99GB/29,8GB", 26.2),
]


@pytest.mark.parametrize(("read", "text", "value"), GOOD)
def test_a_figure_is_read(read: Callable[[str], object], text: str, value: object) -> None:
    assert read(text) == value


BAD: list[tuple[Callable[[str], object], list[str]]] = [
    (figures.percent, ["101%", "-1%", "60% 70%", "half", "11.8V", "60V", ""]),
    (figures.bars, ["5/4", "0/0", "3", "60%", "-1/4"]),
    (figures.volts, ["60%", "0V", "-6V", "11800", "6V 12V", "230V"]),
    (figures.dbm, ["71dBm", "0dBm", "-200dBm", "21", "-71dBm -80dBm"]),
    (figures.csq, ["32", "-5", "21/30", "21,5"]),
    (figures.integer, ["21,99", "1,15", "1,1590", "1,159.5", "1,159.000", "1e5", "-1", "9" * 5000, ","]),
    (figures.degrees, ["N52.1N", "52.1X", "-52.1S", "nan", "1e5", ""]),
    (figures.used_percent, ["31/21", "0/0", "21", "21/31K"]),
]


@pytest.mark.parametrize(("read", "text"), [(read, text) for read, texts in BAD for text in texts])
def test_what_cannot_be_the_figure_says_what_was_expected(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(NoFigureError, match=r"^is `.*`; expected .+"):
        read(text)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("59405M", "M", 59405),
        ("59405", "M", 59405),
        ("59,405 MB", "M", 59405),
        ("21,99 GB", "M", 22517.76),
        ("21.99", "G", 22517.76),
        ("29,813GB", "M", 30528.512),
        ("1,5 TiB", "M", 1572864),
        ("512.5M", "M", 512.5),
    ],
)
def test_a_size_has_its_own_unit_or_that_of_its_profile(text: str, unit: str, value: float) -> None:
    assert size_mb(text, unit) == value


@pytest.mark.parametrize("text", ["", "M", "1,2,3 GB", "5 K", "-5M", "59405M/59628M", "9" * 400])
def test_what_is_no_size_says_so(text: str) -> None:
    with pytest.raises(NoFigureError, match=r"^is `.*`; expected a size such as 59405M"):
        size_mb(text, "M")


def test_a_card_without_any_unit_is_only_read_where_its_unit_is_known() -> None:
    assert card_mb("21/31", "G") == (21504, 31744)
    assert card_mb("21/31GB", "M") == (21504, 31744)
    assert card_mb("59405/59628", "M") == (59405, 59628)
    with pytest.raises(NoFigureError, match='expected a unit, or a field that is read as = "sd_free_gb"'):
        card_mb("21/31", "M")
