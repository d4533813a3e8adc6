"""Everything in some files that might be the ID of their camera, with what each gives for every file. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.profiles.drafts import Find
from ingest.profiles.id_marks import Kind, is_counter
from ingest.profiles.patterns import BadPatternError, TooSlowError, compiled, search
from ingest.profiles.sources import Subject, look_up

IMEI = r"(?<![0-9A-Za-z])(?P<id>[0-9]{15})(?![0-9A-Za-z])"

_SERIALS = (
    *("exif.BodySerialNumber", "exif.CameraSerialNumber", "exif.SerialNumber"),
    *("makernote.SerialNumber", "makernote.CameraSerialNumber", "makernote.InternalSerialNumber"),
    *("xmp.aux:SerialNumber", "xmp.exifEX:BodySerialNumber", "exif.CameraOwnerName"),
)
_TEXTS = (
    *("exif.ImageDescription", "exif.UserComment", "comment", "exif.XPComment", "exif.XPTitle", "exif.Artist"),
    *("makernote.UserLabel", "exif.HostComputer", "exif.DocumentName", "xmp.dc:description", "xmp.dc:title"),
)
_KEY = re.compile(
    r"(?<![A-Za-z0-9])(IMEI|S/?N|SERIAL(?: ?(?:NO|NUMBER))?|MAC|(?:CAM(?:ERA)?|DEVICE|DEV)[ _]?(?:ID|NAME|SN|NO)|ID|CAM"
    r"|CAMERA|DEVICE|NAME)(\s*[=:：]\s*)(?=[^\s;,|])",
    re.IGNORECASE,
)
_VALUE = "[^;,|\\r\\n]+"
_WORD = "[^;,|\\s]+"
_NEXT_KEY = re.compile(r"\s[A-Za-z]\w*\s*[=:]")
_LONGEST_TEXT = 40
_SEVERAL = re.compile("[=:;|]")
_MOST_FOLDERS = 8
_MOST_PARTS = 8


@dataclass(frozen=True)
class Lead:
    """A place that may hold the ID: how a profile names it, where it stands, and what it gives, in order of the files.

    `words` fit behind "take"; `find` is None where the source is no named group.
    """

    key: str
    words: str
    kind: Kind
    source: str
    find: Find | None = None
    values: tuple[str, ...] = ()


def find_leads(subjects: Sequence[Subject], stamp: str) -> list[Lead]:
    """Return the places that hold something for all files, the most telling first; `stamp` finds the time in names."""
    possible = (*_tags(), *_named(subjects), *_imei(), *_folders(subjects), *_parts(subjects, stamp), *_whole())
    filled = [replace(lead, values=values) for lead in possible if (values := values_of(lead, subjects))]
    found: dict[tuple[bool, tuple[str, ...]], Lead] = {}
    for lead in filled:
        if lead.kind == "text" and any(len(value) > _LONGEST_TEXT or _SEVERAL.search(value) for value in lead.values):
            continue
        found.setdefault((lead.kind == "folder", lead.values), lead)
    return list(found.values())


def values_of(lead: Lead, subjects: Sequence[Subject]) -> tuple[str, ...]:
    """Return what a lead gives for each file, empty when one has nothing there."""
    values = []
    for subject in subjects:
        value = _value(lead, subject)
        if not value:
            return ()
        values.append(value)
    return tuple(values)


def _value(lead: Lead, subject: Subject) -> str | None:
    if lead.find is None:
        return look_up(lead.source, subject)
    text = look_up(lead.find.source, subject)
    try:
        found = search(compiled(lead.find.pattern), text, subject.budget) if text else None
    except (BadPatternError, TooSlowError):
        return None
    return found["id"].strip() if found else None


def _tags() -> Iterator[Lead]:
    for source in _SERIALS:
        yield Lead(source, f"the tag {source.partition('.')[2]}", "tag", source)


def _whole() -> Iterator[Lead]:
    for source in _TEXTS:
        yield Lead(source, f"the whole text of {_shown(source)}", "text", source)


def _shown(source: str) -> str:
    return "the comment" if source == "comment" else source.partition(".")[2]


def _named(subjects: Sequence[Subject]) -> Iterator[Lead]:
    """Yield what stands behind a key such as `SN=` in a text; the first file's keys are those of all."""
    for source in _TEXTS:
        text = look_up(source, subjects[0]) if subjects else None
        keys = {key[0].casefold(): key for key in reversed(list(_KEY.finditer(text or "")))}
        for key in reversed(keys.values()):
            value = _WORD if text and _NEXT_KEY.search(text, key.end()) and not re.search("[;,|]", text) else _VALUE
            sign = re.sub(r"\s+", r"\\s*", key[2].strip())
            pattern = rf"(?<![A-Za-z0-9]){re.escape(key[1])}\s*{sign}\s*(?P<id>{value})"
            words = f"what stands behind {key[1]}{key[2].strip()} in {_shown(source)}"
            yield Lead(f"{source}:{key[1]}", words, "named", "{id}", Find(source, pattern))


def _imei() -> Iterator[Lead]:
    yield Lead("path:imei", "the number of 15 digits in the path", "part", "{id}", Find("path", IMEI))


def _folders(subjects: Sequence[Subject]) -> Iterator[Lead]:
    """Yield the folders, the innermost first: by their places from the left where all paths are as deep."""
    depths = {(look_up("path", one) or "").count("/") for one in subjects}
    deep = min(depths, default=0)
    for at in reversed(range(min(deep, _MOST_FOLDERS))):
        if len(depths) == 1:
            before = f"(?:[^/]+/){{{at}}}" if at else ""
            pattern = f"^{before}(?P<id>[^/]+)/"
        else:
            pattern = f"(?:^|/)(?P<id>[^/]+)(?:/[^/]+){{{deep - at}}}$"
        yield Lead(f"folder:{at}", f"the {_ordinal(at)} folder", "folder", "{id}", Find("path", pattern))


def _ordinal(at: int) -> str:
    return ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")[at]


def _parts(subjects: Sequence[Subject], stamp: str) -> Iterator[Lead]:
    """Yield the parts of the files' names: what stands before the time, then those between `_` and `-`."""
    if not subjects:
        return
    if stamp:
        pattern = rf"(?:^|/)(?P<id>[^/]+?)(?:[_-][0-9]{{1,3}})?[_-]{stamp}[^/]*$"
        yield Lead("before-time", "what stands before the time in the name", "part", "{id}", Find("path", pattern))
    name = (look_up("path", subjects[0]) or "").rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    pieces = re.split("[_-]", stem)
    for at, piece in enumerate(pieces[:_MOST_PARTS]):
        if at == len(pieces) - 1 and is_counter(piece):
            continue
        behind = r"\.[^./]*$" if at == len(pieces) - 1 else "[_-][^/]*$"
        before = f"(?:[^/_-]*[_-]){{{at}}}" if at else ""
        pattern = f"(?:^|/){before}(?P<id>[^/_-]+){behind}"
        yield Lead(f"part:{at}", f"the {_ordinal(at)} part of the name", "part", "{id}", Find("path", pattern))
