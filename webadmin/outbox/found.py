"""What an AI has found in a photo, as its page shows it: words, where they are from, boxes over the photo. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ingest.outbox.results import Finding
from ingest.spool.sidecar import Sidecar
from webadmin.drawing.boxes import Box, draw_boxes, turned_back


@dataclass(frozen=True)
class Shown:
    """What was found in one photo. `drawing` is to lie over it; None where nothing can be drawn."""

    category: str
    confidence: float
    file: str
    boxes: tuple[Box, ...]
    drawing: Markup | None


def shown(finding: Finding, sidecar: Sidecar | None) -> Shown:
    """Return what a photo's page shows of a finding."""
    boxes = tuple(
        Box(one.category, one.confidence, one.left, one.top, one.width, one.height) for one in finding.detections
    )
    return Shown(finding.category, finding.confidence, finding.file, boxes, _drawing(boxes, sidecar))


def _drawing(boxes: tuple[Box, ...], sidecar: Sidecar | None) -> Markup | None:
    if sidecar is None or not sidecar.width or not sidecar.height:
        return None
    orientation = (sidecar.exif or {}).get("Orientation")
    turned = [box for box in (turned_back(box, orientation) for box in boxes) if box]
    return draw_boxes(turned, sidecar.width, sidecar.height) if turned else None


def ids_of(found: Mapping[str, Finding], category: str) -> list[str]:
    """Return the items in which this is the surest that was found."""
    return [item_id for item_id, one in found.items() if one.category == category]
