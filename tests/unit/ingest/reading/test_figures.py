"""Figures of reports: units, decimal commas, thousands, and what cannot be the figure."""

from collections.abc import Callable

import pytest

from ingest.reading import figures
from ingest.reading.figures import NoFigureError

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
]


@pytest.mark.parametrize(("read", "text"), [(read, text) for read, texts in BAD for text in texts])
def test_what_cannot_be_the_figure_says_what_was_expected(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(NoFigureError, match=r"^is `.*`; expected .+"):
        read(text)
