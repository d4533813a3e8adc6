"""Small pictures of full size for samples: what matters is their metadata, and the repository stays small."""

from functools import lru_cache
from io import BytesIO

import piexif
from PIL import Image

from ingest.simulation.photos import Exif, exif_segment

SIZE = (1280, 960)


def drawn(exif: Exif | None, size: tuple[int, int] = SIZE) -> bytes:
    """Return a photo of few bytes with these tags."""
    return with_block(piexif.dump(exif) if exif is not None else None, size)


def with_block(block: bytes | None, size: tuple[int, int] = SIZE) -> bytes:
    r"""Return a photo of few bytes with this EXIF block, `Exif\0\0` included, sound or not."""
    picture = _picture(size)
    return picture[:2] + (exif_segment(block) if block is not None else b"") + picture[2:]


def with_segments(*segments: tuple[int, bytes]) -> bytes:
    """Return a photo of few bytes with these segments, each a marker's second byte and its content, at its start."""
    picture = _picture(SIZE)
    headed = (bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content for marker, content in segments)
    return picture[:2] + b"".join(headed) + picture[2:]


def plain(exif: Exif | None = None) -> bytes:
    """Return a photo of one colour, of hardly any bytes, with these tags."""
    picture = _one_colour()
    return picture[:2] + (exif_segment(piexif.dump(exif)) if exif is not None else b"") + picture[2:]


@lru_cache
def _one_colour() -> bytes:
    output = BytesIO()
    Image.new("RGB", SIZE, (96, 120, 72)).save(output, "JPEG", quality=20, optimize=True, progressive=True)
    return output.getvalue()


@lru_cache
def _picture(size: tuple[int, int]) -> bytes:
    light = Image.linear_gradient("L").resize(size)
    output = BytesIO()
    Image.merge("RGB", (light, light.point(lambda value: 200 - value // 2), light)).save(output, "JPEG", quality=20)
    return output.getvalue()
