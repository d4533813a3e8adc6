"""Takes packages and tables for an analysis home: of everything, a camera, a site, some days."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from ingest.errors import CamspoolError
from ingest.exports.building import check_choice, survey_spool
from ingest.exports.choosing import Choice
from ingest.exports.csv_text import marked
from ingest.exports.package import Order
from ingest.exports.site_files import geojson_text, gpx_text
from ingest.exports.survey import Survey
from ingest.exports.tables import cameras_csv, effort_csv, failures_csv, reports_csv
from ingest.outbox.service import gateway_name
from ingest.spool.sites import sites_in
from ingest.spool.stamp import new_id
from webadmin.context import context
from webadmin.exports.asked import as_values, as_words, read_choice
from webadmin.exports.journeys import begin, journeys
from webadmin.exports.streaming import stream_package

pages = Blueprint("exports", __name__)

TABLES = {"reports": reports_csv, "cameras": cameras_csv, "failures": failures_csv, "effort": effort_csv}
SITES = {"gpx": (gpx_text, "application/gpx+xml"), "geojson": (geojson_text, "application/geo+json")}


@pages.get("/export")
def exports() -> Any:
    """Ask what shall be exported, and show what is under way."""
    here = context()
    if request.args.get("live") == "1":
        return render_template("exports/_live.html", journeys=journeys(here.surroundings.cache))
    records = here.camera_records.all(here.root)
    return render_template(
        "exports/exports.html",
        journeys=journeys(here.surroundings.cache),
        asked=request.args,
        sites=sorted({site.name for record in records.values() for site in sites_in(record) if site.name}),
        project=here.settings.project,
    )


@pages.get("/export/package.zip")
def package() -> Any:
    """Send a package, as it is made."""
    here, with_photos = context(), request.args.get("photos") == "1"
    try:
        choice, found = _asked()
        # Whoever asks for the head alone gets no package, and none is under way.
        if request.method == "HEAD":
            return Response(mimetype="application/zip")
        teller = begin(here.surroundings.cache, current_user.name, as_words(choice), with_photos)
    except (CamspoolError, ValueError) as error:
        return _refused(error)
    body = stream_package(here.settings, found, Order(choice, with_photos), here.surroundings.cache, teller)
    response = _download(body, "application/zip", "camtrap-dp", "zip")
    # nginx would take it all in before it gives any of it out: a package may be larger than its disk.
    response.headers["X-Accel-Buffering"] = "no"
    return response


@pages.get("/export/<table>.csv")
def table(table: str) -> Any:
    """Send a table as CSV."""
    if table not in TABLES:
        abort(404)
    try:
        choice, found = _asked()
    except (CamspoolError, ValueError) as error:
        return _refused(error)
    lines = marked(TABLES[table](context().settings, found, choice))
    return _download(lines, "text/csv", table, "csv")


@pages.get("/export/sites.<kind>")
def sites(kind: str) -> Any:
    """Send where cameras stand and stood."""
    if kind not in SITES:
        abort(404)
    try:
        choice, found = _asked()
    except (CamspoolError, ValueError) as error:
        return _refused(error)
    text, mimetype = SITES[kind]
    return _download([text(found, choice, context().settings)], mimetype, "sites", kind)


def _asked() -> tuple[Choice, Survey]:
    """Return what is chosen, and the survey that knows it. Raise ValueError or CamspoolError with a sentence."""
    choice = read_choice(request.args)
    found = survey_spool(context().settings)
    check_choice(found, choice)
    return choice, found


def _refused(error: Exception) -> Any:
    flash(str(error), "bad")
    try:
        again: dict[str, Any] = as_values(read_choice(request.args))
    except ValueError:
        again = {}
    return redirect(url_for("exports.exports", **again))


def _download(body: Iterable[Any], mimetype: str, what: str, ending: str) -> Response:
    response = Response(body, mimetype=mimetype)
    name = f"{what}-{gateway_name(context().settings)}-{new_id()[:15]}Z.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
