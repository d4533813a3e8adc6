"""One camera's page: how it is doing, its charts, photos and rejects; its reports as CSV."""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from flask import Blueprint, abort, render_template, request

from ingest.alerts.bounds import is_off, own_bounds
from ingest.alerts.rules import OF_CAMERAS
from ingest.exports.csv_text import stream_csv
from ingest.fleet.cameras import find_camera
from ingest.fleet.health import Camera
from ingest.fleet.other_names import is_only_a_name, real_name
from ingest.fleet.refusals import count_awaiting_site
from ingest.fleet.trend import read_trend
from ingest.index.feeds import feeds_of
from ingest.settings.values import Alerts
from ingest.spool.camera_accounts import account_of
from ingest.spool.camera_records import owns_folder, wrong_zone
from ingest.spool.carried import carried_in
from ingest.spool.clock_spans import clock_spans_in
from ingest.spool.names import is_camera_id
from ingest.spool.sites import Site, sites_in
from ingest.spool.stamp import utc_text
from webadmin.cameras.history import camera_charts, read_reports, read_stay, recent_items, sent_and_received
from webadmin.cameras.mixing import marked, read_mixture
from webadmin.cameras.near_misses import near_misses
from webadmin.cameras.other_names import given_away, names_of
from webadmin.cameras.views import camera_marker, csv_response
from webadmin.cameras.views_alerts import TITLES
from webadmin.cameras.views_check_links import ENDS, card_address, links_of
from webadmin.context import context
from webadmin.days import read_day
from webadmin.display import page_time
from webadmin.drawing.maps import Marker, draw_map
from webadmin.drawing.qr import draw_qr
from webadmin.incidents.listing import of_camera, open_lines

pages = Blueprint("camera", __name__)

DAYS = (7, 30, 90)


@pages.get("/cameras/<camera_id>")
def camera(camera_id: str) -> Any:
    """Show one camera: figures, charts, photos, rejects, record."""
    here, now = context(), page_time()
    first, last = _period()
    records = here.camera_records.all(here.root)
    record = records.get(camera_id)
    with here.index() as index:
        found = found_camera(index, camera_id)
        reports = read_reports(index, camera_id, *_moments(first, last))
        charts = camera_charts(index, camera_id, reports, *_moments(first, last), here.settings.zone)
        counted = sent_and_received(index, camera_id, reports)
        photos = recent_items(index, camera_id, "accepted", 6)
        rejects = recent_items(index, camera_id, "rejected", 5)
        trend = read_trend(index, found, now)
        awaiting = count_awaiting_site(index, camera_id)
        feeds = feeds_of(index, camera_id)
        is_elsewhere = any(one.kind == "moved" for one in found.attention)
        stay = read_stay(index, camera_id, found.position) if is_elsewhere and found.position else None
        mixture = read_mixture(index, camera_id, record, here.profile_ids)
    check_link = card_address(camera_id)
    return render_template(
        "cameras/camera.html",
        camera=marked(found, mixture),
        feeds=feeds,
        own_bounds=own_bounds(record),
        bounds=TITLES,
        usual=here.settings.alerts,
        rules=OF_CAMERAS,
        rules_off=[rule.name for rule in OF_CAMERAS if is_off(record, Alerts(), rule.name)],
        incidents=of_camera(open_lines(here.root, utc_text(now)), camera_id),
        sites=sites_in(record),
        carried=carried_in(record),
        clock_spans=clock_spans_in(record),
        stay=stay,
        zone=str((record or {}).get("zone") or ""),
        zone_problem=wrong_zone(record),
        called=found.called,
        real_name=real_name(camera_id, record) if is_only_a_name(camera_id, records) else None,
        away=given_away(camera_id, record),
        others=names_of(camera_id, records),
        awaiting=awaiting,
        charts=charts,
        counted=counted,
        trend=trend,
        first=first,
        last=last,
        days=DAYS,
        photos=photos,
        rejects=rejects,
        look_alikes=_look_alikes(found),
        account=account_of(here.root, camera_id),
        own_folder=owns_folder(here.camera_records.all(here.root).get(camera_id)),
        shared_account=here.settings.ftps.account,
        must_register=here.settings.cameras.must_be_registered,
        map=draw_map(
            [*_former(sites_in(record)), camera_marker(found)],
            here.settings.admin.map_tiles,
            span_km=2,
            size=(400, 260),
        ),
        check_link=check_link,
        check_qr=draw_qr(check_link),
        links=links_of(camera_id),
        ends=ENDS,
    )


def _former(sites: tuple[Site, ...]) -> Iterator[Marker]:
    """Yield the places where a camera stood."""
    for site in sites:
        if site.end:
            words = f"{site.name or 'A former site'}, until {site.end.isoformat(' ', 'minutes')}"
            yield Marker(*site.position, "none", partial(_words_only, words))


def _words_only(words: str) -> tuple[str, str]:
    return words, ""


def _look_alikes(found: Camera) -> list[Camera]:
    """Return cameras whose ID is one typing mistake away: one of the two was registered, the other one sends."""
    if found.registered and found.state != "never":
        return []
    others = {one.id: one for one in context().fleet(page_time()) if one.registered != found.registered or one.contact}
    return [others[one] for one in near_misses(found.id, others)]


def found_camera(index: sqlite3.Connection, camera_id: str) -> Camera:
    """Return a camera, or end the request: there is none."""
    here = context()
    if not is_camera_id(camera_id):
        abort(404)
    silent_days = here.settings.cameras.silent_after_days
    return find_camera(index, here.camera_records, here.root, camera_id, page_time(), silent_days) or abort(404)


def _period() -> tuple[date, date]:
    """Return the first and last day that the page asks for: the last 30 days unless it says otherwise."""
    today = page_time().astimezone(context().settings.zone).date()
    first, last = (read_day(request.args.get(key, "")) for key in ("from", "to"))
    if first and first <= (last or today):
        return max(first, (last or today) - timedelta(days=3660)), last or today
    days = request.args.get("days", 30, int)
    return today - timedelta(days=days if days in DAYS else 30), today


def _moments(first: date, last: date) -> tuple[datetime, datetime]:
    zone = context().settings.zone
    return datetime.combine(first, time.min, zone), datetime.combine(last + timedelta(days=1), time.min, zone)


@pages.get("/cameras/<camera_id>/reports.csv")
def reports_csv(camera_id: str) -> Any:
    """Send the camera's reports of a period as CSV."""
    with context().index() as index:
        found_camera(index, camera_id)
        reports = read_reports(index, camera_id, *_moments(*_period()))
    header = list(reports[0].keys()) if reports else ["received_at"]
    return csv_response(stream_csv(header, (tuple(row) for row in reports)), f"{camera_id}-reports.csv")
