"""Which cameras to visit, the most urgent first, and what to do and to bring there. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ingest.fleet.attention import Attention, urgency
from ingest.fleet.health import Camera
from ingest.fleet.trend import Trend

AT_THE_DESK = ("mixed",)
"""What nobody has to go to the camera for."""

SOON_DAYS = 21
"""A visit list is made for the next weeks: what ends within them is on it."""


@dataclass(frozen=True)
class Visit:
    """One camera to go to, with everything to see to there."""

    camera: Camera
    things: tuple[Attention, ...]


def visits(cameras: Iterable[Camera], trend_of: Callable[[Camera], Trend]) -> list[Visit]:
    """Return the cameras that need a visit now or within three weeks."""
    planned = [Visit(camera, things) for camera in cameras if (things := _things(camera, trend_of))]
    return sorted(planned, key=lambda visit: (urgency(visit.things), visit.camera.title.casefold()))


def _things(camera: Camera, trend_of: Callable[[Camera], Trend]) -> tuple[Attention, ...]:
    kinds = {one.kind for one in camera.attention}
    trend = trend_of(camera) if camera.state == "active" else Trend()
    soon = []
    if trend.battery_days is not None and trend.battery_days <= SOON_DAYS and "battery" not in kinds:
        words = f"Battery empty in about {trend.battery_days:.0f} days"
        soon.append(Attention("battery", words, "Bring fresh batteries."))
    if trend.sd_days is not None and trend.sd_days <= SOON_DAYS and "sd" not in kinds:
        soon.append(Attention("sd", f"SD card full in about {trend.sd_days:.0f} days", "Bring an empty SD card."))
    return (*(one for one in camera.attention if one.kind not in AT_THE_DESK), *soon)
