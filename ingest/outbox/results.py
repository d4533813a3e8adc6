"""What an AI has found: files in MegaDetector's format that somebody puts into `outbox/<target>/results/`.

The format: `{"info": {"format_version"}, "detection_categories": {"1": "animal", ...}, "images": [{"file",
"detections": [{"category", "conf", "bbox": [x, y, width, height]}]}]}`, the box in parts of the picture
(https://github.com/agentmorris/MegaDetector, "MegaDetector batch output format").
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any

from ingest.settings.targets import Target
from ingest.spool.deliveries import done_days, done_on
from ingest.spool.json_text import parse_json
from ingest.spool.outbox import target_folder
from ingest.spool.stamp import ID_PATTERN, is_id

log = logging.getLogger("camspool")

RESULTS = "results"
CATEGORIES = ("blank", "animal", "person", "vehicle")
SURE = 0.2
"""From this confidence on a detection counts: MegaDetector's documentation names 0.2 for its version 5."""
FILE_MAX_BYTES = 64 * 1024 * 1024
_DETECTIONS_MAX = 100
_WORD = re.compile(r"[\w .-]{1,40}")


@dataclass(frozen=True)
class Detection:
    """One thing in a photo: what it is, how sure that is (0 to 1), and its box in parts of the picture, from the left
    and the top: x, y, width, height."""

    category: str
    confidence: float
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Finding:
    """What an AI has found in one photo. `category` is that of the surest detection that counts, or `blank`."""

    item_id: str
    category: str
    confidence: float
    detections: tuple[Detection, ...]
    target: str
    source: str


def findings(root: Path, targets: Iterable[Target]) -> dict[str, Finding]:
    """Return what was found, by item id. Of several files that tell of an item the one of the last name counts."""
    found: dict[str, Finding] = {}
    for target in targets:
        for file in _files(root, target.name):
            found |= _in_file(root, target.name, file)
    return found


def finding_of(root: Path, targets: Iterable[Target], item_id: str) -> Finding | None:
    """Return what was found in one photo; None when no file tells of it."""
    return findings(root, targets).get(item_id)


def _files(root: Path, target: str) -> list[Path]:
    with suppress(FileNotFoundError, NotADirectoryError):
        return sorted(one for one in (target_folder(root, target) / RESULTS).iterdir() if one.suffix == ".json")
    return []


def _in_file(root: Path, target: str, file: Path) -> Mapping[str, Finding]:
    try:
        stat = file.stat()
        return _read(root, target, file, (stat.st_ino, stat.st_mtime_ns, stat.st_size), _done_stamp(root, target))
    except (OSError, ValueError) as error:
        log.warning("The results in %s cannot be read: %s.", file, error)
        return {}


def _done_stamp(root: Path, target: str) -> tuple[tuple[str, int], ...]:
    """Tell the states of the done files apart: paths in them say which photo is which item."""
    folder = target_folder(root, target) / "done"
    return tuple((day, (folder / f"{day}.jsonl").stat().st_size) for day in done_days(root, target))


@lru_cache(maxsize=64)
def _read(
    root: Path, target: str, file: Path, _stamp: tuple[int, int, int], _done: tuple[tuple[str, int], ...]
) -> Mapping[str, Finding]:
    """Read a file once for each of its states. Raise ValueError when it is not in the format."""
    if file.stat().st_size > FILE_MAX_BYTES:
        raise ValueError(f"it is larger than {FILE_MAX_BYTES // 1024 // 1024} MB")
    items = _items_by_path(root, target)
    found = {}
    for path, detections in detections_in(file.read_bytes()):
        if item_id := item_of_path(path, items):
            found[item_id] = finding(item_id, detections, target, file.name)
    return found


def _items_by_path(root: Path, target: str) -> dict[str, str]:
    paths: dict[str, str] = {}
    for day in done_days(root, target):
        paths |= {one.proof["path"]: one.id for one in done_on(root, target, day) if "path" in one.proof}
    return paths


def item_of_path(path: str, items: Mapping[str, str]) -> str | None:
    """Return the item that a photo's path in a results file means: by an id in it, or as it was delivered.

    The path may be whole, or relative to any folder above the photo.
    """
    if (named := ID_PATTERN.search(path)) and is_id(named[0]):
        return named[0]
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
    return next((items[known] for start in range(len(parts)) if (known := "/".join(parts[start:])) in items), None)


def detections_in(content: bytes) -> Iterator[tuple[str, tuple[Detection, ...]]]:
    """Yield the paths in a results file, each with its detections. Raise ValueError when it is not in the format."""
    whole = parse_json(content)
    try:
        names = {str(key): str(name) for key, name in whole["detection_categories"].items()}
        images = list(whole["images"])
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("it has no detection_categories and images, as MegaDetector writes them") from error
    for image in images:
        try:
            given = (image.get("detections") or [])[:_DETECTIONS_MAX]
            yield str(image["file"]), tuple(_detection(one, names) for one in given)
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError("an image in it has no file, or detections that are none") from error


def _detection(given: Any, names: Mapping[str, str]) -> Detection:
    name = names.get(str(given["category"]), "")
    x, y, width, height = (_share(value) for value in given["bbox"])
    confidence = _share(given["conf"])
    return Detection(name if _WORD.fullmatch(name) else "unknown", confidence, (x, y, width, height))


def _share(value: Any) -> float:
    share = float(value)
    if not isfinite(share):
        raise ValueError("a number in it is none")
    return min(max(share, 0.0), 1.0)


def finding(item_id: str, detections: tuple[Detection, ...], target: str, source: str) -> Finding:
    """Judge a photo by the surest of its detections; where none counts it is blank."""
    surest = max(detections, key=lambda one: one.confidence, default=None)
    if surest is None or surest.confidence < SURE:
        return Finding(item_id, "blank", 1.0 - (surest.confidence if surest else 0.0), detections, target, source)
    return Finding(item_id, surest.category, surest.confidence, detections, target, source)
