"""GPX and GeoJSON of sites."""

import json
from pathlib import Path
from xml.etree import ElementTree

from ingest.exports.choosing import Choice
from ingest.exports.site_files import geojson_text, gpx_text
from tests.exported import DAY, NOON, daily, enter_site, surveyed
from tests.spools import make_spool

NAMESPACE = {"gpx": "http://www.topografix.com/GPX/1/1"}


def test_sites_are_points_with_their_names_and_effort(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    enter_site(root, name='Old <oak> & "elm"\x00')
    settings, found = surveyed(root, daily(9), NOON + 8 * DAY)
    (feature,) = json.loads(geojson_text(found, Choice(), settings))["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [5.1, 52.1]}
    assert feature["properties"]["trapNights"] == 8.0 and feature["properties"]["isWatching"] is True
    assert feature["properties"]["cameraName"] == "Camera of the oak"
    gpx = ElementTree.fromstring(gpx_text(found, Choice(), settings))  # noqa: S314 - written by ourselves
    (point,) = gpx.findall("gpx:wpt", NAMESPACE)
    assert (point.get("lat"), point.get("lon")) == ("52.100000", "5.100000")
    assert (point.findtext("gpx:name", "", NAMESPACE) or "").startswith('Old <oak> & "elm"')
    assert (point.findtext("gpx:desc", "", NAMESPACE) or "").startswith("oak since 2026-06-01T12:00:00+00:00")


def test_only_what_is_chosen_is_in_them(tmp_path: Path) -> None:
    settings, found = surveyed(make_spool(tmp_path), daily(3), NOON + 2 * DAY)
    assert json.loads(geojson_text(found, Choice(cameras=("elm",)), settings))["features"] == []
    assert "<wpt" not in gpx_text(found, Choice(cameras=("elm",)), settings)
