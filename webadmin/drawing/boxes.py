"""Draws what an AI has found in a photo as boxes over it. Pure.

MegaDetector measures in the photo as people see it: turned as its EXIF orientation says. Small pictures here are not
turned, so boxes are turned back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup

KINDS = ("animal", "person", "vehicle")


@dataclass(frozen=True)
class Box:
    """One thing that was found: what it is, how sure that is (0 to 1), and where, in shares of width and height."""

    kind: str
    confidence: float
    left: float
    top: float
    width: float
    height: float

    @property
    def words(self) -> str:
        """What it is and how sure that is, such as `animal 93 %`."""
        return f"{self.kind} {self.confidence:.0%}".replace("%", " %")


def turned_back(box: Box, orientation: object) -> Box | None:
    """Return where a box lies in the pixels as they are stored; None for a mirrored photo, which no camera makes.

    `orientation` is EXIF's: 1 or nothing, 3 upside down, 6 and 8 a quarter turned.
    """
    right, bottom = 1 - box.left - box.width, 1 - box.top - box.height
    match orientation:
        case None | 0 | 1:
            return box
        case 3:
            return replace(box, left=right, top=bottom)
        case 6:
            return replace(box, left=box.top, top=right, width=box.height, height=box.width)
        case 8:
            return replace(box, left=bottom, top=box.left, width=box.height, height=box.width)
    return None


def draw_boxes(boxes: Iterable[Box], width: int, height: int) -> Markup:
    """Return boxes to lie over a photo of this size in pixels: they are scaled and centred as the photo is."""
    drawn = list(boxes)
    return Markup(
        '<svg class="boxes" role="img" aria-label="{}" viewBox="0 0 {} {}" preserveAspectRatio="xMidYMid">{}</svg>'
    ).format(
        f"Found: {', '.join(box.words for box in drawn)}",
        width,
        height,
        Markup("").join(_box(box, width, height) for box in drawn),
    )


def _box(box: Box, width: int, height: int) -> Markup:
    kind = box.kind if box.kind in KINDS else "other"
    left, top = max(0.0, box.left), max(0.0, box.top)
    right, bottom = min(1.0, box.left + box.width), min(1.0, box.top + box.height)
    return Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
        kind, left * width, top * height, max(0.0, right - left) * width, max(0.0, bottom - top) * height
    )
