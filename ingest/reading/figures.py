"""Reads the figures of reports, with their units, as cameras of all countries write them. Pure.

A comma may be a decimal comma (`21,99`) or stand between thousands (`1,159`): a whole number has no thousandths, so
three digits behind a comma are thousands there and decimals everywhere else.
"""

import re

from ingest.spool.names import one_line

_NUMBER = r"\d{1,9}(?:[.,]\d{1,9})?"
_UNSIGNED = r"(?<![\d.,+−-])"
_PERCENT = re.compile(rf"{_UNSIGNED}({_NUMBER})\s*%", re.ASCII)
_WORDS = {"full": 100, "empty": 0}
_BARS = re.compile(r"(\d{1,3})\s*(?:/|of)\s*(\d{1,3})(?:\s*bars?)?", re.ASCII | re.IGNORECASE)
_VOLTS = re.compile(rf"{_UNSIGNED}({_NUMBER})\s*(m?)V(?:olts?)?\b", re.ASCII | re.IGNORECASE)
_MOST_VOLTS = 60
_DBM = re.compile(r"(?<![\w.,])([-−])\s?(\d{1,3}(?:[.,]\d{1,2})?)\s*dBm?\b", re.IGNORECASE)
_CSQ = re.compile(r"(\d{1,9})(?:\s*/\s*31)?(?:\s*\(.*\))?", re.ASCII)
_CSQ_UNKNOWN = 99  # 3GPP TS 27.007, section 8.5: 0 to 31, and 99 for "not known or not detectable"
_TEMPERATURE = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*(.*)", re.ASCII)
_FAHRENHEIT = re.compile(r"℉|fahrenheit|^[\Wº]*f\b", re.IGNORECASE)
_CELSIUS = re.compile(r"℃|celsius|度|^[\Wº]*c?\W*$", re.IGNORECASE)
_BOTH_UNITS = re.compile(r"[/(,;]")
THOUSANDS = re.compile(r"\d{1,3}(?:([.,'’ ])\d{3})(?:\1\d{3})*", re.ASCII)
_INTEGER = re.compile(r"\d{1,9}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,15})?", re.ASCII)
_DEGREES = re.compile(r"([NSEW]?)\s*([+-]?\d{1,9}(?:[.,]\d{1,15})?)\s*°?\s*([NSEW]?)", re.ASCII | re.IGNORECASE)


class NoFigureError(Exception):
    """A text cannot be the figure; the error says what it is and what was expected."""


def percent(text: str) -> int | float:
    """Read a percentage, alone or beside something else, or the word for all or nothing.

    >>> percent("60%"), percent("60% (11.8V)"), percent("99,5 %"), percent("Full")
    (60, 60, 99.5, 100)
    """
    if (word := _WORDS.get(text.lower())) is not None:
        return word
    found = _PERCENT.findall(text) or re.findall(rf"\A{_NUMBER}\Z", text, re.ASCII)
    if len(found) != 1 or decimal(found[0]) > 100:
        raise unreadable(text, "0% to 100%")
    return plain(decimal(found[0]))


def bars(text: str) -> int | float:
    """Read bars of bars as a percentage.

    >>> bars("21/31"), bars("3 of 4 bars"), bars("Full")
    (68, 75, 100)
    """
    if found := _BARS.fullmatch(text):
        lit, most = int(found[1]), int(found[2])
        if 0 <= lit <= most > 0:
            return round(lit / most * 100)
    elif text.lower() in _WORDS:
        return _WORDS[text.lower()]
    raise unreadable(text, "bars of bars such as 3/4")


def volts(text: str) -> int | float:
    """Read a battery's voltage.

    >>> volts("11.8V"), volts("60% (11,8 V)"), volts("11800mV"), volts("12")
    (11.8, 11.8, 11.8, 12)
    """
    found = _VOLTS.findall(text) or [(number, "") for number in re.findall(rf"\A{_NUMBER}\Z", text, re.ASCII)]
    value = decimal(found[0][0]) / (1000 if found[0][1] else 1) if len(found) == 1 else 0
    if not 0 < value <= _MOST_VOLTS:
        raise unreadable(text, "a battery's voltage such as 11.8V")
    return plain(round(value, 3))


def dbm(text: str) -> int | float:
    """Read a signal's strength.

    >>> dbm("-71dBm"), dbm("21 (-71 dBm)"), dbm("-71")
    (-71, -71, -71)
    """
    found = _DBM.findall(text) or re.findall(r"\A([-−])(\d{1,3}(?:[.,]\d{1,2})?)\Z", text)
    value = -decimal(found[0][1]) if len(found) == 1 else 0
    if not -150 <= value < 0:
        raise unreadable(text, "a signal's strength such as -71dBm")
    return plain(value)


def csq(text: str) -> int | None:
    """Read a modem's signal quality; None when it does not know.

    >>> csq("21"), csq("21/31"), csq("21 (-71dBm)"), csq("99")
    (21, 21, 21, None)
    """
    found = _CSQ.fullmatch(text)
    value = int(found[1]) if found else -1
    if value == _CSQ_UNKNOWN:
        return None
    if not 0 <= value <= 31:
        raise unreadable(text, "0 to 31, or 99 for unknown")
    return value


def celsius(text: str) -> int | float:
    """Read a temperature; Fahrenheit is converted.

    >>> celsius("24℃"), celsius("-7,5 Celsius Degree"), celsius("75 F")
    (24, -7.5, 23.9)
    """
    if not (found := _TEMPERATURE.fullmatch(text)):
        raise unreadable(text, "a temperature such as 24℃")
    degrees, unit = float(found[1].replace(",", ".")), _BOTH_UNITS.split(found[2])[0].strip()
    if _FAHRENHEIT.search(unit):
        degrees = (degrees - 32) / 1.8
    elif not _CELSIUS.search(unit):
        raise unreadable(text, "a temperature in Celsius or Fahrenheit")
    if not -90 <= degrees <= 120:
        raise unreadable(text, "a temperature that occurs on earth")
    return plain(round(degrees, 1))


def integer(text: str) -> int:
    """Read a count.

    >>> integer("0159"), integer("1,159"), integer("1.159"), integer("12 345")
    (159, 1159, 1159, 12345)
    """
    digits = re.sub(r"\D", "", text, flags=re.ASCII) if len(text) <= 12 and THOUSANDS.fullmatch(text) else text
    if not _INTEGER.fullmatch(digits):
        raise unreadable(text, "a whole number")
    return int(digits)


def number(text: str) -> float:
    """Read signed degrees, of which the half of the earth is known by the sign alone."""
    if not _DECIMAL.fullmatch(text):
        raise unreadable(text, "a number")
    return float(text)


def degrees(text: str) -> float:
    """Read degrees, also with a decimal comma or with the letter of a half of the earth.

    >>> degrees("-32.5"), degrees("52,098737"), degrees("32.5 S")
    (-32.5, 52.098737, -32.5)
    """
    found = _DEGREES.fullmatch(text)
    letter = (found[1] or found[3]).upper() if found else ""
    if not found or (found[1] and found[3]) or (letter and found[2][0] in "+-"):
        raise unreadable(text, "degrees such as 52.1, 52,1 or 52.1N")
    value = decimal(found[2])
    return -value if letter and letter in "SW" else value


def unreadable(text: str, expected: str) -> NoFigureError:
    """Return the error of a text that cannot be what was expected."""
    return NoFigureError(f"is `{one_line(text, 60)}`; expected {expected}")


def decimal(number: str) -> float:
    """Return a number that may have a decimal comma."""
    return float(number.replace(",", "."))


def plain(value: float) -> int | float:
    """Return a whole number without its empty fraction."""
    return int(value) if value == int(value) else value
