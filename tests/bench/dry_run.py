"""The dry run of a profile over 10,000 items, at first and while somebody types, beside reading their sidecars."""

import gc
import json
import sqlite3
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.index.rows import item_row
from ingest.index.schema import INDEXES
from ingest.index.store import FILE, create_tables, insert_rows, mark_whole, read_index
from ingest.index.totals import TOTALS
from ingest.profiles.catalogue import load_catalogue
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import parse_profile
from ingest.reading.facts import Facts
from ingest.settings.values import SHIPPED_PROFILES, Settings
from ingest.spool.item import Item
from ingest.spool.moves import place_of
from ingest.spool.sidecar import Sidecar, sidecar_text
from ingest.spool.stamp import new_id
from ingest.verdict.decision import decide
from tests.bench.figures import Table
from tests.bench.spool import bench_spool
from webadmin.app import COLLECTOR_THRESHOLDS
from webadmin.profiles.candidates import MOST, list_candidates
from webadmin.profiles.trying_out import Remembered, try_out

RUNS = 7
TITLE = "A dry run over 10,000 items, processor time"
RARE, CAMERAS = 140, 200
"""Photos of the camera type that is tried out, and cameras whose photos were accepted, 20 of each at most."""

_EXIF = SHIPPED_PROFILES / "willfine-4.0t-cg/samples/own-time-zone/E1000310.JPG.json"


def measure() -> Iterator[Table]:
    """Yield the milliseconds of a dry run, the best of several, and what a process keeps in memory for it."""
    gc.set_threshold(*COLLECTOR_THRESHOLDS)
    with bench_spool() as root:
        places = _fill(root)
        remembered, rows = Remembered(), {"reading the same sidecars as bytes": _best(lambda: _read_all(root, places))}
        rows["the first one"] = _best(lambda: _try(root, _profile("RARE-1"), Remembered()))
        for words, model in ((f"while typing, it knows some {RARE} of them", "RARE-1"), ("it knows nearly all", "T-9")):
            _try(root, _profile(model), remembered)
            rows[words] = _best(lambda model=model: _try(root, _profile(model), remembered))  # type: ignore[misc]
        floor = next(iter(rows.values()))
        yield Table(TITLE, {name: {"ms": ms, "of floor": ms / floor} for name, ms in rows.items()})
        yield Table("Kept in memory for it", {"a worker of the admin": {"MB": _kept_mb(root)}})


def _kept_mb(root: Path) -> float:
    with closing(read_index(root)) as index:
        rows = list_candidates(index, ()).rows
    gc.collect()
    tracemalloc.start()
    remembered = Remembered()
    remembered.kept.candidates(root, rows)
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return kept / 1e6


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        times.append((time.process_time() - began) * 1000)
    return min(times)


def _read_all(root: Path, places: list[str]) -> None:
    for place in places:
        with (root / f"{place}.json").open("rb", buffering=0) as file:
            file.read()


def _try(root: Path, profile: Profile, remembered: Remembered) -> None:
    settings = Settings(root=root)
    with closing(read_index(root)) as index:
        listed = list_candidates(index, ())
    found = try_out(profile, load_catalogue([SHIPPED_PROFILES]), settings, listed, remembered, read_index, {})
    if found.missed or not found.accepted:
        raise RuntimeError(f"the dry run has accepted {len(found.accepted)} and missed {found.missed}")


def _profile(model: str) -> Profile:
    return parse_profile(
        f"""
        name = "Oakfine"
        evidence = "the bench"
        [image]
        match = {{ "exif.Make" = '^Oakfine$', "exif.Model" = '^{model}$' }}
        [image.fields]
        camera_id = {{ from = "exif.BodySerialNumber" }}
        captured_at = {{ from = "exif.DateTimeOriginal", format = "%Y:%m:%d %H:%M:%S" }}
        location = {{ from = ["exif.GPS", "record"] }}
        """,
        Path("oakfine"),
    )


def _fill(root: Path) -> list[str]:
    """Make the spool's sidecars and its index; photos are not read."""
    placed = [(sidecar, place_of(sidecar)) for sidecar in _sidecars()]
    for sidecar, place in placed:
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / f"{place}.json").write_text(sidecar_text(sidecar))
    with closing(sqlite3.connect(root / FILE, isolation_level=None)) as index:
        create_tables(index)
        index.execute("BEGIN")
        insert_rows(index, [item_row(sidecar, place) for sidecar, place in placed], [])
        index.execute("COMMIT")
        index.executescript(INDEXES)
        index.executescript(TOTALS)
        mark_whole(index)
    return [place for _, place in placed]


def _sidecars() -> Iterator[Sidecar]:
    """Yield what the watcher would write: photos of two unknown types, and accepted ones of many cameras."""
    catalogue, settings, now = load_catalogue([SHIPPED_PROFILES]), Settings(), datetime.now(UTC)
    exif = json.loads(_EXIF.read_text())["exif"]
    for number in range(MOST):
        at = now - timedelta(minutes=number)
        camera, is_known = f"8619430{number // 5 % CAMERAS:08d}", number % 5 > 2
        stranger = {"Make": "Oakfine", "Model": "RARE-1" if number < RARE * 5 // 3 else "T-9"}
        of_camera = {"BodySerialNumber": camera} if is_known else {**stranger, "BodySerialNumber": f"OAK{number % 20}"}
        facts = Facts(
            "image",
            150_000,
            f"{number:064x}",
            1280,
            960,
            {**exif, **of_camera, "DateTimeOriginal": f"{at:%Y:%m:%d %H:%M:%S}"},
        )
        item = Item(new_id(at), f"IMG_{number:04d}.JPG".encode(), "ftps", account="camera")
        yield decide(item, facts, catalogue, settings, decided_at=now)
