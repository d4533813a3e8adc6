"""What many profiles cost a verdict, a MakerNote, and a pattern that would never end: the best of several runs."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from ingest import pipeline
from ingest.index.store import open_index
from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import parse_profile
from ingest.reading.exiftool import Exiftool
from ingest.settings.values import SHIPPED_PROFILES, Settings
from ingest.spool import moves
from ingest.spool.item import Item
from ingest.spool.names import incoming_name
from ingest.spool.stamp import new_id
from ingest.watching.queue import BATCH_MAX
from tests.bench.figures import Table
from tests.bench.files import KINDS, photos
from tests.bench.spool import bench_spool
from tests.reconyx import PROFILE, hyperfire_photo

COUNT, RUNS, MANY = 128, 15, 60
ORDINARY, BY_PATH = "E0000159.JPG", 10
SHIPPED = load_catalogue([SHIPPED_PROFILES]).profiles
FEW = tuple(one for one in SHIPPED if one.confirmed)
RECONYX = parse_profile(PROFILE, Path("reconyx"))

Photos = list[tuple[str, bytes]]


def measure() -> Iterator[Table]:
    """Yield what 60 profiles cost beside 4, what a MakerNote costs, and what a hostile pattern does."""
    logging.getLogger("camspool").setLevel(logging.ERROR)
    ordinary = [(ORDINARY, photo) for photo in photos(KINDS[0], COUNT)]
    many = [*FEW, *_invented(MANY - len(FEW), 0)]
    rows = {
        f"{len(FEW)} profiles": (FEW, ordinary),
        f"{len(SHIPPED)} profiles, as shipped": (SHIPPED, ordinary),
        f"{MANY} profiles, by make and model": (many, ordinary),
        f"{MANY} profiles, {BY_PATH} of them by path": ([*FEW, *_invented(MANY - len(FEW), BY_PATH)], ordinary),
        f"{MANY} profiles, one of them with MakerNotes": ([*many[1:], RECONYX], ordinary),
    }
    costs = _best(rows, time.process_time)
    first = next(iter(costs.values()))
    yield Table(
        "Verdicts on photos of 0.15 MB, processor time",
        {name: {"ms a photo": cost, f"verdicts/s of {len(FEW)}": first / cost} for name, cost in costs.items()},
    )
    notes = [("IMG_0001.JPG", hyperfire_photo(seed=n, size=KINDS[0].size)) for n in range(COUNT)]
    read = _best({"read": ([RECONYX], notes), "not asked for": (FEW, notes)}, time.perf_counter)
    yield Table(
        "Photos with a MakerNote, in batches, by the clock", {name: {"ms a photo": read[name]} for name in read}
    )
    endless = [(f"{'a' * 60}!/{number}.jpg", photo) for number, (_, photo) in enumerate(ordinary[:BATCH_MAX])]
    hostile = _best({"a pattern that would never end": ([*FEW, _endless()], endless)}, time.process_time, runs=2)
    yield Table("A hostile pattern, processor time", {name: {"ms a photo": hostile[name]} for name in hostile})


def _best(
    rows: Mapping[str, tuple[Iterable[Profile], Photos]], clock: Callable[[], float], runs: int = RUNS
) -> dict[str, float]:
    """Return the fewest milliseconds a photo of several runs, which are taken in turn."""
    best = dict.fromkeys(rows, float("inf"))
    for _ in range(runs):
        for name, (profiles, content) in rows.items():
            best[name] = min(best[name], _verdicts_ms(Catalogue(tuple(profiles)), content, clock))
    return best


def _verdicts_ms(catalogue: Catalogue, content: Photos, clock: Callable[[], float]) -> float:
    with bench_spool() as root, closing(open_index(root)) as index, Exiftool() as exiftool:
        settings, items = Settings(root=root), {}
        for path, photo in content:
            item = Item(new_id(), path.encode(), "local")
            name = incoming_name(item.id, "local", item.upload_path)
            (root / "incoming" / name).write_bytes(photo)
            items[name] = item
        names, began = sorted(items), clock()
        for begin in range(0, len(names), BATCH_MAX):
            batch = names[begin : begin + BATCH_MAX]
            decided = [pipeline.give_verdict(root, one, items[one], catalogue, settings, exiftool) for one in batch]
            settled = pipeline.settle_duplicates(root, decided, index, {})
            places = moves.commit(root, settled)
            pipeline.remember(root, index, [(one.sidecar, at) for one, at in zip(settled, places, strict=True)])
        return (clock() - began) / len(names) * 1000


def _invented(count: int, by_path: int) -> Iterator[Profile]:
    """Yield profiles of cameras that are not there, some of which are known by their path."""
    for number in range(count):
        match = f"\"exif.Make\" = '^Maker {number}$', \"exif.Model\" = 'X{number}'"
        if number < by_path:
            match = f"path = '^maker{number}/(?P<id>[^/]+)/.+\\.jpe?g$'"
        yield _profile(f"maker-{number}", match, "path.id" if number < by_path else "exif.BodySerialNumber")


def _endless() -> Profile:
    return _profile("endless", "path = '(?:(?:a{1,30}){1,30}){1,30}[b]'", "account")


def _profile(id_: str, match: str, source: str) -> Profile:
    text = f'name = "{id_}"\nevidence = "the bench"\n[image]\nmatch = {{ {match} }}\nrequire = ["camera_id"]\n'
    return parse_profile(f'{text}[image.fields]\ncamera_id = {{ from = "{source}" }}\n', Path(id_))
