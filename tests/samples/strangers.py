"""Photos of cameras that no profile knows, as bundles of upload paths and bytes: what drafts are made from."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import piexif

from tests.samples.drawing import drawn, with_segments

Bundle = list[tuple[str, bytes]]
"""Files of one camera type: upload path and content."""

FIRST = datetime(2026, 11, 21, 1, 15, 30)  # noqa: DTZ001 - a camera's clock has no zone
"""When the first photo of a bundle was taken; each other is a day and an hour later."""

_ASCII = b"ASCII\0\0\0"


def moments(files: int = 3, first: datetime = FIRST) -> list[datetime]:
    """Return when the photos of a bundle were taken."""
    return [first + timedelta(days=number, hours=number) for number in range(files)]


def tagged(
    make: str = "", model: str | None = None, original: str = "", description: str = "", comment: str = "", **first: str
) -> bytes:
    """Return a photo with these tags; others of the first directory by their names, and a Body Serial by `serial`."""
    serial = first.pop("serial", "")
    image = {getattr(piexif.ImageIFD, name): text.encode() for name, text in first.items()}
    for number, text in ((0x010F, make), (0x0110, model), (0x010E, description)):
        if text or text == model:
            image[number] = (text or "").encode()
    exif: dict[int, bytes] = {0x9003: original.encode()} if original else {}
    exif |= {0x9286: _ASCII + comment.encode()} if comment else {}
    exif |= {0xA431: serial.encode()} if serial else {}
    return drawn({"0th": {tag: text for tag, text in image.items() if text is not None}, "Exif": exif}, (64, 48))


def original(moment: datetime) -> str:
    """Return a time as EXIF has it."""
    return f"{moment:%Y:%m:%d %H:%M:%S}"


def bare(paths: Iterable[str]) -> Bundle:
    """Return photos without any EXIF under these paths."""
    return [(path, drawn(None, (64, 48))) for path in paths]


def commented(path: str, text: str) -> Bundle:
    """Return a photo that has nothing but a JPEG comment."""
    return [(path, with_segments((0xFE, text.encode())))]
