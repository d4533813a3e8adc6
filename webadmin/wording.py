"""Codes, marked values and a report's figures as words that a person reads. Pure."""

import re
from datetime import datetime

from markupsafe import Markup, escape

from ingest.fleet.codes import code_words

_MARKED = re.compile(r"`([^`]+)`")
_UNITS = {"percent": "%", "c": "°C", "mb": "MB", "volts": "V", "dbm": "dBm"}
_TITLES = {
    "images_total": "Photos taken, by its own count",
    "images_sent": "Photos sent, by its own count",
    "battery_volts": "Battery voltage",
    "signal_csq": "Signal, CSQ",
    "signal_dbm": "Signal strength",
    "reported_at": "Written at, by its clock",
}


def headed(words: str) -> str:
    """Return words with a capital at the beginning; the rest stays as it is.

    >>> headed("not a JPEG")
    'Not a JPEG'
    """
    return words[:1].upper() + words[1:]


def lower_first(words: str) -> str:
    """Return words as they stand inside a sentence; abbreviations stay.

    >>> lower_first("Battery"), lower_first("SD free")
    ('battery', 'SD free')
    """
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def coded(text: str) -> Markup:
    """Return a sentence as HTML: what stands between backticks is code, everything else is only text.

    >>> coded("Make `<b>` lacks `^SY$`")
    Markup('Make <code>&lt;b&gt;</code> lacks <code>^SY$</code>')
    """
    return Markup(_MARKED.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped before


def figure(value: object) -> object:
    """Return a number without the digits that only say how computers count; everything else stays.

    >>> figure(0.06666666666666667), figure("0.0666666666")
    ('0.0666667', '0.0666666666')
    """
    return f"{value:.6g}" if isinstance(value, float) else value


def time_words(value: str) -> str:
    """Return a camera's own naive time as people write it; what is no time stays as it was said.

    >>> time_words("2026-04-30T15:46:07"), time_words("2026-04-30T15:46:00"), time_words("soon")
    ('30 Apr 2026, 15:46:07', '30 Apr 2026, 15:46', 'soon')
    """
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return moment.strftime("%d %b %Y, %H:%M:%S" if moment.second else "%d %b %Y, %H:%M").lstrip("0")


def field_title(name: str) -> str:
    """Return the title of a report's field, without its unit.

    >>> field_title("battery_percent"), field_title("sd_free_mb"), field_title("camera_id")
    ('Battery', 'SD free', 'Camera ID')
    """
    return _TITLES.get(name) or headed(code_words(_split(name)[0]))


def field_unit(name: str) -> str:
    """Return the unit that a field's name ends in, with a space before it; empty when it has none.

    >>> field_unit("battery_percent"), field_unit("images_total")
    (' %', '')
    """
    return f" {_split(name)[1]}" if _split(name)[1] else ""


def _split(name: str) -> tuple[str, str]:
    """Return the name without its unit, and the unit. A name that is only a unit stays: something must be the title."""
    stem, _, last = name.rpartition("_")
    return (stem, _UNITS[last]) if stem and last in _UNITS else (name, "")
