"""The guard: who is logged in, what they may open, and that everybody else is led to the door."""

from functools import partial
from typing import Any
from urllib.parse import quote

from flask import Flask, Request, abort, g, redirect, request, url_for
from flask_login import AnonymousUserMixin, LoginManager, current_user
from flask_login.utils import login_url
from werkzeug.wrappers import Response

from webadmin.access import sessions, tokens
from webadmin.access.guesses import limiter
from webadmin.access.rights import OPEN_TO_ALL, WITHOUT_FACTOR, home_of, may
from webadmin.api.problems import is_for_api, problem
from webadmin.context import context
from webadmin.navigation import IN_THE_FIELD, SECTIONS
from webadmin.surroundings import Surroundings

HOW_TO_GET_IN = "Show a valid token: Authorization: Bearer camspool_... An admin makes one on the page Programs."
NOT_FOR_YOU = "What you may see does not include this. An admin can change that on the page People."


class Nobody(AnonymousUserMixin):  # type: ignore[misc]
    """Who is not logged in."""

    name, role, person, by_provider = "", "", None, False


def guard(app: Flask, surroundings: Surroundings) -> None:
    """Ask for a log-in everywhere but in OPEN_TO_ALL, let everybody do what their role may, and count guesses."""
    app.config["RATELIMIT_STORAGE_URI"] = f"camspool://{quote(str(surroundings.cache.resolve()))}"
    limiter.init_app(app)
    login = LoginManager(app)
    login.anonymous_user = Nobody
    login.session_protection = None  # cameras' owners walk between networks; sessions are ended on the server instead
    login.user_loader(_load)
    login.request_loader(_load_by_token)
    app.before_request(_ask_for_log_in)
    app.before_request(_ask_for_rights)
    app.context_processor(_for_templates)


def _load(session_id: str) -> sessions.LoggedIn | None:
    here = context()
    # The page that tells of a failure asks who is there once more: then it is nobody.
    if g.get("load_failed"):
        return None
    g.load_failed = True
    found = sessions.find(here.surroundings.cache, here.root, here.settings.admin.password_file, session_id)
    g.load_failed = False
    return found


def _load_by_token(question: Request) -> sessions.LoggedIn | None:
    """Return whose program this is. A token opens what is made for programs, and no page."""
    here, shown = context(), question.authorization
    is_for_programs = is_for_api() or question.blueprint == "figures"
    if not is_for_programs or shown is None or shown.type != "bearer" or not shown.token:
        return None
    return tokens.find(here.surroundings.cache, here.root, here.settings.admin.password_file, shown.token)


def _ask_for_log_in() -> Response | None:
    if request.endpoint in OPEN_TO_ALL or current_user.is_authenticated:
        return None
    if is_for_api():
        return problem(401, "Unauthorized", HOW_TO_GET_IN)
    if request.method != "GET" or _is_fetched():
        abort(401)
    return redirect(login_url("entrance.log_in", next_url=request.full_path.rstrip("?")))


def _ask_for_rights() -> Response | None:
    """Let everybody do what their role may; who must set up a second factor does that first."""
    if request.endpoint in OPEN_TO_ALL or not current_user.is_authenticated:
        return None
    if not may(current_user.role, request.endpoint):
        return problem(403, "Forbidden", NOT_FOR_YOU) if is_for_api() else abort(403)
    if not _is_incomplete() or is_for_api() or request.endpoint in WITHOUT_FACTOR:
        return None
    return abort(403) if _is_fetched() else redirect(url_for("me.second_factor"))


def _is_incomplete() -> bool:
    """Say whether the person here has to set up a second factor first: a provider asks for its own."""
    person = current_user.person
    has_none = person is not None and person.second_factor_due and not person.second_factor
    return has_none and not current_user.by_provider


def _is_fetched() -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _for_templates() -> dict[str, Any]:
    """Tell templates what the person here may open, which page is theirs, and what stands in their menu."""
    role = current_user.role
    shown = IN_THE_FIELD if role == "field" else tuple(one for one in SECTIONS if may(role, one[0]))
    return {"may": partial(may, role), "home": url_for(home_of(role)), "sections": () if _is_incomplete() else shown}
