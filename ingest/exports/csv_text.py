"""Writes tables as CSV that a spreadsheet opens without running what a stranger wrote into a name."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: object) -> object:
    """Return a value for a cell; text that a spreadsheet takes for a formula gets an apostrophe in front (OWASP).

    >>> cell("=HYPERLINK(1)"), cell(-3.5), cell("oak"), cell(None)
    ("'=HYPERLINK(1)", -3.5, 'oak', '')
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = "".join(character if character.isprintable() else " " for character in str(value)[:1000])
    return f"'{text}" if text.lstrip().startswith(_FORMULA_STARTS) or str(value).startswith(_FORMULA_STARTS) else text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of a CSV file."""
    for row in chain([header], rows):
        line = StringIO()
        csv.writer(line).writerow([cell(value) for value in row])
        yield line.getvalue()


def stream_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a CSV file with a byte order mark, which Excel needs to read UTF-8."""
    return marked(csv_lines(header, rows))


def marked(lines: Iterable[str]) -> Iterator[str]:
    """Yield the byte order mark, then the lines."""
    return chain(["\ufeff"], lines)
