r"""Turns what Pillow's EXIF reader gives into values that JSON can hold and people can read.

Text loses NULs and surrounding white space and is otherwise whole; only what is longer than anything a camera says is
cut, and says so. A rational that is no number, such as 0/0, stays the text `0/0`.
"""

import math
from typing import Any

from PIL.TiffImagePlugin import IFDRational

from ingest.reading.exif_directories import Endian

MOST_CHARACTERS = 1000
_MOST_NUMBERS = 64
_MOST_SMALL_BYTES = 16
_USER_COMMENT = 0x9286
_WINDOWS_TEXT = range(0x9C9B, 0x9CA0)  # XPTitle to XPSubject: UTF-16 LE in a BYTE field


def clean(text: str) -> str:
    r"""Return text without NULs and without white space around it.

    >>> clean("  SY\0 \0")
    'SY'
    """
    return text.replace("\0", "").strip()


def json_value(tag: int, value: Any, endian: Endian) -> Any:
    """Return a tag's value as text, number, or list of these."""
    if isinstance(value, str):
        return _cut(clean(_readable(value)))
    if isinstance(value, bytes):
        return _from_bytes(tag, value, endian)
    if isinstance(value, tuple):
        if len(value) > _MOST_NUMBERS:
            return f"({len(value)} values)"
        values = [json_value(tag, part, endian) for part in value]
        return values[0] if len(values) == 1 else values
    return _number(value)


def _readable(text: str) -> str:
    """Pillow reads ASCII fields as Latin-1; many cameras write UTF-8."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    return f"{text[:MOST_CHARACTERS]}… ({len(text)} characters)"


def _from_bytes(tag: int, value: bytes, endian: Endian) -> Any:
    if tag in _WINDOWS_TEXT:
        return _cut(clean(value.decode("utf-16-le", "replace")))
    if tag == _USER_COMMENT:
        value, encoding = _user_comment(value, endian)
        return _cut(clean(value.decode(encoding, "replace")))
    text = clean(value.decode("latin-1"))
    if text.isascii() and text.isprintable():
        return _cut(text) if text or len(value) > _MOST_SMALL_BYTES else list(value)
    return list(value) if len(value) <= _MOST_SMALL_BYTES else f"({len(value)} bytes)"


def _user_comment(value: bytes, endian: Endian) -> tuple[bytes, str]:
    """Split off the 8 bytes that name the encoding (Exif 2.3, section 4.6.5)."""
    code, text = value[:8], value[8:]
    if code.startswith(b"UNICODE"):
        return text, "utf-16-le" if endian == "<" else "utf-16-be"
    known = code.startswith((b"ASCII", b"JIS")) or not code.strip(b"\0 ")
    return (text if known else value), "latin-1"


def _number(value: Any) -> Any:
    if isinstance(value, IFDRational):
        top, bottom = value.numerator, value.denominator
        if not bottom:
            return f"{top}/0"
        value = int(top) if bottom == 1 else float(top) / float(bottom)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _cut(clean(str(value)))
    return value if math.isfinite(value) else str(value)
