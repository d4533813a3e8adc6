"""The kind `earthranger`: photos become camera-trap reports of an EarthRanger site, or events of Gundi, its hub."""

import json
import secrets
from collections.abc import Callable, Sequence
from time import monotonic

from ingest.outbox.answers import Answer, Job, Parcel, TargetDownError, Tell
from ingest.outbox.earthranger_access import (
    GUNDI_URL,
    LOT_S,
    headers_of,
    judge,
    options_of,
    reach_of,
    rest,
)
from ingest.outbox.gundi import deliver_event
from ingest.outbox.posting import Part, form, post
from ingest.outbox.sightings import Sighting, sighting_of
from ingest.settings.targets import EarthrangerOptions
from ingest.spool.known_cameras import KnownCameras

PARCELS_MAX = 20
ALREADY_THERE = 409
"""EarthRanger answers `Conflict` to a photo that it has, which it knows by the file's name alone (its API's
documentation, Camera Trap API: "already been posted, this one ignored"); so the name begins with the item's id."""

Send = Callable[[Job, Sighting, Parcel, bytes], Answer]


def deliver(job: Job, parcels: Sequence[Parcel], tell: Tell) -> None:
    """Send one photo after the other, with the pause that the service asks for between requests.

    Raise TargetDownError when it gives no answer, or does not know the key.
    """
    ends_at = monotonic() + LOT_S
    options, cameras = options_of(job), KnownCameras(job.root)
    send: Send = deliver_event if options.api == "gundi" else _send_report
    for number, parcel in enumerate(parcels):
        if not (number == 0 or rest(job)) or monotonic() > ends_at:
            return
        try:
            content = (job.root / parcel.place).read_bytes()
        except FileNotFoundError:  # it has left; the courier asks what became of it
            continue
        tell([send(job, sighting_of(parcel.sidecar, cameras), parcel, content)])
    rest(job)


def try_out(job: Job) -> str:
    """Say that the service answers and knows the key: an empty report is sent, which it refuses for what it lacks."""
    options = options_of(job)
    url = f"{(options.url or GUNDI_URL).rstrip('/')}{'/v2/events/' if options.api == 'gundi' else _path(options)}"
    reply = post(url, headers_of(options), form([], "camspool-test"), reach_of(options))
    answer = judge("test", reply)
    if answer.outcome == "later":
        raise TargetDownError(answer.said)
    return f"It answers, and knows the key (status {reply.status} to an empty report)."


def _path(options: EarthrangerOptions) -> str:
    return f"/api/v1.0/sensors/camera-trap/{options.provider}/status/"


def _send_report(job: Job, sighting: Sighting, parcel: Parcel, content: bytes) -> Answer:
    """Send a camera-trap report: a form with the photo as `filecontent.file` (erclient, post_camera_trap_report)."""
    options = options_of(job)
    fields = {
        "file": sighting.file_name,
        "camera_name": sighting.camera_id,
        "camera_description": sighting.camera_name,
        "time": sighting.at,
        **({"location": json.dumps(sighting.location)} if sighting.location else {}),
    }
    parts = [Part(name, value.encode()) for name, value in fields.items()]
    parts.append(Part("filecontent.file", content, "image/jpeg", sighting.file_name))
    body = form(parts, f"camspool-{secrets.token_hex(16)}")
    reply = post(f"{options.url.rstrip('/')}{_path(options)}", headers_of(options), body, reach_of(options))
    if reply.status == ALREADY_THERE:
        return Answer(parcel.id, "delivered", "EarthRanger has this photo already.", {"status": "409"})
    return judge(parcel.id, reply)
