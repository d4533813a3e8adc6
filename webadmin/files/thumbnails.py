"""Makes thumbnails of 400 px, once each, in the admin's own cache: never on the way to a verdict.

The only module that decodes pixels. What a file claims is checked before anything is decoded, one at a time.
"""

import os
from io import BytesIO
from itertools import count
from pathlib import Path
from threading import Lock

from PIL import Image, ImageFile

from ingest.spool.stamp import is_id
from webadmin.files.originals import open_original
from webadmin.files.trimming import trim

SIDE = 400
PIXELS_MAX = 60_000_000
PROGRESSIVE_PIXELS_MAX = 16_000_000
"""A progressive JPEG keeps all its coefficients in memory: about 4 bytes a pixel."""

TRIMMED_EVERY = 500

_one_at_a_time = Lock()
_made = count(1)

# Cameras send cut photos; their upper part is worth seeing.
ImageFile.LOAD_TRUNCATED_IMAGES = True


def thumbnail_file(cache: Path, root: Path, item_id: str, place: str) -> Path | None:
    """Return an item's thumbnail, made now if need be; None when the item cannot be shown as a picture.

    That a thumbnail exists also says that the original was decoded as a JPEG. Raise OSError: FileNotFoundError without
    the original, another one when there is no room for the thumbnail.
    """
    file = _place(cache, item_id)
    if file.exists():
        return file if file.stat().st_size else None
    with _one_at_a_time:
        if not file.exists():
            _save(file, render(root, place))
    return file if file.stat().st_size else None


def drop_thumbnail(cache: Path, item_id: str) -> None:
    """Delete the thumbnail of an item that is gone."""
    if is_id(item_id):
        _place(cache, item_id).unlink(missing_ok=True)


def render(root: Path, place: str) -> bytes:
    """Return a JPEG of at most 400 px; empty bytes when the original cannot be decoded."""

    with open_original(root, place) as original:
        try:
            with Image.open(original, formats=["JPEG"]) as image:
                if not _is_bounded(image):
                    return b""
                image.draft("RGB", _fitted(image.size))
                image.thumbnail((SIDE, SIDE), Image.Resampling.BILINEAR)
                output = BytesIO()
                image.convert("RGB").save(output, "JPEG", quality=72, optimize=True)
        except (OSError, ValueError, SyntaxError, TypeError, IndexError, ArithmeticError, Image.DecompressionBombError):
            return b""
    return output.getvalue()


def _place(cache: Path, item_id: str) -> Path:
    return cache / "thumbnails" / item_id[:8] / f"{item_id}.jpg"


def _is_bounded(image: Image.Image) -> bool:
    pixels = image.width * image.height
    return pixels <= (PROGRESSIVE_PIXELS_MAX if image.info.get("progressive") else PIXELS_MAX)


def _fitted(size: tuple[int, int]) -> tuple[int, int]:
    """Return the size to ask the decoder for: a square box would make it decode a 4:3 picture twice as large."""
    scale = SIDE / max(*size, SIDE)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _save(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(f".{os.getpid()}")
    try:
        aside.write_bytes(content)
        aside.rename(file)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    if next(_made) % TRIMMED_EVERY == 0:
        trim(file.parents[1])
