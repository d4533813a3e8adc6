"""The sources that profiles name, such as `exif.Make`: what each says about one file, as clean text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.profiles.profile import Part, PartName
from ingest.reading.exif_values import clean, narrow_text


@dataclass(frozen=True)
class Subject:
    """What sources of one file say, with the path groups of the profile that looks at it.

    `foreign` are the bytes of EXIF texts that are not ASCII.
    """

    part: PartName
    path: str
    account: str | None = None
    exif: Mapping[str, Any] = field(default_factory=dict)
    report: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    foreign: Mapping[str, bytes] = field(default_factory=dict)


def path_groups(part: Part, path: str) -> dict[str, str]:
    """Return the named groups that a profile's path patterns find in a path."""
    groups: dict[str, str] = {}
    for pattern in part.path_patterns:
        if found := pattern.search(path):
            groups |= {name: text for name, text in found.groupdict().items() if text is not None}
    return groups


def exif_in(encoding: str | None, subject: Subject) -> Mapping[str, Any]:
    """Return the EXIF of a file with its texts read in this encoding."""
    if encoding is None or not subject.foreign:
        return subject.exif
    return {**subject.exif, **{tag: narrow_text(raw, encoding) for tag, raw in subject.foreign.items()}}


def look_up(source: str, subject: Subject) -> str | None:
    """Return a source's text, without NULs and surrounding white space; None when the file does not have it."""
    name, _, rest = source.partition(".")
    if source == "path":
        return clean(subject.path)
    if source == "account":
        return subject.account
    if source == "exif.GPS":
        position = (subject.exif.get(tag) for tag in ("GPSLatitude", "GPSLongitude"))
        return " ".join(_text(value) for value in position if value is not None) or None
    value = {"exif": subject.exif, "path": subject.groups}.get(name, {}).get(rest)
    if name == "report":
        value = subject.report.get(rest.lower())
    return None if value is None else clean(_text(value))


def _text(value: Any) -> str:
    return " ".join(str(part) for part in value) if isinstance(value, list) else str(value)
