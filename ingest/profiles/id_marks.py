"""How likely a text is to name one camera: a serial number does; a date, a counter, a make, `snap` never do. Pure."""

import re
from collections.abc import Collection, Sequence
from enum import IntEnum
from typing import Literal

from ingest.profiles.id_words import MAKES, NUMBERED_CAMERAS, OF_ALL_CAMERAS
from ingest.profiles.time_formats import readings_of
from ingest.reading.imei import is_imei
from ingest.spool.camera_ids import camera_id_from

Kind = Literal["tag", "named", "text", "folder", "part"]
"""Where a text stands: in a tag for it, behind a key such as `SN=`, in a tag for anything, in the path."""


class Trust(IntEnum):
    """How far a text may be taken for the ID of a camera."""

    NEVER = 0
    POOR = 1
    LIKELY = 2
    SURE = 3


_ADDRESS = re.compile(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}")
_DCF_FOLDER = re.compile(r"[0-9]{3}[A-Z0-9_]{5}", re.IGNORECASE)
_COUNTER = re.compile(r"[A-Za-z]{1,8}[0-9]{2,8}|[0-9]{2,3}[A-Za-z]{0,5}|[0-9]{1,2}[a-z]")
_MAC = re.compile(r"(?=.*[A-F])(?=.*[0-9])(?:[0-9A-F]{12}|(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2})", re.IGNORECASE)
_SERIAL = re.compile(r"(?=(?:[A-Za-z]*[0-9]){5})(?=(?:[0-9]*[A-Za-z]){2})[A-Za-z0-9]{10,24}")
_DATE_IN_TEXT = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}[-_.]?[01][0-9][-_.]?[0-3][0-9](?:[0-2][0-9][0-5][0-9](?:[0-5][0-9])?[0-9]{0,3})?|[0-9]{2}[-_.][0-9]{2}[-_.](?:[0-9]{2}){1,2})(?![0-9])"
)
_WORDS = re.compile(r"[^\W\d_]+?(?=[A-Z][a-z]|[\W\d_]|$)")
_LONG_DIGITS = 10
_SHORT_PREFIX = 4
_TOO_MANY = 3


def trust_in(values: Sequence[str], kind: Kind, types: Collection[str] = ()) -> Trust:
    """Return how far these texts, one of each file, may be IDs. `types` are the makes and models of the files."""
    if not values or not all(value and camera_id_from(value) for value in values):
        return Trust.NEVER
    known = {_bare(one) for one in types} | MAKES
    if any(_bare(value) in known or not _bare(value).strip("0") for value in values):
        return Trust.NEVER
    if kind in ("tag", "named"):
        return Trust.SURE
    if any(_is_never(value) for value in values):
        return Trust.NEVER
    if all(_ADDRESS.fullmatch(value) for value in values):
        return Trust.POOR
    if kind == "text":
        return Trust.POOR
    return _of_path(values, kind)


def _bare(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalnum())


def _of_path(values: Sequence[str], kind: Kind) -> Trust:
    is_serial = all(map(_is_serial, values))
    if all(is_imei(value) for value in values):
        return Trust.SURE
    is_other_in_each = len(values) >= _TOO_MANY and len(set(values)) == len(values)
    if kind == "part" and (is_other_in_each or _counts(values)):
        return Trust.POOR if is_serial else Trust.NEVER
    if is_serial:
        return Trust.SURE
    if kind == "part" and any(_is_prefix(value) for value in values):
        return Trust.NEVER
    if all(value.isdigit() for value in values):
        return Trust.LIKELY if min(map(len, values)) >= _LONG_DIGITS else Trust.NEVER
    return Trust.LIKELY


def _is_serial(value: str) -> bool:
    return _MAC.fullmatch(value) is not None or _SERIAL.fullmatch(value) is not None


def _is_prefix(value: str) -> bool:
    """Say whether a part of a name is what a type of camera puts before its counter, such as `RCNX` or `30[M]`."""
    letters, digits = sum(map(str.isalpha, value)), sum(map(str.isdigit, value))
    return letters < 2 and digits < _LONG_DIGITS if digits else letters <= _SHORT_PREFIX and value.isupper()


def _is_never(value: str) -> bool:
    """Say whether a text is a date or a part of one, the folder of a card, a word of all cameras, or too short."""
    letters = "".join(one for one in value.casefold() if one.isalpha())
    digits = "".join(one for one in value if one in "0123456789")
    if len(value) < 2 or _DCF_FOLDER.fullmatch(value) or _DATE_IN_TEXT.search(value):
        return True
    if _is_serial(value):
        return False
    if not letters:
        return _ADDRESS.fullmatch(value) is None and (len(digits) < _LONG_DIGITS or bool(readings_of([value])))
    words = {word.casefold() for word in _WORDS.findall(value)}
    if words <= OF_ALL_CAMERAS or letters in OF_ALL_CAMERAS:
        return not (digits and letters in NUMBERED_CAMERAS)
    return re.fullmatch(r"[0-9]{1,2}[a-z]", value, re.IGNORECASE) is not None


def _counts(values: Sequence[str]) -> bool:
    """Say whether parts of names count: letters that stay, and a number that does not; alone, if they look like it."""
    if len(set(values)) == 1:
        return False
    return len({re.sub(r"[0-9]+$", "", value) for value in values}) == 1 and all(
        value[-1].isdigit() for value in values
    )


def is_counter(value: str) -> bool:
    """Say whether the last part of a name looks like a counter.

    >>> is_counter("SYFW00175"), is_counter("0001"), is_counter("4C01231PAG00A7"), is_counter("North")
    (True, True, False, False)
    """
    return value.isdigit() or _COUNTER.fullmatch(value) is not None
