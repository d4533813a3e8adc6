"""What the bytes of one file say, before any profile looks at them: kind, structure, metadata, and what is wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from math import ceil
from typing import Any

from ingest.reading.exif import ExifReading, read_exif
from ingest.reading.exif_directories import UnreadableExifError
from ingest.reading.jpeg import START, Structure, read_structure
from ingest.reading.makernotes import Makernotes
from ingest.reading.report_doubts import report_warnings, unparsable
from ingest.reading.reports import is_report_name, read_report
from ingest.reading.xmp import read_xmp
from ingest.settings.values import MEGABYTE, Limits
from ingest.spool.names import one_line
from ingest.spool.sidecar import Problem, Warn
from ingest.vocabulary import Kind

_IMAGE_NAME = re.compile(r"\.jpe?g(\.\d+)?$", re.IGNORECASE)
_VIDEO_NAME = re.compile(r"\.(mp4|avi|mov|h264|3gp)(\.\d+)?$", re.IGNORECASE)
_FORMATS = (
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"RIFF", "an AVI clip or WebP picture"),
    (b"<", "a web page"),
    (b"\0\0\0\0\0\0\0\0", "only zero bytes: the camera's card or its transfer lost the photo"),
)


@dataclass(frozen=True)
class Facts:
    """What one file's bytes say. `sha256` is None when the file is larger than what was read.

    `metadata_problem` is apart from `problems`, because a profile that needs no EXIF does not mind it. `foreign` has
    the bytes of EXIF texts that are not ASCII: a profile may know their encoding. `unread` is the EXIF of a photo that
    has a MakerNote, which is read only where a profile asks for it, see `with_makernotes`. `earlier` are the texts of
    the reports before the last one of a file, None for one that has none.
    """

    kind: Kind
    size_bytes: int
    sha256: str | None = None
    width: int | None = None
    height: int | None = None
    exif: Mapping[str, Any] = field(default_factory=dict)
    foreign: Mapping[str, bytes] = field(default_factory=dict)
    xmp: Mapping[str, str] = field(default_factory=dict)
    comment: bytes = b""
    report: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    metadata_problem: Problem | None = None
    warnings: tuple[Warn, ...] = ()
    unread: bytes | None = None
    makernotes: Makernotes = field(default_factory=Makernotes)
    earlier: tuple[bytes | None, ...] = ()


def bytes_to_read(path: str, limits: Limits) -> int:
    """Return how many bytes of an upload to read at most: one more than the limit tells that it is too large.

    A report's name does not make a report: its content may be a photo, so the larger limit holds for it.
    """
    return (max(limits.image_bytes, limits.report_bytes) if is_report_name(path) else limits.image_bytes) + 1


def read_facts(content: bytes, size_bytes: int, path: str, limits: Limits) -> Facts:
    """Read everything a verdict needs from a file's bytes.

    `content` is the whole file or its first `bytes_to_read`; `size_bytes` is the size of the file; `path` its upload
    path as text. Content wins over name: what begins as a JPEG is an image whatever it is called.
    """
    digest = sha256(content).hexdigest() if len(content) == size_bytes else None
    if content.startswith(START):
        return _image(content, size_bytes, digest, limits)
    kind = kind_of_name(path)
    if kind == "report":
        return _report(content, size_bytes, digest, limits)
    if kind == "image":
        problem = _not_a_jpeg(content) if content else _empty()
        return Facts("image", size_bytes, digest, problems=(problem, *_too_large(size_bytes, limits.image_bytes)))
    problems = (_unsupported(path), *(() if content else (_empty(),)))
    return Facts("other", size_bytes, digest, problems=problems)


def with_makernotes(facts: Facts, makernotes: Makernotes) -> Facts:
    """Return a photo's facts with what its MakerNote says; that it could not be read is a problem and a warning."""
    facts = replace(facts, makernotes=makernotes, unread=None)
    if makernotes.problem is None:
        return facts
    sentence = f"The photo's MakerNote could not be read: {makernotes.problem}"
    warning = Warn("metadata_partly_unreadable", sentence)
    problem = facts.metadata_problem or Problem("unreadable_metadata", sentence)
    return replace(facts, warnings=(*facts.warnings, warning), metadata_problem=problem)


def is_video_name(path: str) -> bool:
    """Say whether a file claims by its name to be a video clip."""
    return _VIDEO_NAME.search(path) is not None


def kind_of_name(path: str) -> Kind:
    """Return what a file claims to be by its name; servers add `.1` to a name that is there already.

    >>> kind_of_name("E1.JPG.1"), kind_of_name("a-dr.txt"), kind_of_name("A.mp4")
    ('image', 'report', 'other')
    """
    if is_report_name(path):
        return "report"
    return "image" if _IMAGE_NAME.search(path) else "other"


def _image(content: bytes, size_bytes: int, digest: str | None, limits: Limits) -> Facts:
    structure = read_structure(content)
    reading, metadata_problem = _metadata(structure)
    warnings = [*_cut(structure, digest), *_small(structure, limits), *_lost(reading)]
    return Facts(
        "image",
        size_bytes,
        digest,
        structure.width,
        structure.height,
        reading.tags,
        reading.foreign,
        read_xmp(structure.xmp) if structure.xmp else {},
        structure.comment,
        problems=(*_too_large(size_bytes, limits.image_bytes), *_broken(structure, digest)),
        metadata_problem=metadata_problem,
        warnings=tuple(warnings),
        unread=structure.exif if "MakerNote" in reading.tags else None,
    )


def _report(content: bytes, size_bytes: int, digest: str | None, limits: Limits) -> Facts:
    if not content:
        return Facts("report", size_bytes, digest, problems=(_empty(),))
    if too_large := _too_large(size_bytes, limits.report_bytes):
        return Facts("report", size_bytes, digest, problems=too_large)
    report = read_report(content)
    if not report.values:
        return Facts("report", size_bytes, digest, problems=(unparsable(report),))
    warnings = report_warnings(report)
    return Facts("report", size_bytes, digest, report=report.values, warnings=warnings, earlier=report.earlier)


def _metadata(structure: Structure) -> tuple[ExifReading, Problem | None]:
    if structure.exif is None:
        sentence = "The photo has no EXIF, so it does not say which camera took it."
        return ExifReading(), Problem("no_metadata", sentence)
    try:
        reading = read_exif(structure.exif)
    except UnreadableExifError as error:
        return ExifReading(), Problem("unreadable_metadata", f"The photo's EXIF cannot be read, because {error}.")
    return reading, None if reading.tags else Problem("no_metadata", "The photo's EXIF is empty.")


def _lost(reading: ExifReading) -> tuple[Warn, ...]:
    if not reading.lost:
        return ()
    lost = f"Not readable in the EXIF: {'; '.join(reading.lost[:5])}."
    return (Warn("metadata_partly_unreadable", lost),)


def _broken(structure: Structure, digest: str | None) -> tuple[Problem, ...]:
    missing = "size of the picture" if structure.width is None else "picture itself"
    if digest is None or (structure.width is not None and structure.has_scan):
        return ()
    return (Problem("broken_jpeg", f"The JPEG is broken: the {missing} is missing."),)


def _cut(structure: Structure, digest: str | None) -> tuple[Warn, ...]:
    if structure.complete or digest is None or not structure.has_scan:
        return ()
    return (Warn("truncated", "The photo has no end: the camera sent only its beginning."),)


def _small(structure: Structure, limits: Limits) -> tuple[Warn, ...]:
    width, height = structure.width or 0, structure.height or 0
    if not width or width * height >= limits.low_resolution_pixels:
        return ()
    pixels = f"{width} × {height} pixels, fewer than {limits.low_resolution_pixels}"
    return (Warn("low_resolution", f"The photo has {pixels}: species are hard to tell."),)


def _empty() -> Problem:
    return Problem("empty_file", "The file is empty.")


def _too_large(size_bytes: int, limit_bytes: int) -> tuple[Problem, ...]:
    if size_bytes <= limit_bytes:
        return ()
    # Upwards: one byte too many must not read as just enough.
    size, limit = ceil(size_bytes / MEGABYTE * 100) / 100, limit_bytes / MEGABYTE
    return (Problem("file_too_large", f"The file has {size:.2f} MB; at most {limit:g} MB are taken."),)


def _not_a_jpeg(content: bytes) -> Problem:
    if content[4:8] == b"ftyp":
        found = "a HEIC picture or a video clip"
    else:
        found = next((name for start, name in _FORMATS if content.startswith(start)), "something else")
    return Problem("not_a_jpeg", f"The name says JPEG, but the content is {found}.")


def _unsupported(path: str) -> Problem:
    name = one_line(path.rpartition("/")[2], 60)
    if is_video_name(path):
        return Problem("unsupported_file_type", f"`{name}` is a video clip; only JPEG photos and reports are taken.")
    return Problem("unsupported_file_type", f"`{name}` is neither a JPEG photo nor a report, such as .txt.")
