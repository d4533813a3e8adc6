"""The person here: their own password, second factor and sessions."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from ingest.spool.people import Person
from webadmin.access import guesses, sessions
from webadmin.access.changing import ask_of, end_sessions, person_now, wrong_password
from webadmin.access.guesses import limiter
from webadmin.access.people import hash_password, is_password
from webadmin.access.second_factor import address_for, new_secret, seal, takes_code
from webadmin.access.views_log_in import let_in
from webadmin.asking import tell_answer
from webadmin.context import context
from webadmin.drawing.qr import draw_qr

pages = Blueprint("me", __name__)

_per_person = limiter.limit(
    guesses.PER_NAME_HERE, key_func=lambda: f"own:{current_user.name}", deduct_when=guesses.has_failed
)


@pages.get("/me")
def me() -> Any:
    """Show who I am here, and what I may see."""
    person, found = _me(), _mine()
    own = next((one.mark for one in found if sessions.is_session(one, current_user.id)), "")
    return render_template("access/me.html", person=person, sessions=found, own=own)


@pages.post("/me/password")
@_per_person
def password() -> Response:
    """Give myself another password. Every other session of mine ends with the former one."""
    wanted = request.form.get("new", "")
    if not _shows_password(request.form.get("present", "")):
        return _to_me()
    if trouble := wrong_password(wanted):
        flash(f"Nothing was changed. {trouble}", "bad")
        return _to_me()
    answer = ask_of(_me(), current_user.name, "set_password", password_hash=hash_password(wanted))
    person = person_now(current_user.name)
    is_done = answer.done_at is not None and not answer.refused
    response = let_in(person, url_for("me.me")) if is_done and person else _to_me()
    tell_answer(answer)
    return response


@pages.get("/me/second-factor")
def second_factor() -> Any:
    """Show a new secret as a QR code, which a phone's app reads."""
    secret = session.setdefault("new_second_factor", new_secret())
    host = context().settings.ftps.host
    qr = draw_qr(address_for(secret, current_user.name, host))
    return render_template("access/second_factor.html", secret=secret, qr=qr, is_due=_is_due())


@pages.post("/me/second-factor")
@_per_person
def set_second_factor() -> Response:
    """Ask me for a code at every log-in from now on, once my app has made a right one."""
    secret, cache = session.get("new_second_factor"), context().surroundings.cache
    if not secret or not takes_code(cache, current_user.name, secret, request.form.get("code", "")):
        guesses.note_failure()
        flash("This code is not what the app should show. Is the phone's clock right? Wait for the next code.", "bad")
        return redirect(url_for("me.second_factor"))
    answer = ask_of(_me(), current_user.name, "set_second_factor", second_factor=seal(_key(), secret))
    session.pop("new_second_factor")
    tell_answer(answer)
    return _to_me()


@pages.post("/me/second-factor/drop")
@_per_person
def drop_second_factor() -> Response:
    """Ask me for no code any more, unless an admin wants me to have one."""
    if _is_due():
        abort(403)
    if _shows_password(request.form.get("present", "")):
        tell_answer(ask_of(_me(), current_user.name, "set_second_factor", second_factor=""))
    return _to_me()


@pages.post("/me/sessions/<mark>/end")
def end_session(mark: str) -> Response:
    """End one session of mine."""
    end_sessions(current_user.name, [one for one in _mine() if one.mark == mark])
    return _to_me()


@pages.post("/me/sessions/end-others")
def end_others() -> Response:
    """End every session of mine but this one."""
    others = [one for one in _mine() if not sessions.is_session(one, current_user.id)]
    end_sessions(current_user.name, others)
    return _to_me()


def _mine() -> list[sessions.Session]:
    return sessions.sessions_of(context().surroundings.cache, {current_user.name: _me()})


def _me() -> Person:
    person: Person = current_user.person
    return person


def _is_due() -> bool:
    return _me().second_factor_due


def _shows_password(typed: str) -> bool:
    if is_password(_me(), typed):
        return True
    guesses.note_failure()
    flash("Nothing was changed: the present password is another one.", "bad")
    return False


def _key() -> bytes:
    return bytes(current_app.config["SECRET_KEY"])


def _to_me() -> Response:
    return redirect(url_for("me.me"))
