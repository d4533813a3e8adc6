r"""Turns what Pillow's EXIF reader gives into values that JSON can hold and people can read.

Text ends at its first NUL, as the standard says: what lies behind it is left over from an earlier text. It loses
surrounding white space and is otherwise whole; only what is longer than anything a camera says is cut, and says so.
A rational that is no number, such as 0/0, stays the text `0/0`.
"""

import math
from collections.abc import Mapping
from typing import Any

from PIL.TiffImagePlugin import IFDRational

from ingest.reading.exif_directories import Endian

MOST_CHARACTERS = 1000
_MOST_NUMBERS = 64
_MOST_SMALL_BYTES = 16
_USER_COMMENT = 0x9286
_CODE_BYTES = 8
_WINDOWS_TEXT = range(0x9C9B, 0x9CA0)  # XPTitle to XPSubject: UTF-16 LE in a BYTE field
_JIS = ("iso2022_jp_2", "utf-8", "cp932")  # the standard's, and what cameras write under that name
_ASCII_SAMPLE = rb"CAM-0017 \1"
_ASCII_SPACE = " \t\r\n\v\f"
_WIDE: Mapping[Endian, str] = {"<": "utf-16-le", ">": "utf-16-be"}
_MARKS: Mapping[bytes, Endian] = {b"\xff\xfe": "<", b"\xfe\xff": ">"}


def clean(text: str) -> str:
    r"""Return text without NULs and without white space around it.

    >>> clean("  SY\0 \0")
    'SY'
    """
    return text.replace("\0", "").strip()


def json_value(tag: int, value: Any, endian: Endian) -> Any:
    """Return a tag's value as text, number, or list of these."""
    if isinstance(value, str):  # Pillow reads an ASCII field as Latin-1, whatever is in it
        return narrow_text(value.encode("latin-1", "replace"))
    if isinstance(value, bytes):
        return _from_bytes(tag, value, endian)
    if isinstance(value, tuple):
        if len(value) > _MOST_NUMBERS:
            return f"({len(value)} values)"
        values = [json_value(tag, part, endian) for part in value]
        return values[0] if len(values) == 1 else values
    return _number(value)


def narrow_text(raw: bytes, encoding: str | None = None) -> str:
    r"""Return the text in bytes: in this encoding, or else in UTF-8, or else in Latin-1, which takes all.

    >>> narrow_text(b"CAM-0017\0\0OLD99"), narrow_text("测试01".encode("gbk"), "gbk")
    ('CAM-0017', '测试01')
    """
    # Latin-1 has white space of its own, which is half of a character in other encodings.
    raw = raw.partition(b"\0")[0].strip(_ASCII_SPACE.encode())
    return _cut(_decoded(raw, (encoding, "utf-8") if encoding else ("utf-8",)).strip())


def is_encoding(name: str) -> bool:
    """Say whether Python knows an encoding of this name that takes ASCII as it is.

    >>> is_encoding("gbk"), is_encoding("hex"), is_encoding("gkb"), is_encoding("utf-16")
    (True, False, False, False)
    """
    try:
        return _ASCII_SAMPLE.decode(name) == _ASCII_SAMPLE.decode()
    except (LookupError, ValueError):
        return False


def foreign_bytes(tag: int, value: Any) -> bytes | None:
    """Return the bytes of a text that another encoding may read better; None when it is ASCII or says its encoding."""
    if isinstance(value, str):
        return None if value.isascii() else value.encode("latin-1", "replace")
    if tag != _USER_COMMENT or not isinstance(value, bytes) or value.isascii():
        return None
    return None if value.startswith((b"UNICODE", b"JIS")) else _comment_body(value)


def _decoded(raw: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeError:
            continue
    return raw.decode("latin-1")


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    return f"{text[:MOST_CHARACTERS]}… ({len(text)} characters)"


def _from_bytes(tag: int, value: bytes, endian: Endian) -> Any:
    if tag in _WINDOWS_TEXT:
        return _wide_text(value, "<")
    if tag == _USER_COMMENT:
        return _user_comment(value, endian)
    text = clean(value.decode("latin-1"))
    if text.isascii() and text.isprintable():
        # No text by its type, so it need not end at a NUL when it begins with one.
        return narrow_text(value) or _cut(text) if text or len(value) > _MOST_SMALL_BYTES else list(value)
    return list(value) if len(value) <= _MOST_SMALL_BYTES else f"({len(value)} bytes)"


def _user_comment(value: bytes, endian: Endian) -> str:
    """Read a comment as the 8 bytes before it say (Exif 2.3, section 4.6.5)."""
    body = _comment_body(value)
    if value.startswith(b"UNICODE"):
        order = _MARKS.get(body[:2])
        return _wide_text(body[2:], order) if order else _wide_text(body, _likely_order(body, endian))
    if value.startswith(b"JIS"):
        return _cut(_decoded(body.partition(b"\0")[0], _JIS).strip())
    return narrow_text(body)


def _comment_body(value: bytes) -> bytes:
    code = value[:_CODE_BYTES]
    known = code.startswith((b"ASCII", b"UNICODE", b"JIS")) or not code.strip(b"\0 ")
    return value[_CODE_BYTES:] if known else value


def _likely_order(body: bytes, endian: Endian) -> Endian:
    """Return the byte order of UTF-16 text: the upper halves of a text's characters are few, the lower ones many.

    The standard wants the order of the block; many cameras write the other one.
    """
    even, odd = len(set(body[::2])), len(set(body[1::2]))
    if even == odd:
        return endian
    return ">" if even < odd else "<"


def _wide_text(raw: bytes, order: Endian) -> str:
    return _cut(raw.decode(_WIDE[order], "replace").partition("\0")[0].strip())


def _number(value: Any) -> Any:
    if isinstance(value, IFDRational):
        top, bottom = value.numerator, value.denominator
        if not bottom:
            return f"{top}/0"
        value = int(top) if bottom == 1 else float(top) / float(bottom)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _cut(clean(str(value)))
    return value if math.isfinite(value) else str(value)
