"""What an AI has found in a photo, as its page shows it: words, where they are from, boxes over the photo. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ingest.outbox.results import RESULTS, SURE, Finding
from ingest.spool.outbox import OUTBOX
from ingest.spool.sidecar import Sidecar
from webadmin.drawing.boxes import Box, draw_boxes, turned_back


@dataclass(frozen=True)
class Shown:
    """What was found in one photo, the surest first; `file` is relative to the spool root.

    `drawing` is to lie over the photo; None where nothing can be drawn.
    """

    category: str
    confidence: float
    file: str
    boxes: tuple[Box, ...]
    drawing: Markup | None


def shown(finding: Finding, sidecar: Sidecar | None) -> Shown:
    """Return what a photo's page shows of a finding; what is less than sure counts for nothing."""
    sure = sorted((one for one in finding.detections if one.confidence >= SURE), key=lambda one: -one.confidence)
    boxes = tuple(Box(one.category, one.confidence, *one.box) for one in sure)
    file = f"{OUTBOX}/{finding.target}/{RESULTS}/{finding.source}"
    return Shown(finding.category, finding.confidence, file, boxes, _drawing(boxes, sidecar))


def _drawing(boxes: tuple[Box, ...], sidecar: Sidecar | None) -> Markup | None:
    if sidecar is None or not sidecar.width or not sidecar.height:
        return None
    orientation = (sidecar.exif or {}).get("Orientation")
    turned = [box for box in (turned_back(box, orientation) for box in boxes) if box]
    return draw_boxes(turned, sidecar.width, sidecar.height) if turned else None


def ids_of(found: Mapping[str, Finding], category: str) -> list[str]:
    """Return the items in which this is the surest that was found."""
    return [item_id for item_id, one in found.items() if one.category == category]
