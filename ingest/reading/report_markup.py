"""Reads the pairs of a report that is JSON or XML, and the lines of one that is a web page. Bounded, and pure.

Nested names are joined by a dot; the elements of a list have the name of the list, and those of numbers are one value.
XML with a document type is not read: that is where entities, and all that is dangerous in XML, would be declared.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from typing import Any
from xml.parsers import expat

from ingest.reading.report_lines import MOST_KEY_CHARACTERS, MOST_PAIRS, Pair, Pairs, Pieces, to_pair

_MOST_DEPTH = 16
_JSON = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_BETWEEN = re.compile(r"[\s,]*")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})?[^<>]{0,4000}>|[^<]+|<")
_CELLS = frozenset({"td", "th"})
_LINE_ENDS = frozenset({"tr", "br", "p", "div", "li", "dd", "h1", "h2", "h3", "h4", "table", "pre", "body", "option"})
_UNSEEN = frozenset({"script", "style", "head", "title"})


class UnreadableReportError(Exception):
    """A report is of a known layout and breaks it; the text says how and fits behind `because`."""


def json_pairs(text: str) -> Pairs:
    """Read JSON: one value, or one after the other as logs have them. Raise UnreadableReportError.

    >>> json_pairs('{"imei": "86", "sd": {"free": 21}, "gps": [52.1, 5.1], "on": true}').pairs
    (('imei', '86'), ('sd.free', '21'), ('gps', '52.1,5.1'), ('on', 'true'))
    """
    written: list[Pair] = []
    stands_in: list[int] = []
    texts: list[str] = []
    try:
        for value, piece in _values_in(text):
            pairs = list(_flat("", value, 0))
            written += pairs
            stands_in += [len(texts)] * len(pairs)
            texts.append(f"{piece}\n")
            if len(written) > MOST_PAIRS:
                break
    except json.JSONDecodeError as error:
        raise UnreadableReportError(f"it begins as JSON and breaks it in line {error.lineno}: {error.msg}") from None
    except RecursionError:
        raise UnreadableReportError("it is JSON with too many levels") from None
    return bounded(written, stands_in, Pieces(texts=tuple(texts)))


def _values_in(text: str) -> Iterator[tuple[Any, str]]:
    """Yield each value of a JSON text with its own text, of a list of several each of those."""
    position = 0
    while position < len(text):
        value, end = _JSON.raw_decode(text, position)
        if isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
            position = _behind(text, position + 1)
            for one in value:
                begin, position = position, _JSON.raw_decode(text, position)[1]
                yield one, text[begin:position]
                position = _behind(text, position)
        else:
            yield value, text[position:end]
        position = _behind(text, end)


def _behind(text: str, position: int) -> int:
    """Return where the next value begins."""
    return _BETWEEN.match(text, position).end()  # type: ignore[union-attr]


@dataclass
class _XmlWalk:
    """Where a reader of XML is: the open elements, the text since the last tag, the pairs so far with the element below
    the root that each stands in, and the bytes at which those elements begin and the last one ends."""

    position: Callable[[], int]
    names: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    written: list[Pair] = field(default_factory=list)
    stands_in: list[int] = field(default_factory=list)
    bounds: list[int] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.names) >= _MOST_DEPTH:
            raise UnreadableReportError("it is XML with too many levels")
        if len(self.names) == 1:
            self.bounds.append(self.position())
        self.names.append(name.rpartition(":")[2])
        self.texts.clear()
        for key, value in attributes.items():
            self._write(".".join([*self.names[1:], key]), value)

    def end(self, _: str) -> None:
        if value := "".join(self.texts).strip():
            self._write(".".join(self.names[1:]) or self.names[0], value)
        self.texts.clear()
        self.names.pop()
        if not self.names:
            self.bounds.append(self.position())

    def _write(self, key: str, value: str) -> None:
        self.written.append((key, value))
        self.stands_in.append(len(self.bounds) - 1 if len(self.names) > 1 else -1)

    def pieces(self, content: bytes) -> Pieces:
        """Return the text of the elements below the root, with that of the root around them."""
        texts = (content[begin:end].decode() for begin, end in pairwise(self.bounds))
        return Pieces(content[: self.bounds[0]].decode(), tuple(texts), content[self.bounds[-1] :].decode())


def xml_pairs(text: str) -> Pairs:
    """Read XML without a document type; the root's name is no part of a key. Raise UnreadableReportError.

    >>> xml_pairs('<report><imei>86</imei><sd free="21"/></report>').pairs
    (('imei', '86'), ('sd.free', '21'))
    """
    content, parser = text.encode("utf-8", "replace"), expat.ParserCreate("utf-8")
    walk = _XmlWalk(lambda: parser.CurrentByteIndex)
    parser.StartElementHandler, parser.EndElementHandler = walk.start, walk.end
    parser.CharacterDataHandler = walk.texts.append
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise UnreadableReportError(f"it begins as XML and breaks it in line {error.lineno}: {what}") from None
    return bounded(walk.written, walk.stands_in, walk.pieces(content))


def _refuse_document_type(*_: object) -> None:
    raise UnreadableReportError("it is XML with a document type (DTD), which no report needs")


def page_lines(text: str) -> list[str]:
    r"""Return what a web page shows as lines, with a tab between the cells of a table.

    >>> page_lines("<table><tr><td>IMEI</td><td>86</td></tr><tr><th>Temp<th>24&#8451;</table>Total:<b>159</b>")
    ['IMEI\t86', 'Temp\t24℃', 'Total:159']
    """
    shown: list[str] = []
    unseen = ""
    for part in _TAG.finditer(text):
        name = (part[2] or "").lower()
        if unseen or name in _UNSEEN:
            unseen = "" if part[1] and name == unseen else unseen or name
        elif part[0].startswith("<"):
            shown.append("\t" if name in _CELLS and not part[1] else "\n" if name in _LINE_ENDS else "")
        else:
            shown.append(re.sub(r"[ \t\r\n]+", " ", part[0]))
    lines = (
        re.sub(r" *\t *", "\t", unescape(line).strip(" ")).removeprefix("\t") for line in "".join(shown).split("\n")
    )
    return [line for line in lines if line.strip()]


def bounded(written: list[Pair], stands_in: Sequence[int] = (), pieces: Pieces = Pieces()) -> Pairs:  # noqa: B008
    """Return pairs as they are looked up, and say what is too much or too long."""
    read = [(key, to_pair(key, value)) for key, value in written[:MOST_PAIRS]]
    strange = [key[:MOST_KEY_CHARACTERS] for key, pair in read if not pair]
    if len(written) > MOST_PAIRS:
        strange.append(f"what comes after {MOST_PAIRS} values")
    places = tuple(place for place, (_, pair) in zip(stands_in, read, strict=False) if pair)
    return Pairs(tuple(pair for _, pair in read if pair), tuple(strange), places, pieces)


def _flat(name: str, value: Any, depth: int) -> Iterator[Pair]:
    if depth > _MOST_DEPTH:
        raise UnreadableReportError("it is JSON with too many levels")
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _flat(f"{name}.{key}" if name else key, one, depth + 1)
    elif isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        for one in value:
            yield from _flat(name, one, depth + 1)
    else:
        yield name, ",".join(_in_words(one) for one in (value if isinstance(value, list) else [value]))


def _in_words(value: str | bool | None) -> str:
    """Return one value as JSON writes it, without quotes; numbers are read as text."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value
