"""Makes samples from photos of strangers: metadata stays byte for byte, the picture becomes a mosaic of few bytes."""

import struct
import warnings
from io import BytesIO

from PIL import Image

from ingest.errors import CamspoolError
from ingest.reading.jpeg import START

_MOST_PIXELS = (1280, 1280)
_MOST_DECODED_PIXELS = 60_000_000
_MOST_PROGRESSIVE_PIXELS = 16_000_000  # a progressive JPEG keeps all its coefficients in memory: 4 bytes a pixel
_UNREADABLE = (
    *(OSError, ValueError, SyntaxError, TypeError, IndexError, ArithmeticError, struct.error),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)
"""What Pillow raises for pictures that are none."""

_MOSAIC = 32
_APP0, _LAST_APP, _COMMENT, _SCAN = 0xE0, 0xEF, 0xFE, 0xDA
_FILL = 0xFF  # any number of it may stand before a marker (ITU-T T.81, B.1.1.2)


def shrink(content: bytes) -> bytes:
    """Return a photo's metadata around a mosaic of its picture; anything but a JPEG comes back as it is.

    Raise CamspoolError when the picture cannot be read.
    """
    if not content.startswith(START):
        return content
    picture = _mosaic(content)
    return START[:2] + _metadata_segments(content) + picture[2:]


def without_picture(content: bytes, width: int, height: int) -> bytes:
    """Return a photo's metadata around one colour, of the size that `shrink` would give it: nothing is decoded."""
    scale = min(1.0, _MOST_PIXELS[0] / max(width, height))
    output = BytesIO()
    size = max(1, round(width * scale)), max(1, round(height * scale))
    Image.new("RGB", size, (96, 120, 72)).save(output, "JPEG", quality=30)
    return START[:2] + _metadata_segments(content) + output.getvalue()[2:]


def _mosaic(content: bytes) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=["JPEG"]) as image:
                _check_size(image)
                image.draft("RGB", _MOST_PIXELS)
                small = image.convert("RGB")
    except _UNREADABLE as error:
        raise CamspoolError(f"The photo cannot be made small: {error}. Give a whole one.") from error
    small.thumbnail(_MOST_PIXELS)
    size = small.size
    blocks = (max(1, size[0] // _MOSAIC), max(1, size[1] // _MOSAIC))
    output = BytesIO()
    small.info.clear()  # Pillow would write a comment of the photo once more
    small.resize(blocks).resize(size, Image.Resampling.NEAREST).save(output, "JPEG", quality=30)
    return output.getvalue()


def _check_size(image: Image.Image) -> None:
    """Raise ValueError for a picture that would take too much memory."""
    most = _MOST_PROGRESSIVE_PIXELS if image.info.get("progressive") else _MOST_DECODED_PIXELS
    if image.width * image.height > most:
        raise ValueError(f"{image.width} × {image.height} pixels are more than {most // 1_000_000} million")


def _metadata_segments(content: bytes) -> bytes:
    """Return the application and comment segments before the picture, as they stand."""
    kept, at = [], 2
    while at + 4 <= len(content) and content[at] == _FILL and content[at + 1] != _SCAN:
        if content[at + 1] == _FILL:
            at += 1
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if _APP0 < content[at + 1] <= _LAST_APP or content[at + 1] == _COMMENT:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)
