"""An index of millions of items without their files: pages that list and count read nothing else."""

import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from ingest.index.rows import REPORT_FIELDS, ItemRow, ReportRow, number_of
from ingest.index.schema import INDEXES
from ingest.index.store import FILE, create_tables, insert_rows, mark_whole, read_index, set_state
from ingest.index.totals import TOTALS
from ingest.spool.camera_records import camera_record_file
from ingest.spool.root import prepare_spool
from ingest.spool.stamp import utc_text

REASONS = ("missing_location", "no_matching_profile", "duplicate", "unsupported_file_type", "broken_jpeg")
REPORT_EVERY = 40
REJECT_EVERY = 12
CACHE_KB = 64_000
_BATCH = 20_000


@dataclass(frozen=True)
class Size:
    """How much an index holds. With `daily_reports`, each camera has a record and sends a report on each day."""

    name: str
    cameras: int
    photos: int
    days: int
    daily_reports: bool = False

    @property
    def reports_a_day(self) -> int:
        """Reports that come on a day beside the photos."""
        return self.cameras if self.daily_reports else 0


def fill_index(root: Path, size: Size) -> None:
    """Make a spool whose index holds this much, up to now."""
    root.mkdir(parents=True)
    prepare_spool(root)
    if size.daily_reports:
        _write_records(root, size.cameras)
    with closing(sqlite3.connect(root / FILE, isolation_level=None)) as index:
        index.execute("PRAGMA journal_mode = OFF")
        index.execute("PRAGMA synchronous = OFF")
        index.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        create_tables(index)
        index.execute("BEGIN")
        rows = _rows(size)
        while batch := list(islice(rows, _BATCH)):
            insert_rows(index, batch, [report for row in batch for report in _report(row)])
        index.execute("COMMIT")
        index.executescript(INDEXES)
        index.executescript(TOTALS)
        set_state(index, "complete", "yes")
        mark_whole(index)
        index.execute("PRAGMA journal_mode = WAL")


def _write_records(root: Path, cameras: int) -> None:
    for camera in range(cameras):
        record = {"name": f"Ridge {camera}", "notes": "On the beech, two metres up.", "registered": True}
        camera_record_file(root, _camera_id(camera)).write_text(json.dumps(record))


def _camera_id(camera: int) -> str:
    return f"8619430{camera:08d}"


def some_ids(root: Path) -> tuple[str, str, str]:
    """Return a camera, an item and a reason to ask for."""
    with closing(read_index(root)) as index:
        camera = index.execute("SELECT camera_id FROM cameras ORDER BY images_accepted DESC LIMIT 1").fetchone()[0]
        item = index.execute("SELECT id FROM items ORDER BY number DESC LIMIT 1").fetchone()[0]
    return camera, item, REASONS[0]


def _rows(size: Size) -> Iterator[ItemRow]:
    """Yield the rows of all days, the daily reports spread evenly among the photos."""
    dice = random.Random(0)
    reports, a_day = size.reports_a_day, size.photos // size.days + size.reports_a_day
    begin, step = datetime.now(UTC) - timedelta(days=size.days), timedelta(days=1) / a_day
    for number in range(a_day * size.days):
        daily = number % a_day * reports // a_day
        is_daily = (number % a_day + 1) * reports // a_day > daily
        camera = daily if is_daily else dice.randrange(size.cameras)
        yield _row(begin + step * number, number, camera, dice, is_daily=is_daily)


def _row(at: datetime, number: int, camera: int, dice: random.Random, *, is_daily: bool) -> ItemRow:
    item_id = f"{at:%Y%m%dT%H%M%S.%f}Z-{dice.getrandbits(32):08x}"
    camera_id, text = _camera_id(camera), utc_text(at)
    rejected = not is_daily and number % REJECT_EVERY == 0
    is_report = is_daily or (not rejected and number % REPORT_EVERY == 1)
    reason = REASONS[dice.randrange(len(REASONS)) if dice.random() < 0.5 else 0] if rejected else None
    name = f"{camera_id}-{at:%d%m%Y%H%M%S}-" + ("dr.txt" if is_report else f"4-SYPR{number % 10_000:04d}.JPG")
    folder = f"rejected/{reason}" if rejected else f"accepted/{camera_id}"
    return ItemRow(
        number=number_of(item_id),
        id=item_id,
        place=f"{folder}/{at:%Y-%m-%d}/{item_id}-{name}",
        verdict="rejected" if rejected else "accepted",
        kind="report" if is_report else "image",
        source="ftps",
        reason=reason,
        camera_id=camera_id,
        camera_text=None,
        profile="swift-enduro-4.0pcg-r" if camera % 3 == 0 else "willfine-4.0t-cg",
        connection=item_id,
        account="camera",
        client=f"100.64.{camera % 7}.{camera % 250}",
        upload_path=name,
        received_at=text,
        decided_at=text,
        captured_at=f"{at:%Y-%m-%dT%H:%M:%S}",
        captured_at_utc=utc_text(at - timedelta(seconds=30 if camera % 9 else 3600)),
        size_bytes=dice.randrange(80_000, 160_000),
        sha256=f"{dice.getrandbits(256):064x}",
        latitude=52 + camera % 100 / 100,
        longitude=5 + camera // 100 / 100,
        width=1280,
        height=960,
        warnings="",
        problem="The photo has no position." if rejected else None,
        duplicate_of=None,
        attempts=1,
        make="SY" if camera % 3 == 0 else "Willfine",
        model=None,
        location_source="exif.GPS",
        orientation=1,
        part_of=None,
        corrected="",
        said_at=None,
        said_utc=None,
    )


def _report(row: ItemRow) -> list[ReportRow]:
    if row.kind != "report":
        return []
    dice = row.size_bytes
    told = {
        "battery_percent": dice % 100,
        "signal_csq": dice % 32,
        "temperature_c": dice % 30,
        "sd_free_mb": 20_000,
        "sd_total_mb": 59_628,
        "sd_used_percent": dice % 90,
        "images_total": dice % 5000,
        "images_sent": dice % 1000,
        "latitude": 52.0,
        "longitude": 5.0,
    }
    figures = (told.get(name) for name in REPORT_FIELDS)
    return [(row.id, row.camera_id, row.received_at, row.captured_at, *figures)]
