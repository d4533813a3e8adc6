"""The upload tool's page: takes files one by one (with JavaScript) or all at once (without), shows each verdict."""

import time
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from ingest.errors import CamspoolError
from ingest.ftps.accounts import read_accounts
from ingest.requests.answers import wait_for
from ingest.requests.writing import ask_to_process
from ingest.spool.camera_accounts import camera_accounts
from ingest.spool.names import item_of_name
from ingest.spool.sidecar import Sidecar
from ingest.trial import try_content
from webadmin.access.guesses import limiter
from webadmin.context import context
from webadmin.files.item import find_item, verdict_sentence
from webadmin.upload.sending import send_over_ftps

pages = Blueprint("upload", __name__)

WAYS = {
    "try": "Try: nothing is stored",
    "process": "Process: as if a camera had sent it",
    "ftps": "Send through FTPS (explicit TLS)",
    "ftps-implicit": "Send through FTPS (implicit TLS)",
}
PATH_MAX_CHARACTERS = 500
VERDICT_PATIENCE_S = 5.0
_STEP_S = 0.05


@dataclass(frozen=True)
class Outcome:
    """What became of one uploaded file; `trouble` is a sentence when there is no verdict."""

    path: str
    sidecar: Sidecar | None = None
    sentence: str = ""
    trouble: str = ""
    item_id: str | None = None


@pages.get("/upload")
def upload() -> Any:
    """Show the form."""
    return render_template("upload/upload.html", outcomes=[], **_form())


@pages.post("/upload")
@limiter.limit("600 per minute")
def receive() -> Any:
    """Take files and show each one's verdict."""
    files = [file for file in request.files.getlist("files") if file.filename]
    outcomes = [_deal_with(file) for file in files]
    if request.headers.get("X-Requested-With") == "fetch":
        return render_template("upload/_outcomes.html", outcomes=outcomes, way=_way())
    return render_template("upload/upload.html", outcomes=outcomes, nothing=not files, **_form())


def _form() -> dict[str, Any]:
    return {
        "ways": WAYS,
        "way": _way(),
        "accounts": _accounts(),
        "account": request.form.get("account", ""),
        "folder": request.form.get("folder", ""),
    }


def _way() -> str:
    way = request.form.get("way", "try")
    return way if way in WAYS else "try"


def _accounts() -> list[str]:
    """Return the FTPS accounts to choose from, as far as they can be known here."""
    ftps = context().settings.ftps
    try:
        names = list(read_accounts(ftps.password_file))
    except (OSError, ValueError):
        names = []
    return list(dict.fromkeys([ftps.account, *ftps.accounts, *names, *camera_accounts(context().root)]))


def _deal_with(file: FileStorage) -> Outcome:
    path, account = _way_it_came(request.form.get("folder", ""), file.filename or "file")
    account = request.form.get("account") or account
    content = file.stream.read()
    try:
        if _way() == "try":
            sidecar = try_content(content, path, account, context().catalogue, context().settings)
            return Outcome(path, sidecar, verdict_sentence(sidecar))
        item_id = _really(content, path, account)
    except CamspoolError as error:
        return Outcome(path, trouble=str(error))
    return _verdict_of(path, item_id)


def _way_it_came(folder: str, name: str) -> tuple[str, str | None]:
    """Return the upload path of a file, and its account where that is known: an item that was downloaded has one."""
    path = upload_path(folder, name)
    before, slash, last = path.rpartition("/")
    item_id, own = item_of_name(last)
    if item_id is None:
        return path, None
    with context().index() as index:
        found = find_item(index, context().root, item_id)
    if found is None or found.sidecar is None:
        return before + slash + own, None
    return (before + slash + own if folder else found.sidecar.upload_path), found.sidecar.account


def upload_path(folder: str, name: str) -> str:
    r"""Return the path a camera would have used: a browser's name never brings a folder of its own.

    >>> upload_path("/INSTAR/lat1.0_lon2.0/", "C:\\photos\\A.jpeg"), upload_path("", "../x.jpg")
    ('INSTAR/lat1.0_lon2.0/A.jpeg', 'x.jpg')
    """
    last = name.replace("\\", "/").rpartition("/")[2] or "file"
    parts = [part for part in folder.replace("\\", "/").split("/") if part.strip() not in ("", ".", "..")]
    return "/".join([*parts, last])[:PATH_MAX_CHARACTERS]


def _really(content: bytes, path: str, account: str | None) -> str | None:
    here, way = context(), _way()
    if way == "process":
        request_id = ask_to_process(here.root, current_user.name, content, path, account)
        for answer in wait_for(here.root, [request_id], VERDICT_PATIENCE_S):
            if answer.done_at is None:
                raise CamspoolError("The watcher has not taken the file yet. It lies in requests/ and will be taken.")
            if answer.refused:
                raise CamspoolError(str(answer.refused[0].get("message")))
        return request_id
    relay = here.surroundings.relay
    return send_over_ftps(here.settings, relay, here.index, content, path, implicit=way == "ftps-implicit")


def _verdict_of(path: str, item_id: str | None) -> Outcome:
    here = context()
    deadline = time.monotonic() + VERDICT_PATIENCE_S
    while item_id is not None:
        with here.index() as index:
            found = find_item(index, here.root, item_id)
        if found and found.sidecar:
            return Outcome(path, found.sidecar, verdict_sentence(found.sidecar), item_id=item_id)
        if time.monotonic() > deadline:
            break
        time.sleep(_STEP_S)
    trouble = "It was taken, but there is no verdict yet. Look at Files in a moment."
    return Outcome(path, trouble=trouble, item_id=item_id)
