"""Incidents: `incidents/<id>.json` says what people were told of, and how it ended. Only the alerts write them.

What people say about one (`incidents/known/<id>.json`) is written by whoever carries out requests, so that no two
write the same file.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from ingest.spool.durable import replace_file
from ingest.spool.json_text import parse_json
from ingest.spool.stamp import id_time, is_id, parse_utc

FOLDER, KNOWN = "incidents", "known"
LOOKED, TEST_REQUEST, CALL = Path(FOLDER) / ".looked.json", Path(FOLDER) / ".test", Path(FOLDER) / ".look"
"""What the alerts keep between two looks; who wants a test message; and a file that asks them to look at once."""

Urgency = Literal["urgent", "notice"]
What = Literal["opened", "worse", "ended", "digest", "test"]
"""What a message tells of: an incident that began, that got worse, that ended; of all at once; of nothing."""


@dataclass(frozen=True)
class Message:
    """What people were told once: `id` is its letter's, `at` UTC text, `to` the targets, `tags` by what they
    chose it, `is_marked` whether it is in their outboxes."""

    id: str
    what: What
    at: str
    title: str
    text: str
    to: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    is_marked: bool = False


@dataclass(frozen=True)
class Incident:
    """One incident. `key` is its rule and what it is about: of one key only one incident is open at a time.

    `title` is a line, `sentence` what is so, `task` what to do. `began_at` is since when it is so, `opened_at` when
    the gateway found it, `told_at` when people were told first, `ended_at` when it was over (all UTC text, None: not
    yet); `how_it_ended` a sentence. `level` is how bad it is, `cameras` whom it concerns: more than was told
    (`told_level`, `told_cameras`) is told again. `calm_since` is since when its rule finds it no more.
    """

    id: str
    key: str
    rule: str
    urgency: Urgency
    title: str
    sentence: str
    task: str
    began_at: str
    opened_at: str
    cameras: tuple[str, ...] = ()
    account: str | None = None
    level: float = 0.0
    told_level: float = 0.0
    told_cameras: tuple[str, ...] = ()
    told_at: str | None = None
    calm_since: str | None = None
    ended_at: str | None = None
    is_end_told: bool = False
    how_it_ended: str = ""
    messages: tuple[Message, ...] = ()

    @property
    def is_open(self) -> bool:
        """Say whether it is not over."""
        return self.ended_at is None


@dataclass(frozen=True)
class Known:
    """That a person knows of an incident: who, since when, until when (UTC text; None: until it ends), and why."""

    incident: str
    by: str
    at: str
    until: str | None = None
    why: str = ""

    def holds_at(self, moment: str) -> bool:
        """Say whether it holds at a moment (UTC text)."""
        return self.until is None or moment < self.until


_KEYS = frozenset(entry.name for entry in fields(Incident))
_MESSAGE_KEYS = frozenset(entry.name for entry in fields(Message))


def write_incident(root: Path, incident: Incident) -> None:
    """Put an incident on the disk. Raise OSError."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    replace_file(folder / f"{incident.id}.json", json.dumps(asdict(incident), ensure_ascii=False, indent=1).encode())


def read_incident(root: Path, incident_id: str) -> Incident | None:
    """Return an incident; None when there is none, or it cannot be read."""
    if not is_id(incident_id):
        return None
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        return incident_of(parse_json((root / FOLDER / f"{incident_id}.json").read_bytes()))
    return None


def incident_of(content: Mapping[str, Any]) -> Incident:
    """Return the incident that JSON tells of; what a newer release says more is passed over. Raise ValueError,
    TypeError, KeyError or AttributeError where it tells of none."""
    known = {key: content[key] for key in content if key in _KEYS}
    known |= {key: tuple(str(one) for one in known.get(key, ())) for key in ("cameras", "told_cameras")}
    known["messages"] = tuple(_message_of(one) for one in known.get("messages", ()))
    incident = Incident(**known)
    if incident.urgency not in get_args(Urgency) or not is_id(incident.id):
        raise ValueError("it is no incident")
    return incident


def _message_of(content: Mapping[str, Any]) -> Message:
    known = {key: content[key] for key in content if key in _MESSAGE_KEYS}
    known |= {key: tuple(str(one) for one in known.get(key, ())) for key in ("to", "tags")}
    return Message(**known)


def incident_ids(root: Path) -> list[str]:
    """Return the ids of all incidents, the newest first."""
    with suppress(FileNotFoundError):
        return sorted((file.stem for file in (root / FOLDER).glob("*.json") if is_id(file.stem)), reverse=True)
    return []


def incidents_in(root: Path) -> Iterator[Incident]:
    """Yield all incidents, the newest first; one that cannot be read is left out."""
    return (found for one in incident_ids(root) if (found := read_incident(root, one)))


def open_incidents(root: Path) -> list[Incident]:
    """Return what is open, the newest first: by what the last look has noted, so that old ones cost nothing."""
    ids = incident_ids(root)
    with suppress(OSError, ValueError, TypeError, KeyError):
        noted = parse_json((root / LOOKED).read_bytes())
        named, since = frozenset(noted["going_on"]), parse_utc(noted["looked_at"])
        ids = [one for one in ids if one in named or id_time(one) > since]
    return [found for one in ids if (found := read_incident(root, one)) and found.is_open]


def looked_at(root: Path) -> datetime | None:
    """Return when the alerts looked last; None when they never did, or it cannot be read."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        return parse_utc(parse_json((root / LOOKED).read_bytes())["looked_at"])
    return None


def write_known(root: Path, known: Known) -> None:
    """Note that a person knows of an incident. Raise OSError."""
    folder = root / FOLDER / KNOWN
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / f"{known.incident}.json", json.dumps(asdict(known), ensure_ascii=False).encode())


def forget_known(root: Path, incident_id: str) -> None:
    """Take back that a person knows of an incident. Raise OSError."""
    (root / FOLDER / KNOWN / f"{incident_id}.json").unlink(missing_ok=True)


def read_known(root: Path, incident_id: str) -> Known | None:
    """Return what a person has said about an incident; None when nobody has, or it cannot be read."""
    with suppress(OSError, ValueError, TypeError):
        return Known(**parse_json((root / FOLDER / KNOWN / f"{incident_id}.json").read_bytes()))
    return None
