"""Gundi v2: a photo becomes an event, then the event's attachment (gundi-client-v2: post_events,
post_event_attachments; docs: sensors.api.gundiservice.org/docs).
"""

import json
import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from ingest.outbox.answers import Answer, Job, Parcel
from ingest.outbox.earthranger_access import GUNDI_URL, headers_of, judge, options_of, reach_of, rest
from ingest.outbox.posting import Body, Part, Reply, form, post
from ingest.outbox.sightings import Sighting
from ingest.spool.durable import replace_file
from ingest.spool.json_text import parse_json

EVENT_GONE = frozenset({404, 410})
_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")


def event_of(sighting: Sighting, event_type: str) -> dict[str, Any] | None:
    """Return the event that a photo becomes: title, event_type, recorded_at and location are what Gundi requires. None
    where nobody knows where it was taken."""
    if sighting.location is None:
        return None
    return {
        "title": f"Photo of {sighting.camera_name}",
        "event_type": event_type,
        "recorded_at": sighting.at,
        "source": sighting.camera_id,
        "location": {"lat": sighting.location["latitude"], "lon": sighting.location["longitude"]},
        "event_details": {"item": sighting.item_id, "camera": sighting.camera_id},
    }


def event_id_in(reply: Reply) -> str | None:
    """Return the id of the event that an answer tells of; it is a list with one entry, or that entry."""
    with suppress(ValueError, TypeError, KeyError, IndexError):
        content = parse_json(reply.text)
        return _as_id((content[0] if isinstance(content, list) else content)["object_id"])
    return None


def _as_id(value: Any) -> str | None:
    """Return an event's id, which becomes a part of an address; None where it is none."""
    return str(value) if isinstance(value, str | int) and _ID.fullmatch(str(value)) else None


def deliver_event(job: Job, sighting: Sighting, parcel: Parcel, content: bytes) -> Answer:
    """Send an event and then its photo. Raise TargetDownError when Gundi gives no answer.

    The event's id is kept until the photo is there: what broke off in between makes no second event.
    """
    options = options_of(job)
    event = event_of(sighting, options.event_type)
    if event is None:
        said = "Gundi takes no photo without a position; enter the camera's site, then send it again."
        return Answer(parcel.id, "failed", said)
    url = (options.url or GUNDI_URL).rstrip("/")
    kept = job.work_folder / f"{parcel.key}.json"
    event_id = _kept_id(kept)
    if event_id is None:
        reply = post(f"{url}/v2/events/", headers_of(options), Body(json.dumps([event]).encode()), reach_of(options))
        answer = judge(parcel.id, reply)
        if answer.outcome != "delivered":
            return answer
        event_id = event_id_in(reply)
        if event_id is None:
            return Answer(parcel.id, "later", "Gundi has taken the event and not said its id.")
        replace_file(kept, json.dumps(event_id).encode())
        if not rest(job):
            return Answer(parcel.id, "later", "The event is there; its photo follows.")
    return _attach(job, parcel, f"{url}/v2/events/{event_id}/attachments/", kept, (sighting.file_name, content))


def _attach(job: Job, parcel: Parcel, url: str, kept: Path, photo: tuple[str, bytes]) -> Answer:
    options, (name, content) = options_of(job), photo
    body = form([Part("file", content, "image/jpeg", name)], f"camspool-{secrets.token_hex(16)}")
    reply = post(url, headers_of(options), body, reach_of(options))
    if reply.status in EVENT_GONE:
        kept.unlink(missing_ok=True)
        return Answer(parcel.id, "failed", "Gundi does not know the event any more; sent again it becomes a new one.")
    answer = judge(parcel.id, reply)
    if answer.outcome == "delivered":
        kept.unlink(missing_ok=True)
    return answer


def _kept_id(kept: Path) -> str | None:
    with suppress(OSError, ValueError):
        return _as_id(parse_json(kept.read_bytes()))
    return None
