"""Programs: which of them may read the API, a token for another one, and the end of one."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from ingest.spool.tokens import LABEL_MAX, new_token, tokens_in
from webadmin.access.people import everybody
from webadmin.access.tokens import last_uses
from webadmin.addresses import whole_address
from webadmin.asking import answer_to, tell_answer
from webadmin.context import context

pages = Blueprint("tokens", __name__)


@pages.get("/programs")
def tokens() -> Any:
    """Show which programs read."""
    return _page()


@pages.post("/programs")
def make() -> Any:
    """Make a token for the admin who asks, and show it, this once."""
    label = request.form.get("label", "").strip()[:LABEL_MAX]
    if not label:
        flash("Say what the token is for, such as: map in the office.", "bad")
        return redirect(url_for("tokens.tokens"))
    token, hashed = new_token()
    answer = answer_to("make_token", person=current_user.name, label=label, token_hash=hashed)
    if answer.refused or answer.done_at is None:
        tell_answer(answer)
    return _page(token="" if answer.refused else token, label=label)


@pages.post("/programs/<token_id>/revoke")
def revoke(token_id: str) -> Response:
    """Let a token be valid no more."""
    tell_answer(answer_to("revoke_token", token=token_id))
    return redirect(url_for("tokens.tokens"))


def _page(**made: str) -> str:
    here = context()
    uses = {one: datetime.fromtimestamp(at, UTC) for one, at in last_uses(here.surroundings.cache).items()}
    people = {one.name for one in everybody(here.root, here.settings.admin.password_file)}
    return render_template(
        "access/tokens.html",
        tokens=list(tokens_in(here.root)),
        uses=uses,
        people=people,
        label_max=LABEL_MAX,
        api_address=whole_address("api.status"),
        **made,
    )
