"""How good a camera's signal is, from whichever figure its reports tell: CSQ, dBm or a percentage. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CSQ_MOST = 31
CSQ_UNKNOWN = 99

_BANDS = ((20, "excellent"), (15, "good"), (10, "fair"), (2, "poor"), (0, "none"))


@dataclass(frozen=True)
class Signal:
    """A signal: its strength on the scale of CSQ, 0 to 31, and the figure as the camera tells it."""

    strength: float
    figure: str
    scale: str = ""

    @property
    def band(self) -> str:
        """The signal in a word."""
        return signal_band(self.strength)


def read_signal(row: Mapping[str, Any]) -> Signal | None:
    """Return the signal of a report, None when it tells none; 99 is what a modem says when it does not know.

    3GPP TS 27.007, section 8.5: each step of CSQ is 2 dBm, from -113 dBm.

    >>> read_signal({"signal_csq": 99, "signal_dbm": -71, "signal_percent": None})
    Signal(strength=21.0, figure='-71 dBm', scale='')
    """
    csq, dbm, percent = (row[name] for name in ("signal_csq", "signal_dbm", "signal_percent"))
    if csq is not None and csq != CSQ_UNKNOWN:
        return Signal(csq, f"CSQ {csq}", f" of {CSQ_MOST}")
    if dbm is not None:
        return Signal(min(CSQ_MOST, max(0, (dbm + 113) / 2)), f"{dbm:g} dBm")
    return None if percent is None else Signal(percent * CSQ_MOST / 100, f"{percent:g} %")


def signal_band(csq: float | None) -> str:
    """Return a signal's band.

    >>> signal_band(31), signal_band(9), signal_band(None), signal_band(99)
    ('excellent', 'poor', 'unknown', 'unknown')
    """
    if csq is None or csq == CSQ_UNKNOWN:
        return "unknown"
    return next(words for least, words in _BANDS if csq >= least or least == 0)
