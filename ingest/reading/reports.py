"""Reads a camera's report: its encoding, its layout, and of a file that holds several the last one and the others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.reading.report_blocks import MOST_KEYS, Blocks, last_report
from ingest.reading.report_layouts import read_pairs
from ingest.reading.report_lines import Pair, Pairs
from ingest.reading.report_markup import UnreadableReportError
from ingest.reading.report_texts import earlier_texts

ENDINGS = ("txt", "csv", "json", "log", "htm", "html", "xml")
_NAME = re.compile(rf"\.(?:{'|'.join(ENDINGS)})(\.\d+)?$", re.IGNORECASE)
# In GBK the same bytes are a rare character, so Latin-1 is tried first.
_LATIN_DEGREE = re.compile(rb"[\xb0\xba]\s*[CF]")


@dataclass(frozen=True)
class Report:
    """A report's values by key, keys in lower case.

    `strange` is what is no key and value, shortened; `before` is how each report begins that stands before this one in
    the same file, and `earlier` the texts of those, None for one that has none; `problem` says why nothing could be
    read, and fits behind `because`.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    strange: tuple[str, ...] = ()
    before: tuple[Pair, ...] = ()
    problem: str | None = None
    earlier: tuple[bytes | None, ...] = ()


def is_report_name(path: str) -> bool:
    """Say whether an upload path names a report; servers add `.1` to a name that is there already.

    >>> is_report_name("a/861943070068027-05122025154647-dr.TXT"), is_report_name("a.csv.1"), is_report_name("txt")
    (True, True, False)
    """
    return _NAME.search(path) is not None


def read_report(content: bytes) -> Report:
    r"""Read a report; of several in one file the last one, as cameras add new lines at the end.

    >>> read_report(b"IMEI:861943070068027\r\nTemp:24\xa1\xe6\nhello\n").values
    {'imei': '861943070068027', 'temp': '24℃'}
    """
    try:
        read, blocks = _read(content)
    except UnreadableReportError as error:
        return Report(problem=str(error))
    too_many = (f"{blocks.left_out} values after the first {MOST_KEYS}",) if blocks.left_out else ()
    earlier = earlier_texts(read, blocks, _values_alone) if blocks.spans else ()
    return Report(blocks.values, (*read.strange, *too_many), blocks.before, earlier=earlier)


def _read(content: bytes) -> tuple[Pairs, Blocks]:
    read = read_pairs(_decode(content))
    return read, last_report(read.pairs)


def _values_alone(content: bytes) -> Mapping[str, str] | None:
    try:
        _, blocks = _read(content)
    except UnreadableReportError:
        return None
    return None if blocks.before else blocks.values


def _decode(content: bytes) -> str:
    if encoding := _wide_encoding(content):
        return content.decode(encoding, "replace")
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return "\n".join(_decode_line(line) for line in re.split(rb"[\r\n]+", content))


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
