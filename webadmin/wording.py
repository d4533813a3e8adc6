"""Codes, marked values and a report's figures as words that a person reads. Pure."""

import re

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
