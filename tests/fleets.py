"""A fleet of simulated cameras over many days: what arrives from each, and when, as sidecars of the index.

Cameras differ as those in the field do: some report daily by the clock, some send by chance, some every few hours, some
hardly ever. What befalls them changes what they send, or when it arrives.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import new_id, utc_text
from tests.spools import make_sidecar

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SITES_APART_DEGREES = 0.01

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Sent:
    """Something that a camera wants to send: `at` is when it was taken."""

    at: datetime
    kind: str


@dataclass
class Camera:
    """One camera, and what befalls it. `lost`: when what it would send never comes; `late`: when it comes afterwards.

    `changes` alter a sidecar before it arrives.
    """

    id: str
    number: int
    account: str
    photos_a_day: float
    report_hour: float | None
    every_h: float | None = None
    battery_a_day: float = 0.0
    battery_percent: float = 95.0
    card_a_day: float = 0.2
    lost: list[Span] = field(default_factory=list)
    late: list[Span] = field(default_factory=list)
    changes: list[Callable[[datetime, dict[str, Any]], None]] = field(default_factory=list)


def make_fleet(size: int, dice: Random) -> list[Camera]:
    """Return cameras of four ways to send; a third of them by the account north."""
    cameras = []
    for number in range(size):
        way = number % 10
        camera_id = f"cam-{number:03d}"
        account = "north" if number % 3 == 0 else "south"
        if way < 6:
            camera = Camera(camera_id, number, account, dice.uniform(0.5, 6), dice.uniform(0, 24))
        elif way < 8:
            camera = Camera(camera_id, number, account, dice.uniform(2, 9), None)
        elif way < 9:
            camera = Camera(camera_id, number, account, 0, None, every_h=dice.choice([1, 4, 6]))
        else:
            camera = Camera(camera_id, number, account, dice.uniform(0.3, 0.6), None)
        cameras.append(camera)
    return cameras


def arrivals(camera: Camera, start: datetime, days: int, dice: Random) -> Iterator[Sidecar]:
    """Yield what arrives from a camera, in the order in which it was sent."""
    taken = 0
    for sent in _sent(camera, start, days, dice):
        if _within(sent.at, camera.lost):
            continue
        taken += sent.kind == "image"
        held = next((span for span in camera.late if span[0] <= sent.at < span[1]), None)
        came_at = (
            held[1] + timedelta(minutes=dice.uniform(1, 30))
            if held
            else sent.at + timedelta(seconds=dice.uniform(5, 90))
        )
        yield _sidecar(camera, sent, came_at, taken, (sent.at - start) / DAY)


def _within(at: datetime, spans: Sequence[Span]) -> bool:
    return any(since <= at < until for since, until in spans)


def _sent(camera: Camera, start: datetime, days: int, dice: Random) -> list[Sent]:
    found = []
    for day in range(days):
        morning = start + day * DAY
        for _ in range(_by_chance(camera.photos_a_day, dice)):
            found.append(Sent(morning + timedelta(hours=dice.uniform(0, 24)), "image"))
        if camera.every_h:
            found += [
                Sent(morning + timedelta(hours=at * camera.every_h), "image") for at in range(int(24 / camera.every_h))
            ]
        if camera.report_hour is not None:
            found.append(Sent(morning + timedelta(hours=camera.report_hour, minutes=dice.uniform(0, 10)), "report"))
    return sorted(found, key=lambda one: one.at)


def _by_chance(rate: float, dice: Random) -> int:
    """Return how often something happens in a day that does so by chance (Knuth's draw from Poisson's distribution)."""
    count, left = 0, dice.random()
    limit = 2.718281828459045**-rate
    while left > limit:
        count += 1
        left *= dice.random()
    return count


def _sidecar(camera: Camera, sent: Sent, came_at: datetime, taken: int, day: float) -> Sidecar:
    values: dict[str, Any] = {
        "kind": sent.kind,
        "account": camera.account,
        "camera_id": camera.id,
        "profile": "willfine-4.0t-cg",
        "received_at": utc_text(came_at),
        "decided_at": utc_text(came_at),
        "captured_at_utc": utc_text(sent.at),
        "latitude": round(50 + camera.number * SITES_APART_DEGREES, 5),
        "longitude": 6.0,
        "exif": {"Make": "Willfine", "Model": "4.0T CG", "Orientation": 1},
        "fields": {},
    }
    if sent.kind == "report":
        percent = max(0, round(camera.battery_percent - camera.battery_a_day * day))
        values["fields"] = {
            "camera_id": camera.id,
            "battery_percent": percent,
            "sd_used_percent": min(100.0, 5 + camera.card_a_day * day),
            "images_total": taken,
            "images_sent": taken,
        }
        values |= {"captured_at_utc": None, "latitude": None, "longitude": None, "exif": {}}
    for change in camera.changes:
        change(sent.at, values)
    return make_sidecar(new_id(came_at), **values)
