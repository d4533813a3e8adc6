"""How a drafted profile knows the photos of its camera type: by make and model, firmware, or the path's form. Pure.

Patterns are anchored, and no wider than the files ask for: what is too wide takes the photos of other cameras.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.profiles.drafts import Find
from ingest.profiles.patterns import BadPatternError, TooSlowError, compiled, search
from ingest.profiles.sources import Subject, look_up

_LONGEST = 100
_MOST_ALTERNATIVES = 8
_FIRMWARE = re.compile(r"[A-Za-z]{2,}[0-9]{0,4}")
_NO_FIRMWARE = re.compile(r"(?:ver|version|v|fw|firmware|rev|release|build|adobe|photoshop|gimp)[0-9]*", re.IGNORECASE)
_LEAST_FIRMWARE = 4


@dataclass(frozen=True)
class KnownBy:
    """The conditions of a profile: sources with patterns, and sources that must be absent; and both in words."""

    match: dict[str, str]
    absent: tuple[str, ...] = ()
    words: tuple[str, ...] = field(default=())


def known_by(subjects: Sequence[Subject], masked: Find | None) -> KnownBy:
    """Return what these photos have in common that those of other cameras have not.

    `masked` finds the ID, where that is a part of the path: there any other may stand.
    """
    match, absent, words = {}, [], []
    for tag in ("Make", "Model"):
        values = _distinct(f"exif.{tag}", subjects)
        if values is None:
            continue
        if not values:
            absent.append(f"exif.{tag}")
            continue
        match[f"exif.{tag}"] = _any_of(values)
        words.append(f"{tag} is {' or '.join(values[:_MOST_ALTERNATIVES])}")
    if match and len(match) < 2 and (firmware := _firmware(subjects)):
        match["exif.Software"] = f"^{_escaped(firmware)}"
        words.append(f"firmware begins with {firmware}")
    if not match:
        match["path"] = _path_like(subjects, masked)
        words.append("the form of the upload path")
    words += [f"{source.partition('.')[2]} is empty or missing" for source in absent]
    return KnownBy(match, tuple(absent), tuple(words))


def of_most(subjects: Sequence[Subject]) -> list[bool]:
    """Say of each photo whether it is of the make that most of them are of; others need a draft of their own."""
    makes = [(look_up("exif.Make", one) or "").casefold() for one in subjects]
    most = Counter(makes).most_common(1)[0][0] if makes else ""
    return [make == most for make in makes]


def exactly(text: str) -> str:
    """Return a pattern for this text alone: others may begin like it. Very long text is taken for its beginning."""
    return f"^{_escaped(text)}$" if len(text) <= _LONGEST else f"^{_escaped(text[:_LONGEST])}"


def _distinct(source: str, subjects: Sequence[Subject]) -> list[str] | None:
    """Return the texts of a source, none where no file has one; None where only some have."""
    texts = [look_up(source, one) or "" for one in subjects]
    if not any(texts):
        return []
    return list(dict.fromkeys(texts)) if all(texts) else None


def _any_of(values: list[str]) -> str:
    if len(values) == 1:
        return exactly(values[0])
    if len(values) > _MOST_ALTERNATIVES or any(len(value) > _LONGEST for value in values):
        return "."
    return f"^(?:{'|'.join(map(_escaped, values))})$"


def _escaped(text: str) -> str:
    """Return a pattern for this text, in which every character can be seen; spaces stay as they are read."""
    return "".join(_escaped_character(character) for character in text)


def _escaped_character(character: str) -> str:
    if not character.isprintable():
        return "(?s:.)"  # a bare dot is no line end
    return character if character in " -" else re.escape(character)  # which are marks only in sets


def _firmware(subjects: Sequence[Subject]) -> str:
    """Return how the firmware of all files begins: the letters and the number of the model, without the version."""
    values = _distinct("exif.Software", subjects) or []
    begins = {found[0] if (found := _FIRMWARE.match(value)) else "" for value in values}
    begin = begins.pop() if len(begins) == 1 else ""
    return "" if len(begin) < _LEAST_FIRMWARE or _NO_FIRMWARE.fullmatch(begin) else begin


def _path_like(subjects: Sequence[Subject], masked: Find | None) -> str:
    """Return a pattern for paths like these, with any digits where they have digits and any ID where they have one."""
    paths = [look_up("path", one) or "" for one in subjects]
    spans = [_span(one, masked) for one in subjects]
    for form in (_form, _coarse_form):
        forms = list(dict.fromkeys(form(path, span) for path, span in zip(paths, spans, strict=True)))
        if len(forms) == 1:
            return f"^{forms[0]}$"
        if len(forms) <= _MOST_ALTERNATIVES:
            return f"^(?:{'|'.join(forms)})$"
    return r"\.jpe?g$" if all(re.search(r"\.jpe?g$", path, re.IGNORECASE) for path in paths) else ""


def _span(subject: Subject, masked: Find | None) -> tuple[int, int] | None:
    if masked is None or masked.source != "path":
        return None
    try:
        found = search(compiled(masked.pattern), look_up("path", subject) or "", subject.budget)
    except (BadPatternError, TooSlowError):
        return None
    return found.span("id") if found else None


def _form(path: str, span: tuple[int, int] | None) -> str:
    if span is None:
        return _any_digits(path)
    return _any_digits(path[: span[0]]) + "[^/]+" + _any_digits(path[span[1] :])


def _coarse_form(path: str, _: tuple[int, int] | None) -> str:
    """Return a pattern for as many folders, and an ending like this."""
    name = path.rpartition("/")[2]
    ending = name.rpartition(".")[2] if "." in name else ""
    return "[^/]*/" * path.count("/") + "[^/]*" + (rf"\.{_escaped(ending)}" if ending else "")


def _any_digits(text: str) -> str:
    return re.sub(r"[0-9]+", "[0-9]+", _escaped(text))
