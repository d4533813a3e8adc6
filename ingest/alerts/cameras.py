"""What is wrong with cameras, but for their silence: from the index, their reports and their records. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

from ingest.alerts.bounds import bound, is_off
from ingest.alerts.limits import limit_trouble
from ingest.alerts.trouble import Facts, Trouble
from ingest.alerts.words import cameras_words
from ingest.fleet.attention import Refusal
from ingest.fleet.clock import AHEAD_WRONG_S, WRONG_S
from ingest.fleet.codes import code_words, files_words
from ingest.fleet.health import Camera
from ingest.index.feeds import Sighting
from ingest.index.strangers import REASON as NO_PROFILE
from ingest.spool.names import one_line
from ingest.spool.stamp import parse_utc
from ingest.vocabulary import WHAT_TO_DO

UNKNOWN = "unknown_camera"
BATTERY_BACK_PERCENT, BATTERY_BACK_DAYS, CARD_BACK_PERCENT = 5, 7, 5
"""By so much a figure must be better again before its incident is over."""
BATTERY_EMPTY_PERCENT = 10
_TASKS: Mapping[str, str] = {str(reason): words for reason, words in WHAT_TO_DO.items()}
APART_S, ALIKE_S = 3600, 600
"""A clock that is wrong is so by the same at two moments; photos that come late all at once are not."""
TURNED_LAST, TURNED_BEFORE = 2, 3


def camera_troubles(facts: Facts) -> Iterator[Trouble]:
    """Yield what is wrong with cameras."""
    for camera in facts.cameras.values():
        yield from (one for one in _of_camera(facts, camera) if _is_told(facts, one.rule, camera.id))
    yield from _rejected(facts)
    yield from _unknown(facts)
    yield from _clocks(facts)
    for one in facts.counters:
        if _is_told(facts, "cap", one.camera_id) and (trouble := limit_trouble(facts, one)):
            yield trouble


def _is_told(facts: Facts, rule: str, camera_id: str) -> bool:
    return not is_off(facts.records.get(camera_id), facts.settings, rule)


def _of_camera(facts: Facts, camera: Camera) -> Iterator[Trouble]:
    yield from _battery(facts, camera)
    yield from _card(facts, camera)
    yield from _moved(facts, camera)
    yield from _turned(facts, camera)


def _battery(facts: Facts, camera: Camera) -> Iterator[Trouble]:
    record, is_open = facts.records.get(camera.id), facts.is_open(f"battery:{camera.id}")
    percent, trend = camera.battery_percent, facts.trends.get(camera.id)
    days = trend.battery_days if trend else None
    least = bound(record, facts.settings, "battery_percent") + BATTERY_BACK_PERCENT * is_open
    soon = bound(record, facts.settings, "battery_days") + BATTERY_BACK_DAYS * is_open
    if percent is not None and percent < least:
        said = f"The battery of {camera.title} is at {percent} %."
    elif days is not None and days <= soon:
        said = f"The battery of {camera.title} is at {percent} % and will be empty in about {days:.0f} days."
    else:
        return
    level = 2.0 if percent is not None and percent <= BATTERY_EMPTY_PERCENT else 1.0
    title = f"{camera.title}: battery at {percent} %"
    yield _about(facts, "battery", camera, title, said, "Bring fresh batteries.", level)


def _card(facts: Facts, camera: Camera) -> Iterator[Trouble]:
    used = camera.sd_used_percent
    is_open = facts.is_open(f"card:{camera.id}")
    most = bound(facts.records.get(camera.id), facts.settings, "card_percent") - CARD_BACK_PERCENT * is_open
    if used is not None and used > most:
        said = f"The memory card of {camera.title} is {used:.0f} % full."
        title = f"{camera.title}: card {used:.0f} % full"
        yield _about(facts, "card", camera, title, said, "Bring an empty card.", 2.0 if used >= 95 else 1.0)


def _moved(facts: Facts, camera: Camera) -> Iterator[Trouble]:
    for one in camera.attention:
        if one.kind == "moved":
            said = f"The last two photos of {camera.title} were taken elsewhere: {one.words.lower()} from its site."
            task = "It may be stolen. See where it is on its page, or accept the new position there."
            yield _about(facts, "moved", camera, f"{camera.title}: {one.words.lower()}", said, task)


def _turned(facts: Facts, camera: Camera) -> Iterator[Trouble]:
    sides = facts.orientations.get(camera.id, ())
    last, before = sides[:TURNED_LAST], sides[TURNED_LAST:]
    if len(before) >= TURNED_BEFORE and len(set(last)) == len(set(before)) == 1 and last[0] != before[0]:
        said = f"The last two photos of {camera.title} have another side up than those before."
        task = "It may hang upside down, or somebody has taken it. Look at its last photos."
        yield _about(facts, "turned", camera, f"{camera.title} is turned", said, task)


def _about(facts: Facts, rule: str, camera: Camera, title: str, said: str, task: str, level: float = 1.0) -> Trouble:
    return Trouble(rule, camera.id, facts.now, title, said, task, (camera.id,), level=level)


def _rejected(facts: Facts) -> Iterator[Trouble]:
    """Yield one trouble for each reason: what rejects the photos of many cameras has one cause."""
    by_reason: dict[str, dict[str, Refusal]] = {}
    for camera_id, refusal in facts.refusals.items():
        camera = facts.cameras.get(camera_id)
        is_last = camera is None or refusal.last_at > (camera.last_image_at or "")
        if refusal.reason != UNKNOWN and is_last and _is_told(facts, "rejected", camera_id):
            by_reason.setdefault(refusal.reason, {})[camera_id] = refusal
    for reason, found in by_reason.items():
        files = sum(one.items for one in found.values())
        names = cameras_words(facts, found)
        title = f"Photos are rejected, {code_words(reason)}: {names}"
        said = f"Rejected in the last week, of {names}: {files_words(files)}, {code_words(reason)}."
        began = min(parse_utc(one.last_at) for one in found.values())
        task = _TASKS.get(reason, "Look at the files: each says what is wrong with it.")
        yield Trouble("rejected", reason, began, title, said, task, tuple(sorted(found)))


def _unknown(facts: Facts) -> Iterator[Trouble]:
    for camera_id, refusal in facts.refusals.items():
        if refusal.reason == UNKNOWN and _is_told(facts, "unknown", camera_id):
            title = f"{facts.title_of(camera_id)} is not registered"
            said = f"No camera of this ID is entered; rejected in the last week: {files_words(refusal.items)}."
            at = parse_utc(refusal.last_at)
            task = "Enter it on its page; its files are tried again then."
            yield Trouble("unknown", camera_id, at, title, said, task, (camera_id,))
    for cause in facts.causes:
        if cause.reason == NO_PROFILE and cause.camera_type and "unknown" not in facts.settings.off:
            name = one_line(cause.camera_type, 100)
            said = f"No profile knows that camera type; rejected in the last week: {files_words(cause.items)}."
            task = "Teach Camspool this camera: the overview leads there. Its files are tried again then."
            at = parse_utc(cause.first_at)
            yield Trouble("unknown", f"type {name}", at, f"A camera that no profile knows: {name}", said, task)


def _clocks(facts: Facts) -> Iterator[Trouble]:
    """Yield one trouble for each way in which clocks are wrong: the change to summer time is one cause."""
    by_way: dict[str, list[Camera]] = {}
    for camera in facts.cameras.values():
        if (way := _way(facts, camera)) and _is_told(facts, "clock", camera.id):
            by_way.setdefault(way, []).append(camera)
    for way, cameras in by_way.items():
        names = cameras_words(facts, [camera.id for camera in cameras])
        words = cameras[0].clock.words if cameras[0].clock else ""
        title = f"The clock of {names} is wrong" if len(cameras) == 1 else f"The clocks of {names} are wrong"
        said = f"{title}: {words}. Photos carry a wrong time."
        ids = tuple(sorted(camera.id for camera in cameras))
        yield Trouble("clock", way, facts.now, title, said, "Set date and time, at the camera or on its page.", ids)


def _way(facts: Facts, camera: Camera) -> str | None:
    """Return how a clock is wrong; None where it is not, or that is not sure yet.

    What is known to be wrong stays so: its photos that come late differ by more.
    """
    clock = camera.clock
    if clock is None or not clock.is_wrong:
        return None
    for incident in facts.open:
        if incident.rule == "clock" and camera.id in incident.cameras:
            return incident.key.partition(":")[2]
    if clock.kind != "reset" and not is_wrong_twice(facts.sightings.get(camera.id, ())):
        return None
    return f"{clock.kind} {round(clock.seconds / 3600)}" if clock.kind in ("zone", "am_pm") else clock.kind


def is_wrong_twice(photos: Iterable[Sighting]) -> bool:
    """Say whether a clock was wrong by the same at two arrivals an hour apart, and right at none since.

    Photos that a camera sends late, once it can again, differ from our clock as well, but not by the same.
    """
    found = [(one.received_s, one.received_s - one.captured_s) for one in photos if one.captured_s is not None]
    wrong = list(takewhile(lambda one: not AHEAD_WRONG_S <= one[1] < WRONG_S, found))
    if not wrong:
        return False
    at_s, error_s = wrong[0]
    return any(abs(at_s - at) >= APART_S and abs(error_s - error) <= ALIKE_S for at, error in wrong[1:])
