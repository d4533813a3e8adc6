"""Lets what was here before a target go there too: makes the marks of items that it has neither got nor refused."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.index.places import day_folders, id_in, items_in, read_sidecar
from ingest.settings.targets import Target
from ingest.spool.deliveries import done_on, failed_ids
from ingest.spool.durable import flush_folder, replace_file
from ingest.spool.outbox import FILLED, make_marks, marked_ids, prepare_target, target_folder, wanted_by
from ingest.spool.stamp import utc_text

LOT = 1000


@dataclass(frozen=True)
class Extent:
    """Which of the items that are here: those that arrived from one day to another (both count, such as 2026-04-09;
    empty: no end), and of one camera (empty: of all)."""

    from_day: str = ""
    until_day: str = ""
    camera: str = ""


def extent_of(from_day: str | None, until_day: str | None, camera: str | None) -> Extent:
    """Return the extent that a person asks for. Raise CamspoolError where a day is none."""
    for day in (from_day, until_day):
        if day and not _is_day(day):
            raise CamspoolError(f"{day!r} is not a day; expected such as 2026-04-09.")
    return Extent(from_day or "", until_day or "", camera or "")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def fill(root: Path, target: Target, extent: Extent, by: str, on_item: Callable[[], object] = lambda: None) -> int:
    """Make marks for what is wanted and not there yet; note that it was decided; return how many. Raise OSError.

    `on_item` is called for each item that was looked at. Doing it again marks only what is still missing.
    """
    prepare_target(root, target.name)
    missing = _missing(root, target, extent, on_item)
    count = 0
    while lot := list(islice(missing, LOT)):
        make_marks(root, ((target.name, item_id) for item_id in lot))
        count += len(lot)
    flush_folder(target_folder(root, target.name))
    note_filled(root, target.name, by, extent, count)
    return count


def _missing(root: Path, target: Target, extent: Extent, on_item: Callable[[], object]) -> Iterator[str]:
    known = frozenset(marked_ids(root, target.name)) | frozenset(failed_ids(root, target.name))
    done: dict[str, frozenset[str]] = {}
    for folder in _folders(root, extent):
        day = folder.rpartition("/")[2]
        if day not in done:
            done[day] = delivered_on(root, target.name, day)
        for place in items_in(root, folder):
            on_item()
            item_id = id_in(place)
            is_new = item_id not in known and item_id not in done[day]
            if item_id and is_new and _is_wanted(root, place, target, extent):
                yield item_id


def _folders(root: Path, extent: Extent) -> Iterator[str]:
    for folder in day_folders(root, extent.from_day):
        verdict, group, day = folder.split("/")
        # What is rejected lies by its reason, whatever camera it is of.
        may_be_of_camera = verdict == "rejected" or extent.camera in ("", group)
        if may_be_of_camera and (not extent.until_day or day <= extent.until_day):
            yield folder


def delivered_on(root: Path, target: str, day: str) -> frozenset[str]:
    """Return the ids of the items of a day that a target has got."""
    return frozenset(one.id for one in done_on(root, target, day) if one.outcome == "delivered")


def _is_wanted(root: Path, place: str, target: Target, extent: Extent) -> bool:
    sidecar = read_sidecar(root, place)
    if sidecar is None or extent.camera not in ("", sidecar.camera_id):
        return False
    return bool(wanted_by(sidecar, [target]))


def note_filled(root: Path, target: str, by: str, extent: Extent | None, items: int) -> None:
    """Note what somebody decided about the items that were here before a target: None, that they need not go."""
    prepare_target(root, target)
    told = {"at": utc_text(datetime.now(UTC)), "by": by, "extent": asdict(extent) if extent else None, "items": items}
    replace_file(target_folder(root, target) / FILLED, json.dumps(told).encode())
