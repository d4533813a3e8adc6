"""Puts made-up texts in the place of real ones, wherever these stand in bytes, in as many bytes.

It knows every way in which cameras write a text: UTF-8, Latin-1, GBK, UTF-16 of both byte orders, in any case, with
other signs between its parts, escaped for addresses, XML and JSON. So an ID is found in a name and in a MakerNote.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from random import Random
from urllib.parse import quote

from ingest.packing.made_up import made_up
from ingest.packing.made_up_place import elsewhere

_ENCODINGS = ("utf-8", "latin-1", "gbk", "utf-16-le", "utf-16-be")
_LONG_NUMBER = re.compile(r"\d{10,}")
_TRIES = 50
_SEPARATORS = b" _.-+"


@dataclass(frozen=True)
class Replacing:
    """What stands for what: `names` whole texts of people and cameras, `places` positions as reports write them."""

    names: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def in_bytes(self, raw: bytes) -> bytes:
        """Return bytes without any of it, as many as there were."""
        if self._place_pattern:
            raw = self._place_pattern.sub(lambda found: self.places[found[0].decode()].encode(), raw)
        raw = _moved(raw)
        return self._pattern.sub(self._made, raw) if self._pattern else raw

    def names_in_text(self, text: str) -> str:
        """Return text without the names, in which numbers stay even where they look like a position."""
        raw = text.encode("utf-8", "surrogateescape")
        return (self._pattern.sub(self._made, raw) if self._pattern else raw).decode("utf-8", "surrogateescape")

    def in_text(self, text: str) -> str:
        """Return text without any of it."""
        return self.in_bytes(text.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")

    def left_in(self, raw: bytes) -> str | None:
        """Return what can still be found in bytes; None when nothing can."""
        found = self._pattern.search(raw) if self._pattern else None
        if found:
            return found[0].decode("utf-8", "replace")
        return next((one for one in self.places if len(one) > 6 and one.encode() in raw), None)

    @cached_property
    def _made_by_form(self) -> dict[bytes, bytes]:
        """Every form of every real text, in small letters, and what stands for it."""
        forms: dict[bytes, bytes] = {}
        for real, made in self.names.items():
            for one, other in zip(_forms(real), _forms(made), strict=True):
                for was, new in _in_encodings(one, other):
                    forms.setdefault(_key(was), new)
        return forms

    @cached_property
    def _pattern(self) -> re.Pattern[bytes] | None:
        forms = sorted(self._made_by_form, key=len, reverse=True)
        patterns = [_pattern_of(one) for one in forms]
        patterns += [_spaced(real) for real in self.names if _LONG_NUMBER.fullmatch(real)]
        return re.compile(b"|".join(patterns), re.IGNORECASE) if patterns else None

    @cached_property
    def _place_pattern(self) -> re.Pattern[bytes] | None:
        """Every written position, the longest first, and not as the end or the beginning of other figures."""
        written = sorted(self.places, key=len, reverse=True)
        if not written:
            return None
        return re.compile(rb"(?<![0-9.])(?:" + b"|".join(re.escape(one.encode()) for one in written) + rb")(?![0-9])")

    def _made(self, found: re.Match[bytes]) -> bytes:
        was = found[0]
        made = self._made_by_form.get(_key(was))
        if made is None:
            made = self._made_by_form[bytes(one for one in was if chr(one).isdigit())]
        return _laid_over(was, made)


def replacing(real: Iterable[str], places: Mapping[str, str], chance: Random, *, keeps_letters: bool) -> Replacing:
    """Make up something for each text: the same for the same, whatever its case, and never the same for two."""
    names: dict[str, str] = {}
    made_of: dict[str, str] = {}
    texts = sorted(set(real))
    taken = {one.lower() for one in texts}
    for one in texts:
        if one.lower() not in made_of:
            made_of[one.lower()] = _unlike(one, taken, chance, keeps_letters=keeps_letters)
        names[one] = made_of[one.lower()]
    return Replacing(names, places)


def _unlike(text: str, taken: set[str], chance: Random, *, keeps_letters: bool) -> str:
    """Make up something that nothing else is called."""
    made = made_up(text, chance, keeps_letters=keeps_letters)
    for _ in range(_TRIES):
        if made.lower() not in taken:
            break
        made = made_up(text, chance, keeps_letters=keeps_letters)
    taken.add(made.lower())
    return made


def _moved(raw: bytes) -> bytes:
    """Return bytes with the positions that their text writes at the made-up place; all else as it was."""
    encoding = _encoding_of(raw)
    moved = elsewhere(raw.decode(encoding, "surrogatepass")).encode(encoding, "surrogatepass")
    return moved if len(moved) == len(raw) else raw


def _encoding_of(raw: bytes) -> str:
    """Return an encoding that gives the same bytes back."""
    start = raw[:64]
    wide = "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
    is_wide = len(raw) % 2 == 0 and max(start[::2].count(0), start[1::2].count(0)) * 4 >= len(start) > 3
    for encoding in ((wide,) if is_wide else ()) + ("utf-8", "gb18030"):
        try:
            if raw.decode(encoding).encode(encoding) == raw:
                return encoding
        except UnicodeError:
            continue
    return "latin-1"


def _forms(text: str) -> Iterator[str]:
    yield text
    yield quote(text, safe="")
    yield quote(text, safe="").replace("%20", "+")
    yield escape(text)
    yield json.dumps(text)[1:-1]
    yield text.upper()
    yield text.lower()


def _in_encodings(real: str, made: str) -> Iterator[tuple[bytes, bytes]]:
    for encoding in _ENCODINGS:
        try:
            was, new = real.encode(encoding), made.encode(encoding)
        except UnicodeError:
            continue
        if len(was) == len(new):
            yield was, new


def _key(raw: bytes) -> bytes:
    """Return bytes as they are looked up: in small letters, and any sign between parts as a blank."""
    return bytes(0x20 if one in _SEPARATORS else one for one in raw.lower())


def _pattern_of(form: bytes) -> bytes:
    """Return what finds a form: one that is only a word or a short number stands apart from letters or digits."""
    pattern = b"".join(rb"[ _.\-+]" if one == 0x20 else re.escape(bytes((one,))) for one in form)
    if form.isalpha():
        return rb"(?<![A-Za-z0-9])" + pattern + rb"(?![A-Za-z0-9])"
    if form.isdigit() and len(form) < 8:
        return rb"(?<![0-9])" + pattern + rb"(?![0-9])"
    return pattern


def _spaced(number: str) -> bytes:
    """Return what finds a long number that is written in groups."""
    return rb"[ .\-/:]?".join(digit.encode() for digit in number)


def _laid_over(was: bytes, made: bytes) -> bytes:
    """Return a made-up text as the real one was written: its signs between the parts, its case."""
    if not was.isascii() and len(was) == len(made):
        return made
    letters = iter(one for one in made if chr(one).isalnum() and one < 0x80)
    laid = bytes(next(letters, one) if one < 0x80 and chr(one).isalnum() else one for one in was)
    return laid.upper() if was.isupper() else laid.lower() if was.islower() else laid
