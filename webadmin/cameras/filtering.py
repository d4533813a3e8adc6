"""Which cameras a page shows, and in what order. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.fleet.attention import urgency
from ingest.fleet.health import Camera
from webadmin.drawing.maps import Box

SORTS = {
    "attention": lambda camera: (urgency(camera.attention), camera.title.casefold()),
    "name": lambda camera: camera.title.casefold(),
    "contact": lambda camera: -(camera.contact.timestamp() if camera.contact else 0),
    "silence": lambda camera: camera.contact.timestamp() if camera.contact else float("inf"),
    "battery": lambda camera: (camera.battery_percent is None, camera.battery_percent or 0),
    "signal": lambda camera: (camera.signal is None, camera.signal.strength if camera.signal else 0),
    "sd": lambda camera: (camera.sd_used_percent is None, -(camera.sd_used_percent or 0)),
    "photos": lambda camera: -camera.images,
}


@dataclass(frozen=True)
class FleetFilter:
    """Which cameras: a state or a kind of attention, words in ID, names, notes or tags, and a part of the map."""

    show: str = ""
    q: str = ""
    sort: str = "attention"
    box: Box | None = None


def matching(cameras: Sequence[Camera], wanted: FleetFilter) -> list[Camera]:
    """Return the cameras that a filter asks for, in its order."""
    words = wanted.q.casefold().split()
    found = [
        camera
        for camera in cameras
        if _shows(camera, wanted.show)
        and (wanted.box is None or _lies_in(camera.position, wanted.box))
        and all(
            word in f"{camera.id} {camera.name} {camera.notes} {' '.join((*camera.called, *camera.tags))}".casefold()
            for word in words
        )
    ]
    return sorted(found, key=SORTS.get(wanted.sort, SORTS["attention"]))


def _shows(camera: Camera, show: str) -> bool:
    if show in ("active", "silent", "never"):
        return camera.state == show
    if show == "attention":
        return bool(camera.attention)
    return not show or any(one.kind == show for one in camera.attention)


def _lies_in(position: tuple[float, float] | None, box: Box) -> bool:
    south, west, north, east = box
    return position is not None and south <= position[0] <= north and west <= position[1] <= east


def tally(cameras: Sequence[Camera]) -> dict[str, int]:
    """Count cameras by state and by what needs attention."""
    counts: dict[str, int] = {"attention": 0}
    for camera in cameras:
        counts[camera.state] = counts.get(camera.state, 0) + 1
        counts["attention"] += bool(camera.attention)
        for one in camera.attention:
            if one.kind != camera.state:
                counts[one.kind] = counts.get(one.kind, 0) + 1
    return counts
