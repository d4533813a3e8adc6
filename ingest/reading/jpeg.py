"""The structure of a JPEG: walks its markers (ITU-T T.81, annex B) for size, metadata and end; decodes no pixel.

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
_APP1, _SCAN, _END, _COMMENT = 0xE1, 0xDA, 0xD9, 0xFE
_END_OF_IMAGE = b"\xff\xd9"
_EXIF = b"Exif\0\0"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MOST_COMMENTS = 4
_MOST_MARKERS = 5_000  # a photo has about 20; without a bound, 10 MB of markers cost seconds


@dataclass(frozen=True)
class Structure:
    """What the markers say. `exif` is the TIFF part of the first EXIF segment, None when there is none.

    `xmp` is the first packet of XMP; `comment` has the comments, one a line, each up to its first NUL.
    """

    width: int | None = None
    height: int | None = None
    has_scan: bool = False
    complete: bool = False
    exif: bytes | None = None
    xmp: bytes | None = None
    comment: bytes = b""


def read_structure(content: bytes) -> Structure:
    """Walk a JPEG as far as it goes; whatever follows its end-of-image is no concern of ours."""
    width = height = None
    exif: bytes | None = None
    xmp: bytes | None = None
    comments: list[bytes] = []
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
            whole = content.rfind(_END_OF_IMAGE, end) >= 0
            return Structure(width, height, True, whole, exif, xmp, b"\n".join(comments))
        if code in _FRAMES and width is None:
            width, height = _frame_size(content[at:end])
        elif code == _APP1 and exif is None and content.startswith(_EXIF, at + 2):
            exif = content[at + 2 + len(_EXIF) : end]
        elif code == _APP1 and xmp is None and content.startswith(_XMP, at + 2):
            xmp = content[at + 2 + len(_XMP) : end]
        elif code == _COMMENT and len(comments) < _MOST_COMMENTS:
            comments.append(content[at + 2 : end].partition(b"\0")[0])
        at = max(end, at)
    return Structure(width, height, exif=exif, xmp=xmp, comment=b"\n".join(comments))


def _frame_size(frame: bytes) -> tuple[int, int] | tuple[None, None]:
    height, width = int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[5:7], "big")
    return (width, height) if width and height and len(frame) >= 8 else (None, None)
