"""The overview."""

from typing import Any

from flask import Blueprint, render_template, request

from ingest.fleet.causes import HARMLESS, read_causes
from ingest.spool.stamp import utc_text
from webadmin.cameras.filtering import FleetFilter, matching, tally
from webadmin.context import context
from webadmin.display import page_time
from webadmin.files.listing import COLUMNS
from webadmin.incidents.listing import open_lines
from webadmin.outbox.words import mood_of
from webadmin.overview.forecast import bytes_a_day, days_left
from webadmin.overview.lights import TITLES
from webadmin.overview.traffic import day_totals, read_hours, today_chart
from webadmin.overview.unusable import read_sendings

pages = Blueprint("overview", __name__)

CAMERAS_SHOWN, INCIDENTS_SHOWN, CAUSES_SHOWN = 8, 6, 6


@pages.get("/overview")
def overview() -> Any:
    """Show how everything is doing."""
    here, now = context(), page_time()
    zone = here.settings.zone
    with here.index() as index:
        hours = read_hours(index, now, zone)
        causes = read_causes(index, now)
        sendings = read_sendings(index, now)
        daily = bytes_a_day(index, now)
        newest = index.execute(
            f"SELECT {COLUMNS} FROM items WHERE verdict = 'accepted' AND kind = 'image' ORDER BY number DESC LIMIT 6"  # noqa: S608
        ).fetchall()
    fleet = here.fleet(now)
    parts = here.lights.parts()
    disk: dict[str, float] = next((part["figures"] for part in parts if part["name"] == "disk"), {})
    counts = tally(fleet)
    today, usual = day_totals(hours, now, zone)
    return render_template(
        "overview/_live.html" if request.args.get("live") == "1" else "overview/overview.html",
        parts=parts,
        titles=TITLES,
        disk_days=days_left(disk["free_bytes"], disk["reserve_bytes"], daily) if disk else None,
        daily_bytes=daily,
        chart=today_chart(hours, now, zone),
        today=today,
        usual=usual,
        incidents=open_lines(here.root, utc_text(now))[:INCIDENTS_SHOWN],
        targets=[(one.name, mood) for one in here.targets() if (mood := mood_of(one)).is_trouble],
        causes=causes,
        causes_shown=CAUSES_SHOWN,
        harmless=HARMLESS,
        sendings=sendings,
        tally=counts,
        mixed=here.mixed()[:CAMERAS_SHOWN] if counts.get("mixed") else [],
        known=len(fleet),
        cameras=matching(fleet, FleetFilter(show="attention"))[:CAMERAS_SHOWN],
        newest=newest,
    )
