"""The door by the provider: people go there, and come back as somebody whom an admin has added."""

import logging
import time
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, session, url_for
from werkzeug.wrappers import Response

from ingest.errors import CamspoolError
from ingest.spool.names import one_line
from webadmin.access.changing import person_now
from webadmin.access.guesses import limiter
from webadmin.access.views_log_in import let_in
from webadmin.addresses import whole_address
from webadmin.context import context
from webadmin.provider.identity import is_issuer, name_in
from webadmin.provider.relay import begin_at, finish_at

pages = Blueprint("provider", __name__)
log = logging.getLogger("camspool")

HALFWAY_S = 900


@pages.get("/log-in/provider")
@limiter.limit("30 per 15 minutes")
def go() -> Response:
    """Send somebody to the provider."""
    here = context()
    if not here.settings.provider.is_set:
        abort(404)
    begun = begin_at(here.surroundings.provider, here.settings.provider, whole_address("provider.back"))
    session["provider"] = {
        "state": begun.state,
        "nonce": begun.nonce,
        "verifier": begun.verifier,
        "next": request.args.get("next", ""),
        "at": time.time(),
    }
    return redirect(begun.address)


@pages.get("/log-in/provider/back")
@limiter.limit("30 per 15 minutes")
def back() -> Any:
    """Let in who comes back from the provider, when an admin has added them."""
    here, begun = context(), session.pop("provider", None)
    if not here.settings.provider.is_set:
        abort(404)
    if not begun or begun["state"] != request.args.get("state") or time.time() - begun["at"] > HALFWAY_S:
        return _refused("This log-in did not begin here, or took too long. Begin again.")
    if (issuer := request.args.get("iss")) and not is_issuer(issuer, here.settings.provider):
        return _refused("Another provider than this gateway's has sent you here.")  # RFC 9207: two were mixed up
    if error := request.args.get("error"):
        return _refused(f"The provider did not let you in: {one_line(error, 80)}.")
    code, address = request.args.get("code", ""), whole_address("provider.back")
    try:
        claims = finish_at(here.surroundings.provider, here.settings.provider, address, code, begun)
        name = name_in(claims, here.settings.provider.claim)
    except (CamspoolError, ValueError) as error:
        log.warning("log-in by the provider failed: %s", one_line(str(error), 300))
        return _refused(str(error))
    person = person_now(name) or person_now(name.lower())
    if person is None:
        return _refused(f"Nobody has added {name} here. Ask an admin: on the page People, with this very name.")
    return let_in(person, str(begun["next"]), by_provider=True)


def _refused(sentence: str) -> Response:
    flash(sentence, "bad")
    return redirect(url_for("entrance.log_in"))
