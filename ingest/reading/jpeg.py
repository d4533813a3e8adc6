"""The structure of a JPEG: walks its markers (ITU-T T.81, annex B) for size, EXIF and end, without decoding a pixel.

Up to the first scan it walks. Inside scans every 0xFF is followed by 0x00 or a restart, and the tables between the
scans of a progressive photo hold no 0xFFD9, so from there on the end is searched, backwards: a whole photo has it last.
"""

import re
from dataclasses import dataclass

START = b"\xff\xd8\xff"
"""The first bytes of every JPEG: start-of-image and the beginning of the next marker."""

_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")  # not a stuffed byte, filling, or a restart inside a scan
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_STANDALONE = frozenset({0x01, 0xD8})
_APP1, _SCAN, _END = 0xE1, 0xDA, 0xD9
_END_OF_IMAGE = b"\xff\xd9"
_EXIF = b"Exif\0\0"
_MOST_MARKERS = 5_000  # a photo has about 20; without a bound, 10 MB of markers cost seconds


@dataclass(frozen=True)
class Structure:
    """What the markers say. `exif` is the TIFF part of the first EXIF segment, None when there is none."""

    width: int | None = None
    height: int | None = None
    has_scan: bool = False
    complete: bool = False
    exif: bytes | None = None


def read_structure(content: bytes) -> Structure:
    """Walk a JPEG as far as it goes; whatever follows its end-of-image is no concern of ours."""
    width = height = None
    exif: bytes | None = None
    at = 2
    for _ in range(_MOST_MARKERS):
        found = _MARKER.search(content, at)
        if not found:
            break
        code, at = content[found.start() + 1], found.end()
        if code in _STANDALONE:
            continue
        if code == _END:
            break
        end = at + int.from_bytes(content[at : at + 2], "big")
        if code == _SCAN:
            return Structure(width, height, True, content.rfind(_END_OF_IMAGE, end) >= 0, exif)
        if code in _FRAMES and width is None:
            width, height = _frame_size(content[at:end])
        elif code == _APP1 and exif is None and content.startswith(_EXIF, at + 2):
            exif = content[at + 2 + len(_EXIF) : end]
        at = max(end, at)
    return Structure(width, height, exif=exif)


def _frame_size(frame: bytes) -> tuple[int, int] | tuple[None, None]:
    height, width = int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[5:7], "big")
    return (width, height) if width and height and len(frame) >= 8 else (None, None)
