"""An invitation: whoever holds the link chooses the password of the person it is for, once and for a few days."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ingest.spool.people import Person, hash_of, invited
from ingest.spool.stamp import utc_text
from webadmin.access.changing import ask_of, person_now, wrong_password
from webadmin.access.guesses import limiter
from webadmin.access.people import hash_password
from webadmin.access.views_log_in import let_in
from webadmin.asking import tell_answer
from webadmin.context import context
from webadmin.display import page_time

pages = Blueprint("invitation", __name__)


@pages.route("/join/<token>", methods=["GET", "POST"])
@limiter.limit("60 per minute")
def join(token: str) -> Any:
    """Ask for a password, and let the person in who has chosen it."""
    person = _invited(token)
    if person is None:
        return render_template("access/join.html", person=None), 404
    if request.method == "GET":
        return render_template("access/join.html", person=person)
    password = request.form.get("password", "")
    if trouble := wrong_password(password):
        flash(trouble, "bad")
        return render_template("access/join.html", person=person), 400
    words = {"password_hash": hash_password(password), "invitation_hash": hash_of(token)}
    answer = ask_of(person, person.name, "set_password", **words)
    if answer.refused or answer.done_at is None:
        tell_answer(answer)
        return redirect(url_for("entrance.log_in"))
    return _let_in(person_now(person.name))


def _let_in(person: Person | None) -> Any:
    """Let somebody in with their new password; the code of a second factor is asked for at the door."""
    if person is None or person.second_factor:
        flash("Your password is set. Log in with it.", "good")
        return redirect(url_for("entrance.log_in"))
    return let_in(person, "")


def _invited(token: str) -> Person | None:
    found = invited(context().root, token, utc_text(page_time()))
    person = person_now(found.name) if found else None
    return person if found and person and person.invitation_hash == found.invitation_hash else None
