"""Reads a camera's report: its encoding, line by line, and its `key:value` lines, split at the first colon."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.reading.exif_values import MOST_CHARACTERS, clean

_NAME = re.compile(r"\.txt(\.\d+)?$", re.IGNORECASE)
_LINE_END = re.compile(r"[\r\n]+")
# In GBK the same bytes are a rare character, so Latin-1 is tried first.
_LATIN_DEGREE = re.compile(rb"[\xb0\xba]\s*[CF]")
_MOST_LINES = 200
_MOST_KEY_CHARACTERS = 64


@dataclass(frozen=True)
class Report:
    """A report's values by key, keys in lower case; `strange` are the lines that are not `key:value`, shortened."""

    values: Mapping[str, str] = field(default_factory=dict)
    strange: tuple[str, ...] = ()


def is_report_name(path: str) -> bool:
    """Say whether an upload path names a report; servers add `.1` to a name that is there already.

    >>> is_report_name("a/861943070068027-05122025154647-dr.TXT"), is_report_name("a.txt.1"), is_report_name("txt")
    (True, True, False)
    """
    return _NAME.search(path) is not None


def read_report(content: bytes) -> Report:
    r"""Read a report. A key that comes twice has its last value, as cameras add new lines at the end.

    >>> read_report(b"IMEI:861943070068027\r\nTemp:24\xa1\xe6\nhello\n")
    Report(values={'imei': '861943070068027', 'temp': '24℃'}, strange=('hello',))
    """
    values: dict[str, str] = {}
    strange: list[str] = []
    lines = [line for line in map(clean, _decode(content)) if line]
    for line in lines[:_MOST_LINES]:
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not (colon and 0 < len(key) <= _MOST_KEY_CHARACTERS and len(value) <= MOST_CHARACTERS):
            strange.append(line[:_MOST_KEY_CHARACTERS])
        elif value or key.lower() not in values:
            values[key.lower()] = value
    if len(lines) > _MOST_LINES:
        strange.append(f"{len(lines) - _MOST_LINES} lines after line {_MOST_LINES}")
    return Report(values, tuple(strange))


def _decode(content: bytes) -> list[str]:
    if encoding := _wide_encoding(content):
        return _LINE_END.split(content.decode(encoding, "replace"))
    return [_decode_line(line) for line in re.split(rb"[\r\n]+", content.removeprefix(b"\xef\xbb\xbf"))]


def _wide_encoding(content: bytes) -> str | None:
    """Return the UTF-16 that a report is in: its byte order mark says so, or every other byte of its start is NUL."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = content[:64]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if len(start) < 4 or max(even, odd) * 4 < len(start):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if not _LATIN_DEGREE.search(line):
        try:
            return line.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return line.decode("latin-1")
