"""Reads the pairs of a report that is written in lines: `key:value`, `key=value`, key and value at a tab, several in
one line. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.reading.exif_values import MOST_CHARACTERS, clean

MOST_PAIRS = 5000
MOST_KEY_CHARACTERS = 64
_MOST_LINE_CHARACTERS = 20_000

Pair = tuple[str, str]
"""A key in lower case, and its value."""


@dataclass(frozen=True)
class Pieces:
    """The text of a report in pieces that can stand without one another, between an opening and a closing."""

    opening: str = ""
    texts: tuple[str, ...] = ()
    closing: str = ""


@dataclass(frozen=True)
class Pairs:
    """What a report says, in its order; `strange` is what is no pair, shortened.

    `stands_in` has for each pair the number of the piece that it stands in, -1 for the opening or the closing.
    """

    pairs: tuple[Pair, ...] = ()
    strange: tuple[str, ...] = ()
    stands_in: tuple[int, ...] = ()
    pieces: Pieces = Pieces()


# `：` and the other wide forms that Chinese firmware writes, as the characters that they stand for.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_SEPARATOR = re.compile(r"[ \t]{0,3}[:=]|\t")
_WORD = r"[^\W\d_][\w.#%()/-]{0,40}"
_FURTHER = re.compile(
    rf"(?:[,;|\t] ?| {{2}})(?P<apart>{_WORD}(?: [\w.#%()/-]{{1,40}}){{0,3}}) ?[:=](?!//)| (?P<close>{_WORD})[:=](?!//)"
)
_ONE_FIGURE = re.compile(r"\S*\d\S*")


def line_pairs(lines: Sequence[str]) -> Pairs:
    """Read lines; a key ends at its line's first colon, equals sign or tab.

    >>> line_pairs(["IMEI：861943070000027", "CSQ=31", "Total\\t159", "Battery:60% SD:21G/31G", "hello"]).pairs[2:]
    (('total', '159'), ('battery', '60%'), ('sd', '21G/31G'))
    """
    pairs: list[Pair] = []
    stands_in: list[int] = []
    strange: list[str] = []
    for number, line in enumerate(lines):
        if len(pairs) >= MOST_PAIRS or len(strange) >= MOST_PAIRS:
            strange.append(f"{len(lines) - number} lines after line {number}")
            break
        found = [to_pair(key, value) for key, value in _split(clean(narrow(line)))]
        if found and all(found):
            pairs += [pair for pair in found if pair]
            stands_in += [number] * len(found)
        else:
            strange.append(clean(line)[:MOST_KEY_CHARACTERS].strip())
    return Pairs(tuple(pairs), tuple(strange), tuple(stands_in), Pieces(texts=tuple(f"{line}\n" for line in lines)))


def to_pair(key: str, value: str) -> Pair | None:
    """Return a pair as profiles look it up, without quotes; None when it is longer than any camera's."""
    key, value = _unquoted(clean(narrow(key))), _unquoted(clean(narrow(value)))
    return (key.lower(), value) if 0 < len(key) <= MOST_KEY_CHARACTERS and len(value) <= MOST_CHARACTERS else None


def narrow(text: str) -> str:
    """Return text with wide forms such as `：` as the characters that they stand for."""
    return text.translate(_NARROW)


def _split(line: str) -> list[Pair]:
    """Return the pairs of a line as it writes them; none when it has no separator, or is longer than any camera's."""
    if len(line) > _MOST_LINE_CHARACTERS:
        return []
    line = re.sub(r"\t{2,}", "\t", re.sub(r" {3,}", "  ", line))
    if not (found := _SEPARATOR.search(line)):
        return []
    key, rest = line[: found.start()], line[found.end() :].lstrip()
    pairs, begin = [], 0
    for start, end, name in _further(rest):
        pairs.append((key, rest[begin:start]))
        key, begin = name, end
    return [*pairs, (key, rest[begin:])]


def _further(rest: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and name of each further pair behind the first key of a line.

    Behind a single blank a word with a colon may as well belong to the value (`CamID:North Gate: A`): it counts only
    when the value before is one figure, or when the line has three pairs or more.
    """
    found = list(_FURTHER.finditer(rest))
    begin = 0
    for one in found:
        is_apart = one["apart"] is not None
        if is_apart or len(found) > 1 or _ONE_FIGURE.fullmatch(rest[begin : one.start()].strip()):
            yield one.start(), one.end(), one["apart"] or one["close"]
            begin = one.end()


def _unquoted(text: str) -> str:
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] == '"' else text
