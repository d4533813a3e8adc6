"""The sources that profiles name, such as `exif.Make`: what each says about one file, as clean text."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from regex import Match

from ingest.profiles.joined import is_group, is_joined, join, names_in
from ingest.profiles.patterns import Budget, search
from ingest.profiles.profile import Condition, Part, PartName
from ingest.reading.exif_values import clean, narrow_text
from ingest.reading.facts import Facts
from ingest.reading.makernotes import Makernotes

RECORD = "record"
"""The source that is not in the file: the site in the camera's record at the time of the photo."""


@dataclass(frozen=True)
class Subject:
    """What sources of one file say, with the path groups of the profile that looks at it.

    `foreign` are the bytes of EXIF texts that are not ASCII, `encoding` is what that profile reads them in.
    """

    part: PartName
    path: str
    account: str | None = None
    exif: Mapping[str, Any] = field(default_factory=dict)
    report: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    foreign: Mapping[str, bytes] = field(default_factory=dict)
    xmp: Mapping[str, str] = field(default_factory=dict)
    comment: bytes = b""
    makernotes: Makernotes = field(default_factory=Makernotes)
    encoding: str | None = None
    budget: Budget = field(default_factory=Budget, compare=False)


def subject_of(
    facts: Facts, part: PartName, path: str, account: str | None = None, budget: Budget | None = None
) -> Subject:
    """Return what the sources of a file say; without another `budget`, it has that of one file."""
    return Subject(
        part,
        path,
        account,
        facts.exif,
        facts.report,
        foreign=facts.foreign,
        xmp=facts.xmp,
        comment=facts.comment,
        makernotes=facts.makernotes,
        budget=budget or Budget(),
    )


def path_groups(part: Part, subject: Subject) -> dict[str, str]:
    """Return the named groups that a profile's path patterns find in a path. Raise TooSlowError."""
    groups: dict[str, str] = {}
    for pattern in part.path_patterns:
        if found := search(pattern, subject.path, subject.budget):
            groups |= {name: text for name, text in found.groupdict().items() if text is not None}
    return groups


def named_groups(part: Part, subject: Subject) -> dict[str, str]:
    """Return all named groups that a profile finds in a file: of several that have one name, the one in the path.

    Raise TooSlowError.
    """
    groups = path_groups(part, subject)
    for one in part.named:
        found = find_in(one, subject, but="path")
        for name, text in found.groupdict().items() if found else ():
            if text is not None:
                groups.setdefault(name, text)
    return groups


def find_in(condition: Condition, subject: Subject, but: str = "") -> Match[str] | None:
    """Return what the first of a condition's sources, but one, has of its pattern. Raise TooSlowError."""
    for source in condition.sources:
        text = None if source == but else look_up(source, subject)
        if text is not None and (found := search(condition.pattern, text, subject.budget)):
            return found
    return None


def in_encoding(encoding: str | None, subject: Subject) -> Subject:
    """Return a file with its texts read in this encoding."""
    if encoding is None:
        return subject
    exif = {**subject.exif, **{tag: narrow_text(raw, encoding) for tag, raw in subject.foreign.items()}}
    return replace(subject, exif=exif, encoding=encoding)


def look_up(source: str, subject: Subject) -> str | None:
    """Return a source's text, without NULs and surrounding white space; None when the file does not have it.

    A joined source has text only when everything that it names has.
    """
    if "{" in source and is_joined(source):
        return _joined(source, subject)
    name, _, rest = source.partition(".")
    if name == "exif":
        return _exif_text(rest, subject)
    if name == "report":
        return _shown(subject.report.get(rest.lower()))
    if name == "makernote":
        return _shown(subject.makernotes.values.get(rest))
    if rest:
        return _shown((subject.groups if name == "path" else subject.xmp).get(rest))
    if name == "comment":
        return narrow_text(subject.comment, subject.encoding) or None
    if name == "account":
        return subject.account
    return clean(subject.path) if name == "path" else None


def _exif_text(tag: str, subject: Subject) -> str | None:
    if tag == "GPS":
        position = (subject.exif.get(half) for half in ("GPSLatitude", "GPSLongitude"))
        return " ".join(_text(value) for value in position if value is not None) or None
    value = subject.exif.get(tag)
    return _time_of_day(value) if tag == "GPSTimeStamp" else _shown(value)


def _shown(value: Any) -> str | None:
    return None if value is None else clean(_text(value))


def _joined(source: str, subject: Subject) -> str | None:
    texts: dict[str, str] = {}
    for name in names_in(source):
        text = subject.groups.get(name) if is_group(name) else look_up(name, subject)
        if not text:
            return None
        texts[name] = text
    return clean(join(source, texts))


def _time_of_day(value: Any) -> str | None:
    """Return the three numbers of a GPS time as a time is written, whatever else it is as it stands."""
    if isinstance(value, list) and len(value) == 3 and all(isinstance(part, int | float) for part in value):
        hours, minutes, seconds = value
        fraction = f"{int(seconds % 1 * 1000):03d}".rstrip("0")
        return f"{int(hours):02d}:{int(minutes):02d}:{int(seconds):02d}" + (f".{fraction}" if fraction else "")
    return _shown(value)


def _text(value: Any) -> str:
    return " ".join(str(part) for part in value) if isinstance(value, list) else str(value)
