"""A signal is one thing, whichever of its three figures a camera tells."""

import pytest

from ingest.fleet.signals import Signal, read_signal, signal_band


@pytest.mark.parametrize(
    ("csq", "dbm", "percent", "signal", "band"),
    [
        (18, None, None, Signal(18, "CSQ 18", " of 31"), "good"),
        (18, -113, 0, Signal(18, "CSQ 18", " of 31"), "good"),
        (99, -71, None, Signal(21, "-71 dBm"), "excellent"),
        (None, -113.5, None, Signal(0, "-113.5 dBm"), "none"),
        (None, -20, None, Signal(31, "-20 dBm"), "excellent"),
        (None, None, 50, Signal(15.5, "50 %"), "good"),
        (None, None, 0, Signal(0, "0 %"), "none"),
    ],
)
def test_the_first_figure_that_is_known_is_the_signal(
    csq: int | None, dbm: float | None, percent: float | None, signal: Signal, band: str
) -> None:
    found = read_signal({"signal_csq": csq, "signal_dbm": dbm, "signal_percent": percent})
    assert found == signal
    assert found.band == band


@pytest.mark.parametrize("csq", [None, 99])
def test_no_figure_is_no_signal(csq: int | None) -> None:
    assert read_signal({"signal_csq": csq, "signal_dbm": None, "signal_percent": None}) is None


def test_bands_and_signal_99_is_unknown_and_never_excellent() -> None:
    assert [signal_band(csq) for csq in (0, 1, 2, 9, 10, 14, 15, 19, 20, 31, None, 99)] == (
        ["none", "none", "poor", "poor", "fair", "fair", "good", "good", "excellent", "excellent", "unknown", "unknown"]
    )
