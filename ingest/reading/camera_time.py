"""A camera's date and time as its text gives it, read strictly by the formats that a profile names.

The directives are Python's, but a format takes as many digits as it says: Python's own reader makes 01:01:05 of the
minute in `202611210115`, and of a time that was cut a wrong one.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ingest.spool.names import one_line

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DIRECTIVES = {
    "Y": r"\d{4}",
    "y": r"\d\d",
    "m": r"\d\d",
    "b": "|".join(name[:3] for name in _MONTHS),
    "B": "|".join(_MONTHS),
    "d": r"\d\d",
    "j": r"\d{3}",
    "a": "|".join(name[:3] for name in _DAYS),
    "A": "|".join(_DAYS),
    "H": r"\d\d",
    "I": r"\d\d",
    "p": "[AP]M",
    "M": r"\d\d",
    "S": r"\d\d",
    "f": r"\d{1,6}",
    "z": r"Z|UTC|GMT|[+-]\d\d:?[0-5]\d",
}
_UNPADDED = frozenset("mdHIMS")
_UNPADDED_DIGITS = r"\d{1,2}"
_PART = re.compile(r"%(-?)(.)|(\s+)|([^%\s]+)", re.DOTALL)
_NEEDED = ("Yy", "mbBj", "dj", "HI", "M")
_TAIL = r"[^\w+]*"
"""What may follow a time without a word: spaces, colons and such, where a camera left out a part of it."""
_EPOCHS = {"epoch": (1, r"\d{9,10}(?:\.\d{1,9})?"), "epoch_ms": (1000, r"\d{12,13}")}
_EXAMPLE = datetime(2025, 12, 5, 15, 46, 7, tzinfo=UTC)
_OFFSET = re.compile(r"([+-])(\d\d):?([0-5]\d)", re.ASCII)
_NO_OFFSET = frozenset({"Z", "UTC", "GMT"})


@dataclass(frozen=True)
class TimeFormat:
    """How one format is read: `pattern` has a group for each directive; `unit` is set where it counts from 1970."""

    text: str
    pattern: re.Pattern[str]
    unit: int | None = None


@dataclass(frozen=True)
class CameraTime:
    """What a camera's clock said, naive; the offset from UTC that the text itself gives; whether it counts in UTC."""

    local: datetime
    offset: timedelta | None = None
    counted: bool = False


class NoTimeError(Exception):
    """No format reads the text; it says what the text is and what was expected, and fits behind `the date`."""


def time_format(text: str) -> TimeFormat | None:
    """Return the format, None for what is none or does not give year to minute.

    >>> [time_format(text) is not None for text in ("%Y:%m:%d %H:%M:%S", "%d.%m.%y %H:%M", "epoch", "%Y:%m:%d", "%Q")]
    [True, True, True, False, False]
    """
    if text in _EPOCHS:
        unit, digits = _EPOCHS[text]
        return TimeFormat(text, re.compile(digits, re.ASCII), unit)
    parts = list(_PART.finditer(text))
    names = [part[2] for part in parts if part[2] and part[2] != "%"]
    given = set(names)
    has_all = all(given & set(needed) for needed in _NEEDED) and ("p" in given) == ("I" in given)
    is_known = given <= _DIRECTIVES.keys() and all(part[2] in _UNPADDED for part in parts if part[1])
    if not (has_all and is_known) or len(given) < len(names) or "".join(part[0] for part in parts) != text:
        return None
    return TimeFormat(text, re.compile("".join(map(_pattern, parts)) + _TAIL, re.ASCII | re.IGNORECASE))


def _pattern(part: re.Match[str]) -> str:
    unpadded, directive, space, other = part.groups()
    if directive == "%":
        return "%"
    if directive:
        return f"(?P<{directive}>{_UNPADDED_DIGITS if unpadded else _DIRECTIVES[directive]})"
    return r"\s+" if space else re.escape(other)


def read_camera_time(text: str, formats: tuple[TimeFormat, ...]) -> CameraTime | None:
    """Read a time by the first format that fits; None for one of blanks (`    :  :  `), the standard's way to say none.

    Raise NoTimeError.
    """
    if not re.search(r"\d", text):
        return None
    for form in formats:
        if (found := form.pattern.fullmatch(text)) and (time := _time(found, form.unit)):
            return time
    expected = " or ".join(f"{_example(form)} ({form.text})" for form in formats)
    raise NoTimeError(f"is `{one_line(text, 60)}`; expected a date and time such as {expected}")


def in_zone(time: CameraTime, zone: ZoneInfo) -> datetime:
    """Return the local time of a camera in this zone; what its own clock says stays as it is."""
    if not time.counted:
        return time.local
    return time.local.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def time_text(moment: datetime) -> str:
    """Return a time in ISO 8601, with the fraction of a second that it has.

    >>> time_text(datetime(2025, 12, 5, 15, 46, 7)), time_text(datetime(2025, 12, 5, 15, 46, 7, 120_000))
    ('2025-12-05T15:46:07', '2025-12-05T15:46:07.120')
    """
    return moment.isoformat(timespec="auto" if moment.microsecond % 1000 or not moment.microsecond else "milliseconds")


def parse_offset(text: str | None) -> timedelta | None:
    """Read an offset from UTC; None when there is none or it is none.

    >>> parse_offset("+01:00"), parse_offset("-0930"), parse_offset("   :  ")
    (datetime.timedelta(seconds=3600), datetime.timedelta(days=-1, seconds=52200), None)
    """
    if text in _NO_OFFSET:
        return timedelta(0)
    found = _OFFSET.fullmatch(text or "")
    if not found or int(found[2]) > 14:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -offset if found[1] == "-" else offset


def _time(found: re.Match[str], unit: int | None) -> CameraTime | None:
    try:
        if unit:
            counted = datetime(1970, 1, 1) + timedelta(seconds=1) * float(found[0]) / unit  # noqa: DTZ001 - its zone is apart
            return CameraTime(counted, timedelta(0), counted=True)
        said = {name: text.upper() for name, text in found.groupdict().items()}
        local = _date(said) + timedelta(hours=_hour(said), minutes=_below(60, said, "M"), seconds=_below(60, said, "S"))
        offset = parse_offset(said.get("z"))
        if "z" in said and offset is None:
            return None
        return CameraTime(local.replace(microsecond=int(said.get("f", "0").ljust(6, "0"))), offset)
    except (ValueError, OverflowError):
        return None


def _date(said: dict[str, str]) -> datetime:
    year = int(said["Y"]) if "Y" in said else 2000 + int(said["y"]) - (100 if int(said["y"]) > 68 else 0)  # as POSIX
    if "j" in said:
        day = datetime(year, 1, 1) + timedelta(days=int(said["j"]) - 1)  # noqa: DTZ001 - a camera's clock has no zone
        if day.year != year:
            raise ValueError("no such day of the year")
        return day
    month = int(said["m"]) if "m" in said else _month(said.get("b") or said["B"])
    return datetime(year, month, int(said["d"]))  # noqa: DTZ001 - as above


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.upper().startswith(name))


def _hour(said: dict[str, str]) -> int:
    if "H" in said:
        return _below(24, said, "H")
    hour = _below(13, said, "I")
    if not hour:
        raise ValueError("no such hour before or after noon")
    return hour % 12 + (12 if said["p"] == "PM" else 0)


def _below(limit: int, said: dict[str, str], name: str) -> int:
    value = int(said.get(name, "0"))
    if value >= limit:
        raise ValueError(f"%{name} is {value}")
    return value


def _example(form: TimeFormat) -> str:
    if form.unit:
        return str(int(_EXAMPLE.timestamp()) * form.unit)
    return _EXAMPLE.strftime(form.text)
