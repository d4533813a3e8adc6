"""What the demo's cameras sent in the last days: made of nothing but the moment it ends at, their zone and a seed."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ingest.simulation.photos import instar_path, plain_photo, swift_name, swift_photo, willfine_name, willfine_photo
from ingest.simulation.reports import swift_report, swift_report_name, willfine_report, willfine_report_name
from tests.demo_fleet import FLEET, DemoCamera

DENSE_DAYS = 14
"""Lately every photo is there; before, one in three: the demo must not fill the disk."""

_ENDING = timedelta(seconds=10)
"""How long after an upload its verdict and the end of its connection come: they too must be past."""

_HOURS = (0, 2, 4, 5, 6, 7, 8, 17, 18, 19, 20, 21, 22, 23)


@dataclass(frozen=True)
class DemoUpload:
    """One file as it arrived."""

    at: datetime
    path: str
    content: bytes
    camera: str


def uploads(now: datetime, days: int, zone: ZoneInfo, seed: int = 0) -> list[DemoUpload]:
    """Return every upload of the last days, in order of time; no two came at the same moment."""
    end = now.astimezone(UTC)
    found = list(_strangers(end, zone))
    for number, camera in enumerate(FLEET):
        dice = random.Random(number + seed * len(FLEET))
        for age in range(days, -1, -1):
            if age >= camera.silent_days:
                found += _day(camera, end, age, days, zone, dice)
    return _one_after_another(sorted((one for one in found if one.at <= end - _ENDING), key=lambda one: one.at))


def _one_after_another(found: list[DemoUpload]) -> list[DemoUpload]:
    """Give uploads of the same second moments of their own: only so do their ids sort as they came."""
    return [replace(one, at=one.at + timedelta(microseconds=number)) for number, one in enumerate(found)]


def _day(
    camera: DemoCamera, now: datetime, age: int, days: int, zone: ZoneInfo, dice: random.Random
) -> Iterator[DemoUpload]:
    midnight = (now - timedelta(days=age)).replace(hour=0, minute=0, second=0, microsecond=0)
    share = 1.0 if age < DENSE_DAYS else 0.34
    photos = int(camera.photos_a_day * share + dice.random())
    for number in range(photos):
        at = midnight + timedelta(hours=dice.choice(_HOURS), seconds=dice.randrange(3600))
        yield _photo(camera, at, age, zone, dice.randrange(10**6), (days - age) * 8 + number)
    if camera.kind != "instar" and dice.random() > 0.06:
        yield _report(camera, midnight + timedelta(hours=11, seconds=dice.randrange(600)), age, days, zone, dice)


def _photo(camera: DemoCamera, at: datetime, age: int, zone: ZoneInfo, seed: int, number: int) -> DemoUpload:
    taken = _camera_time(camera, at - timedelta(seconds=25 + seed % 40), zone)
    latitude: float | None = camera.latitude + (seed % 7 - 3) * 1e-5
    longitude: float | None = camera.longitude + (seed % 5 - 2) * 1e-5
    if camera.loses_gps_days and age <= camera.loses_gps_days:
        latitude = longitude = None
    elif camera.moves_days and age <= camera.moves_days and latitude is not None:
        latitude += 0.0054
    if camera.kind == "instar":
        path = instar_path(camera.latitude, camera.longitude, taken)
        return DemoUpload(at, path, plain_photo(seed=seed), camera.id)
    if camera.kind == "swift":
        path = swift_name(camera.id, taken, number, "WBC398" if camera.name == "Deer gate" else "")
        return DemoUpload(at, path, swift_photo(taken, latitude, longitude, seed=seed), camera.id)
    content = willfine_photo(camera.id, taken, latitude, longitude, seed=seed)
    return DemoUpload(at, willfine_name(number), content[: 70_000 if seed % 41 == 0 else None], camera.id)


def _report(camera: DemoCamera, at: datetime, age: int, days: int, zone: ZoneInfo, dice: random.Random) -> DemoUpload:
    told = _camera_time(camera, at, zone)
    since = days - age
    figures = {
        "battery_percent": max(3, round(camera.battery_start - camera.battery_a_day * since)),
        "signal_csq": 99 if dice.random() < 0.04 else max(3, min(31, camera.signal + dice.randrange(-4, 5))),
        "temperature_c": round(8 + 7 * math.sin((since - 20) / 14) + dice.randrange(-2, 3)),
        "sd_free_mb": round(59_628 * (1 - (camera.sd_start_percent + camera.sd_a_day * since) / 100)),
        "sd_total_mb": 59_628,
        "images_total": 120 + since * 4,
        "images_sent": _sent(camera, since, days),
    }
    make, name = (
        (swift_report, swift_report_name) if camera.kind == "swift" else (willfine_report, willfine_report_name)
    )
    content = make(camera.id, told, latitude=camera.latitude, longitude=camera.longitude, **figures)
    return DemoUpload(at, name(camera.id, told), content, camera.id)


def _sent(camera: DemoCamera, since: int, days: int) -> int:
    lately = max(0, since - (days - DENSE_DAYS))
    return round(camera.photos_a_day * (0.34 * (since - lately) + lately)) + 2


def _camera_time(camera: DemoCamera, at: datetime, zone: ZoneInfo) -> datetime:
    return (at + timedelta(seconds=camera.clock_s)).astimezone(zone).replace(tzinfo=None, microsecond=0)


def _strangers(now: datetime, zone: ZoneInfo) -> Iterator[DemoUpload]:
    """Yield what no profile accepts: other types, clips, tests, empty files, copies without metadata."""
    warden = FLEET[-1]
    folder = instar_path(warden.latitude, warden.longitude, datetime(2026, 1, 1)).rpartition("/")[0]  # noqa: DTZ001
    swift = next(camera for camera in FLEET if camera.kind == "swift")
    for age in range(12):
        at = now - timedelta(days=age, hours=3, minutes=age * 7)
        yield DemoUpload(at, f"{folder}/A_clip_{age}.mp4", b"\0\0\0\x18ftypmp42" + bytes(600), "")
        if age % 2 == 0:
            path = swift_name(swift.id, _camera_time(swift, at, zone), 2000 + age)
            yield DemoUpload(at + timedelta(minutes=9), path, plain_photo(seed=age), "")
        if age % 3 == 0:
            other = swift_photo(_camera_time(FLEET[0], at, zone), 52.1, 5.1, seed=age).replace(
                b"4.0PCG-R", b"4.0PCG\0\0"
            )
            yield DemoUpload(at + timedelta(minutes=20), f"0000000WUH09-SYPR{1100 + age}.JPG", other, "")
        if age % 4 == 0:
            yield DemoUpload(at + timedelta(minutes=30), f"{folder}/Test-Snapshot.jpeg", plain_photo(seed=90 + age), "")
            yield DemoUpload(at + timedelta(minutes=40), f"E1{age:06d}.JPG", b"", "")
