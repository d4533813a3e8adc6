"""Add a camera: its name, its make, its site; it gets an account or a folder of its own, and a card to type from."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, request

from ingest.errors import CamspoolError
from ingest.reading.location import InvalidLocationError
from ingest.requests.answers import Answer
from ingest.requests.new_cameras import Entry, NewCamera, Way, account_for, entry_for
from ingest.spool.names import is_camera_id
from ingest.spool.sites import Site
from webadmin.asking import answer_to
from webadmin.cameras.views_camera_record import to_camera
from webadmin.cameras.views_sites import read_site
from webadmin.context import context
from webadmin.setup.card import LogIn, draw_card

pages = Blueprint("add_camera", __name__)

NOT_YET = "The watcher has not answered yet: the account works as soon as it does. Keep this card."


@pages.get("/add-camera")
def form() -> Any:
    """Show the form; `make` comes from the photo that leads here."""
    return _form({"make": request.args.get("make", "")[:100], "way": "account"})


@pages.post("/add-camera")
def add() -> Any:
    """Enter the camera, and show the card with its password, which is shown this once."""
    here = context()
    try:
        entry = entry_for(here.root, here.settings.ftps, _wish())
        answer = answer_to("add_camera", **entry.words)
    except InvalidLocationError as error:
        return _form(request.form, f"The position {error}.")
    except ValueError:
        return _form(request.form, "The site's start was not understood; write it as 2026-04-01T14:00.")
    except CamspoolError as error:
        return _form(request.form, str(error))
    if answer.refused:
        return _form(request.form, str(answer.refused[0].get("message")))
    return _card(entry, answer)


@pages.post("/cameras/<camera_id>/account")
def give_account(camera_id: str) -> Any:
    """Give a camera that is here already an account of its own."""
    if not is_camera_id(camera_id):
        abort(404)
    here = context()
    try:
        entry = account_for(here.root, here.settings.ftps, camera_id)
    except CamspoolError as error:
        flash(str(error), "bad")
        return to_camera(camera_id)
    answer = answer_to("add_camera", **entry.words)
    if answer.refused:
        flash(f"Not done: {answer.refused[0].get('message')}", "bad")
        return to_camera(camera_id)
    return _card(entry, answer)


def _wish() -> NewCamera:
    """Return what was typed. Raise InvalidLocationError, or ValueError for a site's start."""
    typed = request.form
    site: Site | None = None
    if typed.get("position", "").strip():
        site = read_site(typed.get("site", ""), typed["position"], typed.get("from", ""))
    way: Way = "folder" if typed.get("way") == "folder" else "account"
    return NewCamera(typed.get("name", ""), typed.get("make", ""), site, way)


def _card(entry: Entry, answer: Answer) -> str:
    shared = context().settings.ftps.account
    log_in = LogIn(entry.account, is_own=True) if entry.account else LogIn(shared, f"/{entry.camera_id}")
    return draw_card(entry.camera_id, log_in, entry.password or "", news="" if answer.done_at else NOT_YET)


def _form(typed: Any, trouble: str = "") -> Any:
    makes = [one.name for one in context().catalogue.profiles if one.id != "canary"]
    shared = context().settings.ftps.account
    page = render_template("cameras/add.html", typed=typed, trouble=trouble, makes=makes, shared=shared)
    return page, 422 if trouble else 200
