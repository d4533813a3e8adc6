"""People: who may log in and what they may do, an invitation for another one, and the end of it."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from ingest.spool.camera_accounts import camera_accounts
from ingest.spool.camera_records import tags_in
from ingest.spool.people import ROLES, Person, hash_of, is_name, read_person
from ingest.spool.stamp import utc_text
from webadmin.access import changing, sessions
from webadmin.access.changing import about, ask_of, person_now
from webadmin.access.people import everybody
from webadmin.addresses import whole_address
from webadmin.asking import answer_to, tell_answer
from webadmin.context import context
from webadmin.display import page_time
from webadmin.provider.button import provider_name

pages = Blueprint("people", __name__)

INVITATION_DAYS = 7
_OWN_RIGHTS = "Nobody takes away their own rights: ask another admin."
_DEPLOYED = (
    "{name} is an admin of the deployment. On the host, camspool admin-password {name} --remove takes {name} away."
)


@pages.get("/people")
def people() -> Any:
    """Show who may log in."""
    everyone = everybody(context().root, context().settings.admin.password_file)
    return render_template(
        "access/people.html",
        people=everyone,
        seen=_seen(everyone),
        now=utc_text(page_time()),
        roles=ROLES,
        accounts=known_accounts(),
        tags=known_tags(),
        provider=provider_name(context().settings.provider),
    )


@pages.post("/people")
def add() -> Any:
    """Add somebody, and show the link by which they choose their password, this once."""
    name = request.form.get("name", "").strip()
    if not is_name(name):
        flash("Nothing was changed. A name has up to 64 letters, digits and . _ @ - only, such as: rose", "bad")
        return redirect(url_for("people.people"))
    if person_now(name):
        flash(f"Nothing was changed. There is somebody called {name} already.", "bad")
        return redirect(url_for("people.people"))
    return _invited(name, "add_person", person=name, **_role_in_form())


@pages.get("/people/<name>")
def person(name: str) -> Any:
    """Show one person: role, cameras, second factor and sessions."""
    return _page(_found(name))


@pages.post("/people/<name>/change")
def change(name: str) -> Response:
    """Give somebody another role or other cameras."""
    found = _found(name)
    if found.name == current_user.name and request.form.get("role") != "admin":
        flash(f"Nothing was changed. {_OWN_RIGHTS}", "bad")
    elif found.replaces and request.form.get("role") != "admin":
        flash(f"Nothing was changed. {_DEPLOYED.format(name=found.name)}", "bad")
    else:
        tell_answer(ask_of(found, current_user.name, "change_person", **_role_in_form()))
    return _to(found)


@pages.post("/people/<name>/invite")
def invite(name: str) -> Any:
    """Let somebody choose a new password by a link, which is shown this once."""
    found = _found(name)
    return _invited(found.name, "invite_person", **about(found))


@pages.post("/people/<name>/drop-second-factor")
def drop_second_factor(name: str) -> Response:
    """Let somebody in whose phone is lost; where a second factor is due they set up another one first."""
    found = _found(name)
    tell_answer(ask_of(found, current_user.name, "set_second_factor", second_factor=""))
    return _to(found)


@pages.post("/people/<name>/sessions/end")
def end_sessions(name: str) -> Response:
    """End every session of somebody, or the one that the form names; one's own here goes on."""
    found, cache, only = _found(name), context().surroundings.cache, request.form.get("session")
    theirs = sessions.sessions_of(cache, {found.name: found})
    ended = [one for one in theirs if only in (None, one.mark) and not sessions.is_session(one, current_user.id)]
    changing.end_sessions(found.name, ended)
    return _to(found)


@pages.post("/people/<name>/remove")
def remove(name: str) -> Response:
    """Let somebody in no more."""
    found = _found(name)
    if found.name == current_user.name:
        flash(f"Nothing was changed. {_OWN_RIGHTS}", "bad")
    elif found.replaces:
        flash(f"Nothing was changed. {_DEPLOYED.format(name=found.name)}", "bad")
    else:
        tell_answer(answer_to("remove_person", person=found.name))
        return redirect(url_for("people.people"))
    return _to(found)


def known_accounts() -> list[str]:
    """Return the FTPS accounts by which cameras can come."""
    here = context()
    own = (name for name, one in camera_accounts(here.root).items() if not one.closed_at)
    return sorted({here.settings.ftps.account, *here.settings.ftps.accounts, *own}, key=str.casefold)


def known_tags() -> list[str]:
    """Return the tags that cameras have."""
    here = context()
    records = here.camera_records.all(here.root).values()
    return sorted({tag for record in records for tag in tags_in(record)}, key=str.casefold)


def _invited(name: str, action: str, **words: Any) -> Any:
    token, until = secrets.token_urlsafe(24), utc_text(datetime.now(UTC) + timedelta(days=INVITATION_DAYS))
    answer = answer_to(action, invitation_hash=hash_of(token), invited_until=until, **words)
    tell_answer(answer)
    made = None if answer.refused else person_now(name) or read_person(context().root, name)
    if made is None:
        return redirect(url_for("people.people"))
    return _page(made, invitation=whole_address("invitation.join", token=token))


def _page(found: Person, **more: str) -> str:
    everyone = sessions.sessions_of(context().surroundings.cache, {found.name: found})
    return render_template(
        "access/person.html",
        person=found,
        sessions=everyone,
        own=next((one.mark for one in everyone if sessions.is_session(one, current_user.id)), ""),
        now=utc_text(page_time()),
        roles=ROLES,
        accounts=sorted({*known_accounts(), *found.accounts}, key=str.casefold),
        tags=known_tags(),
        **more,
    )


def _role_in_form() -> dict[str, Any]:
    return {
        "role": request.form.get("role", ""),
        "accounts": request.form.getlist("account"),
        "tags": request.form.get("tags", ""),
        "second_factor_due": request.form.get("second_factor_due") == "1",
    }


def _seen(everyone: list[Person]) -> dict[str, datetime]:
    """Return when each was here last, as far back as their sessions go."""
    found = sessions.sessions_of(context().surroundings.cache, {one.name: one for one in everyone})
    return {one.person: one.seen_at for one in reversed(found)}


def _found(name: str) -> Person:
    return person_now(name) or abort(404)


def _to(found: Person) -> Response:
    return redirect(url_for("people.person", name=found.name))
