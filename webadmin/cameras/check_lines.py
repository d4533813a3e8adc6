"""What the check page says, line by line, the most important first. Pure."""

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime

from ingest.fleet.codes import code_words
from ingest.fleet.health import Camera
from ingest.spool.stamp import parse_utc
from ingest.vocabulary import AWAITING_SITE
from webadmin.cameras.check_links import EVERYTHING, Shown
from webadmin.display import duration

FRESH_S = 3600.0


@dataclass(frozen=True)
class Line:
    """One thing to check, its state and what is known of it."""

    what: str
    state: str
    words: str


def check_lines(
    camera: Camera | None, last: sqlite3.Row | None, now: datetime, shown: Shown = EVERYTHING
) -> list[Line]:
    """Return what a person at the tree wants to know, and may. Of a silent camera nothing is good: it is long ago."""
    if camera is None or last is None:
        return [Line("Contact", "bad", "Nothing has arrived from this camera yet.")]
    details = [*_photo(camera, last, now, shown), *(_figures(camera) if shown.health else ())]
    if camera.state != "silent":
        return [_arrival(last, now, shown), *details]
    silent = Line("Silent", "bad", f"Nothing has come from this camera for {_age(last, now)}.")
    then = [replace(one, state="none") if one.state == "good" else one for one in details]
    return [silent, replace(_arrival(last, now, shown), state="none"), *then]


def nameless_test_line(last: sqlite3.Row | None, test: sqlite3.Row | None, now: datetime) -> list[Line]:
    """Return a line on a test upload of nobody knows which camera, as long as nothing came from this one since."""
    if test is None or (last is not None and last["number"] > test["number"]):
        return []
    age = duration((now - parse_utc(test["received_at"])).total_seconds())
    words = f"A Test button was pressed {age} ago and its connection works; the file does not say on which camera."
    return [Line("Test", "good", words)]


def _arrival(last: sqlite3.Row, now: datetime, shown: Shown) -> Line:
    age = _age(last, now)
    what = {"image": "Photo", "report": "Report"}.get(last["kind"], "File")
    if last["verdict"] == "accepted":
        fresh = (now - parse_utc(last["received_at"])).total_seconds() < FRESH_S
        return Line(what, "good" if fresh else "attention", f"{what} received {age} ago.")
    if last["reason"] == "duplicate":
        return Line(what, "good", f"{what} sent once more {age} ago; it is here already.")
    if last["reason"] == "connection_test":
        return Line("Test", "good", f"The Test button was pressed {age} ago: its connection works. Now take a photo.")
    # The sentence of a problem may name a place.
    why = last["problem"] if shown.position and last["problem"] else code_words(last["reason"])
    return Line(what, "bad", f"{what} rejected {age} ago: {why}")


def _age(last: sqlite3.Row, now: datetime) -> str:
    return duration((now - parse_utc(last["received_at"])).total_seconds())


def _photo(camera: Camera, last: sqlite3.Row, now: datetime, shown: Shown) -> list[Line]:
    lines = []
    if last["kind"] != "image" and camera.last_image_at:
        age = duration((now - parse_utc(camera.last_image_at)).total_seconds())
        lines.append(Line("Last photo", "none", f"{age} ago"))
    if last["reason"] in AWAITING_SITE:
        lines.append(Line("GPS", "bad", "no position in the last photo: wait for a fix under the open sky"))
    elif camera.position:
        lines.append(_position(camera, camera.position) if shown.position else Line("GPS", "good", "has a position"))
    else:
        lines.append(Line("GPS", "attention", "no position yet"))
    if camera.clock and shown.health:
        lines.append(Line("Clock", "bad" if camera.clock.is_wrong else "good", camera.clock.words))
    return lines


def _position(camera: Camera, position: tuple[float, float]) -> Line:
    moved = next((one.words for one in camera.attention if one.kind == "moved"), None)
    words = f"{position[0]:.5f}, {position[1]:.5f}"
    return Line("GPS", "attention" if moved else "good", f"{words}{'. ' + moved if moved else ''}")


def _figures(camera: Camera) -> list[Line]:
    wrong = {one.kind for one in camera.attention}
    lines = []
    if camera.battery_percent is not None:
        lines.append(Line("Battery", "bad" if "battery" in wrong else "good", f"{camera.battery_percent} %"))
    elif camera.battery_volts is not None:
        lines.append(Line("Battery", "none", f"{camera.battery_volts:g} V"))
    if signal := camera.signal:
        state = "bad" if signal.band in ("none", "poor") else "good"
        figure = f"{signal.figure.removeprefix('CSQ ')}{signal.scale}"
        lines.append(Line("Signal", state, f"{signal.band} ({figure})"))
    if camera.sd_used_percent is not None:
        lines.append(Line("SD card", "bad" if "sd" in wrong else "good", f"{camera.sd_used_percent:.0f} % used"))
    return lines
