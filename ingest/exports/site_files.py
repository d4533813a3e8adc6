"""Where cameras stand and stood, for maps and hand-helds: GPX 1.1 and GeoJSON (RFC 7946). Pure."""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ingest.exports.choosing import Choice, all_chosen
from ingest.exports.deployments import Deployment
from ingest.exports.rows import time_cell
from ingest.exports.spans import DAY_S
from ingest.exports.survey import Survey
from ingest.settings.values import Settings
from ingest.spool.names import one_line

_GPX = "http://www.topografix.com/GPX/1/1"


def geojson_text(found: Survey, choice: Choice, settings: Settings) -> str:
    """Return the chosen deployments as points, longitude first."""
    features = [_feature(found, one) for one in all_chosen(choice, found.deployments, settings.zone)]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1) + "\n"


def _feature(found: Survey, one: Deployment) -> dict[str, Any]:
    latitude, longitude = _degrees(one)
    point = {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "id": one.id, "geometry": point, "properties": dict(_facts(found, one))}


def _degrees(one: Deployment) -> tuple[float, float]:
    return round(one.position[0], 6), round(one.position[1], 6)


def _facts(found: Survey, one: Deployment) -> Iterator[tuple[str, object]]:
    camera = found.cameras[one.camera_id]
    yield "name", _title(found, one)
    yield "cameraID", one.camera_id
    yield "cameraName", one_line(camera.name, 100)
    yield "cameraModel", one.stay.look
    yield "locationID", one.location_id
    yield "locationName", one_line(one.stay.name, 100)
    yield "start", time_cell(one.span[0], camera.zone)
    yield "end", time_cell(one.span[1], camera.zone)
    yield "isWatching", one.is_open
    yield "trapNights", round(one.effort_s / DAY_S, 3)


def _title(found: Survey, one: Deployment) -> str:
    return one_line(one.stay.name or found.cameras[one.camera_id].name or one.camera_id, 100)


def gpx_text(found: Survey, choice: Choice, settings: Settings) -> str:
    """Return the chosen deployments as waypoints, the name of the site, or else of the camera, as theirs."""
    root = Element("gpx", {"version": "1.1", "creator": "Camspool", "xmlns": _GPX})
    for one in all_chosen(choice, found.deployments, settings.zone):
        latitude, longitude = _degrees(one)
        point = SubElement(root, "wpt", {"lat": f"{latitude:.6f}", "lon": f"{longitude:.6f}"})
        SubElement(point, "name").text = _xml(_title(found, one))
        until = "" if one.is_open else f" until {time_cell(one.span[1], found.cameras[one.camera_id].zone)}"
        since = time_cell(one.span[0], found.cameras[one.camera_id].zone)
        SubElement(point, "desc").text = _xml(f"{one.camera_id} since {since}{until}")
        SubElement(point, "sym").text = "Camera"
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode") + "\n"


def _xml(text: str) -> str:
    """Return text that XML 1.0 can hold: it has no signs for some characters, not even written as numbers."""
    return "".join(one if one.isprintable() and one not in "\ufffe\uffff" else " " for one in text)
