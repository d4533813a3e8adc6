"""A simulated year of a fleet whose effort and failures are known: what arrives, and what is true.

Each camera reports once a day and takes photos by chance; around what befalls it, it takes one every twenty minutes, so
that the hour of it can be known from outside.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from ingest.index.store import enter, open_index, set_state
from ingest.spool.camera_records import write_camera_record
from ingest.spool.moves import place_of
from ingest.spool.sidecar import Sidecar, sidecar_text
from ingest.spool.stamp import new_id, utc_text
from ingest.verdict.clock import to_utc
from tests.spools import make_sidecar

START = datetime(2025, 11, 15, tzinfo=UTC)
DAYS = 365
ZONE = ZoneInfo("Europe/Amsterdam")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
RESET_DAYS = 2192
DENSE = timedelta(minutes=20)

Span = tuple[datetime, datetime]


def on(day: float) -> datetime:
    """Return a moment of the year by its day."""
    return START + day * DAY


END = on(DAYS)


@dataclass(frozen=True)
class Stood:
    """Where a camera stood: name (empty: nobody has entered it), position, from when until when."""

    name: str
    position: tuple[float, float]
    span: Span


@dataclass
class Actor:
    """One camera: where it stood, and what befalls it.

    `dead`: it gives no sign and what it would take never is; `held`: what it takes arrives at the end; `lost`: what it
    sends never arrives. `failures`: what an export has to say. `dense` are moments around which it takes many photos.
    """

    id: str
    stood: Sequence[Stood]
    zone: ZoneInfo = ZONE
    photos_a_day: float = 3.0
    report_hour: float | None = 7.5
    dead: list[Span] = field(default_factory=list)
    held: list[Span] = field(default_factory=list)
    lost: list[Span] = field(default_factory=list)
    photoless: list[Span] = field(default_factory=list)
    full: list[Span] = field(default_factory=list)
    reset: list[Span] = field(default_factory=list)
    capped: list[tuple[Span, int]] = field(default_factory=list)
    battery: Sequence[tuple[datetime, float]] = ()
    model: Sequence[tuple[datetime, str]] = ((START, "4.0T CG"),)
    gps: bool = True
    dense: list[datetime] = field(default_factory=list)
    failures: list[tuple[str, Span]] = field(default_factory=list)
    record: dict[str, Any] = field(default_factory=dict)

    @property
    def span(self) -> Span:
        """From when until when it is in the field."""
        return self.stood[0].span[0], self.stood[-1].span[1]

    def at(self, moment: datetime) -> Stood:
        """Return where it stands at a moment."""
        return [one for one in self.stood if one.span[0] <= moment][-1]


def within(moment: datetime, spans: Iterable[Span]) -> Span | None:
    """Return the span that a moment lies in."""
    return next((one for one in spans if one[0] <= moment < one[1]), None)


def arrivals(actor: Actor, dice: Random) -> Iterator[Sidecar]:
    """Yield what arrives of a camera in the year, in the order in which it was made."""
    taken = sent = 0
    day, sent_today = None, 0
    for at, kind in _made(actor, dice):
        if within(at, actor.dead) or (kind == "image" and within(at, [*actor.photoless, *actor.full])):
            continue
        local_day = at.astimezone(actor.zone).date()
        day, sent_today = local_day, sent_today if day == local_day else 0
        taken += kind == "image"
        limit = next((limit for span, limit in actor.capped if span[0] <= at < span[1]), None)
        if kind == "image" and limit is not None and sent_today >= limit:
            continue
        sent_today += kind == "image"
        sent += kind == "image"
        if within(at, actor.lost):
            continue
        held = within(at, actor.held)
        came_at = (
            held[1] + timedelta(seconds=20 * (at - held[0]) / HOUR)
            if held
            else at + timedelta(seconds=dice.uniform(5, 90))
        )
        yield _sidecar(actor, at, kind, came_at, taken, sent, dice)


def _made(actor: Actor, dice: Random) -> list[tuple[datetime, str]]:
    since, until = actor.span
    found: list[tuple[datetime, str]] = [(since, "image"), (until - timedelta(minutes=2), "image")]
    for number in range(int((until - since) / DAY) + 1):
        morning = since.replace(hour=0, minute=0, second=0) + number * DAY
        photos = int(actor.photos_a_day) + (dice.random() < actor.photos_a_day % 1)
        found += [(morning + timedelta(hours=dice.uniform(0, 24)), "image") for _ in range(photos)]
        if actor.report_hour is not None:
            found.append((morning + timedelta(hours=actor.report_hour, minutes=dice.uniform(0, 4)), "report"))
    for moment in actor.dense:
        found += [(moment + step * DENSE, "image") for step in range(-36, 37)]
    return sorted(one for one in found if since <= one[0] < until)


def _sidecar(actor: Actor, at: datetime, kind: str, came_at: datetime, taken: int, sent: int, dice: Random) -> Sidecar:
    clock = at - timedelta(days=RESET_DAYS) if within(at, actor.reset) else at
    local = clock.astimezone(actor.zone).replace(tzinfo=None, microsecond=0)
    position = actor.at(at).position
    values: dict[str, Any] = {
        "kind": kind,
        "camera_id": actor.id,
        "account": actor.id,
        "upload_path": f"IMG_{taken:05}.JPG" if kind == "image" else f"{actor.id}-dr.txt",
        "profile": "willfine-4.0t-cg",
        "received_at": utc_text(came_at),
        "decided_at": utc_text(came_at),
    }
    if kind == "image":
        values |= {
            "captured_at": local.isoformat(),
            "captured_at_utc": utc_text(to_utc(local, None, actor.zone, came_at) or at),
            "exif": {"Make": "Willfine", "Model": [name for since, name in actor.model if since <= at][-1]},
        }
        if actor.gps:
            jitter = [dice.uniform(-0.0001, 0.0001) for _ in range(2)]
            values |= {"latitude": round(position[0] + jitter[0], 6), "longitude": round(position[1] + jitter[1], 6)}
    else:
        values["fields"] = {
            "camera_id": actor.id,
            "reported_at": local.isoformat(),
            "battery_percent": _battery(actor, at),
            "sd_used_percent": 100.0 if within(at, actor.full) else 12.5,
            "images_total": taken,
            "images_sent": sent,
        }
    return make_sidecar(new_id(came_at), **values)


def _battery(actor: Actor, at: datetime) -> int:
    """Return the battery's percentage: it falls in a straight line from one mark to the next."""
    marks = [(START, 90.0), *actor.battery, (END + DAY, 60.0)]
    since, before = [one for one in marks if one[0] <= at][-1]
    until, after = next(one for one in marks if one[0] > at)
    share = (at - since) / (until - since)
    return round(before + (min(after, before) - before) * share)


def fill(root: Path, sidecars: Iterable[Sidecar], content: bytes = b"jpg") -> None:
    """Put items, all of the same content, on the disk and into the index, without waiting for the disk each time."""
    entries = []
    for sidecar in sorted(sidecars, key=lambda one: one.id):
        place = place_of(sidecar)
        file = root / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        file.with_name(f"{file.name}.json").write_text(sidecar_text(sidecar))
        entries.append((sidecar, place))
    with closing(open_index(root)) as index:
        enter(index, entries)
        set_state(index, "complete", "yes")


def write_records(root: Path, actors: Iterable[Actor]) -> None:
    """Write the admins' records: the sites that somebody has entered."""
    for actor in actors:
        sites = [
            {
                "name": one.name,
                "latitude": one.position[0],
                "longitude": one.position[1],
                "from": _naive(one.span[0], actor.zone),
                "until": _naive(one.span[1], actor.zone) if one.span[1] < END else None,
            }
            for one in actor.stood
            if one.name
        ]
        if sites or actor.record:
            write_camera_record(root, actor.id, {"name": actor.id.title(), "sites": sites} | actor.record)


def _naive(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).replace(tzinfo=None).isoformat()


def read_rows(package: Path, table: str) -> list[dict[str, str]]:
    """Return the rows of a table of a package."""
    with (package / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
