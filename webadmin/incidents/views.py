"""Incidents: all of them, one of them with its messages as they were sent, and what people say about it."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ingest.alerts.rules import BY_NAME, RULES
from ingest.settings.targets import for_people
from ingest.spool.incidents import read_incident
from ingest.spool.stamp import is_id, utc_text
from webadmin.asking import answer_to, tell_answer
from webadmin.context import context
from webadmin.days import read_days
from webadmin.display import page_time
from webadmin.incidents.listing import line_of, open_lines, over_page, was_between
from webadmin.incidents.messages import sent_of

pages = Blueprint("incidents", __name__)


@pages.get("/incidents")
def incidents() -> Any:
    """Show what is wrong now, and what was."""
    here, now = context(), utc_text(page_time())
    rule = request.args.get("rule", "")
    before = request.args.get("before", "")
    days = read_days(request.args)
    moments = days.moments(here.settings.zone) if days.are_asked else None
    over, following = over_page(here.root, rule, before if is_id(before) else "", moments)
    shown = [
        line
        for line in open_lines(here.root, now)
        if rule in ("", line.incident.rule) and (moments is None or was_between(line.incident, moments))
    ]
    return render_template(
        "incidents/incidents.html",
        lines=[] if before else shown,
        over=over,
        following=following,
        rule=rule if rule in BY_NAME else "",
        rules=RULES,
        people=for_people(here.settings.targets),
        before=before,
        days=days,
    )


@pages.get("/incidents/<incident_id>")
def incident(incident_id: str) -> Any:
    """Show one incident, with each message as it was sent."""
    here, found = context(), _found(incident_id)
    camera_id = found.cameras[0] if found.cameras else ""
    with here.index() as index:
        row = index.execute("SELECT last_image_id FROM cameras WHERE camera_id = ?", (camera_id,)).fetchone()
    return render_template(
        "incidents/incident.html",
        line=line_of(here.root, found, utc_text(page_time())),
        incident=found,
        rule=BY_NAME.get(found.rule),
        last_photo=row[0] if row else None,
        messages=[(one, sent_of(here.root, one)) for one in reversed(found.messages)],
    )


@pages.post("/incidents/<incident_id>/know")
def know(incident_id: str) -> Response:
    """Say that an admin knows of it, until a day or until it ends."""
    found, day = _found(incident_id), request.form.get("until", "").strip()
    until = _beginning_of(day) if day else None
    if day and until is None:
        flash(f"{day[:40]} is not a day; expected such as 2026-04-13.", "bad")
    else:
        why = request.form.get("why", "")[:300]
        tell_answer(answer_to("know_incident", ids=[found.id], until=until, why=why))
    return redirect(url_for("incidents.incident", incident_id=found.id))


def _beginning_of(day: str) -> str | None:
    try:
        return utc_text(datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=context().settings.zone).astimezone(UTC))
    except ValueError:
        return None


@pages.post("/incidents/<incident_id>/forget")
def forget(incident_id: str) -> Response:
    """Take that back."""
    found = _found(incident_id)
    tell_answer(answer_to("forget_incident", ids=[found.id]))
    return redirect(url_for("incidents.incident", incident_id=found.id))


@pages.post("/incidents/test")
def test_message() -> Response:
    """Have a test message sent to everybody who is told of incidents."""
    if for_people(context().settings.targets):
        tell_answer(answer_to("test_message"))
    else:
        flash("No target of kind message is set: nobody would get it.", "bad")
    return redirect(url_for("incidents.incidents"))


def _found(incident_id: str) -> Any:
    return read_incident(context().root, incident_id) or abort(404)
