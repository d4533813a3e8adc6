"""When people are told of one camera: bounds of its own, and rules that tell nothing of it."""

from typing import Any

from flask import Blueprint, flash, request
from werkzeug.wrappers import Response

from ingest.alerts.bounds import OF_A_CAMERA
from ingest.alerts.rules import OF_CAMERAS
from webadmin.cameras.views_camera_record import record_to_change, save, to_camera

pages = Blueprint("camera_alerts", __name__)

MOST = {"silent_hours": 720, "battery_percent": 100, "battery_days": 365, "card_percent": 100}
TITLES = {
    "silent_hours": "Silent after hours, at the earliest",
    "battery_percent": "Battery below, in %",
    "battery_days": "Battery empty within days",
    "card_percent": "Memory card fuller than, in %",
}
"""What of a camera may be otherwise than the settings have it, in the order of the form."""


@pages.post("/cameras/<camera_id>/alerts")
def edit(camera_id: str) -> Response:
    """Have the camera's own bounds written, or say what is wrong with one."""
    record = record_to_change(camera_id)
    own, problem = read_form(request.form.to_dict(), request.form.getlist("off"))
    if problem:
        flash(f"Not saved: {problem}", "bad")
        return to_camera(camera_id)
    record.pop("alerts", None)
    save(camera_id, record | ({"alerts": own} if own else {}))
    return to_camera(camera_id)


def read_form(typed: dict[str, str], off: list[str]) -> tuple[dict[str, Any], str]:
    """Return a camera's table `alerts` as a form says it, and what is wrong with it, empty when nothing is.

    >>> read_form({"battery_percent": "20", "card_percent": ""}, ["clock", "nonsense"])
    ({'battery_percent': 20, 'off': ['clock']}, '')
    >>> read_form({"battery_percent": "low"}, [])
    ({}, 'Battery below, in %: expected a whole number from 0 to 100.')
    """
    own: dict[str, Any] = {}
    for key in OF_A_CAMERA:
        text = typed.get(key, "").strip()
        if not text:
            continue
        if not text.isascii() or not text.isdecimal() or int(text) > MOST[key]:
            return {}, f"{TITLES[key]}: expected a whole number from 0 to {MOST[key]}."
        own[key] = int(text)
    rules = sorted(set(off) & {rule.name for rule in OF_CAMERAS})
    return own | ({"off": rules} if rules else {}), ""
