"""The door: log-in and log-out, and the rule that everything else needs a log-in, with the exceptions in one list."""

from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Blueprint, Flask, Request, abort, flash, g, redirect, render_template, request, session, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_login.utils import login_url
from werkzeug.wrappers import Response

from ingest.errors import CamspoolError
from webadmin.access import sessions, throttle, tokens  # noqa: F401 - importing registers the storage
from webadmin.access.admins import check_password
from webadmin.api.problems import is_for_api, problem
from webadmin.context import context
from webadmin.surroundings import Surroundings

OPEN_TO_ALL = frozenset({"entrance.log_in", "entrance.alive", "check_page.check", "figures.metrics", "static"})
"""The endpoints that need no log-in: the door itself, a sign of life for the proxy, signed check pages, style; and
figures, which are for this machine and ask by themselves."""

HOW_TO_GET_IN = "Show a valid token: Authorization: Bearer camspool_... An admin makes one on the page Programs."

LOG_INS_PER_NAME = "10 per 15 minutes"
LOG_INS_PER_ADDRESS = "30 per 15 minutes"

pages = Blueprint("entrance", __name__)
limiter = Limiter(get_remote_address, headers_enabled=False, strategy="fixed-window", swallow_errors=False)


def guard(app: Flask, surroundings: Surroundings) -> None:
    """Ask for a log-in everywhere but in OPEN_TO_ALL, and count failed ones."""
    app.config["RATELIMIT_STORAGE_URI"] = f"camspool://{quote(str(surroundings.cache.resolve()))}"
    limiter.init_app(app)
    login = LoginManager(app)
    login.session_protection = None  # cameras' owners walk between networks; sessions are ended on the server instead
    login.user_loader(_load)
    login.request_loader(_load_by_token)
    app.before_request(_ask_for_log_in)


def _load(session_id: str) -> sessions.Admin | None:
    here = context()
    # The page that tells of a failure asks who is there once more: then it is nobody.
    if g.get("load_failed"):
        return None
    g.load_failed = True
    found = sessions.find(here.surroundings.cache, here.settings.admin.password_file, session_id)
    g.load_failed = False
    return found


def _load_by_token(question: Request) -> sessions.Admin | None:
    """Return whose program this is. A token opens what is made for programs, and no page."""
    here, shown = context(), question.authorization
    is_for_programs = is_for_api() or question.blueprint == "figures"
    if not is_for_programs or shown is None or shown.type != "bearer" or not shown.token:
        return None
    found = tokens.find(here.surroundings.cache, here.root, here.settings.admin.password_file, shown.token)
    return sessions.Admin(f"token {found.id}", found.person) if found else None


def _ask_for_log_in() -> Response | None:
    if request.endpoint in OPEN_TO_ALL or current_user.is_authenticated:
        return None
    if is_for_api():
        return problem(401, "Unauthorized", HOW_TO_GET_IN)
    if request.method != "GET" or request.headers.get("X-Requested-With") == "fetch":
        abort(401)
    return redirect(login_url("entrance.log_in", next_url=request.full_path.rstrip("?")))


def _typed_name() -> str:
    return "name:" + request.form.get("name", "")[:64].casefold()


def _has_failed(response: Any) -> bool:
    return bool(g.get("log_in_failed"))


@pages.route("/log-in", methods=["GET", "POST"])
@limiter.limit(LOG_INS_PER_NAME, key_func=_typed_name, methods=["POST"], deduct_when=_has_failed)
@limiter.limit(LOG_INS_PER_ADDRESS, methods=["POST"], deduct_when=_has_failed)
def log_in() -> Any:
    """Show the door; let in whoever knows a password."""
    if request.method == "GET":
        return render_template("log_in.html", next=request.args.get("next", ""))
    name, password = request.form.get("name", ""), request.form.get("password", "")
    hash_ = _checked(name, password)
    if hash_ is None:
        g.log_in_failed = True
        flash("Name or password is wrong.", "bad")
        return render_template("log_in.html", next=request.form.get("next", ""), name=name), 401
    session.clear()
    login_user(sessions.begin(context().surroundings.cache, name, hash_))
    return redirect(safe_next(request.form.get("next", "")))


def _checked(name: str, password: str) -> str | None:
    file: Path = context().settings.admin.password_file
    try:
        return check_password(file, name, password)
    except OSError as error:
        raise CamspoolError(
            f"The admins' password file {file} cannot be read ({error.strerror}). "
            "Make it with: camspool admin-password NAME."
        ) from error


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


def safe_next(target: str) -> str:
    """Return where to go after the log-in: a path of ours, never another site."""
    parts = urlsplit(target)
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and "\\" not in target
    return target if ours else url_for("overview.overview")
