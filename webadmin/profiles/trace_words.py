"""Why a profile did not claim a file, in words for people; the patterns themselves are technical. Pure."""

import re

from ingest.profiles.profile import Part
from ingest.profiles.source_words import source_words

_PART = re.compile(r"; (?=(?:[^`]*`[^`]*`)*[^`]*$)")
_LACKS = re.compile(r"(?P<sources>.+?): `(?P<text>.*)` lacks `(?P<pattern>.*)`", re.DOTALL)
_THERE = re.compile(r"(?P<sources>.+?): `(?P<text>.*)` is there", re.DOTALL)
_MISSING = re.compile(r"(?P<sources>[^`]+): not in the file")
_SIGNS = re.compile(r"[.^$*+?{}\[\]()|\\]")
_ESCAPED = re.compile(r"\\([^A-Za-z0-9])")
_GROUP = re.compile(r"\((?:\?:)?([^()]*)\)")


def trace_words(because: str) -> str:
    """Return what a trace says, without patterns; what has no other words stays as it is.

    >>> trace_words("exif.Make: `BUSHNELL` lacks `^Willfine$`; path: no match")
    'Make must be Willfine, not BUSHNELL; the upload path is of another form'
    """
    return "; ".join(_spoken(part) for part in _PART.split(because))


def asked_of(part: Part) -> list[str]:
    """Return what a file must have for a part of a profile to claim it, one sentence each."""
    asked = [f"{_named(' or '.join(one.sources))} must {asked_words(one.pattern.pattern)}" for one in part.conditions]
    return [*asked, *(f"{_named(source)} must be absent" for source in part.absent)]


def _spoken(part: str) -> str:
    if part == "path: no match":
        return "the upload path is of another form"
    if found := _LACKS.fullmatch(part):
        asked = asked_words(found["pattern"])
        return f"{_named(found['sources'])} must {asked}, not {found['text'] or 'empty'}"
    if found := _THERE.fullmatch(part):
        return f"{_named(found['sources'])} must be absent, and is {found['text']}"
    if found := _MISSING.fullmatch(part):
        return f"{_named(found['sources'])} is missing"
    return part


def _named(sources: str) -> str:
    """Return sources in words; a tag of EXIF by its name alone, as people know it."""
    return " or ".join(source_words(one).removeprefix("EXIF ") for one in sources.split(" or "))


def asked_words(pattern: str) -> str:
    """Return what a pattern asks of a text, as it stands after `must`.

    >>> [asked_words(one) for one in ("^SY", "(?i)^(?:Foo|Bar Inc\\\\.)$", "LTE", "^.{4}$", "")]
    ['begin with SY', 'be Foo or Bar Inc.', 'have LTE in it', 'be of another form', 'be there']
    """
    if not pattern:
        return "be there"
    body = re.sub(r"^\(\?[a-z]+\)", "", pattern)
    begins, ends = body.startswith(("^", r"\A")), bool(re.search(r"(?<!\\)(\$|\\[zZ])$", body))
    body = re.sub(r"^(\^|\\A)", "", body)
    body = re.sub(r"(\$|\\[zZ])$", "", body) if ends else body
    texts = [_literal(one) for one in _alternatives(body)]
    if not all(texts):
        return "be of another form"
    listed = " or ".join(dict.fromkeys(str(one) for one in texts))
    if begins:
        return f"be {listed}" if ends else f"begin with {listed}"
    return f"end with {listed}" if ends else f"have {listed} in it"


def _alternatives(body: str) -> list[str]:
    whole = _GROUP.fullmatch(body)
    return whole[1].split("|") if whole else [body]


def _literal(text: str) -> str | None:
    """Return the text that a pattern stands for, when it is one text; None for a pattern of many."""
    plain = _ESCAPED.sub("\0", text)
    if _SIGNS.search(plain):
        return None
    return _ESCAPED.sub(r"\1", text)
