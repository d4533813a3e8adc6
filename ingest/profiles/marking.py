"""Finds in other texts what was marked in one: a pattern with a named group, by what stands around the mark. Pure.

What stands around it may be a key such as `SN=`, a place in the path, a part of a name, the same words, or as many
letters and digits. Of several patterns that find the mark, the one is taken that finds something in most texts, and of
these the one that looks closest.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from ingest.profiles.known_by import any_digits, escaped
from ingest.profiles.patterns import BadPatternError, Budget, TooSlowError, compiled, search

MOST_CHARACTERS = 1000
"""How long a text may be in which something is marked."""

_MOST_TRIED = 80
_KEY = re.compile(r"(?<![^\W_])([^\W\d_][\w ./-]{0,30}?)(\s*)([=:：#]+)(\s*)$")
_DELIMITERS = "_-"
_RUN = re.compile(r"[0-9]+|[^\W\d_]+|[\W_]")
_NAMES_IN_TIMES = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*|[ap]m", re.IGNORECASE
)

Judge = Callable[[tuple[str, ...]], int]
"""How far the values that a pattern finds, none of them empty, may be what was meant: the more the better."""


@dataclass(frozen=True)
class Marked:
    """A pattern with a group that finds the mark, and what it finds in each text, empty where nothing."""

    pattern: str
    values: tuple[str, ...]


def pattern_for(
    texts: Sequence[str], at: int, start: int, end: int, group: str, judge: Judge, *, of_time: bool = False
) -> Marked | None:
    """Return how to find in all texts what is marked in one of them; None when nothing finds it.

    The mark is from `start` to before `end` in the text at `at`. Of a time, the same digits are looked for as wide.
    """
    text = texts[at]
    if not 0 <= start < end <= len(text) <= MOST_CHARACTERS:
        return None
    budget = Budget()
    found: list[tuple[int, int, Marked]] = []
    for pattern in _tried(text, start, end, group, of_time=of_time):
        made = _found(pattern, texts, group, budget)
        if made and made.values[at] == text[start:end].strip() and _is_there(pattern, text, group, start, end):
            filled = tuple(value for value in made.values if value)
            found.append((len(filled), judge(filled), made))
    return max(found, key=lambda one: one[:2])[2] if found else None


def like_text(text: str) -> str:
    """Return a pattern for texts with numbers as wide as these, and names of months where it has one.

    >>> like_text("2026-11-21"), like_text("21 Nov 26")
    ('[0-9]{4}\\\\-[0-9]{2}\\\\-[0-9]{2}', '[0-9]{2} [A-Za-z]+ [0-9]{2}')
    """
    return "".join(_class_in_time(one[0]) for one in _RUN.finditer(text)).replace(r"\ ", " ")


def _class_in_time(run: str) -> str:
    if run[0].isdigit():
        return f"[0-9]{{{len(run)}}}" if len(run) > 1 else "[0-9]{1,2}"
    return "[A-Za-z]+" if _NAMES_IN_TIMES.fullmatch(run) else re.escape(run)


def _tried(text: str, start: int, end: int, group: str, *, of_time: bool) -> Iterator[str]:
    befores = list(dict.fromkeys(_befores(text, start)))
    afters = list(dict.fromkeys(_afters(text, end)))
    like = like_text(text[start:end])
    bodies = [like, like.replace("{2}", "{1,2}")] if of_time else list(dict.fromkeys(_bodies(text, start, end)))
    for before, body, after in islice(product(befores, bodies, afters), _MOST_TRIED):
        yield f"{before}(?P<{group}>{body}){after}"


def _befores(text: str, start: int) -> Iterator[str]:
    """Yield what may stand before the mark, the closest first."""
    before = text[:start]
    key = _KEY.search(before)
    if key:
        gap = r"\s*"
        yield rf"(?<![^\W_]){escaped(key[1])}{gap}{escaped(key[3])}{gap}"
    folders, _, rest = before.rpartition("/")
    if "/" in text:
        yield "^" + f"(?:[^/]+/){{{folders.count('/') + 1}}}" * ("/" in before) + _within(rest)
        yield "(?:^|/)" + _within(rest)
    elif rest and rest[-1] in _DELIMITERS:
        yield "^" + _within(rest)
    yield f"^{any_digits(before)}"
    yield "(?:^|/)" + _as_wide(rest)
    if before and not before[-1].isalnum():
        word = re.search(r"[^\W\d_]*[\W_]+$", before)
        yield escaped(word[0] if word else before[-1])
    if not key and (not before or not before[-1].isalnum()):
        yield r"(?<![^\W_])"


def _within(before: str) -> str:
    """Return what stands before a part of a name: as many parts that end in a hyphen or underscore, and the rest."""
    parts = re.split(f"[{_DELIMITERS}]", before)
    skipped = len(parts) - 1
    pieces = f"(?:[^/{_DELIMITERS}]*[{_DELIMITERS}]){{{skipped}}}" if skipped else ""
    return pieces + _as_wide(parts[-1])


def _as_wide(text: str) -> str:
    """Return a pattern for as many digits, and the same letters, as these."""
    return re.sub(r"[0-9]+", lambda run: f"[0-9]{{{len(run[0])}}}", escaped(text))


def _afters(text: str, end: int) -> Iterator[str]:
    """Yield what may stand behind the mark, the closest first."""
    after = text[end:]
    if not after:
        yield "$"
        yield ""
        return
    if after[0] == "/":
        depth = after.count("/")
        yield "/"
        yield f"(?=(?:/[^/]+){{{depth}}}$)"
    if after[0] in ".":
        yield r"\.[^./]*$"
    if not after[0].isalnum():
        yield f"(?={escaped(after[0])})" if after[0] not in _DELIMITERS else f"(?=[{_DELIMITERS}])"
        yield f"(?=(?:{escaped(after[0])}|$))"
        yield r"(?![^\W_])"
    else:
        yield ""
    yield f"(?={any_digits(after)}$)"


def _bodies(text: str, start: int, end: int) -> Iterator[str]:
    """Yield what the mark may be, the most general first that ends where it ends."""
    mark = text[start:end]
    around = {one for one in (text[start - 1 : start], text[end : end + 1]) if one and not one.isalnum()}
    is_cut = (start > 0 and _joins(text[start - 1], mark[0])) or (end < len(text) and _joins(mark[-1], text[end]))
    if is_cut:
        yield _each_as_wide(mark)
        yield _as_wide(mark)
        return
    if mark.isdigit() and len(mark) >= 4:
        yield f"(?<![0-9])[0-9]{{{len(mark)}}}(?![0-9])"
    closed = "".join(sorted((around | ({"/"} if "/" in text else set())) - set(mark)))
    if closed:
        yield f"[^{''.join(map(_in_set, closed))}]+"
    if re.fullmatch(r"[^\W_]+", mark):
        yield r"[^\W_]+"
    yield _each_as_wide(mark)
    if not closed:
        yield ".+"


def _joins(one: str, other: str) -> bool:
    return one.isalnum() and other.isalnum()


def _each_as_wide(text: str) -> str:
    """Return a pattern for as many digits and letters as these, with the same between them."""
    return "".join(_class(one[0]) for one in _RUN.finditer(text))


def _class(run: str) -> str:
    if run[0].isdigit():
        return f"[0-9]{{{len(run)}}}"
    return f"[^\\W\\d_]{{{len(run)}}}" if run[0].isalpha() else escaped(run)


def _in_set(character: str) -> str:
    if character.isspace():
        return r"\s"
    return rf"\{character}" if character in r"\]^-[&~|" else character


def _found(pattern: str, texts: Sequence[str], group: str, budget: Budget) -> Marked | None:
    try:
        known = compiled(pattern)
        found = [search(known, one, budget) if one else None for one in texts]
    except (BadPatternError, TooSlowError):
        return None
    return Marked(pattern, tuple((one[group] or "").strip() if one else "" for one in found))


def _is_there(pattern: str, text: str, group: str, start: int, end: int) -> bool:
    """Say whether a pattern finds the mark itself, not the same text elsewhere."""
    found = search(compiled(pattern), text, Budget())
    return found is not None and found.span(group) == (start, end)
