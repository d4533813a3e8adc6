"""Makes a sample of a file: its picture is gone, and what it tells of somebody is made up. Pure."""

from collections.abc import Iterator

from ingest.errors import CamspoolError
from ingest.packing.exif_block import anonymous_block
from ingest.packing.read_sources import reads_any
from ingest.packing.replacing import Replacing
from ingest.profiles.shrinking import shrink, without_picture
from ingest.reading.jpeg import START, read_structure

_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_APP1, _COMMENT = 0xE1, 0xFE
_APP0, _LAST_APP = 0xE0, 0xEF
_CUT_BYTES = 16


def anonymous(content: bytes, replacing: Replacing, sources: frozenset[str]) -> bytes:
    """Return a photo or a report as a sample that keeps what these sources say, with made-up values.

    Raise CamspoolError for a photo that has no picture at all.
    """
    if not content.startswith(START):
        return replacing.in_bytes(content)
    structure = read_structure(content)
    if structure.width is None or structure.height is None:
        raise CamspoolError("it is a photo without a size")
    small = _small(content, structure.width, structure.height, is_whole=structure.complete)
    head, picture = [], 2
    for marker, start, end in _segments(small):
        picture = end
        head.append(_segment(marker, small[start + 4 : end], replacing, sources))
    return small[:2] + b"".join(_firsts(head)) + small[picture:]


def _small(content: bytes, width: int, height: int, *, is_whole: bool) -> bytes:
    """Return a photo with a mosaic for its picture, and one colour where that cannot be decoded with little effort."""
    if is_whole:
        try:
            return shrink(content)
        except CamspoolError:
            return without_picture(content, width, height)
    return without_picture(content, width, height)[:-_CUT_BYTES]


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield marker, start and end of the segments with metadata, which stand before the picture."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker, end = content[at + 1], at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _APP0 or not (_APP0 < marker <= _LAST_APP or marker == _COMMENT):
            return
        yield marker, at, end
        at = end


def _segment(marker: int, body: bytes, replacing: Replacing, sources: frozenset[str]) -> tuple[str, bytes]:
    """Return what kind of segment it is, and its bytes; of no kind when nobody reads it."""
    if marker == _APP1 and body.startswith(_EXIF):
        block = anonymous_block(body[len(_EXIF) :], replacing.in_bytes, sources)
        return "exif", _headed(marker, _EXIF + block)
    if marker == _APP1 and body.startswith(_XMP) and reads_any(sources, "xmp"):
        return "xmp", _headed(marker, _XMP + replacing.in_bytes(body[len(_XMP) :]))
    if marker == _COMMENT and "comment" in sources:
        return "comment", _headed(marker, replacing.in_bytes(body.partition(b"\0")[0].ljust(len(body), b"\0")))
    return "", b""


def _firsts(segments: list[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield the segments that are read: of EXIF and XMP only the first, as readers do."""
    seen: set[str] = set()
    for kind, written in segments:
        if kind and (kind == "comment" or kind not in seen):
            yield written
        seen.add(kind)


def _headed(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body
