"""Draws the pictures of simulated photos: a dull forest with the noise, and so the bytes, of a real one."""

import random
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw

Size = tuple[int, int]

_SMALL_QUALITY = 52
_LARGE_QUALITY = 77


@lru_cache(maxsize=16)
def forest_picture(size: Size, scene: int) -> bytes:
    """Return a drawn forest as JPEG: about 0.12 MB at 1280x960, 2.5 MB at 4000x3000, as such cameras make them."""
    width, height = size
    image = _forest(size, random.Random(scene))  # noqa: S311 - a picture, not a secret
    quality = _SMALL_QUALITY if width * height < 4_000_000 else _LARGE_QUALITY
    output = BytesIO()
    image.save(output, "JPEG", quality=quality, subsampling=2)
    return output.getvalue()


def _forest(size: Size, dice: random.Random) -> Image.Image:
    width, height = size
    light = Image.linear_gradient("L").resize(size).point(lambda value: 165 - value // 2)
    bands = [light.point(lambda value, part=part: int(value * part)) for part in (0.78, 0.92, 0.66)]
    image = Image.merge("RGB", bands)
    pen = ImageDraw.Draw(image)
    for _ in range(14):
        left, thickness = dice.randrange(width), max(2, dice.randrange(width // 90 + 2, width // 22 + 4))
        shade = dice.randrange(25, 70)
        foot = dice.randrange(height * 6 // 10, height + 1)
        pen.rectangle((left, 0, left + thickness, foot), fill=(shade, shade - 6, shade - 14))
    return ImageChops.add(image, _grain(size, dice), scale=1, offset=-16)


def _grain(size: Size, dice: random.Random) -> Image.Image:
    """Return sensor noise from 0 to 32; from `dice`, so that samples can be made again byte for byte."""
    noise = Image.frombytes("L", size, dice.randbytes(size[0] * size[1])).point(lambda value: value // 8)
    return Image.merge("RGB", (noise, noise, noise))
