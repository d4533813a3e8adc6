"""What an AI has found in photos: `outbox/<target>/results/*.json`, in MegaDetector's exchange format.

Its keys: `detection_categories` names the categories, `images` has for each file its `detections` with `category`,
`conf` and `bbox`: left, top, width and height as shares of the photo. A file's name has the item's id.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.settings.targets import Target
from ingest.spool.json_text import parse_json
from ingest.spool.outbox import target_folder
from ingest.spool.stamp import is_id

SURE = 0.2
"""MegaDetector's own tools take what is less sure for nothing."""
CATEGORIES = ("animal", "person", "vehicle")
_ID = re.compile(r"\d{8}T\d{6}\.\d{6}Z-[0-9a-f]+")


@dataclass(frozen=True)
class Detection:
    """One thing in a photo, in shares of its width and height."""

    category: str
    confidence: float
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Finding:
    """What was found in one item: its surest category, or `blank`; `file` says so, relative to the spool root."""

    item_id: str
    category: str
    confidence: float
    detections: tuple[Detection, ...]
    file: str


def findings(root: Path, targets: Iterable[Target]) -> dict[str, Finding]:
    """Return what was found, by item; the file that changed last counts. What cannot be read is left out."""
    files = [file for target in targets for file in (target_folder(root, target.name) / "results").glob("*.json")]
    found: dict[str, Finding] = {}
    for file in sorted(files, key=lambda one: one.stat().st_mtime_ns):
        with suppress(OSError, ValueError, TypeError, AttributeError):
            found |= {one.item_id: one for one in _read(parse_json(file.read_bytes()), str(file.relative_to(root)))}
    return found


def finding_of(root: Path, targets: Iterable[Target], item_id: str) -> Finding | None:
    """Return what was found in one item; None when no AI has looked at it."""
    return findings(root, targets).get(item_id)


def _read(content: Any, file: str) -> Iterator[Finding]:
    names = {str(key): str(name) for key, name in content.get("detection_categories", {}).items()}
    for image in content.get("images", []):
        match = _ID.search(str(image.get("file", "")))
        if match and is_id(match[0]):
            yield _finding(match[0], image.get("detections") or [], names, file)


def _finding(item_id: str, given: list[Any], names: Mapping[str, str], file: str) -> Finding:
    sure = [one for one in (_detection(one, names) for one in given) if one.confidence >= SURE]
    sure.sort(key=lambda one: one.confidence, reverse=True)
    return Finding(
        item_id, sure[0].category if sure else "blank", sure[0].confidence if sure else 1.0, tuple(sure), file
    )


def _detection(given: Mapping[str, Any], names: Mapping[str, str]) -> Detection:
    left, top, width, height = (float(share) for share in given["bbox"])
    return Detection(names.get(str(given["category"]), "?"), float(given["conf"]), left, top, width, height)
