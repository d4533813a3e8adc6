"""A message about incidents as a letter to its targets: with a link, and the last photo of a camera."""

import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.index.store import read_index
from ingest.settings.values import Settings
from ingest.spool.incidents import Incident, Message
from ingest.spool.letters import Letter, read_letter, write_letter
from ingest.spool.outbox import mark_again

_LAST_PHOTO = """
SELECT place FROM items WHERE id = (SELECT last_image_id FROM cameras WHERE camera_id = ?)
"""


def write_letters(settings: Settings, incident: Incident, message: Message) -> None:
    """Write a message's letter and its marks. Doing so again changes nothing, also for another of its incidents.

    Raise OSError.
    """
    if not message.to:
        return
    if read_letter(settings.root, message.id) is None:
        write_letter(settings.root, _letter(settings, incident, message))
    mark_again(settings.root, [(target, message.id) for target in message.to])


def _letter(settings: Settings, incident: Incident, message: Message) -> Letter:
    about = {key: value for key, value in asdict(incident).items() if key != "messages"}
    content = {
        "incident": about,
        "message": asdict(message),
        "photo": _last_photo(settings.root, incident),
        "link": link_to(settings, incident),
        "tags": message.tags,
    }
    return Letter(message.id, "incident", incident.id, message.at, content)


def link_to(settings: Settings, incident: Incident) -> str | None:
    """Return where people see an incident; None where no address of the admin is set."""
    return f"{settings.admin.url.rstrip('/')}/incidents/{incident.id}" if settings.admin.url else None


def _last_photo(root: Path, incident: Incident) -> str | None:
    """Return the place of the last photo of the first of its cameras that has one."""
    if not incident.cameras:
        return None
    try:
        with closing(read_index(root)) as index:
            row = index.execute(_LAST_PHOTO, (incident.cameras[0],)).fetchone()
    except (sqlite3.Error, CamspoolError):
        return None
    return str(row[0]) if row else None
