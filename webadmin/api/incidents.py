"""Incidents: what people were told of."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from ingest.spool.incidents import Incident as Kept
from ingest.spool.incidents import Known, Message, Urgency, incidents_in, open_incidents, read_incident, read_known
from webadmin.api.operation import END, After, CameraId, Id, Limit, NothingThereError, cut
from webadmin.context import context

Rule = Annotated[str, Meta(pattern=rf"^[a-z_-]{{1,40}}{END}", description="A rule's name (camspool alerts rules).")]


@dataclass(frozen=True)
class IncidentsQuestion:
    """Which incidents, the newest first."""

    state: Literal["open", "over"] | UnsetType = UNSET
    rule: Rule | UnsetType = UNSET
    camera_id: CameraId | UnsetType = UNSET
    after: After | UnsetType = UNSET
    limit: Limit = 100


@dataclass(frozen=True)
class IncidentQuestion:
    """Which incident."""

    id: Id


@dataclass(frozen=True)
class Incident:
    """What is wrong, or was: `title` in a line, `sentence` what is so, `task` what to do. `began_at` is since when it
    is so, `opened_at` when the gateway found it, `told_at` when people were told first, `ended_at` when it was over;
    null: not yet. `known` is who has said that they know of it, `messages` what people were told."""

    id: str
    rule: str
    urgency: Urgency
    title: str
    sentence: str
    task: str
    began_at: str
    opened_at: str
    told_at: str | None
    ended_at: str | None
    how_it_ended: str
    cameras: tuple[str, ...]
    account: str | None
    messages: tuple[Message, ...]
    known: Known | None


@dataclass(frozen=True)
class Incidents:
    """A page of incidents. `next` is what to ask `after` for the next one; null: there is none."""

    incidents: tuple[Incident, ...]
    next: str | None


def read_incidents(asked: IncidentsQuestion) -> Incidents:
    """Return a page of incidents."""
    root = context().root
    return Incidents(*cut((_told(root, one) for one in _matching(root, asked)), asked.limit))


def read_one_incident(asked: IncidentQuestion) -> Incident:
    """Return one incident."""
    found = read_incident(context().root, asked.id)
    if found is None:
        raise NothingThereError
    return _told(context().root, found)


def _matching(root: Path, asked: IncidentsQuestion) -> Iterator[Kept]:
    """Yield those that are asked for; what is open is found without reading what is over."""
    for incident in open_incidents(root) if asked.state == "open" else incidents_in(root):
        if (
            (asked.after is UNSET or incident.id < asked.after)
            and asked.state in (UNSET, "open" if incident.is_open else "over")
            and asked.rule in (UNSET, incident.rule)
            and (asked.camera_id is UNSET or asked.camera_id in incident.cameras)
        ):
            yield incident


def _told(root: Path, incident: Kept) -> Incident:
    told = {entry.name: getattr(incident, entry.name) for entry in fields(Incident) if entry.name != "known"}
    return Incident(**told, known=read_known(root, incident.id))
