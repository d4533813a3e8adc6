"""Decides in which layout a report is written (lines, CSV with a header, JSON, XML, web page), and reads its pairs."""

import csv
import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.report_lines import MOST_KEY_CHARACTERS, MOST_PAIRS, Pair, Pairs, Pieces, line_pairs, narrow
from ingest.reading.report_markup import bounded, json_pairs, page_lines, xml_pairs

_PAGE = re.compile(
    r"<(?:!doctype html|html|head|body|table|tr|div|p|pre|br|h[1-6]|b|meta|font|center)\b", re.IGNORECASE
)
_JSON = re.compile(r"\{|\[\s*[\[{]")
_DELIMITERS = "\t;,|"
_COLUMN = re.compile(r"[^\W\d_][^:=]*")
_PAIR_CELL = re.compile(r"[^\W\d_][^:=]{0,40}[:=](?!//)")


def read_pairs(text: str) -> Pairs:
    r"""Read a report's pairs in the layout that its beginning shows. Raise UnreadableReportError.

    >>> read_pairs('{"imei": "86"}').pairs == read_pairs("imei;temp\n86;").pairs[:1] == read_pairs("IMEI:86").pairs
    True
    """
    start = text.lstrip("\ufeff\0 \t\r\n")
    if _JSON.match(start):
        return json_pairs(start.rstrip("\0 \t\r\n"))
    if _PAGE.match(start):
        return _written(page_lines(start))
    if start.startswith("<"):
        return xml_pairs(start.rstrip("\0 \t\r\n"))
    lines = (line.replace("\0", "").strip(" ") for line in re.split(r"[\r\n]+", text))
    return _written([line for line in lines if line.strip()])


def _written(lines: Sequence[str]) -> Pairs:
    for delimiter in _DELIMITERS:
        if table := _table(lines, delimiter):
            return table
    return line_pairs(lines)


def _table(lines: Sequence[str], delimiter: str) -> Pairs | None:
    """Read lines as CSV, None when their first is no header; of too many rows the last: logs grow at the end."""
    if len(lines) < 2 or delimiter not in lines[0]:
        return None
    header = _cells(lines[0], delimiter)
    header = _without_end(header, len(header) - 1)
    first = _without_end(_cells(lines[1], delimiter), len(header))
    if not _is_header(header) or not _is_row(first, len(header)):
        return None
    rows = lines[1:][-(MOST_PAIRS // len(header) or 1) :]
    written: list[Pair] = []
    stands_in: list[int] = []
    strange = [f"{len(lines) - 1 - len(rows)} rows before the last {len(rows)}"] if len(rows) < len(lines) - 1 else []
    for number, line in enumerate(rows):
        cells = _without_end(_cells(line, delimiter), len(header))
        if len(cells) == len(header):
            written += zip(header, cells, strict=True)
            stands_in += [number] * len(header)
        else:
            strange.append(line[:MOST_KEY_CHARACTERS])
    pieces = Pieces(f"{lines[0]}\n", tuple(f"{line}\n" for line in rows))
    pairs = bounded(written, stands_in, pieces)
    return replace(pairs, strange=(*strange, *pairs.strange))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        return []


def _without_end(cells: list[str], width: int) -> list[str]:
    """Return cells without an empty one at the end that is one too many: many logs end each line in a delimiter."""
    return cells[:-1] if len(cells) == width + 1 and not cells[-1].strip() else cells


def _is_header(cells: Sequence[str]) -> bool:
    names = [narrow(cell).strip().lower() for cell in cells]
    return len(names) > 1 and len(set(names)) == len(names) and all(_COLUMN.fullmatch(name) for name in names)


def _is_row(cells: Sequence[str], width: int) -> bool:
    """Say whether the line below a header has values: a figure somewhere, and no `key:value` in any cell."""
    has_figure = any(re.search(r"\d", cell) for cell in cells)
    return len(cells) == width and has_figure and not any(_PAIR_CELL.match(cell) for cell in cells)
