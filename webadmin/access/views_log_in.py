"""The door: name and password, the code of a second factor where there is one, and log-out."""

import time
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from ingest.errors import CamspoolError
from ingest.spool.people import Person, hash_of
from webadmin.access import guesses, sessions
from webadmin.access.guesses import limiter
from webadmin.access.people import find_person, is_password
from webadmin.access.rights import home_of, may
from webadmin.access.second_factor import takes_code, unseal
from webadmin.context import context
from webadmin.provider.button import button_words

pages = Blueprint("entrance", __name__)

HALFWAY_S = 600
_SEALED_ELSEWHERE = (
    "The second factor of {} was made with another key of this gateway, as after a restored backup, and cannot be "
    "checked. Another admin can take it away on the page People; on the host: camspool admin-password NAME."
)


@pages.route("/log-in", methods=["GET", "POST"])
@limiter.limit(guesses.PER_NAME_HERE, key_func=guesses.name_here, methods=["POST"], deduct_when=guesses.has_failed)
@limiter.limit(
    guesses.PER_ADDRESS,
    key_func=guesses.here,
    methods=["POST"],
    deduct_when=guesses.has_failed,
    exempt_when=guesses.is_known,
)
def log_in() -> Any:
    """Show the door; let in whoever knows a password, with a second factor only after its code."""
    if request.method == "GET":
        return _door(next=request.args.get("next", ""))
    name, password, target = (request.form.get(key, "") for key in ("name", "password", "next"))
    person = _person(name)
    if not is_password(person, password) or person is None:
        guesses.note_failure()
        flash("Name or password is wrong.", "bad")
        return _door(next=target, name=name), 401
    if person.second_factor:
        session.clear()
        session["halfway"] = {"name": person.name, "password": hash_of(person.password_hash), "at": time.time()}
        return redirect(url_for("entrance.code", next=target or None))
    return let_in(person, target)


@pages.route("/log-in/code", methods=["GET", "POST"])
@limiter.limit(
    guesses.CODES_PER_NAME,
    key_func=lambda: f"code:{_halfway_name()}",
    methods=["POST"],
    deduct_when=guesses.has_failed,
    exempt_when=lambda: guesses.known_as(_halfway_name()) is not None,
)
@limiter.limit(
    guesses.PER_NAME_HERE,
    key_func=lambda: f"code:{_halfway_name()} {guesses.known_as(_halfway_name()) or guesses.here()}",
    methods=["POST"],
    deduct_when=guesses.has_failed,
)
def code() -> Any:
    """Ask who has shown a password for the code of the second factor."""
    target = request.values.get("next", "")
    person = _halfway()
    if person is None:
        return redirect(url_for("entrance.log_in", next=target or None))
    if request.method == "GET":
        return render_template("access/log_in_code.html", next=target)
    secret = unseal(_key(), person.second_factor)
    if secret is None:
        raise CamspoolError(_SEALED_ELSEWHERE.format(person.name))
    if not takes_code(context().surroundings.cache, person.name, secret, request.form.get("code", "")):
        guesses.note_failure()
        flash("This code is wrong, over, or was used. Wait for the next one.", "bad")
        return render_template("access/log_in_code.html", next=target), 401
    return let_in(person, target)


def let_in(person: Person, target: str, *, by_provider: bool = False) -> Response:
    """Begin a session, and lead to the page that was asked for. A provider has asked for what it asks for."""
    session.clear()
    agent = request.headers.get("User-Agent", "")
    cache, address = context().surroundings.cache, request.remote_addr or ""
    login_user(sessions.begin(cache, person, address, agent, by_provider=by_provider))
    response = make_response(redirect(safe_next(target, person.role)))
    guesses.remember(response, person.name)
    return response


@pages.post("/log-out")
def log_out() -> Any:
    """End the session on the server."""
    sessions.end(context().surroundings.cache, current_user.id)
    logout_user()
    session.clear()
    flash("You are logged out.", "good")
    return redirect(url_for("entrance.log_in"))


@pages.get("/alive")
def alive() -> Any:
    """Tell the proxy that the admin answers; says nothing else."""
    return "alive\n", 200, {"Content-Type": "text/plain", "Cache-Control": "no-store"}


def safe_next(target: str, role: str) -> str:
    """Return where to go after the log-in: a path of ours that is open to the role, never another site."""
    parts = urlsplit(target)
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and "\\" not in target
    return target if ours and may(role, _endpoint_of(parts.path)) else url_for(home_of(role))


def _endpoint_of(path: str) -> str | None:
    adapter = current_app.url_map.bind("")
    return str(adapter.match(path)[0]) if adapter.test(path) else None


def _door(**words: str) -> str:
    return render_template("access/log_in.html", provider_button=button_words(context().settings.provider), **words)


def _person(name: str) -> Person | None:
    file = context().settings.admin.password_file
    try:
        return find_person(context().root, file, name)
    except OSError as error:
        raise CamspoolError(
            f"The admins' password file {file} cannot be read ({error.strerror}). "
            "Make it with: camspool admin-password NAME."
        ) from error


def _halfway_name() -> str:
    return str((session.get("halfway") or {}).get("name", ""))


def _halfway() -> Person | None:
    """Return who has shown their password a moment ago, and has to show a code."""
    told = session.get("halfway") or {}
    person = _person(str(told.get("name", ""))) if told else None
    is_fresh = time.time() - float(told.get("at", 0)) < HALFWAY_S
    is_same = person is not None and told.get("password") == hash_of(person.password_hash)
    return person if person and person.second_factor and is_fresh and is_same else None


def _key() -> bytes:
    return bytes(current_app.config["SECRET_KEY"])
