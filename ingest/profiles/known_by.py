"""How a draft first knows the photos of its camera type: by make and model, firmware, or the path's form. Pure.

Patterns are anchored, and no wider than the files ask for: what is too wide takes the photos of other cameras.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.profiles.drafts import Find
from ingest.profiles.patterns import BadPatternError, TooSlowError, compiled, search
from ingest.profiles.sources import Subject, look_up

_LONGEST = 100
MOST_ALTERNATIVES = 8
"""How many texts a pattern lists before any is taken."""

_FIRMWARE = re.compile(r"[A-Za-z]{2,}[0-9]{0,4}")
_NO_FIRMWARE = re.compile(r"(?:ver|version|v|fw|firmware|rev|release|build|adobe|photoshop|gimp)[0-9]*", re.IGNORECASE)
_LEAST_FIRMWARE = 4


@dataclass(frozen=True)
class KnownBy:
    """The conditions of a profile: sources with patterns, and sources that must be absent."""

    match: dict[str, str]
    absent: tuple[str, ...] = ()


def known_by(subjects: Sequence[Subject], masked: Find | None) -> KnownBy:
    """Return what these photos have in common that those of other cameras have not.

    `masked` finds the ID, where that is a part of the path: there any other may stand.
    """
    match, absent = {}, []
    for tag in ("Make", "Model"):
        values = distinct(f"exif.{tag}", subjects)
        if values is None:
            continue
        if not values:
            absent.append(f"exif.{tag}")
            continue
        match[f"exif.{tag}"] = any_of(values)
    if match and len(match) < 2 and (firmware := firmware_of(subjects)):
        match["exif.Software"] = beginning(firmware)
    if not match:
        match["path"] = path_like(subjects, masked)
    return KnownBy(match, tuple(absent))


def of_most(subjects: Sequence[Subject]) -> list[bool]:
    """Say of each photo whether it is of the make that most of them are of; others need a draft of their own."""
    makes = [(look_up("exif.Make", one) or "").casefold() for one in subjects]
    most = Counter(makes).most_common(1)[0][0] if makes else ""
    return [make == most for make in makes]


def exactly(text: str) -> str:
    """Return a pattern for this text alone: others may begin like it. Very long text is taken for its beginning."""
    return f"^{escaped(text)}$" if len(text) <= _LONGEST else f"^{escaped(text[:_LONGEST])}"


def beginning(text: str) -> str:
    """Return a pattern for texts that begin like this."""
    return f"^{escaped(text)}"


def distinct(source: str, subjects: Sequence[Subject]) -> list[str] | None:
    """Return the texts of a source, none where no file has one; None where only some have."""
    texts = [look_up(source, one) or "" for one in subjects]
    if not any(texts):
        return []
    return list(dict.fromkeys(texts)) if all(texts) else None


def any_of(values: Sequence[str]) -> str:
    """Return a pattern for these texts alone; for any where they are very many, or long."""
    if len(values) == 1:
        return exactly(values[0])
    if len(values) > MOST_ALTERNATIVES or any(len(value) > _LONGEST for value in values):
        return "."
    return f"^(?:{'|'.join(map(escaped, values))})$"


def escaped(text: str) -> str:
    """Return a pattern for this text, in which every character can be seen; spaces stay as they are read."""
    return "".join(_escaped_character(character) for character in text)


def _escaped_character(character: str) -> str:
    if not character.isprintable():
        return "(?s:.)"  # a bare dot is no line end
    return character if character in " -" else re.escape(character)  # which are marks only in sets


def firmware_of(subjects: Sequence[Subject]) -> str:
    """Return how the firmware of all files begins: the letters and the number of the model, without the version."""
    values = distinct("exif.Software", subjects) or []
    begins = {found[0] if (found := _FIRMWARE.match(value)) else "" for value in values}
    begin = begins.pop() if len(begins) == 1 else ""
    return "" if len(begin) < _LEAST_FIRMWARE or _NO_FIRMWARE.fullmatch(begin) else begin


def path_like(subjects: Sequence[Subject], masked: Find | None) -> str:
    """Return a pattern for paths like these, with any digits where they have digits and any ID where they have one."""
    paths = [look_up("path", one) or "" for one in subjects]
    spans = [span_of(one, masked) for one in subjects]
    for form in (_form, _coarse_form):
        forms = list(dict.fromkeys(form(path, span) for path, span in zip(paths, spans, strict=True)))
        if len(forms) == 1:
            return f"^{forms[0]}$"
        if len(forms) <= MOST_ALTERNATIVES:
            return f"^(?:{'|'.join(forms)})$"
    return r"\.jpe?g$" if all(re.search(r"\.jpe?g$", path, re.IGNORECASE) for path in paths) else ""


def span_of(subject: Subject, masked: Find | None) -> tuple[int, int] | None:
    """Return where a path has its ID; None where it has none."""
    if masked is None or masked.source != "path":
        return None
    try:
        pattern = compiled(masked.pattern)
        found = search(pattern, look_up("path", subject) or "", subject.budget)
    except (BadPatternError, TooSlowError):
        return None
    name = next(iter(pattern.groupindex), None)
    return found.span(name) if found and name else None


def _form(path: str, span: tuple[int, int] | None) -> str:
    if span is None:
        return any_digits(path)
    return any_digits(path[: span[0]]) + "[^/]+" + any_digits(path[span[1] :])


def _coarse_form(path: str, _: tuple[int, int] | None) -> str:
    """Return a pattern for as many folders, and an ending like this."""
    name = path.rpartition("/")[2]
    ending = name.rpartition(".")[2] if "." in name else ""
    return "[^/]*/" * path.count("/") + "[^/]*" + (rf"\.{escaped(ending)}" if ending else "")


def any_digits(text: str) -> str:
    """Return a pattern for a text like this, with any number where it has a number."""
    return re.sub(r"[0-9]+", "[0-9]+", escaped(text))
